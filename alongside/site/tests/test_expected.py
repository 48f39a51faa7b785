"""An act in one journey on PostgreSQL: what it expects is looked at by the server, and costs a journey where it fails.

On a server of its own, where no test's transaction is around it. The other process is played by this one, with what it
remembers laid aside meanwhile.
"""

from contextlib import contextmanager
from itertools import count
from unittest import mock

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import ids
from alongside.record.appending import AS_EXPECTED, append, open_family
from alongside.record.closing import AGREED, PROPOSED, STOP
from alongside.record.erased import CONFIRMED, closed_key, left
from alongside.record.erased import PROPOSED as TO_ERASE
from alongside.record.erasing import ERASE
from alongside.record.reading import rows
from alongside.record.registers import TABLES, dump, rebuild
from alongside.record.sealing import SealedWords
from alongside.record.statement import Closed, Refused, Statement
from alongside.record.tests.test_append import AT, Home, passage
from alongside.record.tests.test_asking import journeys
from alongside.record.verify import verify
from alongside.site.bench.tests.served import on_a_server, where_a_server_is

pytestmark = where_a_server_is
ASKED = 2  # journeys of an act that expects nothing
FAILED = 4  # of one whose expectation failed: that one, the end of its transaction, and then it asks
KEPT = ("record_entry", "record_family", "record_person", *TABLES)


@pytest.fixture(scope="module")
def server(django_db_blocker):
    with on_a_server(django_db_blocker) as made:
        tables = made.tables()
        with tables.entered():
            open_family(0)
        tables.close()
        numbers = count(1)
        yield lambda: made.like(tables, f"office-{next(numbers)}")


@pytest.fixture
def home(server):
    """A family in a database of its own, and what this process remembers, of nothing yet."""
    store = server()
    with store.entered(), remembering():
        yield Home()
    store.close()


@contextmanager
def remembering():
    """In this block this process remembers what is written in it, and nothing else."""
    from alongside.site.engine.postgresql import base, expecting

    with mock.patch.object(base, "LEFT", expecting.Memory()) as memory:
        yield memory


def say(home, words="soup", times=1, **how):
    """Says it, and in how many journeys."""
    found = []
    took = journeys(lambda: found.extend(home.say(*[passage(f"{words}{n}") for n in range(times)], **how)))
    return found, took


def whole():
    """Nothing is broken in the record, and its registers hold what it says."""
    return list(verify()) == [] and all(rebuild(check=True).values())


def entries(home) -> int:
    return rows("SELECT last_seq FROM record_family WHERE number = %s", [home.family])[0][0]


# --- one journey ---------------------------------------------------------------------------------------------


def test_an_act_after_another_is_one_journey_however_much_it_says(home):
    say(home)
    assert [say(home)[1], say(home, times=40)[1], say(home, at=AT)[1]] == [1, 1, 1]
    assert say(home, by=home.mother)[1] == ASKED  # of whom is not known yet whether words are sealed for them
    assert say(home, by=home.mother)[1] == say(home)[1] == 1
    moments = [at for (at,) in rows("SELECT recorded_at FROM record_entry ORDER BY pk", [])]
    assert moments == sorted(moments) and len(set(moments)) == 3 + 7 and whole()


def test_what_an_act_hangs_on_is_asked_with_what_it_expects(home):
    """A question takes what waits along; it is the beginning's journey that is saved, whatever else is asked."""
    [first], _ = say(home)

    def answers():
        return journeys(lambda: home.say(passage("salt", answers=first.id)))

    expected = answers()
    with remembering():
        assert answers() == expected + 1
    assert whole()


def test_rows_of_one_table_go_by_one_statement_and_are_the_same(home):
    """More of them than one statement takes, and none of them twice."""
    say(home)
    many = tuple(range(7000, 7019))
    took = journeys(lambda: home.say(passage("to many", about=many, readers=tuple((one, "present") for one in many))))
    assert took == 1
    place = home.family << 20 | entries(home)
    assert rows("SELECT person FROM record_about WHERE entry = %s ORDER BY id", [place]) == [(one,) for one in many]
    named = rows("SELECT person FROM record_reader WHERE entry = %s ORDER BY id", [place])
    assert named == [(home.worker,), *((one,) for one in many)] and whole()


# --- inside another transaction ------------------------------------------------------------------------------


def test_inside_another_transaction_nothing_is_expected(home):
    """A wrong expectation would end the transaction around it."""
    say(home)
    with someone_else():
        say(home)
    with transaction.atomic():
        assert say(home)[1] > 1
    assert whole() and entries(home) == 6


