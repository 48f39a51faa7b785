"""The genogram, by the convention practitioners share (McGoldrick, Gerson, Petry 2020): square, circle and dome,
partners side by side, children under them with the eldest to the left, a dotted line
to a foster child and a dashed one to an adopted child, one slash for apart and two for divorced, a
cross for who has died, dashed curves for homes. No line for feelings."""

from collections.abc import Callable, Sequence

from alongside.pictures.drawing import NAME, SMALL, Drawing, framed, letters, n, named, text
from alongside.pictures.genogram_layout import HALF, LABEL, Cell, Laid, Line
from alongside.pictures.kin import MOST, Child, Couple, Household, Kin, generations, nearest, ordered


def genogram(
    people: Sequence[Kin], couples: Sequence[Couple], children: Sequence[Child], homes: Sequence[Household], *,
    index: int, key: str, title: Callable[[int], str], most: int = MOST,
) -> Drawing:  # fmt: skip
    """The picture round `index`, who must be among `people`. `title(generations)`: one sentence of facts."""
    known = {one.id: one for one in people}
    couples = [one for one in couples if one.a in known and one.b in known and one.a != one.b]
    children = [found for one in children if (found := _known(one, known))]
    near = nearest(index, couples, children, most)
    couples = [one for one in couples if one.a in near and one.b in near]
    children = [found for one in children if (found := _known(one, near))]
    row_of = generations(index, [one.id for one in people if one.id in near], couples, children)
    children = [one for one in children if _fits(one, row_of)]
    shapes = {one.id: one.shape for one in people}
    rows = ordered({id: row_of[id] for id in known if id in row_of}, shapes, couples, children)
    cells = {id: _cell(known[id], id == index) for row in rows for id in row}
    drawn = _Drawn(rows, row_of, cells, couples, children, homes)
    svg, wide, high = framed(drawn.paint(), drawn.around(), key=key, title=title(len(rows)), least=280)
    left_out = tuple(id for id in known if id not in row_of)
    return Drawing(svg, wide, high, tuple(drawn.symbols), tuple(drawn.labels), left_out)


def _known(one: Child, among) -> Child | None:
    parents = tuple(p for p in one.parents if p in among)
    below = tuple(c for c in one.children if c in among and c not in parents)
    return Child(parents, below, one.foster, one.adopted) if below and (parents or len(below) > 1) else None


def _fits(one: Child, row_of) -> bool:
    """Whether the children stand under the parents; what does not is told in the list."""
    over = [row_of[p] for p in one.parents]
    return all(row_of[c] > max(over) for c in one.children) if over else len({row_of[c] for c in one.children}) == 1


def _cell(kin: Kin, index: bool) -> Cell:
    return Cell(kin, text(kin.name, most=LABEL), text(kin.dates, size=SMALL, most=LABEL), index)


