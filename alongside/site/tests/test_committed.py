"""What is really committed on PostgreSQL: on a server of its own, where no test's transaction is around it."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from alongside import asking
from alongside.record.appending import append
from alongside.record.reading import read, rows
from alongside.record.tests.test_asking import AT, Home, journeys, said
from alongside.record.verify import verify
from alongside.site.bench.tests.served import on_a_server, where_a_server_is

pytestmark = where_a_server_is


@pytest.fixture(scope="module")
def office(django_db_blocker):
    """A database with the tables, which is the record of this thread meanwhile."""
    with on_a_server(django_db_blocker) as made:
        store = made.tables()
        with store.entered():
            yield store
        store.close()


def test_an_act_takes_two_journeys_its_beginning_and_its_end_among_them(office):
    """First what must be known, with the turn taken; then everything that is written, and the end. Where that is known
    of the act before, one (test_expected.py)."""
    from alongside.site.engine.postgresql.expecting import REMEMBERED

    home = Home()

    def say(once: str) -> int:
        one = said(about=(home.worker,))
        return journeys(lambda: append([one], family=home.number, by=home.worker, once=once, at=AT))

    say("warm")
    REMEMBERED.forget([("family", home.number)])
    assert [say("counted"), say("after it")] == [2, 1]
    assert len(read(home.reader(home.worker))) == 5


def test_writers_take_turns_from_the_first_question_on(office):
    """Who waits for the turn reads what the one before has written, and their acts follow one another."""
    home, failed = Home(), []

    def write(name: str) -> None:
        try:
            with asking.for_the_house(), office.another():
                for n in range(12):
                    append([said(f"{name} {n}")], family=home.number, by=home.worker, once=f"{name} {n}", at=AT)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in ("one", "two", "three")]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
    assert failed == []
    entries = read(home.reader(home.worker))
    assert [entry.pk & 0xFFFFF for entry in entries] == list(range(1, 39))
    assert len({entry.recorded_at for entry in entries}) == 37  # an act a moment; the first said two things
    assert list(verify()) == []


def test_what_is_refused_with_the_end_is_not_there(office):
    """The end travels with what is written: a refusal is raised from the block, and nothing of it stays."""
    home = Home()
    with (
        pytest.raises(IntegrityError),
        connection.gathering(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO record_person (id) VALUES (%s)", ["kept-not"])
        cursor.execute("INSERT INTO record_held (entry, mark) VALUES (1, 'team')")
        cursor.execute("INSERT INTO record_held (entry, mark) VALUES (1, 'team')")
    assert rows("SELECT 1 FROM record_person WHERE id = %s", ["kept-not"]) == []
    append([said("after")], family=home.number, by=home.worker, once="after", at=AT)
    assert len(read(home.reader(home.worker))) == 3


def test_what_waits_in_a_transaction_that_failed_is_dropped(office):
    """Its beginning, too: nothing is begun that nobody would end."""

    class Undo(Exception):
        pass

    with connection.gathering(), connection.cursor() as cursor:
        with pytest.raises(Undo), transaction.atomic():
            cursor.execute("INSERT INTO record_person (id) VALUES (%s)", ["dropped"])
            raise Undo
    assert rows("SELECT 1 FROM record_person WHERE id = %s", ["dropped"]) == []
    assert connection.connection.info.transaction_status.name == "IDLE"
