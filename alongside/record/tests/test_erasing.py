"""Erasing by law: two persons, and nothing is left but a hash; the wall opens for this and for nothing else."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from alongside import ids
from alongside.access import erasure, holds
from alongside.cast.story import number
from alongside.record import erasing
from alongside.record.appending import append
from alongside.record.erased import CONFIRMED, ERASED, left
from alongside.record.reading import rows
from alongside.record.registers import TABLES, dump, rebuild, refold
from alongside.record.statement import Refused, Statement
from alongside.record.verify import verify

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="not on this database yet: test_erasing_elsewhere"),
]
AT = 2_000_000_000_000_000
WORDS = "The zebra Quirinalius stood in the rhubarb patch until nightfall."


@pytest.fixture
def home(cast):
    """The number of the Hansens' family."""
    return rows("SELECT family FROM record_relationship WHERE person = %s AND kind = 'parent'", [number("anne")])[0][0]


def said(home, *, words=WORDS, once=None, **more):
    one = Statement(
        "dialogue.passage", {"words": [{"lang": "en", "text": words}]}, basis="told", so="2026-03", so_first=1,
        so_last=2, about=(number("anne"),), via=(number("lars"),), **more,
    )  # fmt: skip
    return append([one], family=home, by=number("kari"), once=once or ids.new(), at=AT)[0].id


def decide(ids_, *, ground="asked"):
    (first,) = erasure.propose(
        by=number("odd"), strength=3, ids=ids_, ground=ground, words="Asked in May.", lang="en", at=AT, once=ids.new()
    )
    return first.id, erasure.confirm(by=number("tone"), strength=3, proposal=first.id, at=AT, once=ids.new())[0].id


def row(id):
    return rows("SELECT kind, body, about, via, speaker, so, salt, hash, once FROM record_entry WHERE id = %s", [id])[0]


def test_two_persons_and_the_words_are_gone_and_the_hash_stays(home):
    id = said(home)
    before = row(id)
    said(home, words="After it stands this.")
    _proposal, decision = decide([id])
    after = row(id)
    assert after[0] == ERASED and after[1] == left(by=decision, ground="asked", on="2033-05-18")
    assert after[2:6] == ("[]", "[]", None, None) and bytes(after[6]) == b"" and after[7] == before[7]
    assert before[8].rsplit("/", 2)[1] not in after[8]
    assert list(verify()) == [] and all(rebuild(check=True).values())


def test_folding_one_family_again_changes_no_register(cast):
    before = dump(TABLES)
    for (family,) in rows("SELECT number FROM record_family", []):
        refold(family)
    assert dump(TABLES) == before and all(rebuild(check=True).values())


def test_one_person_twice_is_no_two(home):
    id = said(home)
    (first,) = erasure.propose(
        by=number("odd"), strength=3, ids=[id], ground="asked", words="x", lang="en", at=AT, once=ids.new()
    )
    with pytest.raises(Refused, match="not-a-second"):
        erasure.confirm(by=number("odd"), strength=3, proposal=first.id, at=AT, once=ids.new())
    assert row(id)[0] == "dialogue.passage"


@pytest.mark.parametrize("who", ["kari", "ingrid", "anne"])
def test_nobody_else_proposes_or_decides(home, who):
    id = said(home)
    with pytest.raises(Refused, match="not-yours"):
        erasure.propose(
            by=number(who), strength=3, ids=[id], ground="asked", words="x", lang="en", at=AT, once=ids.new()
        )
    assert erasure.listed(number(who)) == []


def test_a_hold_beats_two_persons(home):
    id = said(home)
    (first,) = erasure.propose(
        by=number("odd"), strength=3, ids=[id], ground="clock", words="x", lang="en", at=AT, once=ids.new()
    )
    import datetime as dt

    (hold,) = holds.put_on(
        by=number("odd"), family=home, why="An inquiry", until=dt.date(2040, 1, 1), lang="en", at=AT, once=ids.new()
    )
    with pytest.raises(Refused, match="held"):
        erasure.confirm(by=number("tone"), strength=3, proposal=first.id, at=AT, once=ids.new())
    assert row(id)[0] == "dialogue.passage"
    holds.end(by=number("tone"), hold=hold.id, why="It is over", lang="en", at=AT, once=ids.new())
    erasure.confirm(by=number("tone"), strength=3, proposal=first.id, at=AT, once=ids.new())
    assert row(id)[0] == ERASED


def test_the_same_words_do_not_come_back_by_a_late_device(home):
    id = said(home, once="device")
    decide([id])
    with pytest.raises(Refused, match="other-words"):
        said(home, once="device")


