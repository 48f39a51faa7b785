"""Looking into another database with the record's own eyes: the connection is borrowed and given back."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from django.db import DatabaseError, connections

from alongside.site.keeping import snapshot
from alongside.site.problem import Problem

Told = Callable[[int, int], None]


@contextmanager
def looking_at(path: Path, key: str) -> Iterator[None]:
    """In this block everything reads and writes the database at `path`."""
    connection = connections["default"]
    before = connection.settings_dict
    connection.close()
    connection.settings_dict = {**before, "NAME": str(path), "OPTIONS": {**before["OPTIONS"], "key": key}}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = before


def vouched(path: Path, key: str, *, registers: bool, told: Told | None = None) -> None:
    """Every statement fits its commitment, the walls stand, and the `registers`, where wished, say what the record
    says. `told(done, all)`: families, each once or, with registers, twice. Raises Problem with what does not hold."""
    from alongside.record.registers import rebuild
    from alongside.record.verify import verify
    from alongside.record.walls import WALLS, standing_walls

    times = 2 if registers else 1

    def first(done: int, families: int) -> None:
        if told:
            told(done, times * families)

    def again(done: int, families: int) -> None:
        if told:
            told(families + done, times * families)

    with looking_at(path, key):
        broken = next(verify(first), None)
        if broken:
            raise Problem(f"A statement in the copy is {broken.what} (place {broken.place}).")
        if missing := WALLS.keys() - standing_walls():
            raise Problem(f"A wall of the record is missing in the copy: {', '.join(sorted(missing))}.")
        wrong = [table for table, same in rebuild(check=True, told=again).items() if not same] if registers else []
        if wrong:
            raise Problem(f'Not as the record says: {", ".join(sorted(wrong))}. "alongside rebuild" mends registers.')


def looked_through(
    path: Path, key: str, expected: snapshot.Facts, *, registers: bool, told: Told | None = None
) -> None:  # fmt: skip
    """Everything there is to look at in a copy nobody else uses: every page, what it should hold, every statement, the
    walls, and the `registers`, where wished. Afterwards the file is closed and stands alone.

    The engine reads the pages by itself; so a thread waits for that, and the rest is looked at meanwhile.
    Raises Problem with what does not hold, once both have stopped.
    """
    stop = Event()
    with ThreadPoolExecutor(1, "pages") as beside:
        pages = beside.submit(snapshot.sound, path, key, expected, stop)
        try:
            vouched(path, key, registers=registers, told=told)
            pages.result()
        except DatabaseError:
            pages.result()  # which page is not whole is the better answer
            raise
        except BaseException:
            stop.set()
            raise
    snapshot.opened(path, key).close()  # both may have left at once, and the last one out folds the log
