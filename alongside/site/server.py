"""The server: gunicorn inside our own process, one worker with threads, on this machine's own address only, or in a
socket file that goes over no network at all.

One process writes, so that the write gate sees every writer. A proxy in front does TLS
(ALONGSIDE_ORIGIN tells its address).
"""

import http.client
import logging
import os
import socket
import stat
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http.wsgi import Response

from alongside.site.problem import Problem
from alongside.site.sparing import spare
from alongside.site.ticker import Ticker

HOST = "127.0.0.1"
IDLE = 5  # seconds a line may be idle; the proxy lets go of it earlier (docs/running/files/Caddyfile)
log = logging.getLogger("alongside.server")


def listen(port, tries=1):
    """A listening socket on `port`, or on the next free one of `tries`. Raises Problem when none is free."""
    for candidate in range(port, min(port + tries, 65_536)):
        waiting = socket.socket()
        waiting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            waiting.bind((HOST, candidate))
        except PermissionError:
            raise Problem(f"Port {candidate} is not open to you. Choose another with --port.") from None
        except OSError:
            waiting.close()
            continue
        waiting.listen(256)
        return waiting
    raise Problem(f"Port {port} is taken. Choose another with --port.")


def listen_at(place: Path):
    """A listening socket file at `place`, for its owner and its group. One that a server left behind is replaced.
    Raises Problem when somebody answers there, or when it cannot be made."""
    waiting = socket.socket(socket.AF_UNIX)
    try:
        if _left_behind(place):
            place.unlink()
        before = os.umask(0o117)
        try:
            waiting.bind(str(place))
        finally:
            os.umask(before)
    except OSError as why:
        waiting.close()
        raise Problem(f"No socket can be made at {place} ({why.strerror or why}).") from None
    waiting.listen(256)
    return waiting


def _left_behind(place):
    """Whether a socket file lies there that nobody listens to any more. Raises Problem when it is something else."""
    try:
        if not stat.S_ISSOCK(place.lstat().st_mode):
            raise Problem(f"{place} is there already and is no socket. Choose another with --socket.")
    except FileNotFoundError:
        return False
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(place))
        except ConnectionRefusedError:
            return True
    raise Problem(f"A server answers at {place} already. Choose another with --socket.")


class ReticentLogger(Logger):
    """Gunicorn's logger, speaking through our own (alongside.site.logs): no addresses, no access log."""

    def setup(self, cfg):
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True

    def access(self, resp, req, environ, request_time):
        """Addresses hold codes of families: nothing is written."""


def _without_server_name(default_headers):
    def headers(response):
        return [line for line in default_headers(response) if not line.startswith("Server:")]

    return headers


class Site(BaseApplication):
    """Gunicorn's application on a socket that listens already."""

    def __init__(self, application, waiting, *, threads):
        self.application = application
        self.place = waiting.getsockname()
        self._fd = waiting.detach()
        self._threads = threads
        self._ticker = None
        super().__init__()

    def load_config(self):
        chosen = {
            "bind": f"fd://{self._fd}",
            "worker_class": "gthread",
            "workers": 1,
            "threads": self._threads,
            "timeout": 60,
            "graceful_timeout": 10,
            "keepalive": IDLE,
            "loglevel": "warning",
            "logger_class": ReticentLogger,
            "control_socket_disable": True,
            "post_worker_init": self._worker_begins,
            "worker_exit": self._worker_ends,
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self):
        return self.application

    def _worker_begins(self, worker):
        spare()
        self._ticker = Ticker()
        self._ticker.start()
        if worker.age == 1:
            threading.Thread(target=announce, args=(self.place,), daemon=True).start()

    def _worker_ends(self, arbiter, worker):
        if self._ticker is not None:
            self._ticker.stop()


class _Asking(http.client.HTTPConnection):
    """A connection to our own server: to a port, or to a socket file."""

    def __init__(self, place):
        super().__init__(HOST, timeout=10)
        self.place = place

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX if isinstance(self.place, str) else socket.AF_INET)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.place)


def first_page(place, patience=30.0):
    """The status of the first page once something answers at `place`, which is (host, port) or the path of a socket
    file; or None after `patience` seconds."""
    # The monotonic clock, not the house's: this measures the machine, not the practice.
    end = time.monotonic() + patience
    headers = {"Host": settings.ALLOWED_HOSTS[0]}
    while time.monotonic() < end:
        asking = _Asking(place)
        try:
            asking.request("GET", "/", headers=headers)
            return asking.getresponse().status
        except OSError:
            time.sleep(0.05)
        finally:
            asking.close()
    return None


def announce(place):
    """Say on standard output that the first page answers, or in the log that it does not."""
    status = first_page(place)
    if status is None or status >= 500:
        log.error("the first page does not answer (%s)", status)
        return
    print(f"ready unix:{place}" if isinstance(place, str) else f"ready http://{HOST}:{place[1]}/", flush=True)


def serve(waiting, *, threads=8):
    """Serve on the listening socket until told to stop (Ctrl-C or SIGTERM); ends the process."""
    from alongside.site.wsgi import application

    Response.default_headers = _without_server_name(Response.default_headers)
    sys.stdout.flush()
    Site(application, waiting, threads=threads).run()
