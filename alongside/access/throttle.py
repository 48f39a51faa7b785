"""A few wrong tries, then a pause: in memory, for one process, by name or by place."""

import threading
import time

from django.utils.translation import gettext as _

MOST = 10
PAUSE = 15 * 60  # seconds


def LATER() -> str:
    """What somebody reads who has tried too often."""
    return _("That was too many tries. Wait fifteen minutes, or ring us.")


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
                self._failed.clear()
            self._failed[place] = [*self._recent(place), time.monotonic()]

    def right(self, place: str) -> None:
        """A right one: the wrong ones are forgotten."""
        with self._lock:
            self._failed.pop(place, None)

    def _recent(self, place: str) -> list[float]:
        return [at for at in self._failed.get(place, ()) if time.monotonic() - at < PAUSE]


tries = Tries()
