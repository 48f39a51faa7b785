"""The sequencer and the signer: everything once, in random order, whole blocks; nothing signed that does not follow."""

import threading
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from alongside import ids
from alongside.record.log import note, sequencer, stored, tree
from alongside.record.log.signer import LAST, Signer, WillNotSign
from alongside.record.reading import rows
from alongside.record.settling import save
from alongside.record.tests.test_append import AT, Home, passage
from alongside.site import keys

HOUR = 3600
LATER = AT + 100 * HOUR * sequencer.SECOND


@pytest.fixture
def home(db):
    return Home()


@pytest.fixture
def signer(tmp_path):
    return Signer(tmp_path / "signer", "alongside.example/log/test", bytes(range(32)))


def run(signer, hours=0):
    return sequencer.run(at=LATER + hours * HOUR * sequencer.SECOND, every=HOUR, by=signer)


def entries():
    return rows("SELECT pk, hash FROM record_entry", [])


def leaves():
    return rows("SELECT number, hash, place, opens FROM record_leaf ORDER BY number", [])


def test_everything_received_is_in_it_once(home, signer):
    home.say(passage("soup"), passage("bread"))
    signed = run(signer)
    found = leaves()
    assert signed.size == len(found) and signed.size % stored.BLOCK == 0
    assert {(place, bytes(hash).hex()) for _n, hash, place, _o in found if place is not None} == set(entries())
    assert all(bytes(hash) == sequencer.padding(bytes(opens)) for _n, hash, place, opens in found if place is None)
    checkpoint = note.opened(signed.note, signer.key)
    assert checkpoint.size == signed.size and checkpoint.root == tree.root(tree.leaf(bytes(one[1])) for one in found)
    assert signer.last() == signed.note == sequencer.newest().note


def test_the_next_ones_follow_at_their_times_and_not_before(home, signer):
    first = run(signer)
    home.say(passage("soup"), once="x")
    assert run(signer) is None
    second, third = run(signer, 1), run(signer, 2)
    assert second.size == first.size + stored.BLOCK and third.size == second.size + stored.BLOCK
    for old, new in ((first, second), (first, third), (second, third)):
        proof = stored.consistency(old.size, new.size)
        roots = [note.opened(one.note, signer.key).root for one in (old, new)]
        assert tree.grew(old.size, new.size, proof, *roots)
    assert len([one for one in leaves() if one[2] is not None]) == len(entries())


def test_every_leaf_has_its_path(home, signer):
    for hour in range(3):
        home.say(*[passage(f"{n}") for n in range(30)], once=f"h{hour}")
        signed = run(signer, hour)
    root = note.opened(signed.note, signer.key).root
    for number, hash, _place, _opens in leaves():
        path = stored.inclusion(number, signed.size)
        assert tree.included(number, signed.size, tree.leaf(bytes(hash)), path, root)


def test_what_still_settles_is_not_taken(home, signer):
    save([passage("not yet")], family=home.family, by=home.worker, once="wait", at=AT, wait=600)
    before = len(entries())
    run(signer)
    assert len([one for one in leaves() if one[2] is not None]) == before


def test_the_order_in_a_run_is_random(home, signer):
    home.say(*[passage(f"{n}") for n in range(40)], once="many")
    run(signer)
    places = [place for _n, _h, place, _o in leaves() if place is not None and place >> 20 == home.family]
    assert places != sorted(places)
    assert leaves()[0][2] is None or leaves()[-1][2] is None or places[0] != min(places)


@given(st.integers(0, 12))
def test_shuffling_keeps_everything_and_prefers_nothing(count):
    assert sorted(ids.shuffled(range(count))) == list(range(count))
    with ids.seeded("x"):
        one = ids.shuffled(range(count))
    with ids.seeded("x"):
        assert ids.shuffled(range(count)) == one


def test_a_place_in_a_run_says_nothing_of_the_place_in_the_record():
    """Where the first of sixty-four lands: every place about as often."""
    with ids.seeded("many"):
        where = [ids.shuffled(range(64)).index(0) for _n in range(1280)]
    times = [where.count(place) for place in range(64)]
    assert min(times) > 4 and max(times) < 45


def test_leaves_and_checkpoints_are_behind_walls(home, signer):
    run(signer)
    for table in ("leaf", "node", "taken", "checkpoint"):
        for act in ("DELETE FROM record_{}", "UPDATE record_{} SET {} = {}"):
            column = {"leaf": "number", "node": "key"}.get(table, "size")
            with pytest.raises(DatabaseError, match="is never|permission denied"), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(act.format(table, column, column))


# --- killed in the middle, and two at once -------------------------------------------------------------------


class Killed(BaseException):
    pass


def killed(*_args, **_more):
    raise Killed


def test_killed_after_taking_the_next_run_signs_what_was_taken(home, signer, monkeypatch):
    home.say(passage("soup"))
    with monkeypatch.context() as patch:
        patch.setattr(Signer, "sign", killed)
        with pytest.raises(Killed):
            run(signer)
    before = leaves()
    assert sequencer.newest() is None and before
    assert run(signer).size == len(before) and leaves() == before


def test_killed_after_signing_the_same_is_signed_again(home, signer, monkeypatch):
    home.say(passage("soup"))
    real = Signer.sign

    def signs_and_dies(*args, **more):
        real(*args, **more)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Signer, "sign", signs_and_dies)
        with pytest.raises(Killed):
            run(signer)
    remembered = signer.last()
    assert run(signer).note == remembered
    home.say(passage("bread"), once="later")
    assert run(signer, 1).size == note.read(remembered).size + stored.BLOCK


