"""What all pictures are made of: boxes that must not overlap, lettering of a safe width, and the frame of an SVG."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape

NAME, SMALL = 15, 13  # font sizes, in units of the picture
LINE = 1.2  # a line of text, in font sizes
# Widths in font sizes, measured in the look's own face at its bold weight, rounded up.
WIDTHS = (
    (" ijl.,:;'’|", 0.27), ("If-()t/r!", 0.39), ("szcx«»–\"“”?", 0.48), ("aegvyFJL0123456789åéèä", 0.51),
    ("wM", 0.75), ("mWæÆ@—…", 0.86),
)  # fmt: skip
WIDTH = {sign: width for signs, width in WIDTHS for sign in signs}
LOWER, UPPER, ELSEWHERE, SQUARE = 0.57, 0.69, 0.8, 1.05
SAFE = 1.04


HAIR = 0.01  # less than this is how numbers are rounded
TAG = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the picture: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any area; a hair's breadth, which is how numbers are rounded, is none."""
        return (
            self.x + HAIR < other.x + other.w and other.x + HAIR < self.x + self.w
            and self.y + HAIR < other.y + other.h and other.y + HAIR < self.y + self.h
        )  # fmt: skip

    def crossed(self, a: tuple[float, float], b: tuple[float, float]) -> bool:
        """Whether the straight line from `a` to `b` goes through the box."""
        (x, y), (dx, dy), first, last = a, (b[0] - a[0], b[1] - a[1]), 0.0, 1.0
        for start, way, low, high in ((x, dx, self.x, self.x + self.w), (y, dy, self.y, self.y + self.h)):
            if not way:
                if not low < start < high:
                    return False
                continue
            one, two = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, one), min(last, two)
        return first < last


@dataclass(frozen=True, slots=True)
class Drawing:
    """`svg`: the picture, escaped; `width`, `height`: its size. `symbols`, `labels`: where they stand. `left_out`:
    the keys of those who found no place; the list beside the picture holds them."""

    svg: str
    width: int
    height: int
    symbols: tuple[Box, ...] = ()
    labels: tuple[Box, ...] = ()
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of one label with the box they need. `size`: of the letters."""

    lines: tuple[str, ...]
    size: int
    w: float
    h: float


def width(text: str, size: float) -> float:
    """At least as wide as the text is drawn."""
    return size * SAFE * sum(_sign(sign) for sign in text)


def _sign(sign: str) -> float:
    if sign in WIDTH:
        return WIDTH[sign]
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return SQUARE
    if sign < "ſ":
        return UPPER if sign.isupper() else LOWER
    return ELSEWHERE


def text(words: str, *, size: int = NAME, most: float = 120, lines: int = 2) -> Text:
    """The words broken into at most so many lines, none wider than `most`; what does not fit ends in an ellipsis."""
    broken = _broken(" ".join(words.split()), size, most)
    if len(broken) > lines:
        last = broken[lines - 1]
        while last and width(last + "…", size) > most:
            last = last[:-1]
        broken = [*broken[: lines - 1], last.rstrip() + "…"]
    return Text(tuple(broken), size, max((width(one, size) for one in broken), default=0.0), len(broken) * size * LINE)


def _broken(words: str, size: float, most: float) -> list[str]:
    found: list[str] = []
    for word in words.split(" "):
        if found and width(f"{found[-1]} {word}", size) <= most:
            found[-1] = f"{found[-1]} {word}"
            continue
        while width(word, size) > most and len(word) > 1:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or width(word[:n], size) <= most)
            found.append(word[:cut])
            word = word[cut:]
        found.append(word)
    return [one for one in found if one]


def n(value: float) -> str:
    """A number of the picture: one digit after the point at most, and never "-0"."""
    shown = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if shown in ("-0", "") else shown


def letters(
    label: Text, x: float, y: float, *, anchor: str = "start", classes: str = "halo", bold: bool = False
) -> str:
    """The label with its top at `y`; `x` is its left, middle or right by `anchor`."""
    weight = ' font-weight="600"' if bold else ""
    return " " + " ".join(  # blanks between lines and labels: who hears the picture hears them apart
        f'<text class="{classes}" x="{n(x)}" y="{n(y + label.size * (0.95 + place * LINE))}" text-anchor="{anchor}" '
        f'font-size="{label.size}"{weight}>{escape(line)}</text>'
        for place, line in enumerate(label.lines)
    )


def named(inside: str, full: str, href: str = "", classes: str = "") -> str:
    """A symbol with its label, called by its full name; a link where it leads somewhere."""
    kept = f' class="{classes}"' if classes else ""
    if href:
        seen = " ".join(unescape(TAG.sub(" ", inside)).split())
        called = (
            full if seen.casefold() in full.casefold() else f"{seen}: {full}"
        )  # WCAG 2.5.3: what is seen comes first
        # in a group of its own: no word goes on from one symbol's name to the next
        return f'<g><a href="{escape(href)}" aria-label="{escape(called)}"{kept}>{inside}</a></g>'
    return f'<g role="graphics-symbol img" aria-label="{escape(full)}"{kept}>{inside}</g>'


def framed(
    inside: Sequence[str], around: Iterable[Box], *, key: str, title: str, desc: str = "", least: int = 0
) -> tuple[str, int, int]:
    """The whole SVG round these boxes, and its width and height. It is called `title` and then `desc`; a browser shows
    the title alone where a mouse rests, so names stand in `desc`. `least`: no narrower than this."""
    boxes, edge = list(around), 8
    left, top = min(box.x for box in boxes) - edge, min(box.y for box in boxes) - edge
    wide = max(box.x + box.w for box in boxes) + edge - left
    high = max(box.y + box.h for box in boxes) + edge - top
    if wide < least:
        left, wide = left - (least - wide) / 2, float(least)
    size = f'viewBox="{n(left)} {n(top)} {n(wide)} {n(high)}" width="{round(wide)}" height="{round(high)}"'
    named, called = f'<title id="{escape(key)}-t">{escape(title)}</title>', f"{escape(key)}-t"
    if desc:
        named += f'<desc id="{escape(key)}-d">{escape(desc)}</desc>'
        called += f" {escape(key)}-d"
    role = f'role="graphics-document document" aria-labelledby="{called}"'
    return f"<svg {size} {role}>{named}{''.join(inside)}</svg>", round(wide), round(high)
