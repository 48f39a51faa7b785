"""Work that waits for no visitor: small functions called every second by one thread of the server.

Each must be quick, find its own work and do nothing when there is none.
"""

import logging
import threading

from django.db import close_old_connections, connections

from alongside import clock, pulse
from alongside.asking import for_the_house

log = logging.getLogger("alongside.ticker")
functions = []


def register(function):
    """Have `function()` called every second while the server runs. Also serves as a decorator."""
    if function not in functions:
        functions.append(function)
    return function


@for_the_house()
def tick(calls=functions):
    """Call each function once. One that fails is logged by its class of error, and the others still run."""
    failed = []
    for call in calls:
        try:
            call()
        except Exception as error:
            # Only the class: a message could hold what somebody wrote.
            log.error("%s failed: %s", call.__name__, type(error).__name__)
            failed.append(call.__name__)
    close_old_connections()
    pulse.beat(clock.machine(), tuple(failed))


class Ticker:
    """The thread. `start()` once, `stop()` waits for the pass under way."""

    def __init__(self, calls=functions, pause=1.0):
        self._calls = calls
        self._pause = pause
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self):
        self._thread.start()

    def stop(self, patience=5.0):
        """Ask the thread to end and wait at most `patience` seconds. Returns whether it ended."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self):
        while not self._stopping.wait(self._pause):
            tick(self._calls)
        tick(self._calls)  # once more: what came in since the last second
        connections.close_all()
