"""Arranging to meet: asked for, fixed, moved, cancelled; both sides say why (R22, R132).

Everything by keyword, as in `dialogue.writing`. `on`: local day and time, "2026-11-24T16:30". Raises Refused:
not-any-more, not-yours, not-found, no-words, no-reason, no-day, no-time, cancelled-already, to-nobody,
not-to-them, other-words.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from alongside.dialogue.across import addressed_to, back_to, professionals
from alongside.dialogue.onward import moves_on, reason, save
from alongside.dialogue.queries import known
from alongside.dialogue.writing import may_write, worded
from alongside.record.readers import Reader
from alongside.record.reading import find, mark_now, read
from alongside.record.settling import Waiting
from alongside.record.statement import Refused, Statement
from alongside.teams.appointment import KINDS, OURS, Appointment, appointments


def ask(*, by: Reader, text: str, lang: str, readers: Sequence[int], at: int, once: str, wait: int) -> Waiting | None:
    """Ask to meet. The words say about what, and when it suits."""
    may_write(by)
    statement = Statement(
        "teams.appointment-asked", {"words": worded(text, lang)}, basis="own-words" if by.kin else "act",
        about=(by.person,), readers=addressed_to(by, readers),
    )  # fmt: skip
    return save([statement], by, at, once, wait)


def ask_another_time(
    *, by: Reader, appointment: str, text: str, lang: str, at: int, once: str, wait: int
) -> Waiting | None:
    """Ask for another time, in own words. The appointment stands until one of those who work here moves it."""
    may_write(by)
    one = _standing(by, appointment, "")
    entry = one.first
    statement = Statement(
        "teams.appointment-asked", {"words": worded(text, lang)}, basis="own-words" if by.kin else "act",
        mark=mark_now(entry), about=(by.person,), answers=entry.id, readers=professionals(by, entry),
    )  # fmt: skip
    return save([statement], by, at, once, wait)


def fix(
    *, by: Reader, on: str, until: str, place: str, there: Sequence[int], text: str, lang: str,
    readers: Sequence[int], at: int, once: str, wait: int, answers: str = "", what: str = "",
) -> Waiting | None:  # fmt: skip
    """Fix a time. `there`: who comes; `readers`: who of the family reads it; `answers`: the ask it meets; `what`:
    '' or "account", the day of the account. Only those who work here fix a time; a family asks for one."""
    _works_here(by)
    body: dict[str, Any] = {"on": _moment(by, on), "there": list(dict.fromkeys(there)), "by": by.person}
    body |= {"until": _until(on, until)} if until else {}
    body |= {"place": place.strip()} if place.strip() else {}
    body |= {"words": worded(text, lang)} if text.strip() else {}
    body |= {"for": what} if what else {}
    held: dict[str, Any]
    if answers:
        entry = find(by, answers)
        if entry is None or entry.kind != "teams.appointment-asked":
            raise Refused("not-found")
        held = {"readers": back_to(by, entry), "mark": mark_now(entry), "answers": entry.id}
    else:
        held = {"readers": addressed_to(by, readers)}
    statement = Statement("teams.appointment-set", body, about=tuple(dict.fromkeys(there)), **held)
    return save([statement], by, at, once, wait)


def move(
    *, by: Reader, appointment: str, on: str, until: str, place: str, text: str, lang: str, at: int, once: str,
    wait: int,
) -> Waiting | None:  # fmt: skip
    """Move it to another time, with the reason. What is not said again stays as it was."""
    _works_here(by)
    one = _standing(by, appointment, once)
    body: dict[str, Any] = {"on": _moment(by, on), "until": _until(on, until), **reason(by, text, lang)}
    body |= {"place": place.strip()} if place.strip() else {}
    statement = Statement("teams.appointment-moved", body, about=one.first.about, **moves_on(by, one.first))
    return save([statement], by, at, once, wait)


def cancel(*, by: Reader, appointment: str, text: str, lang: str, at: int, once: str, wait: int) -> Waiting | None:
    """Cancel it. Both sides may; who works here says why, a family need not (R22)."""
    may_write(by)
    one = _standing(by, appointment, once)
    body = {**reason(by, text, lang), "by_side": "family" if by.kin else OURS}
    statement = Statement("teams.appointment-cancelled", body, about=one.first.about, **moves_on(by, one.first))
    return save([statement], by, at, once, wait)


def _works_here(by: Reader) -> None:
    may_write(by)
    if by.kin:
        raise Refused("not-yours")


def _standing(by: Reader, id: str, once: str) -> Appointment:
    """The appointment with this id, if it was not cancelled, or was by this very act."""
    one = next((one for one in appointments(read(by, kinds=KINDS)) if one.first.id == id), None)
    if one is None:
        raise Refused("not-found")
    if not one.stands and not known(by.person, by.family, once):
        raise Refused("cancelled-already")
    return one


def _moment(by: Reader, on: str) -> str:
    """Day and time of day, in one spelling; never a day that is over."""
    day, _t, time = on.partition("T")
    try:
        when = dt.date.fromisoformat(day)
    except ValueError:
        raise Refused("no-day") from None
    if when.toordinal() < by.today:
        raise Refused("no-day")
    return f"{when.isoformat()}T{_time(time)}"


def _until(on: str, until: str) -> str:
    if not until:
        return ""
    ends = _time(until)
    if ends <= _time(on.partition("T")[2]):
        raise Refused("no-time")
    return ends


def _time(text: str) -> str:
    try:
        return dt.time.fromisoformat(text).strftime("%H:%M")
    except ValueError:
        raise Refused("no-time") from None
