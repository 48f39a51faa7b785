"""Words that whoever guesses a password here tries first. In a password they count for nothing: what is left must
still be long enough.

They are the names of the office, of its units and of where it is found on the net, this program's, those of the work
(words_of_the_work.toml), the years around this one, and what the office wrote into a file of its own. No name of a
family is ever among them: a refusal would tell it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation

from alongside import clock
from alongside.access.roles import units_here
from alongside.families.units import in_words

FILE = "password-words.txt"  # in the data folder: one word in each line, # begins a remark
SHORTEST = 3  # a shorter word stands in too many others
# as people write letters in passwords; the strokes of ø and the two letters in æ are no accents to Unicode
LOOKS_LIKE = str.maketrans({"0": "o", "1": "i", "!": "i", "|": "i", "l": "i", "3": "e", "4": "a", "@": "a", "5": "s",
                            "$": "s", "7": "t", "ø": "o", "æ": "ae"})  # fmt: skip


def here(*, at: int, units: bool) -> frozenset[str]:
    """The words of this office at this moment (microseconds). `units`: also the names of its units, which are known
    to everybody who works here."""
    year = clock.moment(at).year
    said = [settings.OFFICE_NAME, *_on_the_net(), *_own_file(settings.DATA / FILE)]
    if units:
        said += _units()
    words = {part for one in said for part in re.split(r"[\W_]+", one)} | set(said)
    return frozenset(words - {""}) | _of_the_work() | {str(one) for one in range(year - 1, year + 2)}


def _on_the_net() -> list[str]:
    """The address people use holds the municipality's name, and so may that of its identity provider."""
    name = settings.PROVIDER.name if settings.PROVIDER else ""
    return [*(urlsplit(settings.ORIGIN).hostname or "").split("."), name]


def _units() -> list[str]:
    """As the office typed them, and as each language of the pages has them."""
    typed = units_here()
    found = list(typed)
    for language, _called in settings.LANGUAGES:
        with translation.override(language):
            found += [in_words(one) for one in typed]
    return found


def _own_file(place: Path) -> Iterator[str]:
    """What the office wrote down itself; nothing where there is no file."""
    if place.exists():
        for line in place.read_text("utf-8", errors="replace").splitlines():
            yield line.partition("#")[0].strip()


@cache
def _of_the_work() -> frozenset[str]:
    said = tomllib.loads(Path(__file__).with_name("words_of_the_work.toml").read_text("utf-8"))
    return frozenset(word for some in said.values() for word in some)


def without(password: str, words: Iterable[str]) -> str:
    """What is left of a password without these words, however they are written: case, accents, digits for letters."""
    letters, whence = _letters(password)
    gone: set[int] = set()
    for word in {_letters(one)[0] for one in words}:
        found = letters.find(word) if len(word) >= SHORTEST else -1
        while found >= 0:
            gone.update(whence[found : found + len(word)])
            found = letters.find(word, found + 1)
    return "".join(sign for place, sign in enumerate(password) if place not in gone)


def _letters(text: str) -> tuple[str, list[int]]:
    """A text as it is compared, and for each of its letters the place where it stood."""
    plain = [(letter, place) for place, sign in enumerate(text) for letter in _folded(sign)]
    return "".join(letter for letter, _place in plain), [place for _letter, place in plain]


def _folded(sign: str) -> str:
    plain = unicodedata.normalize("NFKD", sign.casefold()).translate(LOOKS_LIKE)
    return "".join(one for one in plain if one.isalnum())
