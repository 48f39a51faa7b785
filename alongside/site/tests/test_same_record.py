"""With an expectation and without it an act leaves the same record, to the byte, on PostgreSQL (test_expected.py)."""

from contextlib import nullcontext
from unittest import mock

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import ids
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.registers import TABLES
from alongside.record.sealing import SealedWords
from alongside.record.statement import Refused, Statement
from alongside.record.tests.test_append import Home
from alongside.site.bench.tests.served import where_a_server_is
from alongside.site.tests.test_expected import remembering, someone_else, whole

pytestmark = where_a_server_is
KEPT = ("record_entry", "record_family", "record_person", *TABLES)


ACT = st.fixed_dictionaries(
    {
        "who": st.sampled_from(["worker", "worker", "mother", "father"]),
        "size": st.integers(1, 2),
        "step": st.integers(-3, 3),
        "how": st.sampled_from(["plain", "plain", "answers", "again", "again", "other", "sealed", "inside", "undone"]),
        "away": st.sampled_from([False, False, False, True]),  # another process receives it
    }
)


class _Undone(Exception):
    pass


def received(acts) -> list:
    """What came of each act, said in a family of its own in this database; its ids follow from its number alone."""
    with ids.seeded("home"):
        home, other = Home(), Home()
    found: list = [home.family, other.family]
    for number, act in enumerate(acts):
        with ids.seeded(f"act {number}"), someone_else() if act["away"] else nullcontext():
            try:
                found.append(_received(home, number, act, found))
            except (Refused, SealedWords, _Undone) as why:
                found.append(repr(why))
    return found


def _received(home, number, act, found):
    how, who = act["how"], getattr(home, act["who"])
    mark = {"mark": "sealed", "readers": ((home.mother, "addressed"),)} if how == "sealed" else {}
    last = [one for one in found if isinstance(one, list)]
    link = {"answers": last[-1][0].id} if how == "answers" and last else {}
    said = "Rypestad" if number % 3 == 0 else f"soup {number}"
    once = "key" if how in ("again", "other") else f"act/{number}"
    if how == "again":
        said = "the same"
    body = {"words": said, **({"terms": ["Rypestad"]} if how == "sealed" else {})}
    statements = [Statement("dialogue.passage", body, about=(who,), **mark, **link) for _ in range(act["size"])]
    home.clock += act["step"] * 1_000_000

    def go():
        return append(statements, family=home.family, by=who, once=once, at=home.clock)

    if how not in ("inside", "undone"):
        return go()
    with transaction.atomic():
        receipts = go()
        if how == "undone":
            raise _Undone
    return receipts


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACT, min_size=6, max_size=16))
def test_with_an_expectation_and_without_the_record_is_the_same_to_the_byte(offices, acts):
    """Other processes, replays, refusals, sealed words and transactions around it among them."""
    from alongside.site.engine.postgresql.expecting import Memory

    came, held = [], []
    for asks in (False, True):
        store = offices()
        with store.entered(), remembering():
            with mock.patch.object(Memory, "of", lambda *_: None) if asks else nullcontext():
                came.append(received(acts))
            held.append({table: [tuple(map(_plain, row)) for row in rows(f"SELECT * FROM {table} ORDER BY 1", [])]
                         for table in KEPT})  # fmt: skip
            assert whole()
        store.close()
    assert came[0] == came[1] and held[0] == held[1]


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value
