"""The administrator on the telephone with IT: what is, what to do, and that the page stands when something is wrong."""

import datetime as dt
import os
import re
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import clock, pulse
from alongside.doors.entrance.tests.test_families import words
from alongside.doors.office import machine as machines
from alongside.doors.office import says as saying
from alongside.doors.office.machine import Database, Log, Machine, Mail, Room
from alongside.site import ticker

NOW = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)
GOOD = Machine(
    "1.2.3", Room(12_000_000, 90_000_000_000), Mail(0, None), Database("SQLite 3.51.3", ()), pulse.Beat(NOW),
    NOW - dt.timedelta(hours=9), NOW, Log(NOW, NOW - dt.timedelta(hours=3), "The ombud"),
    others=dt.date(2026, 8, 22),
)  # fmt: skip


def told(**changed) -> dict[str, tuple[str, str]]:
    """What the page says of a machine that is well but for this: {title: (what is, what to do)}."""
    one = Machine(**{name: changed.get(name, getattr(GOOD, name)) for name in Machine.__slots__})
    return {part.title: (part.is_so, part.todo) for part in saying.says(one, zone=dt.UTC, lang="en")}


def ago(**span) -> dt.datetime:
    return NOW - dt.timedelta(**span)


def test_when_all_is_well_nothing_is_to_be_done():
    said = told()
    assert not [todo for _is_so, todo in said.values() if todo]
    assert said["Room on the disk"][0] == "The data folder takes 12 MB; 90 GB are free."
    assert said["Version"][0] == "1.2.3" and said["Work in the background"][0] == "It runs."


@pytest.mark.parametrize(
    ("title", "words_of_it", "changed"),
    [
        ("Room on the disk", "There is little room", {"room": Room(5, 1_000_000_000)}),
        ("Room on the disk", "Ask IT to look at the disk", {"room": Room(None, None)}),
        ("Notices on their way out", "Nobody has fetched it", {"mail": Mail(3, ago(hours=5))}),
        ("Notices on their way out", "who may read the data folder", {"mail": Mail(0, None, readable=False)}),
        ("The database", "A wall is missing", {"database": Database("SQLite 3.51.3", ("A wall is missing",))}),
        ("Work in the background", "start the server again", {"beat": None}),
        ("Work in the background", "start the server again", {"beat": pulse.Beat(ago(minutes=9))}),
        ("Work in the background", "the server’s log", {"beat": pulse.Beat(NOW, ("settle",))}),
        ("The log of what was received", "look at the server’s log", {"log": None}),
        ("The log of what was received", "alongside checkpoint", {"log": Log(NOW)}),
        ("The log of what was received", "alongside checkpoint", {"log": Log(NOW, ago(days=3), "The ombud")}),
        ("Parts of this program that others made", "a newer version", {"others": dt.date(2026, 8, 21)}),
        ("Last backup", "Ask IT whether there is one", {"backup": None}),
        ("Last backup", "Ask IT whether the backup still runs", {"backup": ago(days=4)}),
    ],
)
def test_what_is_wrong_says_what_to_do(title, words_of_it, changed):
    said = told(**changed)
    assert words_of_it in said[title][1]
    assert [one for one, (_is_so, todo) in said.items() if todo] == [title]


@pytest.mark.parametrize(
    ("age", "words_of_it"),
    [
        ({"minutes": 5}, "less than an hour ago"), ({"hours": 1}, "1 hour ago"), ({"hours": 30}, "1 day ago"),
        ({"days": 3}, "3 days ago (The ombud)"),
    ],
)  # fmt: skip
def test_the_age_of_what_somebody_outside_has(age, words_of_it):
    said = told(log=Log(NOW, ago(**age), "The ombud"))["The log of what was received"][0]
    assert said.startswith("Signed last on") and words_of_it in said


@pytest.mark.parametrize(("lost", "words_of_it"), [(True, "may not be here"), (False, "is missing")])
def test_that_the_log_was_begun_again_is_said_for_ever(lost, words_of_it):
    log = Log(NOW, ago(hours=1), "The ombud", ago(days=900), lost)
    said, todo = told(log=log)["The log of what was received"]
    assert "It was begun again on" in said and words_of_it in said and "The ombud" in said and todo == ""


