"""Whole small installations side by side: each a database file of its own, made from the cast.

A world may lack what was never said in it. Everything that is random or tells the time is fixed, so that two
worlds differ by what was said and by nothing else.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from unittest import mock

import time_machine
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside import ids
from alongside.access.models import Account
from alongside.access.visit import stand_in
from alongside.cast.load import load
from alongside.cast.story import TODAY, World

LINK = re.compile(rb'(?:href|action)="(/[^"#]*)')


@contextmanager
def inside(path: Path) -> Iterator[None]:
    """Everything in this block happens in the installation whose database is `path`."""
    connection = connections["default"]
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


class Worlds:
    """Makes worlds in `folder`, each once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.empty = folder / "empty.db"
        with inside(self.empty):
            call_command("migrate", verbosity=0, skip_checks=True)

    def make(self, name: str, world: World, after=None) -> Path:
        """The database of a world; `after()` may say more in it once it is loaded."""
        path = self.folder / f"{name}.db"
        if not path.exists():
            copyfile(self.empty, path)
            with inside(path):
                load(world=world)
                if after:
                    after()
        return path


@contextmanager
def still() -> Iterator[None]:
    """Time stands and nothing is random."""
    with (
        time_machine.travel(TODAY, tick=False),
        mock.patch("django.middleware.csrf._get_new_csrf_string", lambda: "c" * 32),
        mock.patch("django.middleware.csrf._mask_cipher_secret", lambda secret: "m" * 32 + secret),
    ):
        yield


def browser(who: str | None, strength: int = 3) -> Client:
    """A browser in which this person has signed in; None: nobody has."""
    client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    if who is not None:
        session = client.session
        with ids.seeded(f"visit/{who}/{strength}"):  # the same visit whichever world it is in, and only one
            stand_in(session, Account.objects.get(login=who), strength)
        session.save()
    return client


def page(client: Client, address: str) -> tuple[int, tuple, bytes]:
    """What the address answers: status, headers, bytes. "POST /there" sends an empty form."""
    method, _, path = address.rpartition(" ")
    with ids.seeded(f"page/{address}"):
        response = client.post(path, {"text": "x", "form": "add"}) if method else client.get(path)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, tuple(sorted(response.headers.items())), content


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address this site declares, as (route, pattern)."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        else:
            yield route, one


def addresses(
    codes: Iterable[str], entries: Iterable[str], *, method: str = "GET", persons: Iterable[str] = ("1" * 32,)
) -> list[str]:
    """Every declared address that takes this method, filled with these family codes, entry ids and person ids."""
    found: dict[str, None] = {}
    for route, pattern in patterns():
        if method not in getattr(pattern.callback, "methods", ("GET",)):
            continue
        filled = ["/" + route]
        for place in re.findall(r"<[^>]+>", route):
            values = list(codes if "code" in place else persons if "person" in place else entries)
            filled = [one.replace(place, value, 1) for one in filled for value in values]
        found.update(dict.fromkeys(filled))
    return list(found)


def links(content: bytes) -> set[str]:
    """Addresses on this site that a page leads to."""
    return {link.decode().replace("&amp;", "&") for link in LINK.findall(content)}
