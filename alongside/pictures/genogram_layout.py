"""Where everything of a genogram stands: people side by side in their generation, lines under them in tracks of their
own, so that nothing crosses what it does not belong to."""

from dataclasses import dataclass

from alongside.pictures.drawing import SMALL, Box, Text, text, width
from alongside.pictures.homes import Edges, curves
from alongside.pictures.kin import Child, Couple, Kin
from alongside.pictures.spread import apart, tracks

HALF = 25  # of a symbol
INDEX = 31  # half of the symbol of whose picture it is
GAP = 50  # between one person's box and the next
LABEL = 112  # widest name
HOME, UNION, BUS = 20, 32, 18  # heights of a track below a row: a home's name, a couple's line, a line of siblings
SLASHES = 40  # of a couple's line, where nothing else stands
SWEEPS = 16


@dataclass(frozen=True)
class Cell:
    """One person with their label, before and after they got a place. `left`, `right`: how far it reaches from the
    middle of the symbol."""

    kin: Kin
    name: Text
    dates: Text
    index: bool

    @property
    def left(self) -> float:
        return INDEX if self.index else HALF + 1

    @property
    def to_label(self) -> float:
        return self.left + 9

    @property
    def right(self) -> float:
        return self.to_label + max(self.name.w, self.dates.w)

    @property
    def height(self) -> float:
        return max(2 * INDEX, self.name.h + self.dates.h)


@dataclass(frozen=True)
class Line:
    """A couple's or a single parent's line with its children. `left`, `right`: between which x it runs."""

    row: int
    left: float
    right: float
    drops: tuple[tuple[int, float], ...]
    couple: Couple | None
    children: tuple[Child, ...]