def test_before_anything_is_signed_nothing_is_to_be_done():
    assert told(log=Log(None))["The log of what was received"] == (
        "It has not been signed yet. The server does it by itself.", ""
    )  # fmt: skip


def test_a_copy_that_does_not_say_when_it_was_compared():
    assert told(others=None)["Parts of this program that others made"][1] == ""
    assert machines.compared() >= dt.date(2026, 12, 1)
    with mock.patch.object(machines, "_of_the_checkout", dict):
        assert machines.compared() is None and isinstance(machines.version(), str)


@given(st.integers(0, 10**15))
def test_a_size_is_never_nothing_and_never_long(count):
    number, unit = saying.size(count).split(" ")
    assert int(number) >= 1 and unit in ("MB", "GB") and len(number) <= 7


def test_the_folder_is_looked_at(tmp_path):
    (tmp_path / "outgoing").mkdir()
    (tmp_path / "alongside.db").write_bytes(b"x" * 3_000_000)
    for name, age in (("a.json", 60), ("b.json", 7200), ("c.part", 90000)):
        place = tmp_path / "outgoing" / name
        place.write_text("{}")
        os.utime(place, (NOW.timestamp() - age,) * 2)
    found = machines.machine(tmp_path)
    assert found.mail == Mail(2, ago(seconds=7200))
    assert found.room.taken >= 3_000_000 and found.room.free > 0 and found.backup is None
    (tmp_path / "last-backup").touch()
    assert machines.noted(tmp_path / "last-backup") is not None
    assert found.version and found.version[0].isdigit()


@pytest.mark.parametrize("broken", ["os.scandir", "os.walk", "shutil.disk_usage"])
def test_what_cannot_be_looked_at_breaks_nothing(broken, tmp_path):
    with mock.patch(broken, side_effect=PermissionError):
        found = machines.machine(tmp_path)
    assert found.mail.readable is (broken != "os.scandir")
    assert (found.room.free is None) is (broken == "shutil.disk_usage")


def test_a_pass_of_the_ticker_is_noted_with_what_failed():
    def clumsy():
        raise OSError

    with mock.patch.object(ticker, "close_old_connections"):
        ticker.tick([lambda: None])
        assert pulse.last().failed == ()
        ticker.tick([clumsy])
    assert pulse.last().failed == ("clumsy",) and clock.machine() - pulse.last().at < dt.timedelta(minutes=1)


def test_the_administrator_reads_it(be, settings):
    text = words(be("tone").get("/office"))
    for part in ("What needs doing", "The database", "Nobody has noted a backup.", "Tone Bakke", settings.OFFICE.zone):
        assert part in text, part
    assert not re.search("Anne|Hansen|Elin|Marte|famil(y|ies)", text.replace("No family is on this page", ""))
    assert 'href="/office"' in be("tone").get("/settings").content.decode()


def test_it_stands_when_checks_and_folder_are_broken(be):
    tone = be("tone")
    tone.get("/settings")  # the server has begun before anything breaks
    with mock.patch.object(machines, "run_checks", side_effect=RuntimeError("secret words")):
        with mock.patch("os.scandir", side_effect=OSError("no")):
            page = tone.get("/office")
    text = words(page)
    assert page.status_code == 200
    assert "Ring IT and read them this: RuntimeError" in text and "secret words" not in text
    assert "The folder “outgoing” cannot be read." in text


@pytest.mark.parametrize("who", ["kari", "ingrid", "rune", "odd", "geir", "anne", "berg"])
def test_to_everybody_else_it_is_not_there(who, be, client):
    page, never = be(who).get("/office"), be(who).get("/never-there")
    assert page.status_code == never.status_code == 404
    assert 'href="/office"' not in be(who).get("/settings").content.decode()
    assert client.get("/office", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("tone").post("/office").status_code == 405
