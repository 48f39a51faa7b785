"""A few wrong tries from one place, then a pause: in memory, for one process.

For codes that are none, where there is no name to count at (bounds.py). The place is forgotten with the pause.
"""

import threading
import time

MOST = 10
PAUSE = 15 * 60  # seconds


class Tries:
    """Counts failed tries; forgets them after the pause. Never more than a few thousand places."""

    def __init__(self) -> None:
        self._failed: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def allowed(self, place: str) -> bool:
        """Whether another try is taken from here."""
        with self._lock:
            return len(self._recent(place)) < MOST

    def failed(self, place: str) -> None:
        """One more wrong try."""
        with self._lock:
            if len(self._failed) > 5000:
                self._failed = {one: times for one in self._failed if (times := self._recent(one))}
            self._failed[place] = [*self._recent(place), time.monotonic()]

    def right(self, place: str) -> None:
        """A right one: the wrong ones are forgotten."""
        with self._lock:
            self._failed.pop(place, None)

    def _recent(self, place: str) -> list[float]:
        return [at for at in self._failed.get(place, ()) if time.monotonic() - at < PAUSE]


tries = Tries()
