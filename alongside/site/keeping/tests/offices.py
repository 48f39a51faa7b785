"""A small office in a folder of its own, begun and spoken to by the commands people use."""

import os
import subprocess
import sys
from pathlib import Path

SAID = {"office": "Skjelvika", "unit": "unit North", "leader": "Tone Bakke", "login": "tone", "languages": "nb,en"}


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a person on a machine of their own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    return own | {"XDG_CONFIG_HOME": str(folder / "config")}


def command(folder: Path, *words: object, **more: str) -> subprocess.CompletedProcess:
    """`alongside` with these words, in another process."""
    line = [sys.executable, "-m", "alongside", *map(str, words)]
    return subprocess.run(line, env=surroundings(folder) | more, capture_output=True, text=True, timeout=120)


def python(folder: Path, data: Path, script: str, **more: str) -> subprocess.CompletedProcess:
    """A few lines on this data folder, Django set up, in another process."""
    begins = "import django; django.setup()\n"
    around = surroundings(folder) | {"ALONGSIDE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "alongside.site.settings"}
    line = [sys.executable, "-c", begins + script]
    return subprocess.run(line, env=around | more, capture_output=True, text=True, timeout=120)


def begun(folder: Path) -> Path:
    """An office that has just begun; its data folder."""
    words = [word for name, value in SAID.items() for word in (f"--{name}", value)]
    done = command(folder, "init", "--data", folder / "data", "--json", *words)
    assert done.returncode == 0, done.stderr
    return folder / "data"


SAY = """
import sys
from alongside.record.appending import append
from alongside.record.statement import Statement
for n in range(int(sys.argv[1]) if len(sys.argv) > 1 else {acts}):
    append([Statement("dialogue.passage", {{"words": [{{"lang": "en", "text": f"{word} {{n}} " * 20}}]}})],
           family=0, by=1, once=f"{word}/{{n}}", at=1_700_000_000_000_000 + n)
    print(n, flush=True)
"""


def say(folder: Path, data: Path, word: str, acts: int = 3) -> None:
    """Some acts into this record."""
    done = python(folder, data, SAY.format(word=word, acts=acts))
    assert done.returncode == 0, done.stderr


def entries(folder: Path, data: Path) -> list[str]:
    """The keys of the acts in this record, in order, after everything in it was looked at."""
    script = """
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.verify import verify
assert list(verify()) == [] and all(rebuild(check=True).values())
print(*(once for (once,) in rows("SELECT once FROM record_entry ORDER BY pk", [])), sep="\\n")
"""
    done = python(folder, data, script)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()
