"""What a password, a PIN and an agreed word must be. Each check returns '' or the code of what is wrong.

A password has twelve characters or more; there is no rule about signs, and no date on which it runs out (NIST SP
800-63B). A PIN has six digits, or is a longer phrase. What many people choose is refused, and so is what is known from
leaks, where the office has a file of them. `known`: words that count for nothing here (known_words.py).
"""

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from gzip import open as unzip
from pathlib import Path

from django.conf import settings
from django.contrib.auth import password_validation

from alongside.access import leaked
from alongside.access.known_words import without

LEAST = 12
LONGEST = 200
PIN = 6
WORD = 4
DIGITS = "01234567890123456789"


@cache
def _common() -> frozenset[str]:
    """Some twenty thousand passwords many people have; the list comes with Django."""
    with unzip(Path(password_validation.__file__).parent / "common-passwords.txt.gz", "rt", encoding="utf-8") as file:
        return frozenset(line.strip() for line in file)


def _folded(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _stem(text: str) -> str:
    """The word inside: without the digits and signs around it that many people add."""
    return text.casefold().strip("0123456789!?.,-_ ")


def password_wrong(password: str, *about: str, known: Iterable[str]) -> str:
    """'' or short, long, common, own-name, office-word, leaked. `about`: names that must not be in it."""
    if len(password) < LEAST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if any(len(part) > 2 and part in _folded(password) for name in about for part in _parts(name)):
        return "own-name"
    if _easy(password):
        return "common"
    left = without(password, known)
    if left != password and (len(left) < LEAST or _easy(left)):
        return "office-word"
    return "leaked" if leaked.holds(settings.LEAKED, password) else ""


def _parts(name: str) -> list[str]:
    return [part for part in (*re.split(r"[\W_]+", name.casefold()), _folded(name)) if part]


def _easy(password: str) -> bool:
    plain = password.casefold()
    return plain in _common() or _stem(plain) in _common() or _folded(plain) in _common() or len(set(plain)) < 5


def pin_wrong(pin: str, *about: str, known: Iterable[str]) -> str:
    """'' or short, long, common, birthday, or what is wrong with a phrase, as of a password. Six digits or more are a
    PIN, anything else a phrase. Digits are not looked up among leaked ones: nearly all of six stand there."""
    if pin.isascii() and pin.isdigit():
        return _digits_wrong(pin)
    if len(pin) > LONGEST:
        return "long"
    if len(pin) < LEAST:
        return "short-phrase"
    return password_wrong(pin, *about, known=known)


def _digits_wrong(pin: str) -> str:
    if len(pin) < PIN:
        return "short"
    if len(pin) > LONGEST:
        return "long"
    if pin in DIGITS or pin in DIGITS[::-1] or len(set(pin)) < 3 or _repeats(pin):
        return "common"
    return "birthday" if _is_a_day(pin) else ""


def _repeats(pin: str) -> bool:
    """The same one, two or three digits over and over."""
    return any(pin == (pin[:n] * len(pin))[: len(pin)] for n in (1, 2, 3))


def _is_a_day(pin: str) -> bool:
    """Whether six or eight digits are a day somebody could have been born on, however it is written."""
    if len(pin) not in (6, 8):
        return False
    forms = ("%d%m%y", "%m%d%y", "%y%m%d") if len(pin) == 6 else ("%d%m%Y", "%m%d%Y", "%Y%m%d")
    return any(_parses(pin, form) for form in forms)


def _parses(text: str, form: str) -> bool:
    try:
        return 1900 <= dt.datetime.strptime(text, form).year <= 2100
    except ValueError:
        return False


def name_of(typed: str) -> str:
    """The name somebody comes in with, as it is kept: small letters and digits, dots for the rest."""
    return re.sub(r"[\W_]+", ".", typed.casefold()).strip(".")[:30]


def word_wrong(word: str, *about: str) -> str:
    """'' or short-word, own-name, common: for the word that is said on the telephone."""
    plain = spoken(word)
    if len(plain) < WORD or len(plain) > LONGEST:
        return "short-word"
    if any(plain == part for name in about for part in map(spoken, (name, *_parts(name)))):
        return "own-name"
    return "common" if plain in _common() else ""


def spoken(word: str) -> str:
    """A word as it is heard: neither case nor blanks nor signs matter."""
    return _folded(word)
