"""One statement as the record holds it, frozen, for those who may read it."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from alongside import clock

SEQ_BITS = 20
COLUMNS = (
    "pk id thing within answers saw kind author speaker via basis mark so so_first so_last "
    "learnt_at written_at recorded_at body about readers"
).split()


def first_pk(family: int) -> int:
    """The smallest place an entry of this family may have."""
    return family << SEQ_BITS


def last_pk(family: int) -> int:
    """The largest place an entry of this family may have."""
    return (family << SEQ_BITS) | ((1 << SEQ_BITS) - 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """`pk`, `thing`, `within`, `answers` are places inside the server and never leave it; `id` is what
    anybody sees. `about`: person numbers. `given`: the readers named when it was written."""

    pk: int = field(repr=False)
    id: str
    thing: int = field(repr=False)
    within: int | None = field(repr=False)
    answers: int | None = field(repr=False)
    kind: str
    author: int
    speaker: int
    via: tuple[int, ...]
    basis: str
    mark: str
    so: str | None
    so_first: int | None
    so_last: int | None
    learnt_at: str | None
    written_at: int | None
    recorded_at: int
    body: Mapping[str, Any]
    about: tuple[int, ...]
    given: tuple[tuple[int, str], ...]

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
def _pairs(text: str) -> tuple[tuple[int, str], ...]:
    """A stored list of (person, because)."""
    return tuple((person, because) for person, because in json.loads(text))


def from_row(row: tuple[Any, ...], upcast: Any) -> Entry:
    """The entry of one database row in the order of COLUMNS. `upcast(kind, body)` brings old bodies up."""
    (pk, id_, thing, within, answers, _saw, kind, author, speaker, via, basis, mark, so, so_first,
     so_last, learnt, written, recorded, body, about, readers) = row  # fmt: skip
    return Entry(
        pk, id_, thing, within, answers, kind, author, speaker if speaker is not None else author,
        _numbers(via), basis, mark, so, so_first, so_last, learnt, written, recorded,
        upcast(kind, json.loads(body)), _numbers(about), _pairs(readers),
    )  # fmt: skip