def test_what_is_rolled_back_is_not_remembered_and_what_is_committed_is(home):
    class Undo(Exception):
        pass

    say(home)
    with pytest.raises(Undo), transaction.atomic():
        say(home)
        raise Undo
    assert say(home)[1] == 1
    with transaction.atomic():
        say(home)
    assert say(home)[1] == 1
    assert whole() and entries(home) == 3 + 4


def test_what_is_refused_is_not_expected_again(home):
    [first], _ = say(home)
    other = Home()
    with pytest.raises(Refused, match="not-here"):
        other.say(passage("here", answers=first.id))
    assert say(other)[1] == ASKED and whole()


# --- what may have changed meanwhile -------------------------------------------------------------------------


@contextmanager
def someone_else():
    """In this block another process writes, and this one does not hear of it."""
    with remembering():
        yield


def expecting_act(home, **how):
    """An act by which this process will expect the next one."""
    say(home, by=home.worker, **how)
    assert connection._expected((("family", home.family), ("author", home.worker)))


def test_another_process_has_written(home):
    expecting_act(home)
    with someone_else():
        say(home, "bread", at=AT + 10**12)
    _receipts, took = say(home, "salt")
    assert took == FAILED and say(home)[1] == 1
    assert home.words(home.worker) == ["soup0", "bread0", "salt0", "soup0"] and whole()


def test_another_process_has_received_the_same_act(home):
    expecting_act(home)
    with someone_else():
        there, _ = say(home, "bread", times=2, once="key")
    again, took = say(home, "bread", times=2, once="key")
    assert again == there and took > 1 and entries(home) == 6
    # also where the family stands as this process left it
    expecting_act(home)
    again, took = say(home, "bread", times=2, once="key")
    assert again == there and took == FAILED and entries(home) == 7 and whole()


def test_the_key_was_used_for_other_words(home):
    say(home, "bread", once="key")
    expecting_act(home)
    with pytest.raises(Refused, match="other-words"):
        say(home, "salt", once="key")
    assert entries(home) == 5 and whole()


def test_words_were_sealed_meanwhile(home):
    """In another family, by somebody else: this author reads them, and the family stands as it was left."""
    other = Home()
    expecting_act(home)
    body = {"words": "They live in Rypestad.", "terms": ["Rypestad"]}
    with someone_else():
        other.say(Statement("dialogue.passage", body, mark="sealed", readers=((home.worker, "addressed"),)))
    with pytest.raises(SealedWords):
        home.say(passage("Off to Rypestad", readers=((home.mother, "present"),)))
    assert entries(home) == 4
    assert [say(home)[1], say(home)[1]] == [ASKED, ASKED]  # for whom words are sealed, that is asked each time
    assert say(home, by=home.mother)[1] == ASKED and say(home, by=home.mother)[1] == 1 and whole()


def test_the_office_stopped_meanwhile(home):
    expecting_act(home)
    at = home.clock + 60_000_000
    body = {"what": STOP, "last": "2026-01-31", "ends": at, "words": [{"lang": "en", "text": "Nordby goes on."}]}
    with someone_else():
        [said] = append([Statement(PROPOSED, body)], family=0, by=home.worker, once="p", at=AT)
        append([Statement(AGREED, thing=said.id)], family=0, by=home.office, once="y", at=AT)
    with pytest.raises(Closed):
        say(home, at=at)
    assert say(home, at=at - 1)[1] == say(home, at=at - 1)[1] == ASKED  # before its end, and it is asked each time
    assert entries(home) == 6 and whole()


@pytest.mark.parametrize("wrong", ["seq", "moment", "hash"])
def test_what_is_remembered_is_wrong(home, wrong):
    """As after another database was put in this one's place: one step is enough, and nothing is written by it."""
    from alongside.site.engine.postgresql import base

    expecting_act(home)
    premise = ("family", home.family)
    [(seq, at, hash, end)] = base.LEFT.left[premise]
    lie = {"seq": (seq + 1, at, hash), "moment": (seq, at - 1, hash), "hash": (seq, at, "0" * 64)}[wrong]
    base.LEFT.left[premise] = [(*lie, end)]
    assert say(home)[1] == FAILED and say(home)[1] == 1
    assert entries(home) == 6 and whole()


