"""The stores on a PostgreSQL of their own: the product's walls hold while it is measured, and the peers get what their
own triggers would have written. Nothing here is timed."""

from random import Random
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, connections, transaction

from alongside import asking, clock
from alongside.record.reading import read, rows
from alongside.site.bench import filling
from alongside.site.bench.scenarios.gate import _Asked
from alongside.site.bench.store import reader_of
from alongside.site.bench.tests.served import on_a_server, where_a_server_is

pytestmark = where_a_server_is
NOW = 1_800_000_000_000_000


@pytest.fixture(scope="module")
def ground(django_db_blocker):
    """A server with the tables; Django's default connection is set for it meanwhile."""
    with on_a_server(django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def store(ground):
    """One measured family and a copy of it."""
    made = ground.like(ground.tables(), "filled")
    with made.loading() as (put, there):
        filler = filling._Filler(made, 1, put)
        filler.office()
        with transaction.atomic():
            filler.family(1, "small")
            filler.family(2, "+small")
        there()
    yield made
    made.close()


def test_a_copy_reads_like_its_pattern(store):
    with store.entered():
        ((code,),) = rows("SELECT code FROM record_family WHERE number = 2", [])
        (one,) = store.told
        copy = [entry.pk & 0xFFFFF for entry in read(reader_of(one, one.house.worker, NOW))]
        from alongside.access.standing import reader_in

        house = filling._Filler(store, 1, lambda *what: None)
        next(house.persons), next(house.persons), next(house.persons)
        worker = house._house(2).worker
        assert [e.pk & 0xFFFFF for e in read(reader_in(worker, code, now=NOW, strength=3))] == copy
        assert len(copy) == filling.SMALL and store.entries == 2 * filling.SMALL


def test_both_sides_of_the_gate_give_the_same_rows(store):
    with store.entered():
        asked = _Asked(store, store.told, "worker", NOW)
        assert asked.gated(0) == asked.with_standing(0) == asked.bare(0)
        part = _Asked(store, store.told, "father", NOW)
        part.know()
        assert 0 < len(part.gated(0)) < filling.SMALL and part.gated(0) == part.bare(0)


def test_the_walls_hold_while_it_is_measured_and_the_bare_side_stands_outside(store):
    """Whoever says nothing reads nothing, and no entry is removed; the owner is asked nothing of the kind."""
    count = "SELECT count(*) FROM record_entry"
    with store.entered():
        with asking.for_nobody():
            assert rows(count, []) == [(0,)]
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_entry")
    assert store.bare().execute(count).fetchone()[0] > 2 * filling.SMALL


def test_an_append_and_the_bare_insert_write_the_same_columns(store):
    from alongside.site.bench.scenarios.append import _Appending, _Bare

    with store.entered():
        bare = _Bare(store, 1)
        bare(0), _Appending()(0)
        last = rows("SELECT * FROM record_entry ORDER BY pk DESC LIMIT 2", [])
    held = [[one is None for one in row] for row in last]
    assert held[0] == held[1]


def test_writers_in_threads_of_their_own_write_for_whom_the_command_works(store, monkeypatch):
    from alongside.site.bench.scenarios import append

    monkeypatch.setattr(append, "EACH", 2)
    monkeypatch.setattr(append, "WRITERS", 3)
    assert len(append.sixteen(store)) == 6


@pytest.fixture
def tracked(ground):
    """The models that django-pghistory tracks, with their triggers."""
    pytest.importorskip("pghistory", reason="from requirements-dev.txt")
    from alongside.site.bench.scenarios import pghistory

    pghistory.prepare(SimpleNamespace(ground=ground))
    try:
        yield pghistory
    finally:
        connections[pghistory.ALIAS].close()
        apps.unset_installed_apps()


def test_filled_events_are_what_the_triggers_write(tracked):
    from alongside.site.bench.peer.filling import _fields, _order, fill, when
    from alongside.site.bench.tracked.models import EVENTS, TYPES

    def plain(event):
        return {
            field.attname: field.to_python(getattr(event, field.attname))
            for field in event._meta.fields
            if field.name not in ("pgh_id", "pgh_created_at")
        }

    assert len(EVENTS) == len(TYPES) == 6
    for model, events in EVENTS.items():
        fields = _fields(model, 900, 9, when(1), Random(1))
        saved = model(**fields)
        saved.save(using=tracked.ALIAS)
        saved.text += " And more."
        saved.save(using=tracked.ALIAS)
        first, second = events.objects.using(tracked.ALIAS).filter(family=9).order_by("pgh_id")
        assert plain(first) == plain(tracked.event(model, fields, False, when(1)))
        assert plain(second) == plain(tracked.event(model, {**fields, "text": saved.text}, True, when(1)))
    filled = fill(TYPES, tracked.event, tracked.ALIAS, 2, 1, lambda done, total: None)
    assert filled == 200
    order = _order(TYPES, Random("bench 1 peer"))
    for place in (50, 99):
        then = [one for events in EVENTS.values() for one in tracked._then(events, 1, when(place))]
        said = {(model.__name__, record) for model, record, _again in order[: place + 1]}
        assert len(then) == len(said)
        assert max(one.pgh_created_at for one in then) == when(place) <= clock.moment(NOW)