class Laid:
    """The layout of one picture: x, then lines and tracks, then y."""

    def __init__(self, rows, row_of, cells, couples, children, homes) -> None:
        self.rows, self.row_of, self.cells = rows, row_of, cells
        self.couples, self.children = couples, children
        self.x = placed(rows, cells, couples, children)
        self.lines = [*self._lines(), *(Line(min(row_of[c] for c in one.children) - 1, 0, 0, (), None, (one,))
                                        for one in children if not one.parents)]  # fmt: skip
        self.edges = [[self._edges(id) for id in row] for row in rows]
        self.curves = curves([(home.name, [id for id in home.who if id in row_of]) for home in homes], rows, self.edges)
        self._tracks()
        self._heights()
        self.symbols = [self._symbol_box(id) for id in cells]
        self.labels = [box for id in cells for box in self._label_boxes(id)]
        self.labels += [self._couple_label(line)[1] for line in self.lines if line.couple and line.couple.words]
        self.labels += [self._home_label(place)[1] for place in range(len(self.curves))]

    def _edges(self, id: int) -> Edges:
        return Edges(id, self.x[id] - self.cells[id].left, self.x[id] + self.cells[id].right)

    def _lines(self) -> list[Line]:
        """A line for every couple and for every parent or pair that has children here."""
        pairs = {frozenset((one.a, one.b)): one for one in self.couples}
        groups: dict[tuple[int, ...], list[Child]] = {(one.a, one.b): [] for one in self.couples}
        for one in self.children:
            if one.parents:
                same = next((k for k in groups if set(k) == set(one.parents)), one.parents)
                groups.setdefault(same, []).append(one)
        among: dict[int, list[int]] = {}
        for pair in groups:
            for one in pair:
                among.setdefault(one, []).extend(other for other in pair if other != one)
        return [self._line(pair, pairs.get(frozenset(pair)), tuple(some), among) for pair, some in groups.items()]

    def _line(self, pair: tuple[int, ...], couple: Couple | None, some: tuple[Child, ...], among) -> Line:
        drops = tuple((one, self.x[one] + self._aside(one, pair, among)) for one in pair)
        xs = [x for _one, x in drops]
        return Line(max(self.row_of[one] for one in pair), min(xs), max(xs), drops, couple, some)

    def _aside(self, one: int, pair: tuple[int, ...], among: dict[int, list[int]]) -> float:
        """How far from the middle of their symbol a person's line begins: each partner a place of its own."""
        others = sorted(among[one], key=lambda other: self.x[other])
        other = next((p for p in pair if p != one), None)
        if len(others) < 2 or other is None:
            return 0
        step = min(10.0, 36 / (len(others) - 1))
        return (others.index(other) - (len(others) - 1) / 2) * step

    def _tracks(self) -> None:
        """Which line stands how deep below its row, so that no two run on each other."""
        self.home_track, self.union_track, self.bus_track = {}, {}, {}
        self.home_deep, self.union_deep, self.bus_deep = {}, {}, {}
        for row in range(-1, len(self.rows)):
            home = [(k, self._home_span(k)) for k, one in enumerate(self.curves) if one.bottom == row]
            self.home_track |= (found := tracks(home))
            self.home_deep[row] = 1 + max(found.values(), default=-1)
            union = [
                (k, self._union_span(one))
                for k, one in enumerate(self.lines)
                if one.row == row and one.drops and len(one.drops) > 1
            ]
            self.union_track |= (found := tracks(union))
            self.union_deep[row] = 1 + max(found.values(), default=-1)
            bus = [
                ((k, place), self._bus_span(line, child))
                for k, line in enumerate(self.lines) if line.row == row
                for place, child in enumerate(line.children)
            ]  # fmt: skip
            self.bus_track |= (found := tracks([(k, span) for k, span in bus if span]))
            self.bus_deep[row] = 1 + max(found.values(), default=-1)

    def _home_span(self, place: int) -> tuple[float, float]:
        one = self.curves[place]
        w = text(one.name, size=SMALL, most=220, lines=1).w
        return one.middle - w / 2 - 4, one.middle + w / 2 + 4

    def _union_span(self, line: Line) -> tuple[float, float]:
        words = line.couple.words if line.couple else ""
        need = SLASHES + width(words, SMALL) + 10 if words else 0
        return line.left - 6, max(line.right, line.left + need) + 6

    def _stem(self, line: Line, child: Child) -> float:
        """From which x of the line the children hang."""
        wish = sum(self.x[c] for c in child.children) / len(child.children)
        if len(line.drops) < 2:
            return line.left if line.drops else wish
        low, high = line.left + 4, line.right - 4
        return max(low, min(high, wish)) if low <= high else (line.left + line.right) / 2

    def _bus_span(self, line: Line, child: Child) -> tuple[float, float] | None:
        """Between which x the siblings' line runs; None where the stem goes straight down."""
        xs = [*(self.x[c] for c in child.children), *([self._stem(line, child)] if line.drops else [])]
        return (min(xs) - 4, max(xs) + 4) if max(xs) - min(xs) > 0.5 else None

    def _heights(self) -> None:
        """The top of each row, and where the tracks below it begin."""
        self.top, self.high, y = {}, {}, 0.0
        self.after = {-1: 0.0}
        for row, ids in enumerate(self.rows):
            y = self._below(row - 1) + (16 if row or self.bus_deep[-1] else 0)
            self.top[row], self.high[row] = y, max(self.cells[id].height for id in ids)
            self.after[row] = y + self.high[row] + 24

    def _below(self, row: int) -> float:
        return self._bus_y(row, self.bus_deep[row]) if row >= 0 else self.bus_deep[-1] * BUS

    def _union_y(self, row: int, track: int) -> float:
        return self.after[row] + self.home_deep[row] * HOME + track * UNION + 26

    def _bus_y(self, row: int, track: int) -> float:
        if row < 0:
            return track * BUS
        return self.after[row] + self.home_deep[row] * HOME + self.union_deep[row] * UNION + track * BUS + 14

    def _y(self, id: int) -> float:
        return self.top[self.row_of[id]] + self.high[self.row_of[id]] / 2

    def _symbol_box(self, id: int) -> Box:
        half = self.cells[id].left
        return Box(self.x[id] - half, self._y(id) - half, 2 * half, 2 * half)

    def _label_boxes(self, id: int) -> list[Box]:
        cell = self.cells[id]
        x, y = self.x[id] + cell.to_label, self._y(id) - (cell.name.h + cell.dates.h) / 2
        found = [Box(x, y, cell.name.w, cell.name.h)] if cell.name.lines else []
        return found + ([Box(x, y + cell.name.h, cell.dates.w, cell.dates.h)] if cell.dates.lines else [])

    def _couple_label(self, line: Line) -> tuple[Text, Box]:
        label = text(line.couple.words, size=SMALL, most=10_000, lines=1)
        y = self._union_y(line.row, self.union_track[self.lines.index(line)])
        return label, Box(line.left + SLASHES, y - label.h - 4, label.w, label.h)

    def _home_label(self, place: int) -> tuple[Text, Box]:
        one = self.curves[place]
        label = text(one.name, size=SMALL, most=220, lines=1)
        y = self.after[one.bottom] + self.home_track[place] * HOME
        return label, Box(one.middle - label.w / 2, y, label.w, label.h)

    def around(self) -> list[Box]:
        """Everything the frame must hold."""
        found = [*self.symbols, *self.labels]
        low = max(self._below(row) for row in range(len(self.rows)))
        xs = [x for line in self.lines for x in self._union_span(line)]
        if xs:
            found.append(Box(min(xs), 0, max(xs) - min(xs), 1))
        if any(line.row == len(self.rows) - 1 and line.drops for line in self.lines):
            found.append(Box(min(b.x for b in found), low, 1, 1))
        for one in self.curves:
            left, right = one.reach
            found.append(Box(left, self.top[one.top] - 24, right - left, 1))
            found.append(Box(left, self.top[one.bottom] + self.high[one.bottom] + 22, right - left, 1))
        return found


def placed(rows, cells, couples, children) -> dict[int, float]:
    """Where each symbol's middle stands: as near to parents, children and partners as the order and the boxes let."""
    partners = {frozenset((one.a, one.b)): one for one in couples}
    x: dict[int, float] = {}
    between = []
    for row in rows:
        found = []
        for one, other in zip(row, row[1:], strict=False):
            need = cells[one].right + GAP + cells[other].left
            couple = partners.get(frozenset((one, other)))
            if couple is not None and couple.words:
                need = max(need, SLASHES + width(couple.words, SMALL) + 34)
            found.append(need)
        between.append(found)
        for id, at in zip(row, apart([0.0] * len(row), [1.0] * len(row), found), strict=True):
            x[id] = at
    parents = {c: one.parents for one in children for c in one.children if one.parents}
    below: dict[int, list[int]] = {}
    for one in children:
        for parent in one.parents:
            below.setdefault(parent, []).extend(one.children)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for row, need in zip(rows if down else rows[::-1], between if down else between[::-1], strict=True):
            wishes = [_wish(id, x, parents if down else below) for id in row]
            where = apart([at for at, _weight in wishes], [weight for _at, weight in wishes], need)
            x.update(zip(row, where, strict=True))
    return {id: round(at, 1) for id, at in x.items()}


def _wish(id: int, x: dict[int, float], near: dict) -> tuple[float, float]:
    """Where somebody would stand, and how much it matters."""
    others = near.get(id)
    return (sum(x[o] for o in others) / len(others), 1.0) if others else (x[id], 0.05)
