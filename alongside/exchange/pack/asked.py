"""Asking for everything that is written, and the day by which the answer is owed.

One month, counted as Regulation (EEC) 1182/71 counts months; up to two more where it is much or hard, told with the
reason within the first (GDPR art. 12 no. 3). The right does not end with the work: whoever keeps what they had may
ask. A parent may ask for a child of theirs until the child may speak for itself in these matters, at fifteen
(Norway's barnevernsloven § 12-3). Also while the others are protected from that parent: that they may not ask any more
would tell it. What they get then is what they had, and what somebody decides to give, with no gap to be seen.
"""

import calendar
import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import received
from alongside.access.standing import office_day
from alongside.families.person import ADULT, People, Person, adult_from
from alongside.record.appending import append
from alongside.record.entry import SEQ_BITS, Entry
from alongside.record.kinds import kind
from alongside.record.readers import KIN, SIGNED_IN, Reader
from alongside.record.reading import rows
from alongside.record.registers import fold_of, register
from alongside.record.statement import Receipt, Refused, Statement

ASKED, MORE_TIME, WITHDRAWN, GIVEN = "pack.asked", "pack.more-time", "pack.withdrawn", "pack.given"
kind(ASKED, _("Asked to read everything that is written"), settles=False)
kind(MORE_TIME, _("Everything that is written takes longer"), settles=False, goes_on=True)
kind(WITHDRAWN, _("Does not ask for everything any more"), settles=False, goes_on=True)
kind(GIVEN, _("Everything that is written was handed over"), settles=False, goes_on=True)
register("pack_asked")

