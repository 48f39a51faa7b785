"""Opening a family in an emergency: for an hour, to read, with a reason, and never unseen.

A helper who stands nowhere in a family opens it by its code, or by a name and a year of birth they were told.
The entry is written before anything is shown. It names everybody who is told at once: the supervisor, the privacy
officer, the family's own worker. What is for named persons opens only when that is asked for in words, sealed
things only when a second person says yes. It ends by itself. A supervisor says afterwards whether it was right.

Every verb takes `once`, the writer's key, and `at`, microseconds. Refused codes: not-yours, too-weak, no-reason,
nobody-named, too-many, not-found, over, no-second, not-alone.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside import clock
from alongside.access import openings
from alongside.access.grants import changed, granted
from alongside.access.named import families_named, family_coded
from alongside.access.policy import received
from alongside.access.roles import OFFICE, holders, holds, supervisors_of
from alongside.record.appending import append
from alongside.record.kinds import kind
from alongside.record.readers import FRESH, KIN, URGENT
from alongside.record.reading import rows
from alongside.record.statement import Earlier, Receipt, Refused, Statement

kind("access.tried-urgently", _("Tried to open in an emergency"), settles=False, goes_on=True)
kind("access.asked-further", _("Asked for more in an emergency"), settles=False, goes_on=True)
kind("access.agreed-further", _("A second person said yes"), settles=False, goes_on=True)
kind("access.judged-urgently", _("An opening was looked at"), settles=False, goes_on=True)
kind("access.agreed-beforehand", _("One more opening was agreed"), settles=False, goes_on=True)

MAY = ("duty", "supervisor", "intake", "leader", "worker")
REASONS = {
    "harm": _("somebody may come to harm now"),
    "alone": _("a child is alone or without care"),
    "called": _("police, ambulance or a hospital rang"),
    "contact": _("somebody of the family rang and their worker cannot be reached"),
}
MINUTES = 60
MOST_A_MONTH = 3
SECOND_OF_TIME = 1_000_000
LASTS = MINUTES * 60 * SECOND_OF_TIME
DAY = 24 * 3600 * SECOND_OF_TIME


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom the helper was told of: a family's code, or a whole name and the year of birth."""

    code: str = ""
    name: str = ""
    born: str = ""

    @property
    def said(self) -> str:
        return ", ".join(part for part in (self.code, self.name, self.born) if part)


def open_urgently(
    *, by: int, strength: int, sought: Sought, reason: str, why: str, lang: str, at: int, once: str
) -> str | None:
    """Open the family that was named, or write down that nothing was opened. Returns its code or None.

    One sentence stands for every None: nobody is called so, several are, the family is not for this person.
    """
    _may(by, strength, why)
    if reason not in REASONS:
        raise Refused("no-reason")
    if not sought.code.strip() and not (sought.name.strip() and sought.born.strip()):
        raise Refused("nobody-named")
    family = _family(by, sought)
    again = _opened_before(by, once)
    if again is not None:
        return again or None
    running = next((one for one in openings.running(by, now=at) if family and one.family == family), None)
    if running is not None:
        return running.code
    _not_too_often(by, at)
    words = [{"lang": lang, "text": why.strip()}]
    if family is None:
        tried = Statement("access.tried-urgently", {"reason": reason, "words": words, "sought": sought.said})
        _write([tried], OFFICE, by, once, at)
        return None
    told = told_at_once(by, family)
    body = {"reason": reason, "words": words, "until": str(at + LASTS), "told": list(told)}
    opened = Statement("access.opened-urgently", body).to(*told)
    _write([opened, *_for_a_while(by, "emergency", at + LASTS, 1)], family, by, once, at)
    return rows("SELECT code FROM record_family WHERE number = %s", [family])[0][0]


def _may(by: int, strength: int, why: str) -> None:
    if not holds(by, *MAY):
        raise Refused("not-yours")
    if strength < FRESH:
        raise Refused("too-weak")
    if not why.strip():
        raise Refused("no-reason")


def _write(statements: list[Statement], family: int, by: int, once: str, at: int) -> list[Receipt]:
    return append(statements, family=family, by=by, once=once, at=at)


def _for_a_while(person: int, kind: str, until: int, place: int) -> list[Statement]:
    """A relationship that ends by itself; `place`: of the first of these in the act."""
    return [granted(person, kind), changed(Earlier(place), "active", why="", until=until)]


def _opened_before(by: int, once: str) -> str | None:
    """The code of the family this very act has opened, '' when it opened nothing, None when it is new."""
    sql = (
        "SELECT f.code, e.kind FROM record_entry e JOIN record_family f ON f.number = e.pk >> 20 "
        "WHERE e.author = %s AND e.kind IN ('access.opened-urgently', 'access.tried-urgently') "
        "AND e.once LIKE %s"
    )
    found = rows(sql, [by, f"%/{once}/%"])
    if not found:
        return None
    return found[0][0] if found[0][1] == "access.opened-urgently" else ""


