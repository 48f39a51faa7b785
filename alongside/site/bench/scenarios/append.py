"""One statement received, against a bare INSERT of the same columns; and sixteen writers at once.

By the clock, because the disk is part of it: each is a transaction of its own, made durable.
"""

from collections.abc import Iterator
from contextvars import copy_context
from dataclasses import replace
from statistics import median
from threading import Barrier, Thread
from time import perf_counter_ns

from alongside import ids
from alongside.record.appending import INSERT, append, open_family
from alongside.record.entry import first_pk
from alongside.record.reading import whole
from alongside.record.statement import Statement
from alongside.site.bench.facts import Fact
from alongside.site.bench.figures import of_tail, quantile
from alongside.site.bench.invented import SENTENCES
from alongside.site.bench.store import Store
from alongside.site.bench.timing import MILLI, fact, in_turns

WRITERS, EACH = 16, 60
BEFORE = 2  # acts of each connection before the clock begins: a server keeps its connections, and plans on each once
GOALS = {"sqlite": 2.3, "postgres": 2.5}
WORDS = {"words": [{"lang": "en", "text": " ".join(SENTENCES[:4])}]}
SAID = Statement(
    "dialogue.passage", WORDS, basis="seen", about=(5000, 5001), readers=((5000, "present"), (5001, "addressed"))
)


def measure(bench) -> Iterator[Fact]:
    """One writer, by the clock and in CPU; then sixteen, the slowest hundredth against the middle."""
    store, rounds = bench.largest, bench.rounds(0)
    with store.entered():
        times = in_turns(_Appending(), _Bare(store, rounds), rounds)
    goal = GOALS[bench.ground.db]
    yield fact("append : bare INSERT, one writer", times, wall=True, goal=goal, entries=store.entries)
    yield fact("append : bare INSERT, one writer, CPU alone", times, entries=store.entries)
    took = sixteen(store)
    yield Fact(
        f"append, {WRITERS} writers, slowest hundredth : middle", quantile(took, 0.99) / MILLI, median(took) / MILLI,
        of_tail(took), goal=5, entries=store.entries, unit="ms by the clock",
    )  # fmt: skip


class _Appending:
    """Appends to a family of its own."""

    def __init__(self) -> None:
        self.family, _ = open_family()
        self.done = 0

    def __call__(self, turn: int) -> None:
        self.done += 1
        append([SAID], family=self.family, by=5002, once=str(self.done), at=self.done)


class _Bare:
    """Inserts rows like those of an append into the same table, with places of their own."""

    def __init__(self, store: Store, rounds: int) -> None:
        source, number = _Appending(), open_family()[0]
        source(0)
        columns = list(whole(source.family))[0]
        self.sql, self.raw, base = INSERT.replace("%s", store.MARK), store.bare(), first_pk(number)
        # `whole` gives the columns of an insert in its order, then salt, hash and key
        self.ready = [
            (base + n, ids.new(), base + n, *columns[3:-1], f"{number}/{n}/{columns[-1]}")
            for n in range(1, rounds + 2)
        ]  # fmt: skip

    def __call__(self, turn: int) -> None:
        self.raw.execute(self.sql, self.ready.pop())


def sixteen(store: Store) -> list[int]:
    """Nanoseconds of each append of sixteen threads, each writing to a family of its own on a connection that has
    written BEFORE."""
    took: list[int] = []
    with store.entered():
        families = [open_family()[0] for _ in range(WRITERS)]
    # each for whom this command works: a thread of its own would be nobody's
    together = Barrier(WRITERS, timeout=120)  # seconds, in case one of them fails
    threads = [Thread(target=copy_context().run, args=(_writer, store, one, together, took)) for one in families]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(took) != WRITERS * EACH:
        raise AssertionError("a writer did not come to its end")
    return took


def _writer(store: Store, family: int, together: Barrier, took: list[int]) -> None:
    with store.another() as connection:
        connection.ensure_connection()
        for turn in range(BEFORE + EACH):
            if turn == BEFORE:
                together.wait()
            one = replace(SAID, saw=turn)
            begun = perf_counter_ns()
            append([one], family=family, by=5002, once=str(turn), at=turn)
            if turn >= BEFORE:
                took.append(perf_counter_ns() - begun)
