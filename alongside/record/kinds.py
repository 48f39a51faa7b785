"""The closed list of kinds. Each room declares its own; a kind nobody declared cannot be written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Upcast = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Kind:
    """`label`: lazy words for a page. `settles`: hand-written, waits before it is received.
    `changes_state`: moves its thing on, so it is read exactly as its thing is. `state`: a page needs it
    however old it is. `private`: of a family among themselves; no emergency opens it.
    `goes_on`: an act that begins with it is received after the office's last day too (closing.py), always or where
    this says so of its body.
    `upcasts`: {from version: pure function to the next}."""

    name: str
    label: Any
    version: int = 1
    settles: bool = True
    changes_state: bool = False
    state: bool = False
    private: bool = False
    goes_on: bool | Callable[[Mapping[str, Any]], bool] = False
    upcasts: Mapping[int, Upcast] = field(default_factory=dict)


KINDS: dict[str, Kind] = {}


def kind(name: str, label: Any, **how: Any) -> Kind:
    """Declare a kind. Twice the same name is a mistake of ours, so it is an error."""
    if name in KINDS:
        raise ValueError(f"the kind {name} is declared twice")
    KINDS[name] = Kind(name, label, **how)
    return KINDS[name]


def upcast(name: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body as today's version of its kind; unknown kinds stay as they are."""
    known = KINDS.get(name)
    version = body.get("v", 1)
    while known and version < known.version:
        body = {**known.upcasts[version](body), "v": version + 1}
        version += 1
    return body


def private_kinds() -> tuple[str, ...]:
    """The kinds no emergency opens, nor what hangs on them (R23)."""
    return tuple(sorted(name for name, known in KINDS.items() if known.private))


def moving_kinds() -> tuple[str, ...]:
    """The kinds that move their thing on; from beyond a hazard one of these stands as an answer to it."""
    return tuple(sorted(name for name, known in KINDS.items() if known.changes_state))


def state_kinds() -> tuple[str, ...]:
    """The kinds a family's page needs however long ago they were written."""
    return tuple(sorted(name for name, known in KINDS.items() if known.state))
