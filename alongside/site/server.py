"""The server: gunicorn inside our own process, one worker with threads, on this machine's own address only.

One process writes, so that the write gate sees every writer. A proxy in front does TLS
(ALONGSIDE_ORIGIN tells its address).
"""

import http.client
import logging
import socket
import sys
import threading
import time

from django.conf import settings
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.http.wsgi import Response

from alongside.site.problem import Problem
from alongside.site.sparing import spare
from alongside.site.ticker import Ticker

HOST = "127.0.0.1"
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
        self.port = waiting.getsockname()[1]
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
            "keepalive": 5,
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
            threading.Thread(target=announce, args=(self.port,), daemon=True).start()

    def _worker_ends(self, arbiter, worker):
        if self._ticker is not None:
            self._ticker.stop()


def first_page(port, patience=30.0):
    """The status of the first page once something answers, or None after `patience` seconds."""
    # The monotonic clock, not the house's: this measures the machine, not the practice.
    end = time.monotonic() + patience
    headers = {"Host": settings.ALLOWED_HOSTS[0]}
    while time.monotonic() < end:
        asking = http.client.HTTPConnection(HOST, port, timeout=10)
        try:
            asking.request("GET", "/", headers=headers)
            return asking.getresponse().status
        except OSError:
            time.sleep(0.05)
        finally:
            asking.close()
    return None


def announce(port):
    """Say on standard output that the first page answers, or in the log that it does not."""
    status = first_page(port)
    if status is None or status >= 500:
        log.error("the first page does not answer (%s)", status)
        return
    print(f"ready http://{HOST}:{port}/", flush=True)


def serve(waiting, *, threads=8):
    """Serve on the listening socket until told to stop (Ctrl-C or SIGTERM); ends the process."""
    from alongside.site.wsgi import application

    Response.default_headers = _without_server_name(Response.default_headers)
    sys.stdout.flush()
    Site(application, waiting, threads=threads).run()
