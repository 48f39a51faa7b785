"""The second factor: the vectors of RFC 6238, one step either side, no step twice."""

import base64

import pytest

from alongside.access import totp
from alongside.access.tests.ways import SECRET, digits, now, with_phone

RFC = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("second", "eight"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_the_vectors_of_the_rfc(second, eight):
    assert totp.code(RFC, second // 30) == eight[-6:]


@pytest.mark.parametrize(("step", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_one_step_either_side(step, fits):
    assert bool(totp.fits(SECRET, totp.code(SECRET, 1000 + step), at=1000 * totp.STEP)) is fits


@pytest.mark.django_db
def test_a_step_is_taken_once_and_none_before_it(cast):
    kari, typed = with_phone("kari"), digits()
    assert totp.take(kari, typed, at=now())
    assert not totp.take(kari, typed, at=now())
    assert not totp.take(kari, digits(-1), at=now())
    assert totp.take(kari, digits(1), at=now())


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "¹²³⁴⁵⁶", " "])
def test_what_are_no_digits_are_none(typed):
    assert totp.fits(SECRET, typed, at=now()) == 0


def test_digits_of_another_script_are_the_same_digits():
    typed = digits().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert totp.fits(SECRET, typed, at=now())


def test_the_secret_is_kept_sealed():
    token = totp.sealed(SECRET)
    assert SECRET not in token and totp.opened(token) == SECRET
    assert totp.opened("") == totp.opened("x") == ""
