"""`alongside sbom`: everything this installation is made of that others wrote, as CycloneDX 1.5 JSON.

Packages come from the lock of the checkout, with the sums it names, and from that for PostgreSQL where its driver was
installed; their licences from what is installed here.
Files others wrote come from vendored.toml. The same checkout and packages give the same bytes: no date, no number of
its own.
"""

import importlib.metadata
import json
import re
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[3]
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)", re.MULTILINE)
SILENT = {  # what their installed files do not say; docs/decisions/0007-libraries.md names the parts they carry
    "pyrage": "MIT",
    "sqlcipher3": "zlib; carries SQLCipher (BSD-3-Clause), SQLite (public domain) and OpenSSL (Apache-2.0)",
    "tzdata": "Apache-2.0",
}
SUM = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def add(subparsers):
    """No options: it is written to standard output."""
    return subparsers.add_parser("sbom", help="list what others wrote and this is made of, as CycloneDX JSON")


def run(args):
    """Print the list."""
    from alongside.doors.office.machine import version

    parts = [*(one for lock in locks() for one in packages((HOUSE / lock).read_text("utf-8"))), *files()]
    parts = list({one["bom-ref"]: one for one in parts}.values())  # two locks may name the same
    told = {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": "alongside", "name": "alongside", "version": version(),
                "licenses": [{"license": {"id": "EUPL-1.2"}}],
            }
        },
        "components": parts,
    }  # fmt: skip
    print(json.dumps(told, indent=1, ensure_ascii=False))
    return 0


def locks() -> list[str]:
    """The locks this installation follows: the second one where the driver of PostgreSQL was installed."""
    return ["requirements.txt", *(["requirements-postgres.txt"] if find_spec("psycopg") else [])]


def packages(lock: str) -> Iterator[dict]:
    """A component for each pinned line of a lock."""
    for found in PINNED.finditer(lock):
        name, version = found["name"], found["version"]
        url = f"pkg:pypi/{re.sub(r'[-_.]+', '-', name).lower()}@{version}"
        one = {"type": "library", "bom-ref": url, "name": name, "version": version, "purl": url}
        said = licence(name)
        if said:
            one["licenses"] = [{"license": {"name": said}}]
        # which of a package's files is installed differs by machine, so they stand as properties, not as its sum
        one["properties"] = [{"name": "alongside:sha256", "value": digest} for digest in SUM.findall(found["rest"])]
        yield one


def licence(name: str) -> str:
    """What an installed package says of its licence, short; '' where it is not installed or says nothing."""
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return SILENT.get(name, "")  # not meant for this kind of machine
    short = told.get("License-Expression") or ""
    classed = [one.rsplit(" :: ", 1)[1] for one in told.get_all("Classifier") or [] if one.startswith("License :: ")]
    written = (told.get("License") or "").split("\n")[0]
    return short or ", ".join(classed) or (written if len(written) < 80 else "") or SILENT.get(name, "")


def files() -> Iterator[dict]:
    """A component for each file in this repository that others wrote."""
    for one in tomllib.loads((HOUSE / "alongside/look/vendored.toml").read_text("utf-8"))["file"]:
        yield {
            "type": "file", "bom-ref": f"file:{one['path']}", "name": one["path"], "description": one["origin"],
            "licenses": [{"license": {"name": one["licence"]}}],
            "hashes": [{"alg": "SHA-256", "content": one["sha256"]}],
        }  # fmt: skip
