"""One person proposes, another one decides: what was proposed in the office's own record, and what became of it.

Proposal and decision are entries. The first answer counts; who proposed may take it back, and a yes of theirs is
none. What is decided so: that the office stops (closing.py), erasing by law (erasing.py), keeping a family on
(access/kept_on.py). Who may say it is known there; how it is said: access/deciding.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from alongside.record.entry import Entry, from_row, last_pk
from alongside.record.gate import FIELDS
from alongside.record.reading import rows

OFFICE = 0
SQL = f"SELECT {FIELDS} FROM record_entry e WHERE e.kind IN (%s, %s, %s) AND e.pk <= %s ORDER BY e.pk"


@dataclass(frozen=True, slots=True)
class Proposed:
    """One proposal; what it is about stands in further fields. `words`: why, in `lang`, or ''. `decided`: the entry
    that answered it, or None. `at`: microseconds. `kinds`: of a proposal, of a yes and of a no."""

    id: str
    words: str
    lang: str
    by: int
    at: int
    decided: Entry | None
    kinds: ClassVar[tuple[str, str, str]]

    @property
    def agreed(self) -> bool:
        return self.decided is not None and self.decided.kind == self.kinds[1]

    @classmethod
    def about(cls, body: Mapping[str, Any]) -> dict[str, Any]:
        """The further fields, as the body of a proposal has them."""
        return {one.name: body[one.name] for one in fields(cls) if one.name not in Proposed.__slots__}

    @classmethod
    def fold(cls, entries: Iterable[Entry]) -> tuple[Self, ...]:
        """The proposals these entries tell of, oldest first."""
        begun: dict[int, Entry] = {}
        answers: dict[int, Entry] = {}
        for entry in entries:
            if entry.kind == cls.kinds[0]:
                begun[entry.pk] = entry
            elif entry.thing in begun and (entry.kind == cls.kinds[2] or entry.author != begun[entry.thing].author):
                answers.setdefault(entry.thing, entry)
        return tuple(cls._of(entry, answers.get(pk)) for pk, entry in begun.items())

    @classmethod
    def _of(cls, entry: Entry, decided: Entry | None) -> Self:
        said = next(iter(entry.body.get("words", ())), {"text": "", "lang": ""})
        return cls(
            entry.id, said["text"], said["lang"], entry.author, entry.recorded_at, decided, **cls.about(entry.body)
        )

    @classmethod
    def every(cls) -> tuple[Self, ...]:
        """Every proposal, oldest first. For those who may decide; ask for that first."""
        return cls.fold(map(from_row, rows(SQL, [*cls.kinds, last_pk(OFFICE)])))