def _family(by: int, sought: Sought) -> int | None:
    """The one family that was meant; None where it is none, several, or one in which this person stands already,
    or must not: relatives, and those who were kept out."""
    found = family_coded(sought.code) if sought.code.strip() else families_named(sought.name, sought.born.strip())
    if len(found) != 1:
        return None
    family = found.pop()
    sql = "SELECT kind, state FROM record_relationship WHERE family = %s AND person = %s"
    mine = [(kind, state) for kind, state in rows(sql, [family, by]) if kind not in URGENT]
    if any(kind in KIN or state in ("active", "excluded", "barred") for kind, state in mine):
        return None
    return family


def _not_too_often(by: int, at: int) -> None:
    """Three times a month; then a supervisor has said yes beforehand. Duty is never locked out."""
    first = clock.moment(at).astimezone(settings.OFFICE_ZONE).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    if openings.tries_since(by, clock.micros(first)) < MOST_A_MONTH or holds(by, "duty"):
        return
    if not openings.agreed_beforehand(by, since=at - DAY):
        raise Refused("too-many")


def _active(family: int, *kinds: str) -> list[int]:
    marks = ", ".join(["%s"] * len(kinds))
    sql = (
        f"SELECT person FROM record_relationship WHERE family = %s AND state = 'active' AND \"to\" IS NULL "
        f"AND hazard_seq IS NULL AND kind IN ({marks}) ORDER BY entry"
    )
    return [person for (person,) in rows(sql, [family, *kinds])]


def told_at_once(by: int, family: int) -> tuple[int, ...]:
    """Who is told: who supervises this person (else the family's supervisor, else all), the privacy officer, and
    the family's own worker."""
    above = list(supervisors_of(by)) or _active(family, "supervisor") or [one.person for one in holders("supervisor")]
    privacy = [one.person for one in holders("privacy")]
    return tuple(dict.fromkeys(one for one in (*above, *privacy, *_active(family, "allocated")) if one != by))


def _own(by: int, opening: str, at: int) -> openings.Opening:
    found = next((one for one in openings.running(by, now=at) if one.id == opening), None)
    if found is None:
        raise Refused("not-found")
    return found


def ask_further(
    *, by: int, strength: int, opening: str, what: str, why: str, second: int | None, lang: str, at: int, once: str
) -> list[Receipt]:
    """Ask for more within one's own opening: `what` is persons (opens at once) or sealed (waits for `second`)."""
    _may(by, strength, why)
    found = _own(by, opening, at)
    body = {"opening": opening, "what": what, "words": [{"lang": lang, "text": why.strip()}]}
    if what == "persons":
        said = [Statement("access.asked-further", body), *_for_a_while(by, "emergency-named", found.until, 1)]
        return _write(said, found.family, by, once, at)
    if what != "sealed" or second is None or second == by or not holds(second, "supervisor"):
        raise Refused("no-second")
    return _write([Statement("access.asked-further", {**body, "second": second})], found.family, by, once, at)


def agree_further(*, by: int, strength: int, asked: str, at: int, once: str) -> list[Receipt]:
    """The second person says yes: sealed things open to the asker, to the end of the same hour."""
    if strength < FRESH:
        raise Refused("too-weak")
    found = next((one for one in openings.waiting_for(by, now=at) if one.id == asked), None)
    if found is None:
        raise Refused("not-found")
    if found.person == by or not holds(by, "supervisor"):
        raise Refused("not-alone")
    said = Statement("access.agreed-further", {"asked": asked})
    return _write([said, *_for_a_while(found.person, "emergency-sealed", found.until, 1)], found.family, by, once, at)


def judges(person: int, opening: openings.Opening) -> bool:
    """Whether this person, who was told, is the one to say if it was right."""
    return opening.person != person and opening.family is not None and holds(person, "supervisor")


def judge(*, by: int, opening: str, right: bool, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Say whether an opening was right, in words when it was not. Once said it stands."""
    found = openings.opening_told(by, opening)
    if found is None or not judges(by, found):
        raise Refused("not-found")
    if not right and not words.strip():
        raise Refused("no-reason")
    body = {"right": right, **({"words": [{"lang": lang, "text": words.strip()}]} if words.strip() else {})}
    if found.judged and not received(by, found.family, once):
        raise Refused("over")
    sql = "SELECT person FROM record_reader r JOIN record_entry e ON e.pk = r.entry WHERE e.id = %s"
    named = [person for (person,) in rows(sql, [opening])]
    said = Statement("access.judged-urgently", body, answers=opening).to(*(one for one in named if one != by))
    return _write([said], found.family, by, once, at)


def agree_beforehand(*, by: int, person: int, why: str, lang: str, at: int, once: str) -> list[Receipt]:
    """A supervisor says yes to one more opening by somebody they supervise, within a day."""
    if by not in supervisors_of(person):
        raise Refused("not-found")
    if not why.strip():
        raise Refused("no-reason")
    body = {"person": person, "words": [{"lang": lang, "text": why.strip()}]}
    return _write([Statement("access.agreed-beforehand", body)], OFFICE, by, once, at)
