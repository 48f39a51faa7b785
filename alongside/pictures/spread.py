"""Keeping things apart on a line: people in a row, lines below one another."""

from collections.abc import Hashable, Iterable, Sequence


def apart(wishes: Sequence[float], weights: Sequence[float], between: Sequence[float]) -> list[float]:
    """Places in the given order, each as near to its wish as the distances `between` neighbours let.

    Least squares by pooling neighbours that would come too close (Barlow, Bartholomew, Bremner, Brunk 1972).
    """
    offset, pools = 0.0, []
    offsets = []
    for place, (wish, weight) in enumerate(zip(wishes, weights, strict=True)):
        offset += between[place - 1] if place else 0.0
        offsets.append(offset)
        pools.append([weight, wish - offset, 1])
        while len(pools) > 1 and pools[-2][1] > pools[-1][1]:
            (w1, at1, n1), (w2, at2, n2) = pools[-2], pools[-1]
            pools[-2:] = [[w1 + w2, (w1 * at1 + w2 * at2) / (w1 + w2), n1 + n2]]
    starts = [at for _weight, at, count in pools for _one in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def tracks(spans: Iterable[tuple[Hashable, tuple[float, float]]]) -> dict[Hashable, int]:
    """For each span the number of the first track where it meets no other; short ones first, so they stay near."""
    taken: list[list[tuple[float, float]]] = []
    found = {}
    for key, (left, right) in sorted(spans, key=lambda one: (one[1][1] - one[1][0], one[1])):
        track = next((k for k, held in enumerate(taken) if all(right < a or b < left for a, b in held)), len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((left, right))
        found[key] = track
    return found
