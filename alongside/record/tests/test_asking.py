"""For whom the database is asked, and what it gives: the second line behind the gate (docs/running/postgresql.md).

The rule is the same on both databases; what it gives is looked at where row-level security is.
"""

import re
import tempfile

import pytest
from django.db import connection

from alongside import asking
from alongside.access.grants import granted
from alongside.record.appending import append, open_family, person
from alongside.record.gate import FIELDS, gate
from alongside.record.log import sequencer
from alongside.record.log.sequencer import REACHED, SINCE
from alongside.record.readers import FRESH, Reader
from alongside.record.reading import BISECTION, everything, find, read, rows, through
from alongside.record.statement import Earlier, Statement

AT = 1_795_186_800_000_000
COUNT = "SELECT COUNT(*) FROM record_entry WHERE pk BETWEEN %s AND %s"
second_line = pytest.mark.skipif(connection.vendor != "postgresql", reason="row-level security is PostgreSQL's")


def said(words="x", **how) -> Statement:
    return Statement("dialogue.passage", {"words": [{"lang": "en", "text": words}]}, **how)


class Home:
    """A family with one worker, somebody of another family, and somebody who stands nowhere."""

    def __init__(self) -> None:
        self.number, _code = open_family()
        self.other, _code = open_family()
        self.worker, self.elsewhere, self.nobody = person(), person(), person()
        for family, who in ((self.number, self.worker), (self.other, self.elsewhere)):
            append([granted(who, "allocated"), said()], family=family, by=who, once="begun", at=AT)

    def reader(self, who: int, family: int | None = None) -> Reader:
        return Reader(who, by_mark=True, kin=False, strength=FRESH, family=family or self.number, today=739_575, now=AT)

    def beside_the_gate(self) -> int:
        return rows(COUNT, [self.number << 20, (self.number << 20) + 1000])[0][0]


@pytest.fixture
def home(db):
    return Home()


# --- the rule ------------------------------------------------------------------------------------------------


def told(person: int = 7) -> str:
    """For whom a read through the gate of this person would be asked."""
    with asking.for_reader(person, now=AT):
        return asking.asking()[0]


def test_the_gate_asks_for_its_reader_in_the_houses_work():
    with asking.for_the_house():
        assert told() == "7"
        assert asking.asking() == ("house", 0, None)


def test_a_page_asks_for_its_visitor_whomever_it_takes_for_its_reader():
    with asking.for_person(3, now=AT):
        assert (told(), asking.asking()) == ("3", ("3", AT, None))


def test_a_stranger_stays_a_stranger():
    with asking.for_nobody():
        assert told() == ""


def test_who_says_nothing_is_nobody(in_a_new_thread):
    assert in_a_new_thread(lambda: (told(), asking.asking())) == ("", ("", 0, None))


def test_the_house_may_look_up_on_a_page_and_the_visitor_comes_back():
    with asking.for_person(3, now=AT):
        with asking.for_the_house():
            assert (told(), asking.asking()[0]) == ("7", "house")
        assert asking.asking()[0] == "3"


@pytest.fixture
def in_a_new_thread():
    """Runs something where nobody has said anything yet."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads:
        yield lambda work: threads.submit(work).result()


@pytest.mark.parametrize(
    ("method", "who", "wanted"),
    [
        ("GET", None, ""),
        ("POST", None, "house"),
        ("GET", "kari", "kari"),
        ("HEAD", "kari", "kari"),
        ("POST", "kari", "house"),
    ],
)
def test_what_is_looked_at_asks_for_the_visitor_and_what_is_sent_for_the_house(be, client, method, who, wanted):
    from unittest import mock

    from alongside.cast.story import numbers

    heard = []
    with mock.patch("alongside.access.middleware.LookingMiddleware.__call__", lambda self, request: _heard(heard)):
        (be(who) if who else client).generic(method, "/settings")
    assert heard == [str(numbers()[wanted]) if wanted in numbers() else wanted]


def _heard(heard: list):
    from django.http import HttpResponse

    heard.append(asking.asking()[0])
    return HttpResponse("x")


# --- what it gives -------------------------------------------------------------------------------------------


@second_line
def test_a_page_that_forgets_to_say_for_whom_gets_nothing(home):
    with asking.for_nobody():
        assert home.beside_the_gate() == 0
        assert read(home.reader(home.worker)) == []


@second_line
def test_a_page_that_forgets_the_gate_gets_no_more_than_its_visitor_stands_in(home):
    with asking.for_person(home.worker, now=AT):
        assert home.beside_the_gate() == 2
    with asking.for_person(home.elsewhere, now=AT):
        assert home.beside_the_gate() == 0


@second_line
def test_a_page_that_takes_somebody_else_for_its_reader_gets_nothing(home):
    (entry, *_more) = read(home.reader(home.worker))
    with asking.for_person(home.elsewhere, now=AT):
        assert read(home.reader(home.worker)) == []
        assert find(home.reader(home.worker), entry.id) is None


@second_line
@pytest.mark.parametrize("who", ["elsewhere", "nobody"])
def test_what_the_house_reads_through_the_gate_is_for_who_stands_there(home, who):
    """A form that was sent, or the ticker, with a reader who should never have been made."""
    assert home.beside_the_gate() == 2
    assert len(read(home.reader(home.worker))) == 2
    assert read(home.reader(getattr(home, who))) == []
    assert read(home.reader(getattr(home, who)), kinds=["dialogue.passage"], newest=5) == []


@second_line
def test_looking_never_writes_an_entry(home):
    from django.db import ProgrammingError, transaction

    with asking.for_person(home.worker, now=AT), pytest.raises(ProgrammingError), transaction.atomic():
        append([said()], family=home.number, by=home.worker, once="by looking", at=AT)


# --- how many journeys ---------------------------------------------------------------------------------------


def journeys(work) -> int:
    """How often something was sent to the server while this was done, as libpq itself writes it down."""
    connection.ensure_connection()
    with tempfile.TemporaryFile("w+") as file:
        connection.connection.pgconn.trace(file.fileno())
        try:
            work()
        finally:
            connection.connection.pgconn.untrace()
        file.seek(0)
        return sum("\tF\t" in line and ("\tQuery\t" in line or "\tSync" in line) for line in file)


@second_line
def test_an_act_is_written_in_one_journey_however_much_it_says(home):
    """What an act looks up, and then everything it writes at once: entries, registers, the family's last place."""

    def say(*statements, once):
        return lambda: append(statements, family=home.number, by=home.worker, once=once, at=AT)

    one = journeys(say(said(about=(home.worker,)), once="one"))
    many = [said(str(n), about=(home.worker,), readers=((home.elsewhere, "present"),)) for n in range(40)]
    assert journeys(say(*many, once="forty")) == one
    assert one == 2  # what must be known first, and what is written
    assert len(read(home.reader(home.worker))) == 43


