"""The ecomap: a household in the middle, and what surrounds its days, each with a line of its own kind (R53)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from alongside.pictures.drawing import SMALL, Box, Drawing, Text, framed, letters, n, named, text

MOST = 12  # systems round one person; the list beside the picture holds them all
CORE = 46  # of one person alone; a household has a larger circle
ROUND, FLAT = 128, 1.18  # radius upwards, and how much wider the picture is than high
GROWS = 1.08
EDGE = 9  # inside the box of a system
STRENGTHS = ("strong", "ordinary", "thin", "stressful")
GIVES = ("", "in", "out", "both")  # who gives energy: nobody says, the system, the person, both


@dataclass(frozen=True, slots=True)
class Link:
    """A line to a system. `strength`: one of STRENGTHS; `gives`: one of GIVES; `word`: the line in one word; `full`:
    what a screen reader says; `href`: where a tap leads, or ''."""

    name: str
    strength: str
    word: str
    full: str
    gives: str = ""
    href: str = ""
    picked: bool = False


@dataclass(frozen=True, slots=True)
class _Stands:
    link: Link
    x: float
    y: float
    box: Box
    name: Text
    word: Text


def ecomap(
    whose: str, links: Sequence[Link], *, key: str, title: str, desc: str = "", household: Sequence[str] = ()
) -> Drawing:  # fmt: skip
    """The picture of what surrounds a household; the first MOST of `links` are drawn. Nothing overlaps. `whose`: on
    whose page it stands; `household`: who else lives there, by name."""
    middle, under = (
        text(whose, most=CORE * 1.7, lines=2),
        [text(one, size=SMALL, most=110, lines=1) for one in household],
    )
    high = middle.h + sum(one.h for one in under)
    r = max(CORE, round(math.hypot(high, max(one.w for one in (middle, *under))) / 2 + 8)) if under else CORE
    shown, scale, found = tuple(links[:MOST]), 1.0, None
    while found is None:
        found = _all(shown, scale, r)
        scale *= GROWS
    core = Box(-r, -r, 2 * r, 2 * r)
    drawn = [_line(one, r) for one in found]
    drawn += [
        f'<circle class="core" cx="0" cy="0" r="{r}"/>',
        letters(middle, 0, -high / 2, anchor="middle", classes="", bold=True),
    ]
    top = middle.h - high / 2
    for one in under:
        drawn.append(letters(one, 0, top, anchor="middle", classes="t2"))
        top += one.h
    drawn += [_drawn(one) for one in found]
    symbols = (core, *(one.box for one in found))
    svg, wide, high = framed(drawn, symbols, key=key, title=title, desc=desc, least=320)
    return Drawing(svg, wide, high, symbols, (), tuple(range(MOST, len(links))))


def _all(links: Sequence[Link], scale: float, r: float) -> list[_Stands] | None:
    """Every system at this scale, or None where two overlap or a line goes through another."""
    found = [_at(one, place, len(links), scale) for place, one in enumerate(links)]
    for one in found:
        if _near(one.box, r):
            return None
        for other in found:
            if one is not other and (one.box.overlaps(_wider(other.box)) or other.box.crossed((0, 0), (one.x, one.y))):
                return None
    return found


def _at(link: Link, place: int, count: int, scale: float) -> _Stands:
    angle = math.radians(-90 + 360 * (place + (0.5 if count % 2 == 0 and count > 2 else 0)) / count)
    x, y = round(ROUND * FLAT * scale * math.cos(angle), 1), round(ROUND * scale * math.sin(angle), 1)
    name, word = text(link.name, most=120), text(link.word, size=SMALL, most=120)
    w, h = max(name.w, word.w) + 2 * EDGE, name.h + word.h + 2 * EDGE
    return _Stands(link, x, y, Box(x - w / 2, y - h / 2, w, h), name, word)


def _wider(box: Box) -> Box:
    return Box(box.x - 6, box.y - 6, box.w + 12, box.h + 12)


def _near(box: Box, r: float) -> bool:
    """Whether a system stands so close to the middle that its line could not be seen."""
    return box.overlaps(Box(-r - 26, -r - 26, 2 * r + 52, 2 * r + 52))


def _line(one: _Stands, r: float) -> str:
    """The line from the middle to the system, with heads for who gives energy."""
    far = math.hypot(one.x, one.y)
    dx, dy = one.x / far, one.y / far
    start, end = r + 3, far - _inside(one.box, dx, dy) - 3
    heads = ""
    if one.link.gives in ("in", "both"):
        heads, start = heads + _head(dx * start, dy * start, -dx, -dy), start + 9
    if one.link.gives in ("out", "both"):
        heads, end = heads + _head(dx * end, dy * end, dx, dy), end - 9
    path = _zigzag(dx, dy, start, end) if one.link.strength == "stressful" else (
        f"M{n(dx * start)} {n(dy * start)} L{n(dx * end)} {n(dy * end)}"
    )  # fmt: skip
    return f'<path class="e e-{one.link.strength}" d="{path}"/>{heads}'


def _inside(box: Box, dx: float, dy: float) -> float:
    """How much of the line, seen from the box's middle, lies inside the box."""
    across = box.w / 2 / abs(dx) if dx else math.inf
    down = box.h / 2 / abs(dy) if dy else math.inf
    return min(across, down)


def _head(x: float, y: float, dx: float, dy: float) -> str:
    """An arrowhead with its point at x, y."""
    bx, by = x - dx * 11, y - dy * 11
    one, other = (bx - dy * 6, by + dx * 6), (bx + dy * 6, by - dx * 6)
    path = " L".join(f"{n(a)} {n(b)}" for a, b in ((x, y), one, other))
    return f'<path class="e-head" d="M{path}z"/>'


def _zigzag(dx: float, dy: float, start: float, end: float) -> str:
    count = max(2, round((end - start) / 6))
    points = []
    for step in range(count + 1):
        along = start + (end - start) * step / count
        aside = 0 if step in (0, count) else 5 if step % 2 else -5
        points.append(f"{n(dx * along - dy * aside)} {n(dy * along + dx * aside)}")
    return "M" + " L".join(points)


def _drawn(one: _Stands) -> str:
    box = one.box
    kept = "system picked" if one.link.picked else "system"
    inside = f'<rect class="{kept}" x="{n(box.x)}" y="{n(box.y)}" width="{n(box.w)}" height="{n(box.h)}" rx="10"/>'
    inside += letters(one.name, one.x, box.y + EDGE, anchor="middle", classes="", bold=True)
    inside += " " + letters(one.word, one.x, box.y + EDGE + one.name.h, anchor="middle", classes="t2")
    return named(inside, one.link.full, one.link.href)
