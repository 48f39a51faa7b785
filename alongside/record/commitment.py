"""What an entry commits to: everything its row holds, in the parts that are hashed (canonical.py)."""

import json
from functools import lru_cache
from typing import Any

from alongside.record.canonical import entry_hash
from alongside.record.entry import SEQ_BITS, Apart, Entry


def hash_of(entry: Entry, apart: Apart, *, once: str, previous: str, salt: bytes) -> str:
    """E of an entry from everything its row holds; every column is in a part or in the header."""
    return entry_hash(**committed(entry, apart, once=once, previous=previous, salt=salt))


def committed(entry: Entry, apart: Apart, *, once: str, previous: str, salt: bytes) -> dict[str, Any]:
    """What an entry commits to: its id and kind, the salt, and the three parts, spelt as they are hashed.

    Numbers are spelt as text: moments outgrow the integers JSON holds exactly (docs/decisions/0003).
    """
    said = {
        "author": str(entry.author), "basis": entry.basis, "learnt_at": entry.learnt_at,
        "recorded_at": str(entry.recorded_at), "so": entry.so, "so_first": _number(apart.so_first),
        "so_last": _number(apart.so_last), "speaker": _number(entry.other_speaker), "via": _numbers(entry.via_text),
        "written_at": _number(apart.written_at),
    }  # fmt: skip
    kept = {
        "about": _numbers(entry.about_text), "answers": _number(entry.answers), "family": str(entry.family),
        "mark": entry.mark, "once": once, "previous": previous,
        "readers": _pairs(entry.given_text), "saw": _number(apart.saw),
        "seq": str(entry.pk & ((1 << SEQ_BITS) - 1)), "thing": str(entry.thing), "within": _number(entry.within),
    }  # fmt: skip
    return {
        "id": entry.id, "kind": entry.kind, "salt": salt, "body": entry.body_text.encode(), "said": said, "kept": kept,
    }  # fmt: skip


@lru_cache(maxsize=4096)
def _numbers(text: str) -> tuple[str, ...]:
    """A stored list of numbers, each spelt as text; the same few lists stand in a family's rows again and again."""
    return tuple(map(str, json.loads(text)))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """A stored list of (person, because), the person spelt as text."""
    return tuple((str(person), because) for person, because in json.loads(text))


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)
