"""Handing promises over, one by one (R124): the new worker accepts each or says why not.

Until then the old one owes.
"""

from collections.abc import Collection

from alongside.access.circles import named_on
from alongside.access.policy import received
from alongside.promises.promise import Promise, promises
from alongside.record.appending import append
from alongside.record.kinds import state_kinds
from alongside.record.readers import Reader
from alongside.record.reading import read
from alongside.record.statement import Receipt, Refused, Statement


def open_ones(reader: Reader, owner: int) -> list[Promise]:
    """The open promises of `owner` that this reader reads."""
    return [one for one in _all(reader) if one.open and one.owner == owner]


def offered_to(reader: Reader) -> list[Promise]:
    """The open promises that were handed over to this reader, who has not answered yet."""
    return [one for one in _all(reader) if one.open and one.offered == reader.person]


def _all(reader: Reader) -> list[Promise]:
    return promises(read(reader, kinds=[kind for kind in state_kinds() if kind.startswith("promises.")]))


def handed_over(one: Promise, to: int) -> Statement:
    """The statement that offers a promise to the new worker; read by those who read the promise."""
    return _of(one, "promises.handed-over", {"to": to})


def _of(one: Promise, kind: str, body: dict) -> Statement:
    mark, readers = named_on(one.made.pk)
    return Statement(kind, body, thing=one.made.id, mark=mark, readers=readers)


def answer(*, by: Reader, promise: str, takes: bool, why: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Accept a promise that was handed over to oneself, or say why not.

    Raises Refused: not-found, no-reason.
    """
    if received(by.person, by.family, once):
        return []
    one = next((found for found in offered_to(by) if found.made.id == promise), None)
    if one is None or not by.writes:
        raise Refused("not-found")
    if not takes and not why.strip():
        raise Refused("no-reason")
    body = {"words": [{"lang": lang, "text": why.strip()}]} if why.strip() else {}
    said = _of(one, "promises.accepted" if takes else "promises.not-taken", body)
    return append([said], family=by.family, by=by.person, once=once, at=at)


def readable_by(found: Collection[Promise], person: int) -> list[Promise]:
    """Those of these promises that another worker, who reads by mark, reads too: for a few named people it is not
    enough to work here."""
    return [
        one for one in found if one.made.mark in ("team", "professionals") or person in dict(named_on(one.made.pk)[1])
    ]