def test_a_family_that_is_not_here(home):
    from alongside.site.engine.postgresql import base

    expecting_act(home)
    base.LEFT.left["family", 999] = base.LEFT.left["family", home.family]
    with pytest.raises(Refused, match="no-family"):
        append([passage("nowhere")], family=999, by=home.worker, once="x", at=AT)
    assert rows("SELECT 1 FROM record_entry WHERE pk >= %s", [999 << 20]) == []


def test_the_last_entry_was_erased(home):
    """Its hash stays, so what is remembered of it holds; the words were never remembered."""
    expecting_act(home)
    place = home.family << 20 | entries(home)
    once = rows("SELECT once FROM record_entry WHERE pk = %s", [place])[0][0]
    body = {"scope": "entries", "ground": "order", "ranges": [[place, place]], "words": []}
    [first] = append([Statement(TO_ERASE, body)], family=0, by=home.father, once="p", at=AT)
    [second] = append([Statement(CONFIRMED, {"on": "2026-11-20"}, thing=first.id)], family=0, by=home.office, once="c",
                      at=AT)  # fmt: skip
    told = left(by=second.id, ground="order", on="2026-11-20")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ERASE, [told, f'[[{home.worker},"own"]]', closed_key(once), place])
    assert say(home)[1] == 1 and list(verify()) == []


# --- the same record -----------------------------------------------------------------------------------------


def test_the_plan_of_what_is_expected_goes_along_the_indexes(home):
    from alongside.site.engine.postgresql.expecting import ONLY_IF
    from alongside.site.engine.postgresql.journey import ONE_PLAN, TELL, numbered

    text, _names = numbered(ONLY_IF.format(AS_EXPECTED), False)
    with transaction.atomic(), connection.cursor() as cursor:
        kinds = "bigint bigint bigint bigint bigint text bigint text text bigint".split()
        cursor.execute(f"PREPARE looked ({', '.join(kinds)}) AS {text.decode()}")
        cursor.execute(TELL, ["house", "", "", *ONE_PLAN])
        cursor.execute("EXPLAIN EXECUTE looked (1, 1, 1, 1, 1, 'x', 1, 'x', 'y', 1)")
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("DEALLOCATE looked")
    assert plan.count("Seq Scan") == plan.count("Seq Scan on record_closing") == 1, plan
    assert "Index Cond: ((author = $" in plan and "Index Cond: (pk = " in plan, plan


ACT = st.fixed_dictionaries(
    {
        "who": st.sampled_from(["worker", "mother", "father"]),
        "size": st.integers(1, 3),
        "step": st.integers(-3, 3),
        "how": st.sampled_from(["plain", "plain", "plain", "answers", "sealed", "again", "other", "inside", "undone"]),
        "away": st.booleans(),  # another process receives it
    }
)


class _Undone(Exception):
    pass


def received(acts) -> list:
    """What came of each act, said in a family of its own in this database. What somebody does is drawn from its
    number alone."""
    with ids.seeded("home"):
        home, other = Home(), Home()
    found: list = [home.family, other.family]
    for number, act in enumerate(acts):
        with ids.seeded(f"act {number}"), someone_else() if act["away"] else remembering_on():
            try:
                found.append(_received(home, number, act, found))
            except (Refused, SealedWords, _Undone) as why:
                found.append(repr(why))
    return found


@contextmanager
def remembering_on():
    yield


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
@given(acts=st.lists(ACT, min_size=4, max_size=14))
def test_with_an_expectation_and_without_the_record_is_the_same_to_the_byte(server, acts):
    """Other processes, replays, refusals, sealed words and transactions around it among them."""
    from alongside.site.engine.postgresql.expecting import Memory

    came, held = [], []
    for asks in (False, True):
        store = server()
        with store.entered(), remembering():
            with mock.patch.object(Memory, "of", lambda *_: None) if asks else remembering_on():
                came.append(received(acts))
            held.append({table: [tuple(map(_plain, row)) for row in rows(f"SELECT * FROM {table} ORDER BY 1", [])]
                         for table in KEPT})  # fmt: skip
            assert dump(TABLES) and whole()
        store.close()
    assert came[0] == came[1] and held[0] == held[1]


def _plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


def test_so_much_is_remembered_and_no_more():
    from alongside.site.engine.postgresql.expecting import Memory

    memory = Memory(most=3)
    for number in range(5):
        memory.keep([("family", number)], [[number]])
    memory.keep([("family", 2)], [[22]])
    memory.keep([("family", 5)], [[5]])
    assert memory.of([("family", 2), ("family", 5)]) == ([22], [5])
    assert memory.of([("family", 2), ("family", 3)]) is None and len(memory.left) == 3
