"""Canonical bytes and the commitment each entry carries.

JSON after RFC 8785, restricted: no floats, integers up to 2^53-1, moments as strings or whole
microseconds. One secret salt an entry; three parts (body, said, kept) are committed to apart, so that a
receipt can open the words and keep the readers closed. See docs/decisions/0003-commitment.md.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from operator import itemgetter
from typing import Any

LARGEST = 2**53 - 1
SAID = "author speaker via basis so so_first so_last learnt_at written_at recorded_at".split()
KEPT = "family seq thing within answers saw about mark readers once previous".split()
Shape = tuple[str, Callable[[Mapping], tuple]]  # the text around the values of a part, and what picks them in order
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def canonical(value: Any) -> bytes:
    """The one spelling of a JSON value. Raises ValueError for floats, huge integers and lone surrogates."""
    return _ENCODE(_sorted(value)).encode("utf-8")


def _sorted(value: Any) -> Any:
    """The value with its keys in UTF-16 order, as RFC 8785 asks. Raises ValueError for what has no single spelling."""
    kind = type(value)
    if kind is str or value is None or isinstance(value, str | bool):
        return value
    if kind is dict:
        return {key: _sorted(value[key]) for key in _keys(value)}
    if kind is list or kind is tuple:
        return [_sorted(inner) for inner in value]
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError("an integer beyond 2^53-1")
        return value
    if isinstance(value, float):
        raise ValueError("a float has no single spelling")
    if isinstance(value, list | tuple):
        return [_sorted(inner) for inner in value]
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in _keys(value)}
    return value


def _keys(value: Mapping) -> list[str]:
    """The keys in the order of UTF-16, which for ASCII is that of the characters themselves."""
    try:
        plain = "".join(value).isascii()
    except TypeError:
        raise ValueError("keys are text") from None
    return sorted(value) if plain else sorted(value, key=lambda key: key.encode("utf-16-be"))


def _shape(names: Sequence[str]) -> Shape:
    ordered = sorted(names)
    return "{" + ",".join(f'"{name}":%s' for name in ordered) + "}", itemgetter(*ordered)


SAID_SHAPE, KEPT_SHAPE = _shape(SAID), _shape(KEPT)


def _spelt(part: Mapping[str, Any], shape: Shape) -> bytes:
    """A part of this shape as `canonical` spells it: it holds text, lists of it, and nothing."""
    around, pick = shape
    return (around % tuple(map(_value, pick(part)))).encode("utf-8")


def _value(value: Any) -> str:
    if value is None:
        return "null"
    if type(value) is str:
        return encode_basestring(value)
    return _listed(value) if type(value) is tuple else _ENCODE(value)


@lru_cache(maxsize=4096)
def _listed(values: tuple) -> str:
    """A list of texts and of lists of them; the same few stand in many rows. Raises ValueError for anything else in
    it, because 1, 1.0 and true are equal and not spelt alike: what is kept here is text alone."""
    if not all(type(one) is str for inner in values for one in (inner if type(inner) is tuple else (inner,))):
        raise ValueError("a list of a part holds text")
    return _ENCODE(values)


def part_salts(salt: bytes) -> tuple[bytes, bytes, bytes]:
    """The three part salts of one entry's secret."""
    drawn = hashlib.shake_256(b"alongside.salts.v1\0" + salt).digest(96)
    return drawn[:32], drawn[32:64], drawn[64:]


def commit(name: str, salt: bytes, data: bytes) -> str:
    """The commitment to one part, as hex."""
    return hashlib.sha256(b"alongside.part.v1\0" + salt + name.encode() + b"\0" + data).hexdigest()


def header_of(*, id: str, kind: str, salt: bytes, body: bytes, said: Mapping, kept: Mapping) -> dict[str, Any]:
    """The header of one entry: id, kind, the commitments to its three parts, and the version. `said`, `kept`: a value
    for each name of SAID and KEPT: text, None, or lists of text (tuples: kept once spelt)."""
    salts = part_salts(salt)
    parts = {
        "body": commit("body", salts[0], body),
        "kept": commit("kept", salts[2], _spelt(kept, KEPT_SHAPE)),
        "said": commit("said", salts[1], _spelt(said, SAID_SHAPE)),
    }
    return {"id": id, "kind": kind, "parts": parts, "v": 1}


def hash_header(header: Mapping) -> str:
    """E, the hash of one entry, over its header as `canonical` spells it."""
    id, kind, parts = encode_basestring(header["id"]), encode_basestring(header["kind"]), header["parts"]
    inner = f'"body":"{parts["body"]}","kept":"{parts["kept"]}","said":"{parts["said"]}"'
    text = f'{{"id":{id},"kind":{kind},"parts":{{{inner}}},"v":{header["v"]}}}'
    return hashlib.sha256(b"alongside.entry.v1\0" + text.encode("utf-8")).hexdigest()


def entry_hash(**of: Any) -> str:
    """E of what `header_of` takes."""
    return hash_header(header_of(**of))
