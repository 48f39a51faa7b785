"""People as the record knows them: met, named, tied to each other by somebody's word, at home somewhere."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.registers import fold_of, register

ADULT = 18

kind("families.met", _("Met"), settles=False, state=True)
kind("families.name", _("Name"), settles=False)
kind("families.tie", _("How people belong together"), settles=False, state=True)
kind("families.home", _("Home"), settles=False, state=True)
kind("families.place", _("Place"), settles=False)
kind("families.safe-contact", _("The safe way to reach somebody"), settles=False, state=True)
register("families_worker")


@dataclass(frozen=True, slots=True)
class Person:
    """`called`: what they are called in a sentence. `born`: partial date or None. `roles`: who they are
    here in a few words, by language. `reach`: the safe way, or empty."""

    number: int
    name: str
    called: str
    born: str | None = None
    died: str | None = None
    languages: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    reach: str = ""
    group: str = "family"
    unit: str = ""

    def role(self, lang: str) -> str:
        """Who they are here, in this language or another one there is."""
        return self.roles.get(lang) or next(iter(self.roles.values()), "")


@dataclass(frozen=True, slots=True)
class Tie:
    """Who says that `a` is something to `b`, and since when."""

    kind: str
    a: tuple[int, ...]
    b: tuple[int, ...]
    since: str | None
    until: str | None
    said_by: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """A place where people live."""

    name: str
    place: str
    who: tuple[int, ...]
    since: str | None
    until: str | None


@dataclass(frozen=True)
class People:
    """Everybody a reader may know by name in one family, with ties and homes."""

    persons: Mapping[int, Person] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    homes: tuple[Home, ...] = ()

    def called(self, number: int) -> str:
        """The short name, the whole name where two are called the same, or '' when it may not be known."""
        person = self.persons.get(number)
        if person is None:
            return ""
        return person.name if self._shared[person.called] > 1 else person.called

    @cached_property
    def _shared(self) -> Counter[str]:
        """How many are called by each short name."""
        return Counter(person.called for person in self.persons.values())


def people(entries: Iterable[Entry], workers: Mapping[int, Person]) -> People:
    """The people of a family from what this reader may read, and the workers of the office."""
    persons: dict[int, Person] = dict(workers)
    ties: list[Tie] = []
    homes: list[Home] = []
    for entry in entries:
        if entry.kind not in ("families.met", "families.tie", "families.home"):
            continue
        body = entry.body
        if entry.kind == "families.met":
            persons[body["person"]] = _person(body)
        elif entry.kind == "families.tie" and "a" in body:
            ties.append(
                Tie(body["tie"], tuple(body["a"]), tuple(body["b"]), body.get("from"), body.get("until"),
                    entry.speaker, body.get("note", ""))
            )  # fmt: skip
        elif entry.kind == "families.home" and "who" in body:
            homes.append(Home(body["name"], body["place"], tuple(body["who"]), body.get("from"), body.get("until")))
    return People(persons, tuple(ties), tuple(homes))


def _person(body: Mapping[str, Any]) -> Person:
    return Person(
        body["person"], body["name"], body["called"], body.get("born"), body.get("died"),
        tuple(body.get("languages", ())), body.get("role", {}), body.get("reach", ""),
        body.get("group", "family"), body.get("unit", ""),
    )  # fmt: skip


def adult_from(born: str | None) -> int:
    """The ordinal day from which someone born then is an adult: the latest it can be; 1 when not known."""
    if not born:
        return 1
    year, *rest = (int(part) for part in born.rstrip("~").split("-"))
    month, day = (*rest, 12, 31)[:2] if len(rest) != 1 else (rest[0], 28)
    try:
        return dt.date(year + ADULT, month, day).toordinal()
    except ValueError:  # 29 February
        return dt.date(year + ADULT, month, 28).toordinal()


@fold_of("families.met")
def _met(cursor: Any, entry: Entry) -> None:
    body = entry.body
    if entry.family == 0:
        cursor.execute("DELETE FROM families_worker WHERE person = %s", [body["person"]])
        cursor.execute(
            "INSERT INTO families_worker (person, name, called, role, unit) VALUES (%s, %s, %s, %s, %s)",
            [
                body["person"],
                body["name"],
                body["called"],
                json.dumps(body.get("role", {})),
                body.get("unit", ""),
            ],
        )
    elif body.get("group") in ("family", "network"):
        cursor.execute("DELETE FROM record_adult WHERE family = %s AND person = %s", [entry.family, body["person"]])
        cursor.execute(
            "INSERT INTO record_adult (family, person, from_day) VALUES (%s, %s, %s)",
            [entry.family, body["person"], adult_from(body.get("born"))],
        )