MONTH, AT_MOST = 1, 3  # months: to answer, and with more time
OWN_FROM = 15  # years; from then on a child asks for itself, and nobody in its place
FIELDS = 'place, id, family, person, about, "on", due, lang, state, given_on'


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. See models.Asked."""

    place: int
    id: str
    family: int
    person: int
    about: int
    on: str
    due: str
    lang: str
    state: str
    given_on: str

    @property
    def open(self) -> bool:
        return self.state == "open"

    @property
    def latest(self) -> str:
        """The last day to which it may be put off, ISO."""
        return months_after(dt.date.fromisoformat(self.on), AT_MOST).isoformat()


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def mine(person: int, family: int) -> list[Asked]:
    """What this person asked for in a family, newest first: their own acts, told to them alone."""
    return _found("person = %s AND family = %s ORDER BY place DESC", [person, family])


def of(id: str) -> Asked | None:
    """The request with this id. Ask first whether it may be seen."""
    return next(iter(_found("id = %s", [id])), None)


def owed(families: Iterable[int]) -> list[Asked]:
    """What waits for an answer in these families, the next due first; a page reads it through its own gate."""
    listed = list(families)
    marks = ", ".join(["%s"] * len(listed))
    return _found(f"family IN ({marks}) AND state = 'open' ORDER BY due, place", listed) if listed else []


def of_family(family: int) -> list[Asked]:
    """Everything that was asked for in a family, newest first, for those who prepare it."""
    return _found("family = %s ORDER BY place DESC", [family])


def _found(where: str, values: list[Any]) -> list[Asked]:
    return [Asked(*row) for row in rows(f"SELECT {FIELDS} FROM pack_asked WHERE {where}", values)]


def children_of(reader: Reader, people: People, today: dt.date) -> list[Person]:
    """The children for whom this reader may ask, among the people they know."""
    if reader.role != "parent" or not reader.writes:
        return []
    mine = {child for tie in people.ties if tie.kind == "child" and reader.person in tie.a for child in tie.b}
    return [one for number, one in people.persons.items() if number in mine and _not_for_itself(one, today)]


def _not_for_itself(child: Person, today: dt.date) -> bool:
    grown = adult_from(child.born)
    return bool(child.born) and months_after(today, 12 * (ADULT - OWN_FROM)).toordinal() < grown


def kin_of(family: int) -> list[int]:
    """Everybody of the family and around it who has or had a place here."""
    marks = ", ".join(["%s"] * len(KIN))
    sql = f"SELECT DISTINCT person FROM record_relationship WHERE family = %s AND kind IN ({marks})"
    return [person for (person,) in rows(sql, [family, *sorted(KIN)])]


def prepares(reader: Reader) -> bool:
    """Whether this reader is one of those who answer: works with the whole family, and not in an emergency."""
    return reader.by_mark and reader.works


def ask(
    *, by: Reader, about: int, children: Iterable[int] = (), words: str = "", lang: str, at: int, once: str
) -> list[Receipt]:
    """A person of the family asks. `about`: themselves, or one of `children` (see children_of).

    Raises Refused: not-yours, too-weak, asked-already.
    """
    if by.strength < SIGNED_IN:
        raise Refused("too-weak")
    if not by.kin or (about != by.person and about not in children):
        raise Refused("not-yours")
    return _say(by, by.person, about, words, lang, at, once)


def told(*, by: Reader, person: int, words: str = "", lang: str, at: int, once: str) -> list[Receipt]:
    """Somebody who works here writes down that a person of the family asked, by word or by letter.

    Raises Refused: not-yours, nobody, asked-already.
    """
    if not prepares(by):
        raise Refused("not-yours")
    if person not in kin_of(by.family):
        raise Refused("nobody")
    return _say(by, person, person, words, lang, at, once)


def _say(by: Reader, person: int, about: int, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    if received(by.person, by.family, once):
        return []
    if any(one.open and one.about == about for one in mine(person, by.family)):
        raise Refused("asked-already")
    day = office_day(at)
    body: dict[str, Any] = {"who": person, "about": about, "on": day.isoformat(), "lang": lang}
    body["due"] = months_after(day, MONTH).isoformat()
    if words.strip():
        body["words"] = [{"lang": lang, "text": words.replace("\r\n", "\n").strip()}]
    own = by.person == person
    said = Statement(
        ASKED, body, speaker=person, basis="own-words" if own else "told", about=(about,),
        readers=() if own else ((person, "addressed"),),
    )  # fmt: skip
    return append([said], family=by.family, by=by.person, once=once, at=at)


def withdraw(*, by: Reader, asked: Asked, at: int, once: str) -> list[Receipt]:
    """The one who asked does not ask any more; they may ask again at any time. Raises Refused: not-yours, too-weak."""
    if by.strength < SIGNED_IN:
        raise Refused("too-weak")
    if asked.person != by.person or asked.family != by.family:
        raise Refused("not-yours")
    if received(by.person, by.family, once) or not asked.open:
        return []
    said = Statement(WITHDRAWN, {"who": asked.person}, thing=asked.id, about=(asked.about,))
    return append([said], family=by.family, by=by.person, once=once, at=at)


def more_time(*, by: Reader, asked: Asked, until: str, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """It takes longer: until which day, and why; told to the one who asked, within the first month.

    Raises Refused: not-yours, given-already, no-day, no-reason.
    """
    if not prepares(by) or asked.family != by.family:
        raise Refused("not-yours")
    if received(by.person, by.family, once):
        return []
    if not asked.open:
        raise Refused("given-already")
    if not asked.due < until <= asked.latest:
        raise Refused("no-day")
    if not words.strip():
        raise Refused("no-reason")
    body = {"due": until, "words": [{"lang": lang, "text": words.strip()}]}
    said = Statement(
        MORE_TIME, body, thing=asked.id, about=(asked.about,), readers=((asked.person, "addressed"),)
    )  # fmt: skip
    return append([said], family=by.family, by=by.person, once=once, at=at)


def reasons(asked: Asked) -> list[tuple[str, str]]:
    """Why it takes longer, as it was told to the one who asked: (words, their language), oldest first."""
    sql = "SELECT body FROM record_entry WHERE thing = %s AND kind = %s ORDER BY pk"
    return [_words(body) for (body,) in rows(sql, [asked.place, MORE_TIME])]


def _words(body: str) -> tuple[str, str]:
    one = json.loads(body)["words"][0]
    return one["text"], one["lang"]


@fold_of(ASKED)
def _asked(cursor: Any, entry: Entry) -> None:
    body = entry.body
    row = [entry.pk, entry.id, entry.pk >> SEQ_BITS, body["who"], body["about"], body["on"], body["due"], body["lang"]]
    cursor.execute(f"INSERT INTO pack_asked ({FIELDS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'open', '')", row)


@fold_of(MORE_TIME)
def _later(cursor: Any, entry: Entry) -> None:
    cursor.execute("UPDATE pack_asked SET due = %s WHERE place = %s", [entry.body["due"], entry.thing])


@fold_of(WITHDRAWN)
def _withdrawn(cursor: Any, entry: Entry) -> None:
    cursor.execute("UPDATE pack_asked SET state = 'withdrawn' WHERE place = %s", [entry.thing])


@fold_of(GIVEN)
def _given(cursor: Any, entry: Entry) -> None:
    row = [entry.body["on"], entry.thing]
    cursor.execute("UPDATE pack_asked SET state = 'given', given_on = %s WHERE place = %s", row)
