"""A file of sums of leaked passwords: what is in it is found, what is not is not, and a bad file is said."""

import hashlib
import random

import pytest

from alongside.access import checks, leaked
from alongside.access.chosen import password_wrong, pin_wrong


def sum_of(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()


def written(place, passwords, ending="\n", counts=True, last=True):
    lines = sorted(sum_of(one) + (f":{n * 37 + 1}" if counts else "") for n, one in enumerate(passwords))
    place.write_bytes((ending.join(lines) + (ending if last else "")).encode())
    return place


LEAKED = [f"four birds and {n} more" for n in range(500)]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("last", [True, False])
def test_every_one_is_found_and_no_other(ending, counts, last, tmp_path):
    place = written(tmp_path / "sums", LEAKED, ending, counts, last)
    assert leaked.wrong(place) == ""
    assert all(leaked.holds(place, one) for one in LEAKED)
    assert not any(leaked.holds(place, one.upper()) for one in LEAKED)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_short_file_is_enough(count, tmp_path):
    place = written(tmp_path / "sums", LEAKED[:count])
    assert leaked.wrong(place) == ""
    assert [leaked.holds(place, one) for one in LEAKED[:5]] == [n < count for n in range(5)]


def test_small_letters_are_taken(tmp_path):
    place = written(tmp_path / "sums", LEAKED)
    place.write_bytes(place.read_bytes().lower())
    assert leaked.holds(place, LEAKED[7])


def test_a_leaked_password_is_refused(settings, tmp_path):
    settings.LEAKED = written(tmp_path / "sums", [*LEAKED, "604218"])
    assert password_wrong(LEAKED[3], known=()) == pin_wrong(LEAKED[3], known=()) == "leaked"
    assert password_wrong("four birds on a wire", known=()) == ""
    assert pin_wrong("604218", known=()) == ""  # nearly every six digits stand there
    settings.LEAKED = None
    assert password_wrong(LEAKED[3], known=()) == ""


def test_a_bad_file_is_said_before_anybody_comes(settings, tmp_path):
    def said(place):
        settings.LEAKED = place
        return [one.msg for one in checks.leaked_passwords(None)]

    place, lines = tmp_path / "sums", written(tmp_path / "good", LEAKED).read_bytes().splitlines(keepends=True)
    assert said(None) == said(tmp_path / "good") == []
    assert "cannot be read" in said(place)[0] and "cannot be read" in said(tmp_path)[0]
    place.write_bytes(b"")
    assert "is empty" in said(place)[0]
    random.Random(1).shuffle(lines)
    place.write_bytes(b"".join(lines))
    assert "not sorted" in said(place)[0]
    place.write_text("password1\nletmein\n" * 300)
    assert "something else" in said(place)[0] and "letmein" not in said(place)[0]


def test_when_it_goes_while_the_server_runs_the_log_says_so(tmp_path, caplog):
    assert not leaked.holds(tmp_path / "gone", "four birds on a wire")
    assert "cannot be read (FileNotFoundError)" in caplog.text and "birds" not in caplog.text
