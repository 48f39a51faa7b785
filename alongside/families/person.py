"""People as the record knows them: met, named, born, tied to each other by somebody's word, at home somewhere."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside import dates
from alongside.families.home import Home, homes
from alongside.families.tie import Tie, tie_of
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.registers import fold_of, register
from alongside.record.terms import reveals

ADULT = 18

kind("families.met", _("Met"), settles=False, state=True)
kind("families.name", _("Name"), settles=False, state=True)
reveals("families.name", lambda body: [body.get("name", "")])
kind("families.born", _("Born"), settles=False, state=True)
kind("families.died", _("Died"), settles=False, state=True)
kind("families.languages", _("Languages"), settles=False, state=True)
kind("families.gender", _("Woman, man or another"), settles=False, state=True)
register("families_worker")

GENDERS = ("woman", "man", "both")  # "both": both, neither or another

# What tells who somebody is; enough for saying their name on a page.
WHO = ("families.met", "families.name", "families.born", "families.died")


@dataclass(frozen=True, slots=True)
class Person:
    """`called`: what they are called in a sentence. `born`: partial date or None; `expected`: the same of somebody
    not born yet. `roles`: who they are here in a few words, by language. `interpreter`: who interprets and who
    must not, in words; None where none is needed. `reach`: the safe way, or empty. `gender`: one of GENDERS, or
    empty where nobody said."""

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
    expected: str | None = None
    interpreter: str | None = None
    gender: str = ""

    def role(self, lang: str) -> str:
        """Who they are here, in this language or another one there is."""
        return self.roles.get(lang) or next(iter(self.roles.values()), "")

    def child(self, today: dt.date) -> bool:
        """Whether they are a child on this day, or not born yet, as far as it is known."""
        when = self.born or self.expected
        return bool(when) and adult_from(when) > today.toordinal()


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
    """The people of a family from what this reader may read, and the workers of the office.

    What was said last holds: a name of then stays in the record, and on a page as known then.
    """
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    persons: dict[int, Person] = dict(workers)
    ties: list[Tie] = []
    for entry in entries:
        if entry.pk in gone:
            continue
        if entry.kind in FOLD and "person" in entry.body:
            number = entry.body["person"]
            known = FOLD[entry.kind](persons.get(number), entry.body)
            if known is not None:
                persons[number] = known
        elif entry.kind == "families.tie" and (tie := tie_of(entry)):
            ties.append(tie)
    return People(persons, tuple(ties), homes(entries))


def _met(known: Person | None, body: Mapping[str, Any]) -> Person | None:
    return Person(
        body["person"], body["name"], body["called"], body.get("born"), body.get("died"),
        tuple(body.get("languages", ())), body.get("role", {}), body.get("reach", ""),
        body.get("group", "family"), body.get("unit", ""), body.get("expected"), gender=body.get("gender", ""),
    )  # fmt: skip


def _named(known: Person | None, body: Mapping[str, Any]) -> Person | None:
    if known is None:
        return Person(body["person"], body["name"], body["called"])
    return replace(known, name=body["name"], called=body["called"])


def _born(known: Person | None, body: Mapping[str, Any]) -> Person | None:
    return known and replace(known, born=body.get("born"), expected=body.get("expected"))


def _died(known: Person | None, body: Mapping[str, Any]) -> Person | None:
    return known and replace(known, died=body["died"])


def _speaks(known: Person | None, body: Mapping[str, Any]) -> Person | None:
    who = body.get("who", "") if body.get("interpreter") else None
    return known and replace(known, languages=tuple(body["languages"]), interpreter=who)


def _gender(known: Person | None, body: Mapping[str, Any]) -> Person | None:
    return known and replace(known, gender=body["gender"])


FOLD = {
    "families.met": _met, "families.name": _named, "families.born": _born, "families.died": _died,
    "families.languages": _speaks, "families.gender": _gender,
}  # fmt: skip


def adult_from(born: str | None) -> int:
    """The ordinal day from which someone born then is an adult: the latest it can be; 1 when not known."""
    last = (dates.canonical(born or "") or dates.UNSAID).last
    if last is None:
        return 1
    day = dt.date.fromordinal(last)
    try:
        return day.replace(year=day.year + ADULT).toordinal()
    except ValueError:  # 29 February, or the end of the calendar
        return dt.date(min(day.year + ADULT, dt.MAXYEAR), 2, 28).toordinal()


@fold_of("families.met")
def _keep_met(cursor: Any, entry: Entry) -> None:
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
        _keep_adult(cursor, entry)


@fold_of("families.born")
def _keep_born(cursor: Any, entry: Entry) -> None:
    """What the helpers wrote for the team counts for who is an adult. What is for a few, or said by the family
    alone, changes nothing that others read."""
    if entry.mark == "team" and entry.basis != "own-words":
        _keep_adult(cursor, entry)


def _keep_adult(cursor: Any, entry: Entry) -> None:
    body = entry.body
    cursor.execute("DELETE FROM record_adult WHERE family = %s AND person = %s", [entry.family, body["person"]])
    cursor.execute(
        "INSERT INTO record_adult (family, person, from_day) VALUES (%s, %s, %s)",
        [entry.family, body["person"], adult_from(body.get("born") or body.get("expected"))],
    )
