"""What is left of words that were erased by law: that they were received and when, and their hash.

Whose decision it was, on which ground and on which day stands in the place of the words. What kind of statement it
was, about whom, how it was known, its words and its salt are gone: without the salt the hash says nothing of them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kept import kept
from alongside.record.canonical import canonical
from alongside.record.entry import SEQ_BITS, Entry
from alongside.record.kinds import kind
from alongside.record.reading import rows

ERASED = "record.erased"
PROPOSED, CONFIRMED, DECLINED = "record.erasure-proposed", "record.erasure-confirmed", "record.erasure-declined"
kind(ERASED, _("Erased by law"), settles=False, goes_on=True)
kind(PROPOSED, _("Erasing was proposed"), settles=False, goes_on=True)
kind(CONFIRMED, _("Erasing was decided by a second person"), settles=False, goes_on=True)
kind(DECLINED, _("Erasing was declined"), settles=False, goes_on=True)

GROUNDS = {
    "asked": _("the person it was about asked, and there was no duty to keep it"),
    "no-ground": _("there was no ground in law to keep it"),
    "about-others": _("it stood with the wrong family"),
    "order": _("a court or an authority ordered it"),
    "clock": _("the time to keep it had run out"),
    "archive": _("the time to keep it here had run out, and an archive has it"),
}

LONG_ENOUGH = 20  # characters; shorter words are everybody's


def left(*, by: str, ground: str, on: str) -> str:
    """What stands in the place of the words. `by`: the id of the entry that decided; `on`: ISO date."""
    return canonical({"by": by, "ground": ground, "on": on, "v": 1}).decode()


def closed_key(once: str) -> str:
    """The key of an act without the digest of its words, so that they can neither be guessed nor sent again."""
    prefix, _digest, place = once.rsplit("/", 2)
    return f"{prefix}/erased/{place}"


def covers(ranges: Any, place: int) -> bool:
    """Whether a decision's ranges, [[first, last], ...], hold this place."""
    return any(first <= place <= last for first, last in ranges)


def lawfully(entry: Entry) -> str:
    """The id of the decision by which these words were erased; '' where there is none, or it is not as it must be:
    made by two persons, for this place, and told of here as it was made."""
    if entry.kind != ERASED or entry.family == 0:
        return ""
    body = entry.body
    found = rows(
        "SELECT c.author, c.body, p.author, p.body FROM record_entry c JOIN record_entry p ON p.pk = c.thing "
        "WHERE c.id = %s AND c.kind = %s AND p.kind = %s AND c.pk < %s",
        [body.get("by"), CONFIRMED, PROPOSED, 1 << SEQ_BITS],
    )
    for second, confirmed, first, proposed in found:
        one, two = _read(proposed), _read(confirmed)
        told = left(by=body["by"], ground=one.get("ground", ""), on=two.get("on", ""))
        if first != second and covers(one.get("ranges", ()), entry.pk) and told == entry.body_text:
            return body["by"]
    return ""


def _read(text: str) -> Mapping[str, Any]:
    return json.loads(text)


def merged(places: list[int]) -> Iterator[list[int]]:
    """Places as ranges [first, last], those that are neighbours in one."""
    start = last = None
    for place in sorted(set(places)):
        if last is not None and place == last + 1:
            last = place
            continue
        if start is not None:
            yield [start, last]
        start = last = place
    if start is not None:
        yield [start, last]


# --- what else holds the words -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Going:
    """What is about to go, for the rooms that hold more of it than the record. `families`: erased whole."""

    entries: tuple[Entry, ...]
    families: frozenset[int]

    @kept
    def words(self) -> frozenset[str]:
        """The words themselves, long enough to be known again."""
        found = {one for entry in self.entries for one in texts(dict(entry.body))}
        return frozenset(text for one in found if len(text := " ".join(one.split())) >= LONG_ENOUGH and " " in text)

    def holds(self, text: str) -> bool:
        """Whether these words stand in another text."""
        plain = " ".join(text.split())
        return any(one in plain for one in self.words)


FORGETS: list[Callable[[Any, Going], None]] = []


def forgets(function: Callable[[Any, Going], None]) -> Callable[[Any, Going], None]:
    """Decorator: call this (cursor, Going) before the words go, in the same transaction. For stores; registers are
    folded again by themselves."""
    FORGETS.append(function)
    return function


def texts(value: Any) -> Iterable[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)
