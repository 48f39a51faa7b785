"""One statement as the record holds it, frozen, for those who may read it."""

import datetime as dt
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from alongside import clock, dates
from alongside.kept import kept
from alongside.record.kinds import upcast
from alongside.record.statement import MEANT

SEQ_BITS = 20
_read = json.JSONDecoder().raw_decode  # of canonical text, which has nothing before or after its one value
COLUMNS = (
    "pk id thing within answers kind author speaker via basis mark so learnt_at recorded_at body about readers".split()
)
APART = "saw so_first so_last written_at".split()
STORED = (*COLUMNS, *APART, "salt", "hash", "once")


def first_pk(family: int) -> int:
    """The smallest place an entry of this family may have."""
    return family << SEQ_BITS


def last_pk(family: int) -> int:
    """The largest place an entry of this family may have."""
    return (family << SEQ_BITS) | ((1 << SEQ_BITS) - 1)


class Row(NamedTuple):
    """What a page reads of a row of the record, in the order of COLUMNS. Lists and body are JSON, not yet read."""

    pk: int
    id: str
    thing: int
    within: int | None
    answers: int | None
    kind: str
    author: int
    other_speaker: int | None
    via_text: str
    basis: str
    mark: str
    so: str | None
    learnt_at: str | None
    recorded_at: int
    body_text: str
    about_text: str
    given_text: str


class Apart(NamedTuple):
    """What is committed to and read by no page, in the order of APART: how far the writer had read (a seq), the
    bounds of `so` as they were said then, and when the device says that it was written."""

    saw: int | None
    so_first: int | None
    so_last: int | None
    written_at: int | None


class Entry(Row):
    """A statement: its row, whose body is opened when somebody first asks for it.

    `pk`, `thing`, `within`, `answers` are places inside the server and never leave it; `id` is what anybody sees.
    """

    def __repr__(self) -> str:
        return f"Entry(id={self.id!r}, kind={self.kind!r})"

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("an entry is never changed")

    @kept
    def body(self) -> Mapping[str, Any]:
        """What was said, as today's version of its kind."""
        return upcast(self.kind, _read(self.body_text)[0])

    @property
    def speaker(self) -> int:
        """Whose words they are."""
        return self.author if self.other_speaker is None else self.other_speaker

    @property
    def so_first(self) -> int | None:
        """The first day on which it can have been so, an ordinal; None where it is open or nobody said."""
        return _bounds(self.so)[0]

    @property
    def so_last(self) -> int | None:
        """The last such day."""
        return _bounds(self.so)[1]

    @property
    def via(self) -> tuple[int, ...]:
        """The hearsay chain, in order."""
        return _numbers(self.via_text)

    @property
    def about(self) -> tuple[int, ...]:
        """Whom it is about, as person numbers."""
        return _numbers(self.about_text)

    @property
    def named(self) -> tuple[tuple[int, str], ...]:
        """Everybody named when it was written, as it was written: (person, because)."""
        return _pairs(self.given_text)

    @property
    def given(self) -> tuple[tuple[int, str], ...]:
        """The readers named when it was written: (person, because)."""
        return _readers(self.given_text)

    @property
    def chosen(self) -> tuple[int, ...]:
        """Whom the writer named, readers or not: for the writer's own eyes alone."""
        return tuple(person for person, _because in self.named)

    @property
    def family(self) -> int:
        return self.pk >> SEQ_BITS

    @property
    def received(self) -> dt.datetime:
        """When the record received it, aware, UTC."""
        return clock.moment(self.recorded_at)

    @property
    def starts(self) -> bool:
        """True when this entry began its own thing."""
        return self.thing == self.pk


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[int, ...]:
    """A stored list of numbers; the same few lists stand in a family's rows again and again."""
    return tuple(json.loads(text))


@lru_cache(maxsize=4096)
def _bounds(text: str | None) -> tuple[int | None, int | None]:
    """The bounds of a stored date."""
    so = dates.canonical(text or "") or dates.UNSAID
    return so.first, so.last


@lru_cache(maxsize=4096)
def _pairs(text: str) -> tuple[tuple[int, str], ...]:
    """A stored list of (person, because)."""
    return tuple((person, because) for person, because in json.loads(text))


@lru_cache(maxsize=4096)
def _readers(text: str) -> tuple[tuple[int, str], ...]:
    """The same without those it was only meant for."""
    return tuple(pair for pair in _pairs(text) if pair[1] != MEANT)


from_row: Callable[[Sequence[Any]], Entry] = partial(tuple.__new__, Entry)
"""The entry of one database row in the order of COLUMNS."""