def test_a_whole_family_goes_with_everything_that_let_people_in(home):
    whole = erasure.places_of_family(home)
    how = {"strength": 3, "lang": "en", "at": AT}
    (one,) = erasure.propose_places(
        by=number("odd"), places=whole, scope="family", ground="order", words="A court said so.", once=ids.new(), **how
    )
    erasure.confirm(by=number("tone"), strength=3, proposal=one.id, at=AT, once=ids.new())
    assert erasure.places_of_family(home) == []
    assert list(verify()) == [] and all(rebuild(check=True).values())
    assert not rows("SELECT 1 FROM record_relationship WHERE family = %s", [home])
    assert not rows("SELECT 1 FROM access_account WHERE person = %s", [number("anne")])
    assert rows("SELECT 1 FROM access_account WHERE person = %s", [number("kari")])


# --- past the wall -----------------------------------------------------------------------------------------

SHAPE = (
    "UPDATE record_entry SET kind = 'record.erased', body = %s, salt = x'', about = '[]', via = '[]', basis = 'act', "
    "saw = NULL, speaker = NULL, so = NULL, so_first = NULL, so_last = NULL, learnt_at = NULL, written_at = NULL, "
    "once = replace(once, substr(once, -34, 32), 'erased'){more} WHERE id = %s"
)


def decision(home, id, *, first, second, ids_=None):
    """A decision in the record, by these two, without carrying it out."""
    places = [pk for (pk,) in rows("SELECT pk FROM record_entry WHERE id = %s", [ids_ or id])]
    (one,) = append(
        [erasing.proposed(places, scope="entries", ground="asked", words="x", lang="en")],
        family=0, by=number(first), once=ids.new(), at=AT,
    )  # fmt: skip
    if second is None:
        return one.id
    return append(
        [Statement(CONFIRMED, {"on": "2026-11-24"}, thing=one.id)], family=0, by=number(second), once=ids.new(), at=AT
    )[0].id


def tries(id, by, more="", body=None):
    body = body or left(by=by, ground="asked", on="2026-11-24")
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SHAPE.replace("{more}", more), [body, id])
    assert row(id)[0] == "dialogue.passage"


def test_the_shape_goes_through_with_two_persons(home):
    id = said(home)
    by = decision(home, id, first="odd", second="tone")
    with connection.cursor() as cursor:
        cursor.execute(SHAPE.replace("{more}", ""), [left(by=by, ground="asked", on="2026-11-24"), id])
    assert row(id)[0] == ERASED


def test_past_the_wall_with_one_person_twice(home):
    id = said(home)
    tries(id, decision(home, id, first="odd", second="odd"))


def test_past_the_wall_without_a_second(home):
    id = said(home)
    tries(id, decision(home, id, first="odd", second=None))
    tries(id, ids.new())


def test_past_the_wall_with_a_decision_about_other_words(home):
    id, other = said(home), said(home, words="other")
    tries(id, decision(home, id, first="odd", second="tone", ids_=other))


@pytest.mark.parametrize(
    "more",
    [
        ", author = 1", ", mark = 'sealed'", ", hash = 'x'", ", recorded_at = 1", ", id = 'x'", ", thing = 1",
        ", within = 1", ", answers = 1", ", pk = pk + 1000", ", readers = '[[1,\"own\"]]'",
    ],
)  # fmt: skip
def test_past_the_wall_with_another_column(home, more):
    id = said(home)
    tries(id, decision(home, id, first="odd", second="tone"), more)


def test_past_the_wall_with_another_body_or_half_of_it(home):
    id = said(home)
    by = decision(home, id, first="odd", second="tone")
    tries(id, by, body=json.dumps({"by": by, "words": "mine"}))
    for half in ("body = '{}'", "salt = x''", "kind = 'record.erased'", "about = '[]'"):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE record_entry SET {half} WHERE id = %s", [id])


def test_the_decision_itself_is_never_erased(home):
    id = said(home)
    by = decision(home, id, first="odd", second="tone")
    with pytest.raises(Refused, match="not-found"):
        erasure.propose(
            by=number("odd"), strength=3, ids=[by], ground="asked", words="x", lang="en", at=AT, once=ids.new()
        )


def test_a_wall_with_other_words_is_no_wall(home):
    from alongside.record.walls import build, walls_stand

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER record_entry_no_update")
        cursor.execute("CREATE TRIGGER record_entry_no_update BEFORE UPDATE ON record_entry BEGIN SELECT 1; END")
        assert walls_stand(None, ["default"])
        build()
        assert not walls_stand(None, ["default"])


def test_tampering_with_what_is_left_is_found(home):
    id = said(home)
    decide([id])
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER record_entry_no_update")
        cursor.execute(
            "UPDATE record_entry SET body = %s WHERE id = %s", [left(by=ids.new(), ground="asked", on="2026-11-24"), id]
        )
        assert list(verify())
        transaction.set_rollback(True)
