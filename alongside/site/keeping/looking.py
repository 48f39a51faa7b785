"""Looking into another database with the record's own eyes: the connection is borrowed and given back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections

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
    says. Raises Problem with what does not hold."""
    from alongside.record.registers import rebuild
    from alongside.record.verify import verify
    from alongside.record.walls import WALLS, standing_walls

    with looking_at(path, key):
        broken = next(verify(told), None)
        if broken:
            raise Problem(f"A statement in the copy is {broken.what} (place {broken.place}).")
        if missing := WALLS.keys() - standing_walls():
            raise Problem(f"A wall of the record is missing in the copy: {', '.join(sorted(missing))}.")
        wrong = [table for table, same in rebuild(check=True).items() if not same] if registers else []
        if wrong:
            raise Problem(f'Not as the record says: {", ".join(sorted(wrong))}. "alongside rebuild" mends registers.')
