"""An office stops using Alongside: two persons decide the last day, and may take it back together.

One of the two leads; the other leads too, administers or looks after privacy. They say in their own words where the
record goes and whom one can ask. From then on the first page of every door says it. It stands in the office's own
record. What is received after the last day: alongside/record/closing.py. What the command does then: the same two
sorts of persons answer for it (exchange/export/closing.py).
"""

import datetime as dt

from django.conf import settings

from alongside import clock
from alongside.access.deciding import decide, may_decide, must
from alongside.access.policy import received
from alongside.access.roles import OFFICE, holds
from alongside.access.standing import office_day
from alongside.access.visit import Visit
from alongside.record.appending import append
from alongside.record.closing import GO_ON, PROPOSED, STOP, Closing, announced, closings
from alongside.record.statement import Receipt, Refused, Statement

MAY = ("leader", "administrator", "privacy")
LEADS = ("leader",)
FURTHEST = 5  # years; later is a slip of the pen


def may(person: int) -> bool:
    """Whether this person is one of those who may propose and decide."""
    return holds(person, *MAY)


def listed(by: int) -> tuple[Closing, ...]:
    """Every proposal, the newest first, for those who may decide; for everybody else there is none."""
    return tuple(reversed(closings())) if may(by) else ()


def after(last: dt.date) -> int:
    """The moment after a day in the office's zone, microseconds."""
    return clock.micros(dt.datetime.combine(last + dt.timedelta(days=1), dt.time.min, tzinfo=settings.OFFICE_ZONE))


def last_day(ends: int) -> dt.date:
    """The day that ends at this moment."""
    return office_day(ends - 1)


def propose(*, by: int, strength: int, last: dt.date, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Propose that the office stops, or stops on another day. `words`: where the record goes and whom one can ask;
    everybody reads them.

    Raises Refused: not-yours, too-weak, no-reason, over (the day is not after today), no-day (years
    ahead), waits (one proposal at a time).
    """
    must(may, by, strength)
    if last <= office_day(at):
        raise Refused("over")
    if last.year > office_day(at).year + FURTHEST:
        raise Refused("no-day")
    return _say(by, {"what": STOP, "last": last.isoformat(), "ends": after(last)}, words, lang, at, once)


def propose_to_go_on(*, by: int, strength: int, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Propose to take the end back, with a reason. Raises Refused: not-yours, too-weak, no-reason, not-stopping,
    waits."""
    must(may, by, strength)
    if announced() is None and not received(by, OFFICE, once):
        raise Refused("not-stopping")
    return _say(by, {"what": GO_ON, "last": "", "ends": 0}, words, lang, at, once)


def _say(by: int, body: dict, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    if not words.strip():
        raise Refused("no-reason")
    if waiting() is not None and not received(by, OFFICE, once):
        raise Refused("waits")
    body |= {"words": [{"lang": lang, "text": words.replace("\r\n", "\n").strip()}]}
    return append([Statement(PROPOSED, body)], family=OFFICE, by=by, once=once, at=at)


def waiting() -> Closing | None:
    """The proposal a second person has not answered."""
    return next((one for one in closings() if one.decided is None), None)


def answer(
    *, by: int, strength: int, proposal: str, yes: bool, words: str, lang: str, at: int, once: str
) -> list[Receipt]:
    """A second person says yes, or no with a reason; who proposed may take it back, and cannot say yes.

    Raises Refused: not-yours, too-weak, not-found, decided, not-a-second, no-leader (neither of the two leads), over
    (the last day has passed meanwhile), no-reason.
    """
    must(may, by, strength)
    one = next((one for one in closings() if one.id == proposal), None)
    if one is None:
        raise Refused("not-found")
    if may_decide(one, by=by, yes=yes, once=once) and yes:
        _may_say_yes(one, by, at)
    return decide(one, by=by, yes=yes, words=words, lang=lang, at=at, once=once)


def _may_say_yes(one: Closing, by: int, at: int) -> None:
    if not holds(by, *LEADS) and not holds(one.by, *LEADS):
        raise Refused("no-leader")
    if one.what == STOP and one.ends <= at:
        raise Refused("over")


def words_for(visit: Visit) -> tuple[str, str]:
    """What the two said to everybody: (where the record goes and whom to ask, the language); ('', '') where nobody
    stops."""
    one = announced() if visit.ends else None
    return (one.words, one.lang) if one else ("", "")
