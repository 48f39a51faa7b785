"""The relationship circle: who stands near and who farther, in four rings round one person (R52)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from alongside.pictures.drawing import SMALL, Box, Drawing, Text, framed, letters, n, named, text

CORE = 27
RINGS = (82, 128, 168, 203)  # radii of the rings, from the closest
MIDDLES = (56, 104, 148, 186)  # where the symbols stand
ARC = 290  # degrees round the bottom; the top belongs to the names of the rings
HALF = 13  # half the side of the box round a symbol
GROWS = 1.12
STEPS = tuple(chain([0], *((step, -step) for step in range(4, 181, 4))))  # degrees to either side of the wish
SORTS = ("family", "friend", "group", "paid")


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody or something in a ring. `ring`: 0 (closest) to 3. `sort`: one of SORTS. `full`: what a screen reader
    says. `href`: where a tap leads, or ''."""

    name: str
    ring: int
    sort: str
    full: str
    href: str = ""
    in_team: bool = False
    picked: bool = False


@dataclass(frozen=True, slots=True)
class _Stands:
    placed: Placed
    x: float
    y: float
    symbol: Box
    label: Box
    words: Text
    anchor: str


def circle(
    whose: str, placed: Sequence[Placed], *, rings: Sequence[str], key: str, title: str, desc: str = ""
) -> Drawing:  # fmt: skip
    """The picture of one person's circle. `whose`: the name in the middle; `rings`: what the rings are called, from
    the closest. Nothing overlaps: where it is crowded, the circle grows."""
    scale, found = 1.0, None
    while found is None:
        found = _all(placed, rings, scale)
        scale *= GROWS
    stands, names, scale = found
    outer = RINGS[-1] * scale
    middle = text(whose, most=CORE * 1.9, lines=1)
    core = Box(-CORE, -CORE, 2 * CORE, 2 * CORE)
    drawn = [f'<circle class="ring" cx="0" cy="0" r="{n(r * scale)}"/>' for r in RINGS]
    drawn += [letters(label, 0, box.y, anchor="middle", classes="t2 halo") for label, box in names]
    drawn += [
        f'<circle class="core" cx="0" cy="0" r="{CORE}"/>',
        letters(middle, 0, -9, anchor="middle", classes="", bold=True),
    ]
    drawn += [_drawn(one) for one in stands]
    symbols = (core, *(one.symbol for one in stands))
    labels = (*(box for _label, box in names), *(one.label for one in stands))
    svg, wide, high = framed(
        drawn, (*symbols, *labels, Box(-outer, -outer, 2 * outer, 2 * outer)), key=key, title=title, desc=desc
    )
    return Drawing(svg, wide, high, symbols, labels)


def _all(placed: Sequence[Placed], rings: Sequence[str], scale: float):
    """Everybody with a place of their own at this scale, or None where somebody finds none."""
    names = [
        (label := text(one, size=SMALL, most=240, lines=1), _over(label, RINGS[ring] * scale))
        for ring, one in enumerate(rings)
    ]
    taken = [Box(-CORE, -CORE, 2 * CORE, 2 * CORE), *(box for _label, box in names)]
    stands = []
    for ring in range(len(RINGS)):
        here = [one for one in placed if one.ring == ring]
        for place, one in enumerate(here):
            wish = 90 - ARC / 2 + ARC * (place + 0.5) / len(here)
            found = _free(one, wish, MIDDLES[ring] * scale, taken)
            if found is None:
                return None
            stands.append(found)
            taken += [found.symbol, found.label]
    return stands, names, scale


def _over(label: Text, radius: float) -> Box:
    """The box of a ring's name, on its line at the top."""
    return Box(-label.w / 2, -radius - label.h / 2, label.w, label.h)


def _free(one: Placed, wish: float, radius: float, taken: Sequence[Box]) -> _Stands | None:
    """The place nearest to the wished angle (degrees, clockwise from the right) where nothing stands yet."""
    words = text(one.name, most=104)
    for step in STEPS:
        angle = math.radians(wish + step)
        x, y = round(radius * math.cos(angle), 1), round(radius * math.sin(angle), 1)
        symbol = Box(x - HALF, y - HALF, 2 * HALF, 2 * HALF)
        if any(symbol.overlaps(box) for box in taken):
            continue
        for anchor, label in _beside(x, y, words):
            if not any(label.overlaps(box) for box in taken):
                return _Stands(one, x, y, symbol, label, words, anchor)
    return None


def _beside(x: float, y: float, words: Text) -> tuple[tuple[str, Box], ...]:
    """Where a label may stand: under its symbol, to the right, to the left."""
    return (
        ("middle", Box(x - words.w / 2, y + HALF, words.w, words.h)),
        ("start", Box(x + HALF + 3, y - words.h / 2, words.w, words.h)),
        ("end", Box(x - HALF - 3 - words.w, y - words.h / 2, words.w, words.h)),
    )


def _drawn(one: _Stands) -> str:
    at = {"middle": one.x, "start": one.label.x, "end": one.label.x + one.label.w}[one.anchor]
    inside = symbol(one.placed.sort, one.x, one.y)
    if one.placed.picked:
        inside = f'<circle class="picked" cx="{n(one.x)}" cy="{n(one.y)}" r="16"/>' + inside
    if one.placed.in_team:
        inside += f'<circle class="in-team" cx="{n(one.x)}" cy="{n(one.y)}" r="12.5"/>'
    return named(inside + letters(one.words, at, one.label.y, anchor=one.anchor), one.placed.full, one.placed.href)


def symbol(sort: str, x: float, y: float) -> str:
    """A dot for family, a diamond for friends, a triangle for groups and places, a square for those paid to help."""
    if sort == "friend":
        return f'<path class="p-fri" d="M{n(x)} {n(y - 9)} l9 9 -9 9 -9 -9z"/>'
    if sort == "group":
        return f'<path class="p-grp" d="M{n(x)} {n(y - 8)} l8.5 15 h-17z"/>'
    if sort == "paid":
        return f'<rect class="p-paid" x="{n(x - 7)}" y="{n(y - 7)}" width="14" height="14"/>'
    return f'<circle class="p-fam" cx="{n(x)}" cy="{n(y)}" r="7.5"/>'
