"""What was measured as one picture: a line for each goal, and how far from it we are. Plain facts in, SVG out.

All goals lie on one upright line. Left of it a goal is met, right of it not; the scale is logarithmic, so that twice as
good and half as good are equally far. A goal that is a least is turned round. What has no goal is not drawn.
"""

import math
from collections.abc import Sequence
from html import escape

from alongside.site.bench.facts import Fact

LEFT, MIDDLE, RIGHT = 480, 420, 320  # widths: what it is, the scale, the figures
ROW, TOP, BOTTOM = 26, 56, 40
STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)  # of the goal
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1d1d1b}.met{fill:#1f6f54}.not{fill:#a33b12}.bar{stroke-width:3}"
    ".bar.met{stroke:#1f6f54}.bar.not{stroke:#a33b12}.thin{stroke:#bbb}.goal{stroke:#1d1d1b;stroke-width:2}.page{fill:#fff}"
    "@media(prefers-color-scheme:dark){text{fill:#eee}.met{fill:#7fd1ae}.not{fill:#f2a07b}.bar.met{stroke:#7fd1ae}"
    ".bar.not{stroke:#f2a07b}.thin{stroke:#555}.goal{stroke:#eee}.page{fill:#1b1b1b}}"
)


def drawn(facts: Sequence[Fact], command: str) -> str:
    """The picture of these facts as the text of an SVG file. `command`: finds them again; it stands below."""
    shown = [fact for fact in facts if fact.met is not None]
    height, width = TOP + ROW * len(shown) + BOTTOM, LEFT + MIDDLE + RIGHT
    low, high = _ends([value for fact in shown for value in _beside(fact)])
    scale = [step for step in STEPS if low <= step <= high]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{_told(shown)}">',
        f'<style>{STYLE}</style><rect class="page" width="{width}" height="{height}"/>',
        f'<text x="{LEFT}" y="20">met</text>',
        f'<text x="{LEFT + MIDDLE}" y="20" text-anchor="end">not met</text>',
    ]
    for step in scale:
        x = _x(step, low, high)
        kind = "goal" if step == 1 else "thin"
        parts.append(f'<line class="{kind}" x1="{x}" x2="{x}" y1="{TOP - 8}" y2="{height - BOTTOM}"/>')
        word = "the goal" if step == 1 else f"{step:g}"
        parts.append(f'<text x="{x}" y="{TOP - 14}" text-anchor="middle">{word}</text>')
    parts += [_row(fact, TOP + ROW * (n + 0.5), low, high) for n, fact in enumerate(shown)]
    parts.append(f'<text x="8" y="{height - 14}">{escape(command)}</text></svg>')
    return "\n".join(parts) + "\n"


def _beside(fact: Fact) -> tuple[float, float, float]:
    """Ratio, and both ends of its interval, as parts of the goal: under 1 is met."""
    found, goal = fact.measured, fact.goal
    parts = [value / goal for value in (found.ratio, found.low, found.high)]
    return tuple(1 / part for part in parts) if fact.least else tuple(parts)


def _ends(values: Sequence[float]) -> tuple[float, float]:
    """From which to which part of the goal the scale goes: everything is on it, and a half and double at least."""
    return min([0.5, *values]) / 1.15, max([2, *values]) * 1.15


def _x(part: float, low: float, high: float) -> float:
    return round(LEFT + MIDDLE * math.log(part / low) / math.log(high / low), 1)


def _row(fact: Fact, y: float, low: float, high: float) -> str:
    kind, said = ("met", "met") if fact.met else ("not", "NOT MET")
    at, first, last = (_x(part, low, high) for part in _beside(fact))
    found = fact.measured
    figures = (
        f"{found.ratio:.2f} ({found.low:.2f} to {found.high:.2f}), {'≥' if fact.least else '≤'} {fact.goal:g}, {said}"
    )
    return (
        f'<text x="8" y="{y + 5}">{escape(fact.name)}</text>'
        f'<line class="bar {kind}" x1="{first}" x2="{last}" y1="{y}" y2="{y}"/>'
        f'<circle class="{kind}" cx="{at}" cy="{y}" r="5"/>'
        f'<text x="{LEFT + MIDDLE + 12}" y="{y + 5}">{figures}</text>'
    )


def _told(shown: Sequence[Fact]) -> str:
    """The same for whoever does not see it."""
    lines = [f"{one.name}: {one.measured.ratio:.2f}, {'met' if one.met else 'not met'}" for one in shown]
    return escape(f"Measured ratios and their goals. {'; '.join(lines)}", quote=True)
