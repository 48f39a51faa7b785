"""The dashed curves round those who live together: round them and nobody else, whoever stands between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.pictures.drawing import n

PAD, STEP, DEEPEST = 9, 4, 21  # from a person to the curve, each home a little farther out
CORRIDOR = 8  # half the width where a curve passes between people who do not live there
SOFT = 22  # of the corners


@dataclass(frozen=True, slots=True)
class Edges:
    """How far one person reaches to the left and to the right."""

    id: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A home's curve. `spans`: for each row from `top` on, between which x it runs."""

    name: str
    top: int
    spans: tuple[tuple[float, float], ...]
    pad: float

    @property
    def bottom(self) -> int:
        return self.top + len(self.spans) - 1

    @property
    def middle(self) -> float:
        left, right = self.spans[-1]
        return (left + right) / 2

    @property
    def reach(self) -> tuple[float, float]:
        """The farthest x to the left and to the right."""
        return min(left for left, _right in self.spans), max(right for _left, right in self.spans)

    def corners(self, tops: Mapping[int, float], highs: Mapping[int, float]) -> list[tuple[float, float]]:
        """The corners, clockwise from the top left."""
        left, right = [], []
        for place, (low, high) in enumerate(self.spans):
            row = self.top + place
            above, below = tops[row] - self.pad, tops[row] + highs[row] + self.pad
            right += [(high, above), (high, below)]
            left += [(low, above), (low, below)]
        return right + left[::-1]

    def path(self, tops: Mapping[int, float], highs: Mapping[int, float]) -> str:
        """The curve with soft corners."""
        points, found = self.corners(tops, highs), []
        for place, corner in enumerate(points):
            before, after = points[place - 1], points[(place + 1) % len(points)]
            start, end = _towards(corner, before), _towards(corner, after)
            found.append(f"{'L' if found else 'M'}{_xy(start)} Q{_xy(corner)} {_xy(end)}")
        return " ".join(found) + "Z"


def curves(
    homes: Sequence[tuple[str, Sequence[int]]], rows: Sequence[Sequence[int]], edges: Sequence[Sequence[Edges]]
) -> list[Curve]:
    """One curve for each home, and a further one for those of it who stand apart from the others in their row."""
    found = []
    for place, (name, who) in enumerate(homes):
        pad = min(PAD + STEP * (place % 4), DEEPEST)
        runs = {row: some for row, line in enumerate(edges) if (some := _runs(line, set(who)))}
        if not runs:
            continue
        first, last = min(runs), max(runs)
        spans, middle = [], 0.0
        for row in range(first, last + 1):
            if row in runs:
                span = _most(runs[row])
            else:
                ahead = _most(runs[min(one for one in runs if one > row)])
                span = (*_corridor(edges[row], (middle + (ahead[0] + ahead[1]) / 2) / 2, pad), 0)
            spans.append((span[0] - pad, span[1] + pad))
            middle = (span[0] + span[1]) / 2
        found.append(Curve(name, first, tuple(spans), pad))
        for row, some in runs.items():
            kept = _most(some)
            found += [Curve(name, row, ((a - pad, b + pad),), pad) for a, b, c in some if (a, b, c) != kept]
    return found


def _most(runs: Sequence[tuple[float, float, int]]) -> tuple[float, float, int]:
    return max(runs, key=lambda one: one[2])


def _runs(line: Sequence[Edges], who: set[int]) -> list[tuple[float, float, int]]:
    """Neighbours of one row who live there: from where to where, and how many."""
    found: list[tuple[float, float, int]] = []
    open_ = False
    for one in line:
        if one.id in who:
            found = (
                [*found[:-1], (found[-1][0], one.right, found[-1][2] + 1)]
                if open_
                else [*found, (one.left, one.right, 1)]
            )
        open_ = one.id in who
    return found


def _corridor(line: Sequence[Edges], wish: float, pad: float) -> tuple[float, float]:
    """Where a curve passes a row in which nobody lives there: between two people, or beside them all."""
    half = CORRIDOR - pad
    gaps = [
        line[0].left - 26,
        *((a.right + b.left) / 2 for a, b in zip(line, line[1:], strict=False)),
        line[-1].right + 26,
    ]
    at = min(gaps, key=lambda gap: abs(gap - wish))
    return at - half, at + half


def _towards(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """The point on the way from `a` to `b` where the corner's softness ends."""
    far = ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5
    share = min(SOFT, far / 2) / far if far else 0.0
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _xy(point: tuple[float, float]) -> str:
    return f"{n(point[0])} {n(point[1])}"
