"""Finding a family in an emergency by a name and a year of birth that were told, exactly as they stand.

What is kept for it is a keyed hash: nobody can list or search it, only ask for one whole name with its year.
Only names that the whole team of a family knows are in it; what is for a few, or sealed, is found by nobody.
"""

import hashlib
import hmac
from typing import Any

from django.conf import settings

from alongside.record.entry import Entry
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register

register("access_findable")


def _key(name: str, year: str) -> str:
    plain = " ".join(name.casefold().split())
    return hmac.new(settings.SECRET_KEY.encode(), f"named\0{plain}\0{year}".encode(), hashlib.sha256).hexdigest()


@fold_of("families.met")
def _met(cursor: Any, entry: Entry) -> None:
    name, year = entry.body["name"].split(",")[0], (entry.body.get("born") or "")[:4]
    cursor.execute("DELETE FROM access_findable WHERE entry = %s", [entry.thing])
    if entry.family and entry.mark == "team" and year and entry.body.get("group") == "family":
        cursor.execute(
            "INSERT INTO access_findable (entry, family, key) VALUES (%s, %s, %s)",
            [entry.thing, entry.family, _key(name, year)],
        )


@fold_of("record.remarked")
def _closer(cursor: Any, entry: Entry) -> None:
    if entry.body["mark"] != "team":
        cursor.execute("DELETE FROM access_findable WHERE entry = %s", [entry.answers])


def families_named(name: str, year: str) -> set[int]:
    """The numbers of the families in which somebody is called exactly this and was born that year."""
    return {family for (family,) in rows("SELECT family FROM access_findable WHERE key = %s", [_key(name, year)])}


def family_coded(code: str) -> set[int]:
    """The number of the family with this code."""
    plain = "".join(ch for ch in code.casefold() if ch.isalnum())
    return {number for (number,) in rows("SELECT number FROM record_family WHERE code = %s AND number > 0", [plain])}
