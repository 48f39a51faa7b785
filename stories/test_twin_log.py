"""Twin worlds and the log: a receipt tells nothing of what else was received (R9, R32).

Morten says something before, in, and after an hour in which something hidden was said, or nothing was. His pages are
the same to the byte. His files hold hashes and a place, which are random to him; everything else of them, their length
and the size of the log with it, is the same. Then two small mistakes are planted, and each is found.
"""

import base64
import json
import re
from functools import partial
from unittest import mock

import pytest
from django.test import override_settings

from alongside import clock, ids
from alongside.access.models import Account
from alongside.cast.story import TODAY, World, numbers
from alongside.record.appending import append
from alongside.record.log import receipts, sequencer
from alongside.record.statement import Statement
from alongside.site import keys
from stories.worlds import Worlds, browser, inside, page, still

HOUR = 3600 * sequencer.SECOND
NOW = clock.micros(TODAY) - 10 * HOUR


def passage(text, **more):
    return Statement("dialogue.passage", {"words": [{"lang": "en", "text": text}]}, **more)


def say(text, at, by, **more):
    with ids.seeded(text):
        append([passage(text, **more)], family=3, by=numbers()[by], once=text.replace(" ", "-"), at=at)


def seal(hour):
    with ids.seeded(f"hour/{hour}"):
        sequencer.run(at=NOW + hour * HOUR, every=3600)


def lived(secrets, hour):
    """Four hours of the log; in the second one, `secrets` hidden entries; Morten says something in each of three."""
    seal(0)
    for n in range(1, 4):
        if n == hour:
            for number in range(secrets):
                say(f"hidden {number}", NOW + n * HOUR - 9 * 60_000_000 + number, "kari", mark="sealed",
                    readers=((numbers()["elin"], "present"),))  # fmt: skip
        if n != 2:
            say(f"mine {n}", NOW + n * HOUR - 5 * 60_000_000, "morten", basis="own-words")
        seal(n)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock(), still():
        yield Worlds(tmp_path_factory.mktemp("worlds"))


def made(worlds, name, secrets, hour):
    """The whole cast, and then these hours."""
    if name in worlds.made:
        return worlds.make(name, World())
    path = worlds.begin(name, worlds.make("cast", World()))
    signer = partial(keys.log_signer, worlds.folder / name, True, "alongside.example")
    (worlds.folder / name).mkdir()
    with inside(path), override_settings(LOG_SIGNER=signer, LOG_EVERY=3600):
        lived(secrets, hour)
    return path


def seen(path, who="morten"):
    """(pages, files) of somebody's own words."""
    with inside(path), override_settings(LOG_EVERY=3600):
        Account.objects.update(recent="")
        client = browser(who)
        pages = {"/me/words": page(client, "/me/words")}
        for id in dict.fromkeys(re.findall(r"/me/words/[0-9a-f]{32}", pages["/me/words"][2].decode())):
            pages[id] = page(client, id)
        files = {id: page(client, f"{id}/file") for id in pages if id != "/me/words"}
    key = re.compile(rb"alongside\.example/log/[0-9a-f]{12}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}")
    return {name: (*rest, key.sub(b"KEY", content)) for name, (*rest, content) in pages.items()}, files


def shape(file):
    """Everything of a file but what is random to its holder: hashes, salts, the place, the signature."""
    status, headers, content = file
    headers = [one for one in headers if one[0] != "Content-Length"]
    if status != 200:
        return status, headers, content
    head, _gap, note = content.decode().partition("\n\n")
    _first, extra, index, *path = head.split("\n")
    told = json.loads(base64.b64decode(extra[6:]))
    for part in told["opened"].values():
        part["salt"] = len(part["salt"])
    told["header"]["parts"] = {name: len(one) for name, one in told["header"]["parts"].items()}
    origin, size, root, _empty, signature, last = note.split("\n")
    assert index.startswith("index ") and last == ""
    return status, headers, told, len(path), len(path and path[0]), size, len(root), len(signature), len(origin)


@pytest.fixture(scope="module")
def nothing(worlds):
    return seen(made(worlds, "nothing", 0, 2))


def test_he_has_pages_and_files(nothing):
    pages, files = nothing
    assert b"mine 3" in pages["/me/words"][2] and b"Unchanged" in pages["/me/words"][2]
    assert sum(status == 200 for status, _headers, _content in files.values()) > 2


@pytest.mark.parametrize("hour", [1, 2, 3])
@pytest.mark.parametrize("secrets", [1, 40])
def test_what_was_hidden_in_an_hour_shows_nowhere(secrets, hour, worlds, nothing):
    pages, files = seen(made(worlds, f"{secrets}-in-{hour}", secrets, hour))
    assert pages == nothing[0]
    assert {id: shape(file) for id, file in files.items()} == {id: shape(file) for id, file in nothing[1].items()}


def test_an_hour_in_which_more_was_received_than_a_block_holds_is_a_bigger_log(worlds, nothing):
    """What is not hidden, said as a test: how many blocks of sixty-four the whole office filled."""
    pages, files = seen(made(worlds, "many", 90, 2))
    assert pages == nothing[0]
    assert [shape(file) for file in files.values()] != [shape(file) for file in nothing[1].values()]


def _nothing_for_nothing(count):
    return -(-count // 64) * 64


def test_a_log_that_stands_still_when_nothing_is_said_is_found(worlds):
    """Planted: no block is added where nothing was received. Then an hour with something hidden shows."""
    with mock.patch.object(sequencer, "_padded", _nothing_for_nothing):
        quiet, busy = (made(worlds, f"leaky-{n}", n, 2) for n in (0, 1))
    assert [shape(one) for one in seen(quiet)[1].values()] != [shape(one) for one in seen(busy)[1].values()]


def test_a_receipt_that_opens_what_is_kept_is_found(worlds, nothing):
    """Planted: the kept part is opened as well. It holds the running number in the family."""
    real = receipts._opened

    def leaky(found, own):
        opened = real(found, own)
        opened["opened"]["kept"] = {"salt": "", "text": json.dumps(found.parts["kept"])}
        return opened

    with mock.patch.object(receipts, "_opened", leaky):
        one, other = seen(made(worlds, "nothing", 0, 2)), seen(made(worlds, "40-in-1", 40, 1))
    assert [shape(file) for file in one[1].values()] != [shape(file) for file in other[1].values()]
