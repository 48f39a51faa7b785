"""Numbers for whoever watches the machine, in the text format of Prometheus: a file, never an address.

The server counts its answers by method and kind, and how long they took; the ticker writes them with what
`/office` looks at. No address, no person, no family and no number of any of them is among it. The file is
`measures.prom` in the data folder, or where ALONGSIDE_MEASURES says; node_exporter's textfile collector takes it.
"""

import datetime as dt
import time

from django.conf import settings
from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, write_to_textfile

from alongside import clock, pulse
from alongside.doors.office import machine

EVERY = dt.timedelta(seconds=15)
METHODS = ("GET", "HEAD", "POST")
registry = CollectorRegistry()
ProcessCollector(namespace="alongside", registry=registry)
answers = Counter(
    "alongside_answers", "Answers given, by method and kind of status", ["method", "kind"], registry=registry
)
seconds = Histogram(
    "alongside_answer_seconds", "How long an answer took", registry=registry,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip
taken = Gauge("alongside_data_bytes", "What the data folder takes", registry=registry)
free = Gauge("alongside_disk_free_bytes", "What is free on its disk", registry=registry)
waiting = Gauge("alongside_notices_waiting", "Notices that wait for the gateway", registry=registry)
oldest = Gauge(
    "alongside_notices_oldest_timestamp_seconds", "Since when the first of them waits; 0: none", registry=registry
)
backup = Gauge("alongside_backup_timestamp_seconds", "When a backup was last noted; 0: never", registry=registry)
failing = Gauge(
    "alongside_background_failing", "How many works in the background failed at the last pass", registry=registry
)
passed = Gauge("alongside_background_timestamp_seconds", "When they were last done", registry=registry)
_written: dt.datetime | None = None


class Counted:
    """Counts each answer. Stands before everything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        begun = time.monotonic()
        response = self.get_response(request)
        method = request.method if request.method in METHODS else "other"
        answers.labels(method, f"{response.status_code // 100}xx").inc()
        seconds.observe(time.monotonic() - begun)
        return response


def write() -> None:
    """Look at the machine and write the file anew, at most four times a minute. Appears whole or not at all."""
    global _written
    now = clock.machine()
    if _written is not None and now - _written < EVERY:
        return
    _written = now
    _look()
    write_to_textfile(str(settings.MEASURES), registry)


def _look() -> None:
    room, mail, noted = (
        machine.room(settings.DATA),
        machine.mail(settings.DATA),
        machine.noted(settings.DATA / machine.NOTED),
    )
    taken.set(_or_nan(room.taken))
    free.set(_or_nan(room.free))
    waiting.set(mail.waiting)
    oldest.set(_stamp(mail.oldest))
    backup.set(_stamp(noted))
    beat = pulse.last()
    failing.set(len(beat.failed) if beat else 0)
    passed.set(_stamp(beat.at if beat else None))


def _or_nan(bytes_: int | None) -> float:
    """NaN says that it could not be looked at."""
    return float("nan") if bytes_ is None else bytes_


def _stamp(moment: dt.datetime | None) -> float:
    return moment.timestamp() if moment else 0
