"""Turn and turn about: ours, the other, the other, ours, so that what else the machine does hits both."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter_ns, thread_time_ns

from alongside.site.bench.facts import Fact
from alongside.site.bench.figures import of_pairs

Run = Callable[[int], object]
MILLI = 1_000_000  # nanoseconds


@dataclass(slots=True)
class Times:
    """What one side took, round by round, in nanoseconds of this thread's CPU and of the clock on the wall."""

    cpu: list[int] = field(default_factory=list)
    wall: list[int] = field(default_factory=list)

    def take(self, run: Run, turn: int) -> None:
        """Run once and note how long it took."""
        wall, cpu = perf_counter_ns(), thread_time_ns()
        run(turn)
        self.cpu.append(thread_time_ns() - cpu)
        self.wall.append(perf_counter_ns() - wall)


def in_turns(
    ours: Run, other: Run, rounds: int, *, warm: Run | None = None, near: bool = False
) -> tuple[Times, Times]:  # fmt: skip
    """Both sides `rounds` times, changing who goes first. Each is called with the number of the round.

    `warm`: run before each round and not timed, so that neither side warms the cache for the other. `near`: each
    side runs once untimed before it is timed, so that a short one does not wait for what a long one put far away.
    """
    mine, theirs = Times(), Times()
    for run in (ours, other):
        run(0)
    gc.collect()
    for turn in range(rounds):
        if warm is not None:
            warm(turn)
        order = ((mine, ours), (theirs, other))
        for times, run in order if turn % 2 else order[::-1]:
            if near:
                run(turn)
            times.take(run, turn)
    return mine, theirs


def fact(name: str, times: tuple[Times, Times], *, wall: bool = False, **more) -> Fact:
    """The fact of two sides: ours : other. `wall`: the clock on the wall counts instead of CPU, which stands beside."""
    mine, theirs = times
    cpu, clock = of_pairs(mine.cpu, theirs.cpu), of_pairs(mine.wall, theirs.wall)
    ours, other, counts = (mine.wall, theirs.wall, clock) if wall else (mine.cpu, theirs.cpu, cpu)
    return Fact(
        name, median(ours) / MILLI, median(other) / MILLI, counts, cpu=cpu.ratio, wall=clock.ratio,
        unit="ms by the clock" if wall else "ms of CPU", **more,
    )  # fmt: skip


def upside_down(times: tuple[Times, Times]) -> tuple[Times, Times]:
    """The two sides changed over, for a ratio of the other : ours."""
    return times[1], times[0]
