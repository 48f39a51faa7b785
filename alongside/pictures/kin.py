"""Who is drawn in a genogram, in which generation and in which order: before anything has a place in centimetres."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST = 15
APART = 20  # what it costs when partners do not stand side by side
ROUNDS = 14  # of looking for a better order
SHAPES = ("man", "woman", "both", "", "unborn")  # "": nobody said


@dataclass(frozen=True, slots=True)
class Kin:
    """Somebody of the family. `shape`: one of SHAPES; `age`: inside the symbol; `dates`: under the name; `full`: what
    a screen reader says; `href`: where a tap leads, or ''."""

    id: int
    name: str
    shape: str
    full: str
    age: str = ""
    dates: str = ""
    died: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Couple:
    """Two who are or were together. `married`: else living together. `ended`: '', "apart" or "divorced". `words`:
    what stands on their line."""

    a: int
    b: int
    married: bool = True
    ended: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """A child under one or two parents; without any, brothers and sisters of parents nobody named. `foster`,
    `adopted`: how the children came to these parents; else they were born to them."""

    parents: tuple[int, ...]
    children: tuple[int, ...]
    foster: bool = False
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together; one person may live in two homes."""

    name: str
    who: tuple[int, ...]


Rows = list[list[int]]


def nearest(index: int, couples: Iterable[Couple], children: Iterable[Child], most: int = MOST) -> list[int]:
    """Those who are drawn: the nearest to `index`, whole circles of nearness at a time, at most so many."""
    beside: dict[int, list[int]] = {}
    groups = [(one.a, one.b) for one in couples] + [(*one.parents, *one.children) for one in children]
    for group in groups:
        for one in group:
            beside.setdefault(one, []).extend(other for other in group if other != one)
    drawn, edge = [index], [index]
    while edge:
        further = [one for one in dict.fromkeys(n for e in edge for n in beside.get(e, ())) if one not in drawn]
        if len(drawn) + len(further) > most:
            return drawn if len(drawn) > 1 else drawn + further[: most - 1]
        drawn, edge = drawn + further, further
    return drawn


def generations(
    index: int, drawn: Iterable[int], couples: Iterable[Couple], children: Iterable[Child]
) -> dict[int, int]:
    """The row of each, 0 at the top; what was found first holds where a family does not fit into rows."""
    steps: dict[int, list[tuple[int, int]]] = {one: [] for one in drawn}
    for one in couples:
        _step(steps, one.a, one.b, 0)
    for one in children:
        for parent in one.parents:
            for child in one.children:
                _step(steps, parent, child, 1)
        for child in one.children[1:]:
            _step(steps, one.children[0], child, 0)
    found, edge = {index: 0}, [index]
    while edge:
        here = edge.pop(0)
        for other, down in steps[here]:
            if other not in found:
                found[other] = found[here] + down
                edge.append(other)
    top = min(found.values())
    ranks = {row: place for place, row in enumerate(sorted(set(found.values())))}
    return {one: ranks[row] for one, row in found.items()} if top is not None else {}


def _step(steps: dict[int, list[tuple[int, int]]], a: int, b: int, down: int) -> None:
    if a in steps and b in steps and a != b:
        steps[a].append((b, down))
        steps[b].append((a, -down))


def ordered(
    row_of: Mapping[int, int], shapes: Mapping[int, str], couples: Sequence[Couple], children: Sequence[Child]
) -> Rows:
    """The rows from left to right: couples side by side, children under their parents, few lines that cross.

    Begins as the people were told, and once the other way round, and moves them as long as that makes it better.
    """
    told = [[one for one in row_of if row_of[one] == row] for row in range(max(row_of.values()) + 1)]
    tried = [_settled(rows, shapes, couples, children) for rows in (told, [row[::-1] for row in told])]
    return min(tried, key=lambda pair: pair[0])[1]


def _settled(rows: Rows, shapes, couples, children) -> tuple[float, Rows]:
    """The cost and the order once no move makes it better."""
    best = _cost(rows, shapes, couples, children)
    for _round in range(ROUNDS):
        before = best
        for row in range(len(rows)):
            best = _better(rows, row, best, shapes, couples, children)
        if best >= before:
            best = _together(rows, best, shapes, couples, children)
        if best >= before:
            break
    return best, rows


def _together(rows: Rows, best: float, shapes, couples, children) -> float:
    """Move parents and those of their children who have no partner here, both at once, to where they cost least."""
    paired = {one for couple in couples for one in (couple.a, couple.b)}
    row_of = {one: row for row, line in enumerate(rows) for one in line}
    for one in children:
        free = [child for child in one.children if child not in paired]
        if not one.parents or not free:
            continue
        up, down = row_of[one.parents[0]], row_of[free[0]]
        free = [child for child in free if row_of[child] == down]
        kept, choice = (rows[up], rows[down]), None
        over, under = ([n for n in line if n not in (*one.parents, *free)] for line in kept)
        block = [n for n in kept[0] if n in one.parents]
        for i in range(len(over) + 1):
            for j in range(len(under) + 1):
                rows[up] = over[:i] + block + over[i:]
                rows[down] = under[:j] + free + under[j:]
                cost = _cost(rows, shapes, couples, children)
                if cost < best - 1e-9:
                    best, choice = cost, (rows[up], rows[down])
        rows[up], rows[down] = choice or kept
    return best


def _better(rows: Rows, row: int, best: float, shapes, couples, children) -> float:
    """Move each of a row, and each neighbouring pair, to where it costs least; the cost then."""
    for length in (1, 2, 3):
        for start in range(len(rows[row]) - length + 1):
            kept, choice = list(rows[row]), None
            block, rest = kept[start : start + length], kept[:start] + kept[start + length :]
            for place in range(len(rest) + 1):
                rows[row] = rest[:place] + block + rest[place:]
                cost = _cost(rows, shapes, couples, children)
                if cost < best - 1e-9:
                    best, choice = cost, rows[row]
            rows[row] = choice or kept
    return best


def _cost(rows: Rows, shapes: Mapping[int, str], couples: Sequence[Couple], children: Sequence[Child]) -> float:
    at = {one: place - (len(row) - 1) / 2 for row in rows for place, one in enumerate(row)}
    cost = 0.0
    for one in couples:
        if one.a in at and one.b in at:
            cost += APART * max(0.0, abs(at[one.a] - at[one.b]) - 1)
            left, right = sorted((one.a, one.b), key=at.__getitem__)
            cost += 0.4 * (shapes.get(left) == "woman" and shapes.get(right) == "man")
    links = []
    for one in children:
        below = [at[c] for c in one.children if c in at]
        above = [at[p] for p in one.parents if p in at]
        if above and below:
            middle = sum(above) / len(above)
            cost += sum(abs(x - middle) for x in below)
            links += [(middle, x) for x in below]
        cost += 1.5 * sum(a > b for a, b in zip(below, below[1:], strict=False))
        cost += (max(below) - min(below) - len(below) + 1) if below else 0
    for place, (a, x) in enumerate(links):
        cost += 3 * sum((a - b) * (x - y) < -1e-9 for b, y in links[place + 1 :])
    return cost