def test_killed_while_taking_nothing_is_there(home, signer, monkeypatch):
    home.say(passage("soup"))
    with monkeypatch.context() as patch:
        patch.setattr(stored, "growing", killed)
        with pytest.raises(Killed):
            run(signer)
    assert leaves() == [] and run(signer).size == len(leaves())


def test_four_runs_at_once_are_one(tmp_path, django_db_setup, django_db_blocker):
    from stories.worlds import Worlds, inside

    found = []
    with django_db_blocker.unblock(), inside(Worlds(tmp_path).empty):
        home = Home()
        home.say(*[passage(f"{n}") for n in range(100)])
        meet = threading.Barrier(4)

        def come():
            mine = Signer(tmp_path / "signer", "alongside.example/log/test", bytes(32))
            meet.wait(10)
            found.append(run(mine))
            connections.close_all()

        threads = [threading.Thread(target=come) for _n in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(30)
        places = [place for _n, _h, place, _o in leaves() if place is not None]
        assert sorted(places) == sorted(place for place, _hash in entries())
        assert (
            len(rows("SELECT size FROM record_taken", [])) == len(rows("SELECT size FROM record_checkpoint", [])) == 1
        )
        assert len({one.note for one in found if one}) == 1 and len(found) == 4


# --- what is not signed --------------------------------------------------------------------------------------


def without_walls(*statements):
    """What somebody with the database, its key and time does to it."""
    with connection.cursor() as cursor:
        for table in ("entry", "leaf", "node", "taken", "checkpoint"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE record_{table} DISABLE TRIGGER USER")
                continue
            for act in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS record_{table}_no_{act}")
        for statement in statements:
            cursor.execute(statement)


owners = pytest.mark.skipif(connection.vendor != "sqlite", reason="what an owner can do is tried in test_verify")


@owners
def test_a_changed_log_is_not_signed(home, signer):
    home.say(passage("soup"))
    run(signer)
    last = signer.last()
    without_walls("UPDATE record_node SET hash = zeroblob(32)")
    with pytest.raises(WillNotSign, match="another-tree"):
        run(signer, 1)
    assert signer.last() == last


@owners
def test_a_log_that_was_put_back_is_not_signed(home, signer):
    first = run(signer)
    second = run(signer, 1)
    without_walls(
        f"DELETE FROM record_checkpoint WHERE size > {first.size}",
        f"DELETE FROM record_taken WHERE size > {first.size}",
        f"DELETE FROM record_leaf WHERE number >= {first.size}",
        f"DELETE FROM record_node WHERE ((key & {(1 << 44) - 1}) + 1) << (key >> 44) > {first.size}",
    )  # fmt: skip
    assert sequencer.newest() == first
    with pytest.raises(WillNotSign, match="another-tree"):
        run(signer, 2)
    without_walls(*(f"DELETE FROM record_{one}" for one in ("checkpoint", "taken", "leaf", "node")))
    monday = Signer(signer.folder, signer.name, signer.seed)
    with pytest.raises(WillNotSign, match="shorter|another-tree"):
        run(monday, 3)
    assert signer.last() == second.note


def test_without_its_memory_or_with_anothers_it_does_not_sign(home, signer):
    run(signer)
    place = signer.folder / LAST
    kept = place.read_text()
    place.unlink()
    with pytest.raises(WillNotSign, match="no-memory"):
        run(signer, 1)
    place.write_text(note.sign(note.read(kept), signer.name, bytes(32)))
    with pytest.raises(WillNotSign, match="not-its-own"):
        run(signer, 2)
    place.write_text(kept)
    assert run(signer, 3)


def test_a_signer_never_signs_two_trees_of_one_size(signer):
    """The rule by itself, with no database: whatever is asked, what it signed before is a beginning of it."""
    hashes = [tree.leaf(bytes([n])) for n in range(40)]
    whole = lambda first, count: tree.root(hashes[first : first + count])  # noqa: E731
    signer.sign(10, tree.root(hashes[:10]), lambda old: [], begins=True)
    for size, root, proof in [
        (10, tree.root(hashes[1:11]), []), (9, tree.root(hashes[:9]), []), (12, tree.root(hashes[:12]), []),
        (12, tree.root(hashes[1:13]), tree.consistency(10, 12, whole)),
    ]:  # fmt: skip
        with pytest.raises(WillNotSign):
            signer.sign(size, root, lambda old, proof=proof: proof, begins=True)
    assert signer.sign(12, tree.root(hashes[:12]), lambda old: tree.consistency(old, 12, whole), begins=False)


def test_its_key_lies_outside_the_data(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_SIGNER", str(tmp_path / "elsewhere"))
    data = tmp_path / "data"
    data.mkdir()
    made = keys.log_signer(data, False, "office.example", begins=True)
    assert data not in made.folder.parents and made.name.startswith("office.example/log/")
    assert keys.log_signer(data, False, "moved.example", begins=False) == made
    assert keys.signer_place(data, True).parent == data
    (made.folder / "key").unlink()
    with pytest.raises(keys.Problem, match="missing"):
        keys.log_signer(data, False, "office.example", begins=False)


def test_the_ticker_keeps_the_times(home, settings, tmp_path):
    from alongside.site import wsgi

    settings.LOG_SIGNER = partial(keys.log_signer, Path(tmp_path), True, "alongside.example")
    wsgi.seal_the_log()
    first = sequencer.newest()
    wsgi.seal_the_log()
    assert first and sequencer.newest() == first
