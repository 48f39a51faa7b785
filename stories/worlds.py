"""Whole small installations side by side: each a database of its own, made from the cast.

A world may lack what was never said in it. Everything that is random or tells the time is fixed, so that two
worlds differ by what was said and by nothing else.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
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

EVERY = os.environ.get("ALONGSIDE_PROOFS") == "full"  # a release is proven
LINK = re.compile(rb'(?:href|action)="(/[^"#]*)')


@contextmanager
def inside(path: Path | str) -> Iterator[None]:
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
    """Makes worlds in `folder`, each once. On PostgreSQL each is a database named after the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: set[str] = set()
        self.new = _database if connections["default"].vendor == "postgresql" else _file
        self.empty = self.begin("empty")

    def begin(self, name: str, like: Path | str | None = None) -> Path | str:
        """A new database: with its tables, or `like` another one."""
        path = self.new(self.folder, name, like)
        self.made.add(name)
        return path

    def make(self, name: str, world: World, after=None) -> Path | str:
        """The database of a world, a file or a name; `after()` may say more in it once it is loaded."""
        if name in self.made:
            return _called(self.folder, name, self.new)
        path = self.begin(name, self.empty)
        with inside(path):
            load(world=world)
            if after:
                after()
        return path


def _called(folder: Path, name: str, new: Callable) -> Path | str:
    return folder / f"{name}.db" if new is _file else f"{os.getpid()}-{folder.name}-{name}"


def _file(folder: Path, name: str, like: Path | None) -> Path:
    path = _called(folder, name, _file)
    if like is not None:
        copyfile(like, path)
        return path
    with inside(path):
        call_command("migrate", verbosity=0, skip_checks=True)
    return path


def _database(folder: Path, name: str, like: str | None) -> str:
    """Made and migrated by the owner of the tables."""
    connection, path = connections["default"], _called(folder, name, _database)
    with connection.as_owner():
        template = f'"{like}"' if like else "template0"
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE \"{path}\" TEMPLATE {template} ENCODING 'UTF8' LC_COLLATE 'C'")
        if like is None:
            with inside(path):
                call_command("migrate", verbosity=0, skip_checks=True)
    return path


@contextmanager
def plain_tokens() -> Iterator[None]:
    """The tokens of forms are always the same: to make one takes longer than most pages that are not there."""
    with (
        mock.patch("django.middleware.csrf._get_new_csrf_string", lambda: "c" * 32),
        mock.patch("django.middleware.csrf._mask_cipher_secret", lambda secret: "m" * 32 + secret),
    ):
        yield


@contextmanager
def still() -> Iterator[None]:
    """Time stands and nothing is random."""
    with time_machine.travel(TODAY, tick=False), plain_tokens():
        yield


class Browser(Client):
    """`door`: by which this person comes in, "" for nobody."""

    door = ""


def browser(who: str | None, strength: int = 3) -> Browser:
    """A browser in which this person has signed in; None: nobody has."""
    client = Browser(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    if who is not None:
        session, account = client.session, Account.objects.get(login=who)
        with ids.seeded(f"visit/{who}/{strength}"):  # the same visit whichever world it is in, and only one
            stand_in(session, account, strength)
        session.save()
        client.door = account.door
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
    codes: Iterable[str], entries: Iterable[str], *, method: str = "GET", persons: Iterable[str] = ("1" * 32,),
    door: str = "",
) -> list[str]:  # fmt: skip
    """Every declared address that takes this method, filled with these family codes, entry ids and person ids. `door`:
    who asks comes in by this one, and each page of other doors is there with what comes last and with one more in turn:
    they say no before they look, whatever it is. Where a release is proven they are there with everything."""
    found: dict[str, None] = {}
    for turn, (route, pattern) in enumerate(patterns()):
        if method not in getattr(pattern.callback, "methods", ("GET",)):
            continue
        elsewhere = door and not EVERY and door not in getattr(pattern.callback, "doors", (door,))
        filled = ["/" + route]
        for place in re.findall(r"<[^>]+>", route):
            values = list(codes if "code" in place else persons if "person" in place else entries)
            values = list(dict.fromkeys((values[turn % len(values)], values[-1]))) if elsewhere and values else values
            filled = [one.replace(place, value, 1) for one in filled for value in values]
        found.update(dict.fromkeys(filled))
    return list(found)


def links(content: bytes) -> set[str]:
    """Addresses on this site that a page leads to."""
    return {link.decode().replace("&amp;", "&") for link in LINK.findall(content)}
