"""The power goes at any moment: what was acknowledged is there afterwards, and nothing is there by half.

The engine writes to a disk that notes everything (disk.py). A cut leaves what the disk was made to keep, and of the
rest any choice, whole or up to a sector, checkpoints in the middle included. Weaker settings are tried the same way
and must be caught: a simulator that finds nothing anywhere has proved nothing.
"""

import random
import shutil
from contextlib import closing

import pytest
from django.db import connection, connections

from alongside.cast.load import anchors
from alongside.cast.story import numbers
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Statement
from alongside.record.verify import verify
from alongside.site.engine.driver import Database, KeyedConnection
from stories.disk import Disk, after_a_cut
from stories.worlds import Worlds, inside

ACTS, EACH, CUTS = 60, 3, 300
FILES = ("cut.db", "cut.db-wal")
WEAK = [("NORMAL", "wal"), ("OFF", "wal"), ("FULL", "memory")]
pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="a server keeps a disk of its own")


@pytest.fixture(scope="module")
def began(tmp_path_factory, django_db_blocker):
    """A database with the anchors of the cast and nothing said."""
    folder = tmp_path_factory.mktemp("cut")
    with django_db_blocker.unblock():
        path = Worlds(folder).empty
        with inside(path):
            anchors()
    return path


@pytest.fixture(autouse=True)
def _own_files(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def key() -> str:
    found = connections["default"].settings_dict["OPTIONS"]["key"]
    return found() if callable(found) else found


def written(began, folder, synchronous="FULL", journal="wal"):
    """Acts are said and acknowledged on a disk that notes everything: (the files as they were before, the notes)."""
    path, options = folder / "cut.db", connections["default"].settings_dict["OPTIONS"]
    shutil.copy(began, path)
    before, disk = dict(options), Disk(folder)
    options["synchronous"] = synchronous
    try:
        with disk.under(), inside(path):
            set_so = rows(f"PRAGMA journal_mode = {journal}", []), rows("PRAGMA synchronous", [])
            assert set_so == ([(journal,)], [({"OFF": 0, "NORMAL": 1, "FULL": 2}[synchronous],)])
            connection.cursor().execute("PRAGMA wal_autocheckpoint = 60")
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            base = {name: (folder / name).read_bytes() for name in FILES if (folder / name).exists()}
            start = len(disk.noted)
            for n in range(ACTS):
                say(n)
                disk.say(n)
            noted = disk.noted[start:]
    finally:
        options.clear()
        options.update(before)
    return base, noted


def say(n: int) -> None:
    said = [Statement("dialogue.passage", {"words": [{"lang": "en", "text": f"{n}.{k} " * 40}]}) for k in range(EACH)]
    append(said, family=1, by=numbers()["kari"], once=f"cut/{n}", at=1_700_000_000_000_000 + n)


def there(folder, files: dict[str, bytes]) -> list[int] | None:
    """Start again from these files: which acts are there whole; None where something is broken or there by half."""
    for name in ("left.db", "left.db-wal", "left.db-shm"):
        (folder / name).unlink(missing_ok=True)
    for name, content in files.items():
        (folder / name.replace("cut", "left")).write_bytes(content)
    try:
        with closing(KeyedConnection(folder / "left.db", key=key())) as opened:
            if opened.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return None
            found = [one.split("/")[2] for (one,) in opened.execute("SELECT once FROM record_entry ORDER BY pk")]
    except Database.Error:
        return None
    acts = [int(one) for one in found[::EACH]]
    return acts if acts == list(range(len(acts))) and found == [str(n) for n in acts for _ in range(EACH)] else None


def cut(base, noted, folder, dice) -> tuple[int, list[int] | None]:
    """One power cut: how many acts were acknowledged before it, and which are there after it."""
    end = dice.randrange(len(noted) + 1)
    acknowledged = sum(one[0] == "said" for one in noted[:end])
    return acknowledged, there(folder, after_a_cut(base, noted, end, dice))


def test_no_acknowledged_act_is_lost_at_any_cut(began, tmp_path, proven, much):
    base, noted = written(began, tmp_path)
    assert any(one[:2] == ("write", "cut.db") for one in noted)  # checkpoints were among it
    dice = random.Random(20261120)
    said = lost = 0
    for n in range(much(ci=CUTS, full=2_000)):
        acknowledged, acts = cut(base, noted, tmp_path, dice)
        said, lost = said + acknowledged, lost + max(0, acknowledged - len(acts or ()))
        assert acts is not None
        if n % 25 == 0:  # with the record's own eyes as well
            with inside(tmp_path / "left.db"):
                assert list(verify()) == [] and all(rebuild(check=True).values())
    proven("acts acknowledged before a power cut that are not there after it", lost, of=said)
    assert lost == 0


def test_after_a_cut_writing_goes_on(began, tmp_path):
    """What was not acknowledged is said again with the same key, and is there once."""
    base, noted = written(began, tmp_path)
    _acknowledged, acts = cut(base, noted[: len(noted) * 2 // 3], tmp_path, random.Random(7))
    with inside(tmp_path / "left.db"):
        for n in range(len(acts) + 1):
            say(n)
        assert list(verify()) == []
        assert rows("SELECT count(*) FROM record_entry", []) == [((len(acts) + 1) * EACH,)]


@pytest.mark.parametrize(("synchronous", "journal"), WEAK)
def test_weak_settings_are_caught(began, tmp_path, synchronous, journal, proven):
    base, noted = written(began, tmp_path, synchronous, journal)
    dice = random.Random(20261120)
    lost = broken = 0
    for _ in range(CUTS):
        acknowledged, acts = cut(base, noted, tmp_path, dice)
        broken += acts is None
        lost += acts is not None and len(acts) < acknowledged
        if lost + broken >= 5:
            proven("settings too weak for a power cut that the simulator catches", 1, goal=1, least=True, of=1)
            return
    pytest.fail("the simulator did not notice a setting that loses what was acknowledged")
