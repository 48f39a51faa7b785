"""The account (R115): on an agreed day the professional team answers promise by promise, and the family's team says
of each answer enough or not enough, because.

The day is an appointment for the account. The answers are what became of the promises since the last one; what the
family says stands beside them, and a "not enough" is a question to the one who owes, with a day for the answer.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from alongside.access.standing import office_day
from alongside.calendar import working_day
from alongside.dialogue.across import beyond_a_hazard, professionals
from alongside.dialogue.onward import save
from alongside.dialogue.queries import staff_of
from alongside.dialogue.writing import may_write, worded
from alongside.promises.promise import BECOMES, KINDS, Promise, promises
from alongside.record.entry import Entry
from alongside.record.readers import KIN, Reader
from alongside.record.reading import mark_now, named, read, rows
from alongside.record.settling import Waiting
from alongside.record.statement import Refused, Statement
from alongside.teams.appointment import Appointment, appointments

ACCOUNT = "account"  # what an appointment is for
ANSWERED_WITHIN = 5  # working days, as for any question that says no day
FIRST = 90  # days looked back at the first account
JUDGED = ENOUGH, NOT_ENOUGH = "enough", "not-enough"
ANSWERS = ("promises.kept", "promises.moved", "promises.broken")


@dataclass(frozen=True, slots=True)
class Account:
    """`now`: the account whose day has come, or None; `next`: the next that is fixed, or None; `since`: from this
    day what became of promises belongs to it. An account that was cancelled is none."""

    now: Appointment | None
    next: Appointment | None
    since: dt.date


@dataclass(frozen=True, slots=True)
class Item:
    """One promise in an account. `answer`: the last thing its owner said of it since, or None; `said`: what the
    family said of it, in order."""

    promise: Promise
    answer: Entry | None
    said: tuple[Entry, ...]


def is_account(one: Appointment) -> bool:
    """Whether this appointment is the day of an account."""
    return one.first.body.get("for") == ACCOUNT


def account(entries: Iterable[Entry], today: dt.date) -> Account:
    """The account as it stands on a day."""
    fixed = [one for one in appointments(entries) if is_account(one) and one.stands and one.on.first is not None]
    fixed.sort(key=lambda one: one.on)
    come = [one for one in fixed if (one.on.first or 0) <= today.toordinal()]
    ahead = [one for one in fixed if one not in come]
    before = come[-2] if come[1:] else None
    since = dt.date.fromordinal(before.on.first) if before else today - dt.timedelta(days=FIRST)
    return Account(come[-1] if come else None, ahead[0] if ahead else None, since)


def items(entries: Collection[Entry], owners: Collection[int], since: dt.date) -> list[Item]:
    """The promises of these owners that belong to an account: the open ones, and what was settled since."""
    said: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.answers is not None and entry.body.get("form") in JUDGED:
            said.setdefault(entry.answers, []).append(entry)
    found = []
    for one in promises(entries):
        steps = [step for step in one.steps if step.kind in BECOMES and office_day(step.recorded_at) >= since]
        if one.owner in owners and (one.open or steps):
            beside = [
                entry for place in (one.made.pk, *(step.pk for step in one.steps)) for entry in said.get(place, ())
            ]
            found.append(Item(one, steps[-1] if steps else None, tuple(sorted(beside, key=lambda entry: entry.pk))))
    return found


def judge(
    *, by: Reader, promise: str, enough: bool, text: str, lang: str, today: dt.date, at: int, once: str, wait: int,
    speaker: int | None = None,
) -> Waiting | None:  # fmt: skip
    """Enough or not enough, because. "Not enough" says why, and the one who owes the promise owes an answer.

    Only the family's side says so; at the table a worker writes it down, as told by `speaker`. Read by those who
    say it and by the professionals who read the promise, as any answer of the family (R5).
    Raises Refused: not-any-more, not-found, not-yours, to-nobody, no-words, not-to-them, other-words.
    """
    may_write(by)
    one = next((one for one in promises(read(by, kinds=KINDS)) if one.made.id == promise), None)
    if one is None:
        raise Refused("not-found")
    says = speaker or by.person
    if not _of_the_family(by.family, says) or says != by.person and not by.by_mark or one.owner == says:
        raise Refused("not-yours")
    if not enough and not text.strip():
        raise Refused("no-words")
    said_of = next((step for step in reversed(one.steps) if step.kind in ANSWERS), one.made)
    if says not in {person for person, _why in named(by, [said_of]).get(said_of.pk, ())}:
        raise Refused("to-nobody")  # nobody says anything of what they do not read
    body: dict[str, Any] = {"form": ENOUGH if enough else NOT_ENOUGH}
    body |= {"words": worded(text, lang)} if text.strip() else {}
    if not enough:
        body |= {"to": one.owner, "due": working_day(today, ANSWERED_WITHIN).isoformat()}
    statement = Statement(
        "dialogue.answer" if enough else "dialogue.question", body, speaker=says,
        basis="own-words" if says == by.person else "told", mark=mark_now(said_of), about=(says,), answers=said_of.id,
        readers=_readers(by, said_of, one.owner, says),
    )  # fmt: skip
    return save([statement], by, at, once, wait)


def _of_the_family(family: int, person: int) -> bool:
    """Whether somebody stands on the family's side here."""
    kinds = ", ".join(["%s"] * len(KIN))
    sql = f"SELECT 1 FROM record_relationship WHERE family = %s AND person = %s AND kind IN ({kinds}) LIMIT 1"
    return bool(rows(sql, [family, person, *sorted(KIN)]))


def _readers(by: Reader, entry: Entry, owner: int, says: int) -> tuple[tuple[int, str], ...]:
    """The professionals who read what it is about, its owner, and the one who says so; never across a hazard."""
    on_it = {person for person, _why in named(by, [entry]).get(entry.pk, ())}
    more = [person for person in (owner, says) if person in on_it | {entry.author} and person != by.person]
    beyond = beyond_a_hazard(by, entry, more)
    if not by.kin and says in beyond:
        raise Refused("not-to-them")
    readers = dict(professionals(by, entry))
    family = {person for person in readers if person not in staff_of(by.family, list(readers))}
    readers = {person: why for person, why in readers.items() if person not in family - {owner, says}}
    return (*readers.items(), *((one, "addressed") for one in dict.fromkeys(more) if one not in beyond | set(readers)))