class _Drawn(Laid):
    """The layout, painted."""

    def paint(self) -> list[str]:
        """Curves first, then lines, then people, then the words on lines: what comes later lies on top."""
        found = [
            f'<path class="hh hh{place % 4}" d="{one.path(self.top, self.high)}"/>'
            for place, one in enumerate(self.curves)
        ]
        for k, line in enumerate(self.lines):
            found += self._paint_line(k, line)
        found += [self._paint_person(id) for id in self.cells]
        for line in self.lines:
            if line.couple and line.couple.words:
                label, box = self._couple_label(line)
                found.append(letters(label, box.x, box.y, classes="t2 halo"))
        for place in range(len(self.curves)):
            label, box = self._home_label(place)
            found.append(letters(label, box.x, box.y, classes=f"halo hn hn{place % 4}"))
        return found

    def _paint_line(self, k: int, line: Line) -> list[str]:
        found, y = [], None
        if len(line.drops) > 1:
            y = self._union_y(line.row, self.union_track[k])
            dashed = "" if line.couple is None or line.couple.married else " gd"
            (one, x1), (other, x2) = line.drops
            found.append(
                f'<path class="gl{dashed}" d="M{n(x1)} {n(self._foot(one))} V{n(y)} H{n(x2)} V{n(self._foot(other))}"/>'
            )
            found += _slashes(line, y)
        elif line.drops:
            y = self._foot(line.drops[0][0])
        for place, child in enumerate(line.children):
            found.append(self._paint_children(line, child, y, self.bus_track.get((k, place))))
        return found

    def _foot(self, id: int) -> float:
        return self._y(id) + self.cells[id].left

    def _paint_children(self, line: Line, child: Child, y: float | None, track: int | None) -> str:
        kept = "gl gf" if child.foster else "gl gd" if child.adopted else "gl"
        if track is None:
            only = child.children[0]
            return f'<path class="{kept}" d="M{n(self.x[only])} {n(y or 0)} V{n(self._head(only))}"/>'
        bus, stem = self._bus_y(line.row, track), self._stem(line, child)
        xs = [*(self.x[c] for c in child.children), *([stem] if line.drops else [])]
        path = f"M{n(stem)} {n(y)} V{n(bus)}" if line.drops and y is not None else ""
        path += f"M{n(min(xs))} {n(bus)} H{n(max(xs))}"
        path += "".join(f"M{n(self.x[c])} {n(bus)} V{n(self._head(c))}" for c in child.children)
        return f'<path class="{kept}" d="{path}"/>'

    def _head(self, id: int) -> float:
        return self._y(id) - self.cells[id].left

    def _paint_person(self, id: int) -> str:
        cell, x, y = self.cells[id], self.x[id], self._y(id)
        inside = (_shape(cell.kin.shape, x, y, 30) if cell.index else "") + _shape(cell.kin.shape, x, y, HALF)
        if cell.kin.died:
            far, mid = (13, y + 9) if cell.kin.shape == "unborn" else (HALF, y)
            inside += (
                f'<path class="gl" d="M{n(x - far)} {n(mid - far)} l{2 * far} {2 * far} '
                f'M{n(x + far)} {n(mid - far)} l-{2 * far} {2 * far}"/>'
            )
        if cell.kin.age and not cell.kin.died:
            age = text(cell.kin.age, size=NAME if len(cell.kin.age) < 4 else SMALL, most=48, lines=1)
            inside += letters(age, x, y - age.h / 2, anchor="middle", classes="", bold=True)
        top = y - (cell.name.h + cell.dates.h) / 2
        inside += letters(cell.name, x + cell.to_label, top, bold=True)
        inside += letters(cell.dates, x + cell.to_label, top + cell.name.h, classes="t2 halo")
        return named(inside, cell.kin.full, cell.kin.href)


def _shape(shape: str, x: float, y: float, half: float) -> str:
    """Square for a man, circle for a woman, dome for both or neither, soft corners where nobody said, triangle
    for who is not born yet."""
    if shape == "woman":
        return f'<circle class="g" cx="{n(x)}" cy="{n(y)}" r="{n(half)}"/>'
    if shape == "both":
        arc = f"a{n(half)} {n(half)} 0 0 1 {n(2 * half)} 0"
        return f'<path class="g" d="M{n(x - half)} {n(y + half)} V{n(y)} {arc} V{n(y + half)}z"/>'
    if shape == "unborn":
        return f'<path class="g" d="M{n(x)} {n(y - half)} L{n(x + half)} {n(y + half)} H{n(x - half)}z"/>'
    soft = "" if shape == "man" else ' rx="14"'
    return f'<rect class="g" x="{n(x - half)}" y="{n(y - half)}" width="{n(2 * half)}" height="{n(2 * half)}"{soft}/>'


def _slashes(line: Line, y: float) -> list[str]:
    count = {"apart": 1, "divorced": 2}.get(line.couple.ended if line.couple else "", 0)
    return [f'<path class="gl" d="M{n(line.left + 16 + 8 * k)} {n(y + 9)} l10 -18"/>' for k in range(count)]
