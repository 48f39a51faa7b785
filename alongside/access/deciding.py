"""What one person proposes and another one decides (record/deciding.py): who may say yes, and saying it."""

from collections.abc import Callable

from alongside.access.policy import received
from alongside.record.appending import append
from alongside.record.deciding import OFFICE, Proposed
from alongside.record.readers import FRESH
from alongside.record.statement import Receipt, Refused, Statement


def must(may: Callable[[int], bool], by: int, strength: int) -> None:
    """Raises Refused: not-yours, too-weak. `may`: whether a person is one of those who propose and decide."""
    if not may(by):
        raise Refused("not-yours")
    if strength < FRESH:
        raise Refused("too-weak")


def may_decide(one: Proposed, *, by: int, yes: bool, once: str) -> bool:
    """Whether this answer is new and may be given; False where it is in already. Raises Refused: decided,
    not-a-second."""
    if received(by, OFFICE, once):
        return False
    if one.decided is not None:
        raise Refused("decided", by=one.decided.author)
    if yes and by == one.by:
        raise Refused("not-a-second")
    return True


def decide(one: Proposed, *, by: int, yes: bool, words: str, lang: str, at: int, once: str) -> list[Receipt]:
    """A second person says yes, or no with a reason; who proposed may take it back, and cannot say yes.

    Raises Refused: decided, not-a-second, no-reason.
    """
    may_decide(one, by=by, yes=yes, once=once)
    if not yes and not words.strip():
        raise Refused("no-reason")
    body = {"words": [{"lang": lang, "text": words.strip()}]} if words.strip() else {}
    said = Statement(one.kinds[1 if yes else 2], body, thing=one.id)
    return append([said], family=OFFICE, by=by, once=once, at=at)
