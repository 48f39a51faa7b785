"""One-time codes: one use, seven days, five tries, a new one kills the old one; and nothing of them is kept."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.access import codes
from alongside.access.models import CodeGiven
from alongside.access.tests.ways import account, now

pytestmark = pytest.mark.django_db


def other(code: str) -> str:
    """The same code with another last letter."""
    return code[:-1] + ("b" if code[-1] == "a" else "a")


def test_a_code_opens_once(cast):
    code = codes.give(account("anne"), at=now())
    assert codes.take(code, "family", at=now()) == account("anne")
    assert codes.take(code, "family", at=now()) is None


def test_a_code_is_for_its_own_door(cast):
    code = codes.give(account("anne"), at=now())
    assert codes.take(code, "practice", at=now()) is None
    assert codes.take(code, "family", at=now()) == account("anne")


def test_a_code_lasts_seven_days(cast):
    code = codes.give(account("anne"), at=now())
    assert codes.take(code, "family", at=now() + 7 * codes.DAY) is None
    assert codes.take(code, "family", at=now() + 7 * codes.DAY - 1) == account("anne")


def test_the_fifth_wrong_try_kills_it(cast):
    code = codes.give(account("anne"), at=now())
    for _ in range(4):
        assert codes.take(other(code), "family", at=now()) is None
    assert CodeGiven.objects.filter(account=account("anne")).exists()
    assert codes.take(other(code), "family", at=now()) is None
    assert codes.take(code, "family", at=now()) is None


def test_a_new_code_kills_the_old_one(cast):
    old, new = codes.give(account("anne"), at=now()), codes.give(account("anne"), at=now())
    assert codes.take(old, "family", at=now()) is None
    assert codes.take(new, "family", at=now()) == account("anne")


def test_who_left_has_no_code(cast):
    code = codes.give(account("kari"), at=now())
    type(account("kari")).objects.filter(login="kari").update(is_active=False)
    assert codes.take(code, "practice", at=now()) is None


def test_the_table_does_not_hold_the_code(cast):
    code = codes.plain(codes.give(account("anne"), at=now()))
    row = CodeGiven.objects.get(account=account("anne"))
    assert code[codes.OPEN :] not in row.secret + row.open and len(code) == codes.SIZE


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(guesses=st.lists(st.text(alphabet="abcdefghjkmnpqrstuvwxyz23456789", min_size=9, max_size=9), max_size=12))
def test_whoever_guesses_gets_five_tries_at_a_card(cast, guesses):
    """Brute force is bounded: of any row of guesses at one card at most the first five are looked at."""
    code = codes.plain(codes.give(account("anne"), at=now()))
    first, secret = code[: codes.OPEN], code[codes.OPEN :]
    opened = [guess for guess in guesses if codes.take(first + guess, "family", at=now()) is not None]
    assert opened == ([secret] if secret in guesses[:5] else [])
    alive = len([guess for guess in guesses if guess != secret]) < 5 and not opened
    assert (codes.take(code, "family", at=now()) is not None) == alive


def test_what_is_no_code_is_nothing(cast):
    for typed in ("", " ", "-", "abcd", "x" * 10_000, "æøå-1234", "\x00\x00"):
        assert codes.take(typed, "family", at=now()) is None
