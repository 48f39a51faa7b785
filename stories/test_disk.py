"""The disk fills up, refuses, or the machine dies in the middle of something: what people were told is saved is there,
what is not saved is said, and what was half done is done once, afterwards.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress

import pytest
from django.core.management import call_command
from django.db import OperationalError, connections

from alongside import clock
from alongside.cast.story import World, numbers
from alongside.doors.practice.writing.tests.page import fields
from alongside.record import settling
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Statement
from alongside.record.verify import verify
from alongside.site.keeping import upgrading
from stories.disk import SQLITE_FULL, SQLITE_IOERR_WRITE, Disk
from stories.worlds import Worlds, browser, inside

AT = 1_800_000_000_000_000  # microseconds
pytestmark = pytest.mark.skipif(connections["default"].vendor != "sqlite", reason="a server keeps a disk of its own")


@pytest.fixture(scope="module")
def whole(tmp_path_factory, django_db_blocker):
    """The cast's installation as a file."""
    with django_db_blocker.unblock():
        yield Worlds(tmp_path_factory.mktemp("disk")).make("whole", World())


@pytest.fixture(autouse=True)
def _own_files(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def path(whole, tmp_path):
    shutil.copy(whole, tmp_path / "alongside.db")
    return tmp_path / "alongside.db"


def key() -> str:
    found = connections["default"].settings_dict["OPTIONS"]["key"]
    return found() if callable(found) else found


def said_by(who: str) -> list[str]:
    """The words of this person that the record or the store holds, waiting ones too."""
    mine = rows("SELECT body FROM record_entry WHERE author = %s", [numbers()[who]])
    return [body for (body,) in mine] + [str(one.statements) for one in settling.waiting(numbers()[who])]


def note(kari, words: str):
    """Kari writes a note and sends it; what the page answers."""
    way = f"/f/{rows('SELECT code FROM record_family WHERE number = 1', [])[0][0]}/write"
    page = kari.get(way)
    if page.status_code != 200:
        return page
    return kari.post(way, {**fields(page), "words": [words], "act": ["save"]})


def look(path) -> None:
    with inside(path):
        assert list(verify()) == [] and all(rebuild(check=True).values())


# The disk says no


@pytest.mark.parametrize("answer", [SQLITE_FULL, SQLITE_IOERR_WRITE])
def test_when_the_disk_says_no_the_page_says_so_and_keeps_the_words(path, answer):
    disk = Disk(path.parent)
    with disk.under(), inside(path):
        kari = browser("kari")
        assert note(kari, "Told before.").status_code == 303
        disk.fails = answer
        page = note(kari, "Told while the disk said no.")
        assert page.status_code == 503
        assert "Nothing was saved" in page.content.decode() and "Told while the disk said no." in page.content.decode()
        disk.fails = None
        found = "".join(said_by("kari"))
        assert "Told before." in found and "while the disk said no" not in found
        assert note(kari, "Told afterwards.").status_code == 303
        assert "Told afterwards." in "".join(said_by("kari"))
    look(path)


def test_a_family_reads_the_same_words(path):
    disk = Disk(path.parent)
    with disk.under(), inside(path):
        anne = browser("anne")
        form = fields(anne.get("/me/write"))
        disk.fails = SQLITE_FULL
        page = anne.post("/me/write", {**form, "words": ["I wrote this when there was no room."]})
        assert page.status_code == 503
        assert "I wrote this when there was no room." in page.content.decode()
        disk.fails = None
        assert "no room" not in "".join(said_by("anne"))


def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(path):
    """With little room and then a little more, over and over: 303 means there, anything else means not there."""
    disk, told, refused = Disk(path.parent), [], []
    with disk.under(), inside(path):
        kari = browser("kari")
        for n in range(24):
            disk.room = 4_200 * (n % 8)
            words = f"Full disk {n}, over."
            (told if note(kari, words).status_code == 303 else refused).append(words)
        disk.room = None
        found = "".join(said_by("kari"))
    assert told and refused
    assert [words for words in told if words not in found] == []
    assert [words for words in refused if words in found] == []
    look(path)


def mounted(folder, *how: str) -> bool:
    """Whether the system let us mount a small file system in memory there: it takes root."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        return False
    return subprocess.run(["mount", *how, str(folder)], capture_output=True).returncode == 0


def fill(place) -> None:
    """Write until there is no room, then give back two pages' worth: something fits, most does not."""
    with open(place, "wb", buffering=0) as rest, suppress(OSError):
        while rest.write(bytes(4096)):
            pass
    os.truncate(place, max(0, place.stat().st_size - 8 * 4096))


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    if not mounted(folder, "-t", "tmpfs", "-o", "size=3m", "tmpfs"):
        pytest.skip("a small disk of its own needs root; the tests above try the same with a disk of ours")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_real_disk_that_is_full_and_then_read_only(whole, small):
    path, told, refused = small / "alongside.db", [], []
    shutil.copy(whole, path)
    with inside(path):
        kari = browser("kari")
        note(kari, "The first.")
        fill(small / "rest")
        for n in range(12):
            words = f"Real disk {n}, over."
            (told if note(kari, words).status_code == 303 else refused).append(words)
        (small / "rest").unlink(missing_ok=True)
        found = "".join(said_by("kari"))
        assert refused and all(words in found for words in ["The first.", *told])
        assert not any(words in found for words in refused)
    look(path)
    assert mounted(small, "-o", "remount,ro")
    with inside(path), pytest.raises(OperationalError):
        settling.settle(AT)
    assert mounted(small, "-o", "remount,rw")
    look(path)


# The machine dies


def killed(path, write: int, act) -> bool:
    """Run `act()` in a process that kills itself before its write number `write`; whether it came so far."""
    child = os.fork()
    if child == 0:
        try:
            disk = Disk(path.parent)
            disk.arm(write)
            with disk.under(), inside(path):
                act()
        except BaseException:
            os._exit(7)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def writes_of(path, act) -> int:
    """How many writes `act()` takes when nothing goes wrong."""
    disk = Disk(path.parent)
    with disk.under(), inside(path):
        act()
    return disk.written


def waits(path, acts: int) -> list[str]:
    """Acts that settle; what their author was told is kept."""
    with inside(path):
        for n in range(acts):
            said = [Statement("dialogue.passage", {"words": [{"lang": "en", "text": f"waits {n}"}]})]
            settling.save(said, family=1, by=numbers()["kari"], once=f"waits/{n}", at=AT, wait=0)
    return [f"waits/{n}" for n in range(acts)]


def where(keys: list[str]) -> list[int]:
    """How often each act is somewhere: in the record or waiting."""
    pending = [one.once for one in settling.waiting(numbers()["kari"])]
    entered = [once for (once,) in rows("SELECT once FROM record_entry WHERE once LIKE '1/waits/%%'", [])]
    return [pending.count(one) + sum(f"1/{one}/" in once for once in entered) for one in keys]


def test_killed_while_settling_every_act_is_in_one_place(whole, path, tmp_path):
    keys = waits(path, 12)
    begun = path.read_bytes()
    (tmp_path / "try").mkdir()
    tried = tmp_path / "try" / "alongside.db"

    def settle():
        settling.settle(AT + 1)

    tried.write_bytes(begun)
    total = writes_of(tried, settle)
    assert total > 40
    # Another try may write a few pages fewer: the keys of the entries are drawn anew.
    for write in range(1, total * 9 // 10, max(1, total // 20)):
        shutil.rmtree(tried.parent)
        tried.parent.mkdir()
        tried.write_bytes(begun)
        assert killed(tried, write, settle)
        with inside(tried):
            assert where(keys) == [1] * len(keys)
            settling.settle(AT + 1)
            assert where(keys) == [1] * len(keys) and settling.waiting(numbers()["kari"]) == []
    look(tried)


def test_the_clock_steps_back_and_nothing_that_waits_is_lost(path):
    keys = waits(path, 3)
    with inside(path):
        assert settling.settle(AT - 86_400_000_000) == 0  # a day earlier than they were saved
        assert where(keys) == [1] * 3
        settling.send_now(numbers()["kari"], at=AT - 86_400_000_000)
        assert where(keys) == [1] * 3 and settling.waiting(numbers()["kari"]) == []
        moments = [at for (at,) in rows("SELECT recorded_at FROM record_entry WHERE pk >> 20 = 1 ORDER BY pk", [])]
        assert moments == sorted(moments)
    look(path)


# The machine dies while the tables are changed


@pytest.fixture
def earlier(path):
    """The installation with the tables as they were before the sealed words had a register."""
    with inside(path):
        call_command("migrate", "record", "0001", verbosity=0, skip_checks=True)
    return path


def state(path) -> tuple[bool, int, str]:
    """Whether the tables are new; how many statements there are, and their heads."""
    with upgrading.snapshot.closing(upgrading.snapshot.opened(path, key())) as connection:
        found = upgrading.snapshot.facts(connection)
    return "record.0002_sealed_terms" in found.migrations, found.entries, found.heads


def up(path):
    def act():
        upgrading.upgraded(path, key(), at=clock.micros(clock.now()), told=lambda what: lambda done, total: None)

    return act


def test_killed_while_the_tables_change_it_is_the_old_or_the_new_record(earlier, tmp_path):
    before = state(earlier)
    assert not before[0]
    begun = earlier.read_bytes()
    (tmp_path / "try").mkdir()
    tried = tmp_path / "try" / "alongside.db"
    tried.write_bytes(begun)
    total = writes_of(tried, up(tried))
    assert state(tried) == (True, *before[1:])
    assert total > 500
    for write in range(1, total, total // 9):
        shutil.rmtree(tried.parent)
        tried.parent.mkdir()
        tried.write_bytes(begun)
        assert killed(tried, write, up(tried))
        assert state(tried)[1:] == before[1:]
    up(tried)()  # what the kill left is no hindrance
    assert state(tried) == (True, *before[1:])
    look(tried)


@pytest.mark.parametrize(("moment", "new"), [("before", False), ("after", True)])
def test_killed_at_the_rename_it_is_the_old_or_the_new_record(earlier, monkeypatch, moment, new):
    before, real = state(earlier), os.replace

    def replace(*names):
        if moment == "after":
            real(*names)
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(upgrading.os, "replace", replace)
    assert killed(earlier, 0, up(earlier))
    monkeypatch.undo()
    assert state(earlier) == (new, *before[1:])
    up(earlier)()
    assert state(earlier) == (True, *before[1:])
    look(earlier)


def test_when_the_disk_is_full_the_tables_stay_as_they_were(earlier):
    before, disk = state(earlier), Disk(earlier.parent)
    disk.room = 1_500_000
    with disk.under(), pytest.raises(Exception, match="full"):
        up(earlier)()
    assert state(earlier) == before
    up(earlier)()
    assert state(earlier) == (True, *before[1:])
