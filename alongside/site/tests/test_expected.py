"""An act in one journey on PostgreSQL: what it expects is looked at by the server, and costs a journey where it fails.

On a server of its own, where no test's transaction is around it. The other process is played by this one, with what it
remembers laid aside meanwhile.
"""

from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import connection, transaction

from alongside.record.appending import AS_EXPECTED, append
from alongside.record.closing import AGREED, PROPOSED, STOP
from alongside.record.erased import CONFIRMED, closed_key, left
from alongside.record.erased import PROPOSED as TO_ERASE
from alongside.record.erasing import ERASE
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.sealing import SealedWords
from alongside.record.statement import Closed, Refused, Statement
from alongside.record.tests.test_append import AT, Home, passage
from alongside.record.tests.test_asking import journeys
from alongside.record.verify import verify
from alongside.site.bench.tests.served import where_a_server_is

pytestmark = where_a_server_is
ASKED = 2  # journeys of an act that expects nothing
FAILED = 4  # of one whose expectation failed: that one, the end of its transaction, and then it asks


@pytest.fixture
def home(offices):
    """A family in a database of its own, and what this process remembers, of nothing yet."""
    store = offices()
    with store.entered(), remembering():
        yield Home()
    store.close()


@contextmanager
def remembering():
    """In this block this process remembers what is written in it, and nothing else."""
    from alongside.site.engine.postgresql import base, expecting

    with mock.patch.object(base, "REMEMBERED", expecting.Memory()) as memory:
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
    say(home)
    with transaction.atomic():
        assert [say(home)[1], say(home)[1]] == [ASKED, ASKED]
    assert say(home)[1] == 1 and whole() and entries(home) == 3 + 4


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


def test_what_is_refused_is_refused_once_and_not_expected_again(home):
    [first], _ = say(home)
    other = Home()
    say(other)

    def refused():
        with pytest.raises(Refused, match="not-here"):
            other.say(passage("here", answers=first.id))

    assert journeys(refused) == 2  # what is asked, and the end
    assert [say(other)[1], say(other)[1]] == [ASKED, 1] and whole()


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
    [(seq, at, hash, end)] = base.REMEMBERED.left[premise]
    lie = {"seq": (seq + 1, at, hash), "moment": (seq, at - 1, hash), "hash": (seq, at, "0" * 64)}[wrong]
    base.REMEMBERED.left[premise] = [(*lie, end)]
    assert say(home)[1] == FAILED and say(home)[1] == 1
    assert entries(home) == 6 and whole()


def test_a_family_that_is_not_here(home):
    from alongside.site.engine.postgresql import base

    expecting_act(home)
    base.REMEMBERED.left["family", 999] = base.REMEMBERED.left["family", home.family]
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


# --- what it costs -----------------------------------------------------------------------------------------------


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


def test_so_much_is_remembered_and_no_more():
    from alongside.site.engine.postgresql.expecting import Memory

    memory = Memory(most=3)
    for number in range(5):
        memory.keep([("family", number)], [[number]])
    memory.keep([("family", 2)], [[22]])
    memory.keep([("family", 5)], [[5]])
    assert memory.of([("family", 2), ("family", 5)]) == ([22], [5])
    assert memory.of([("family", 2), ("family", 3)]) is None and len(memory.left) == 3
