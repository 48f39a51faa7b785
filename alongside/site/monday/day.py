"""One day: the server begins, the crowd comes, memory is looked at, and at the end what was said is looked for."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from statistics import linear_regression, quantiles

from alongside.site.monday import town
from alongside.site.monday.people import WORD, Crowd, Person
from alongside.site.problem import Problem

EVERY = 5  # seconds between two looks at memory
WARM = 120  # seconds until memory has to stay (proofs.md: after the second minute)
THREADS = 32


@dataclass(frozen=True, slots=True)
class Day:
    """What came of it. `took`: seconds of every answer; `memory`: (seconds since it began, MB) at each look, of the
    server and the processes it began; `cpu`: seconds they worked; `lost`: acknowledged words that are nowhere;
    `said`: how many were."""

    minutes: float
    took: list[float]
    wrong: list[str]
    memory: list[tuple[float, float]]
    cpu: float
    said: int
    lost: int

    @property
    def slope(self) -> float | None:
        """MB a minute after the second minute; None where it was too short to tell."""
        late = [(at / 60, mb) for at, mb in self.memory if at >= WARM]
        return None if len(late) < 12 else linear_regression(*zip(*late, strict=True)).slope

    def slowest(self, hundredth: int) -> float:
        """Seconds within which so many in a hundred answers came."""
        return quantiles(self.took, n=100)[hundredth - 1]


def live(
    visitors: list[town.Visitor], *, port: int, minutes: float, pause: float, seed: int,
    told: Callable[[float, int, int, float], None],
) -> Day:  # fmt: skip
    """Serve the data folder for so many minutes to these visitors. `pause`: seconds between two steps of one person.
    `told(minutes so far, answers, wrong, MB)` is called as it goes. The server is stopped in the end."""
    since, dice, numbers = town.now(), Random(f"monday {seed} day"), count(1)
    server = _server(port)
    try:
        people = [
            Person(one, port, Random(f"monday {seed} {one.person}"), lambda: next(numbers), time.monotonic)
            for one in visitors
        ]
        crowd, memory = Crowd(people, pause, dice, time.monotonic), []
        began = time.monotonic()
        threads = crowd.run(THREADS)
        try:
            while (passed := time.monotonic() - began) < 60 * minutes:
                memory.append((passed, sum(map(_megabytes, _family(server.pid)))))
                told(passed / 60, sum(len(one.browser.took) for one in people), len(crowd.wrong), memory[-1][1])
                time.sleep(min(EVERY, max(0.0, 60 * minutes - passed)))
        finally:
            crowd.stop.set()
            for one in threads:
                one.join()
        cpu = sum(map(_cpu, _family(server.pid)))
    finally:
        server.terminate()
        server.wait(60)
    said = {number for one in people for number in one.said}
    lost = said - town.heard(since, WORD)
    took = [seconds for one in people for seconds in one.browser.took]
    return Day(minutes, took, crowd.wrong, memory, cpu, len(said), len(lost))


def _server(port: int) -> subprocess.Popen:
    """The server as an office runs it, once it answers."""
    command = [sys.executable, "-m", "alongside", "serve", "--port", str(port), "--data", os.environ["ALONGSIDE_DATA"]]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=sys.stderr, text=True)
    for line in server.stdout:
        if line.startswith("ready "):
            return server
    raise Problem("The server did not begin.")


def _family(pid: int) -> list[int]:
    """The process and all it began that live."""
    found = [pid]
    for one in found:
        for thread in Path(f"/proc/{one}/task").glob("*/children"):
            found += map(int, thread.read_text().split())
    return found


def _megabytes(pid: int) -> float:
    """What the process holds in memory, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _cpu(pid: int) -> float:
    """Seconds of CPU the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
