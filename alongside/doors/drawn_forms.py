"""The forms of drawings, the same in every door: whom a typed name means, and what a tap says."""

import re
from collections.abc import Callable, Iterable, Mapping

from alongside.families.drawn import RINGS, Drawn, Near, move, take_out
from alongside.families.person import Person
from alongside.record.readers import Reader

PARTED = re.compile(r"[,;\n]")


def by_name(persons: Mapping[int, Person], among: Iterable[int]) -> dict[str, int | None]:
    """Who is meant by a name as typed; None where two are called the same, so it stays words."""
    found: dict[str, int | None] = {}
    for number in among:
        for name in {persons[number].called.casefold(), persons[number].name.casefold()}:
            found[name] = None if name in found else number
    return found


def named(text: str, ring: int, known: dict[str, int | None]) -> list[Near]:
    """The names of one ring, each once: somebody who is met here, or words."""
    typed = dict.fromkeys(" ".join(part.split()) for part in PARTED.split(text))
    return [Near(ring, who, "" if who else name) for name in typed if name for who in [known.get(name.casefold())]]


def tapped(by: Reader, one: Drawn, sent: Callable[[str], str], how: dict) -> None:
    """What a tap on somebody who is picked says. `sent(name)`: a value of the form. Raises Refused."""
    if sent("act") == "out":
        take_out(by=by, one=one, **how)
    elif sent("act") == "words":
        move(by=by, one=one, words=sent("words"), gives=sent("gives") if one.strength else None, **how)
    elif one.ring:
        move(by=by, one=one, ring=int(sent("to")) if sent("to") in {str(ring) for ring in RINGS} else -1, **how)
    else:
        move(by=by, one=one, strength=sent("to") or "-", **how)
