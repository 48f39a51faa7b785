"""Finding people of the cast on their pages, and sending the forms about them as a person would."""

import re
from itertools import count

import pytest

from alongside.cast.story import numbers
from alongside.families.queries import ids
from alongside.record.reading import rows

_KEYS = count(1)


@pytest.fixture
def person(cast):
    """`person("mia")`: the random id of somebody of the cast."""
    return lambda who: ids([numbers()[who]])[numbers()[who]]


@pytest.fixture
def tell(be, code, person):
    """`tell("kari", 1, "mia", "name", name="Mia Vik")`: send one form about somebody; the answer."""

    def send(who: str, family: int, about: str, form: str, /, *, once: str = "", **values):
        about = about if re.fullmatch("[0-9a-f]{32}", about) else person(about)
        typed = {"reads": "team", "once": once or f"{next(_KEYS):032x}", **values}
        return be(who).post(f"/f/{code(family)}/people/{about}/{form}", typed)

    return send


@pytest.fixture
def page(be, code, person):
    """`page("kari", 1, "mia")`: somebody's page for this reader."""

    def get(who: str, family: int, about: str, more: str = ""):
        about = about if re.fullmatch("[0-9a-f]{32}", about) else person(about)
        return be(who).get(f"/f/{code(family)}/people/{about}{more}")

    return get


@pytest.fixture
def held():
    """`held()`: how many entries the record holds."""
    return lambda: rows("SELECT COUNT(*) FROM record_entry", [])[0][0]
