"""The power goes at any write: what was acknowledged is there afterwards, and nothing is there by half.

With full synchronisation a commit is acknowledged when its pages have reached the write-ahead log on the disk.
A power cut leaves the log as long as it was at the last acknowledgement, or longer by some of what was being
written, or with that part garbled. The test cuts, garbles and opens the files again, many times.
"""

import random
import shutil

import pytest
from django.db import connection, connections, transaction

from alongside.cast.load import anchors
from alongside.cast.story import numbers
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Statement
from alongside.record.verify import verify
from stories.worlds import Worlds, inside

ACTS, CUTS = 40, 60


@pytest.fixture(scope="module")
def written(tmp_path_factory, django_db_blocker):
    """A folder with the files of a running record after every act, and how long its log was at each receipt."""
    folder = tmp_path_factory.mktemp("cut")
    options = connections["default"].settings_dict["OPTIONS"]
    before = options.get("synchronous")
    with django_db_blocker.unblock():
        try:
            options["synchronous"] = "FULL"
            yield _write(folder)
        finally:
            options["synchronous"] = before


def _write(folder):
    path, log = Worlds(folder).empty, folder / "empty.db-wal"
    kari, lengths, images = numbers()["kari"], [], []
    with inside(path):
        anchors()
        connection.cursor().execute("PRAGMA wal_autocheckpoint = 0")
        assert rows("PRAGMA synchronous", [])[0][0] == 2
        assert rows("PRAGMA journal_mode", [])[0][0] == "wal"
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for n in range(ACTS):
            said = [
                Statement("dialogue.passage", {"words": [{"lang": "en", "text": f"{n}.{k} " * 40}]}) for k in range(3)
            ]
            append(said, family=1, by=kari, once=f"cut/{n}", at=1_700_000_000_000_000 + n)
            lengths.append(log.stat().st_size)
        with transaction.atomic():  # an act under way when the power goes
            append(said, family=1, by=kari, once="cut/never", at=1_700_000_000_000_000)
            shutil.copy(path, folder / "cut.db")
            shutil.copy(log, folder / "cut.db-wal")
            images.append((folder / "cut.db").read_bytes())
            transaction.set_rollback(True)
    return folder, lengths, images[0], (folder / "cut.db-wal").read_bytes()


def _after(folder, database: bytes, log: bytes) -> list[str]:
    """Open what the power cut left and say which acts are in it."""
    path = folder / "left.db"
    for name in ("left.db", "left.db-wal", "left.db-shm"):
        (folder / name).unlink(missing_ok=True)
    path.write_bytes(database)
    (folder / "left.db-wal").write_bytes(log)
    with inside(path):
        assert list(verify()) == []
        assert all(rebuild(check=True).values())
        return [once.split("/")[2] for (once,) in rows("SELECT once FROM record_entry ORDER BY pk", [])]


def test_no_acknowledged_act_is_lost_at_any_cut(written):
    folder, lengths, database, log = written
    dice = random.Random(20261120)
    for _ in range(CUTS):
        acknowledged = dice.randrange(ACTS)
        safe = lengths[acknowledged]
        end = min(len(log), dice.randrange(safe, safe + 40_000))
        left = log[:safe] + (dice.randbytes(end - safe) if dice.random() < 0.5 else log[safe:end])
        there = _after(folder, database, left)
        kept = sorted({int(n) for n in there})
        assert kept == list(range(len(kept)))
        assert len(kept) > acknowledged
        assert all(there.count(str(n)) == 3 for n in kept)


def test_the_cut_would_be_noticed(written):
    """Cut before the acknowledgement: the act is gone, so the test above can fail."""
    folder, lengths, database, log = written
    there = _after(folder, database, log[: lengths[10] - 100])
    assert max(int(n) for n in there) < 10