@second_line
def test_a_family_is_read_in_one_journey_now_and_as_known_then(home):
    """For whom, since when, and the entries: all at once."""
    reader = home.reader(home.worker)
    assert journeys(lambda: read(reader)) == 1
    assert journeys(lambda: read(reader, at=AT + 1)) == 1
    assert len(read(reader, at=AT + 1)) == 2


@second_line
def test_as_known_then_finds_its_end_along_the_index(home):
    """Row-level security lets a condition that could fail wait until it has looked at each row of the table."""
    reader = home.reader(home.worker)
    shape, values = gate(reader)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a table as small as this one is read whole otherwise
    along = {BISECTION: r"Index Cond: \(pk = span(_1)?\.middle\)",
             everything(shape, True): r"Index Cond: \(\(pk >= .* AND \(pk <= "}  # fmt: skip
    for sql, cond in along.items():
        plan = "\n".join(row[0] for row in through(reader, f"EXPLAIN {sql}", {**values, "moment": AT}))
        assert re.search(cond, plan), plan


@second_line
def test_what_the_log_has_not_taken_is_found_along_the_index(home):
    """Not by looking at every entry, once for each family."""
    with connection.cursor() as cursor, asking.for_the_house():
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = "\n".join(row[0] for row in rows(f"EXPLAIN {SINCE}", [home.number << 20, home.number << 20 | 2, 9]))
        taken = sequencer._new(cursor)
    assert "Index Cond: ((pk > " in plan and "record_entry" not in REACHED, plan
    assert [pk for pk, _hash in taken if pk >> 20 == home.number] == [home.number << 20 | seq for seq in (1, 2)]


def test_what_a_worker_is_named_on_elsewhere_is_not_looked_at(home):
    """On both databases: whether they are named is asked entry by entry, of both columns at once."""
    shape, values = gate(home.reader(home.worker))
    how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    sql = f"{how} SELECT {FIELDS}{shape.format(narrow='')} ORDER BY 1"
    plan = "\n".join(str(row[-1]) for row in through(home.reader(home.worker), sql, values))
    if connection.vendor == "postgresql":
        (looked,) = re.findall(r" on record_reader r .*\n *(?:Index Cond|Filter): (.*)", plan)
        assert "person = " in looked and "entry = e.pk" in looked, plan
    else:
        (looked,) = re.findall(r"SEARCH r USING COVERING INDEX record_reader_\w+ (.*)", plan)
        assert sorted(looked.strip("()").split(" AND ")) == ["entry=?", "person=?"], plan


@second_line
def test_where_somebody_stands_is_planned_once_for_each_connection(home):
    """A function in SQL is planned anew in each statement, longer than the entries of a family take."""
    spoken = "SELECT l.lanname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE p.proname = %s"
    assert rows(spoken, ["record_families"]) == [("plpgsql",)]


@second_line
def test_the_words_for_whom_leave_a_statement_as_it_is(home):
    """Also where somebody's words hold what a driver takes for a place."""
    with asking.for_the_house():
        assert rows("SELECT '100 %%', %s FROM record_entry LIMIT 1", ["50 % %s; x"]) == [("100 %", "50 % %s; x")]
        assert rows("SELECT '100 %' FROM record_entry LIMIT 1", None) == [("100 %",)]


@second_line
def test_what_cannot_go_in_leaves_nothing_waiting(home):
    from alongside.record.statement import Refused

    with pytest.raises(Refused):
        append([said(), said(within="0" * 32)], family=home.number, by=home.worker, once="no", at=AT)
    append([said("kept"), said("within", within=Earlier(0))], family=home.number, by=home.worker, once="yes", at=AT)
    assert len(read(home.reader(home.worker))) == 4
