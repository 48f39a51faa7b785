"""A goal on its five-rung ladder over time, as one small line."""

from collections.abc import Sequence
from html import escape

LEFT, RIGHT = 8, 120
TOP, STEP = 6, 10
WIDTH, HEIGHT = 128, 52
HIGHEST = 2


def spark(values: Sequence[int], *, key: str, title: str, desc: str) -> str:
    """An SVG of the ratings in order, the newest filled; '' when there are none.

    `values`: rungs from -2 to +2; beyond that they are drawn on the outermost rung. `key`: makes the ids of
    this picture its own on the page. `title`, `desc`: what a screen reader says; plain words, escaped here.
    """
    if not values:
        return ""
    points = [(_x(place, len(values)), _y(value)) for place, value in enumerate(values)]
    named = f'<title id="{escape(key)}-t">{escape(title)}</title><desc id="{escape(key)}-d">{escape(desc)}</desc>'
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="{escape(key)}-t {escape(key)}-d">{named}{_rungs()}{_line(points)}{_dots(points)}</svg>'
    )


def _x(place: int, count: int) -> int:
    return RIGHT if count == 1 else LEFT + round(place * (RIGHT - LEFT) / (count - 1))


def _y(value: int) -> int:
    return TOP + (HIGHEST - max(-HIGHEST, min(HIGHEST, value))) * STEP


def _rungs() -> str:
    return "".join(
        f'<line class="{"mid" if value == 0 else "rung"}" x1="0" x2="{WIDTH}" y1="{_y(value)}" y2="{_y(value)}"/>'
        for value in range(-HIGHEST, HIGHEST + 1)
    )


def _line(points: Sequence[tuple[int, int]]) -> str:
    if len(points) < 2:
        return ""
    return f'<path d="M{" L".join(f"{x} {y}" for x, y in points)}"/>'


def _dots(points: Sequence[tuple[int, int]]) -> str:
    last = len(points) - 1
    return "".join(
        f'<circle class="now" cx="{x}" cy="{y}" r="4.5"/>' if n == last else f'<circle cx="{x}" cy="{y}" r="3.2"/>'
        for n, (x, y) in enumerate(points)
    )
