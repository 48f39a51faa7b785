"""A log that is begun again: after a backup was brought back, after the signer's folder was lost, and never else.

A backup that is brought back is played by a savepoint: the database goes back, the signer's folder does not.
"""

import shutil
from contextlib import contextmanager, suppress

import pytest
from django.db import connection, transaction

from alongside.record.appending import append, open_family
from alongside.record.log import again, alongside_verify, begun, note, receipts, sequencer, signer, stored, tree
from alongside.record.log.again import WillNotBegin, begin_again
from alongside.record.log.signer import LAST, Signer, WillNotSign
from alongside.record.reading import find, rows
from alongside.record.statement import Statement
from alongside.record.tests.test_append import AT, Home, passage
from alongside.record.tests.test_log import owners, without_walls
from alongside.record.verify import Broken, verify

HOUR = 3600 * sequencer.SECOND
NAME = "alongside.example/log/test"


class Office:
    """A home, the signer as it lies in its folder, and a clock that goes on by the hour."""

    def __init__(self, folder):
        self.folder, self.at = folder, AT + 100 * HOUR
        folder.mkdir()
        (folder / "name").write_text(NAME)
        (folder / "key").write_text(bytes(range(32)).hex())
        self.home = Home()

    @property
    def signer(self):
        seed = bytes.fromhex((self.folder / "key").read_text())
        return Signer(self.folder, (self.folder / "name").read_text(), seed)

    def lives(self, word):
        """Somebody says something of their own, and an hour later it is signed."""
        self.at += HOUR
        told = self.home.say(
            Statement("dialogue.passage", {"words": [{"lang": "en", "text": word}]}, basis="own-words"),
            by=self.home.mother, at=self.at,
        )  # fmt: skip
        signed = sequencer.run(at=self.at, every=3600, by=self.signer)
        return signed, find(self.home.reader(self.home.mother), told[0].id)

    @contextmanager
    def brought_back(self):
        """What is done in this block is lost when it ends: the database is as it was, the signer's folder is not."""
        with transaction.atomic():
            mark = transaction.savepoint()
            yield
            transaction.savepoint_rollback(mark)

    def begins_again(self, why="The disk broke."):
        self.at += HOUR
        return begin_again(self.folder, by=self.home.worker, why=why, once=f"again/{self.at}", at=self.at)

    def found(self, *outside):
        now = self.signer
        return list(verify(key=now.key, aside=now.earlier(), outside=[now.last(), *outside]))


@pytest.fixture
def office(db, tmp_path):
    office = Office(tmp_path / "signer")
    if not rows("SELECT 1 FROM record_family WHERE number = 0", []):
        open_family(0)
    return office


@pytest.fixture
def disaster(office):
    """(the office, the last checkpoint the backup holds, the one of the lost days)."""
    kept, _said = office.lives("before")
    with office.brought_back():
        office.lives("lost")
        lost, _said = office.lives("lost too")
    assert [one.code for one in office.found()] == ["rolled-back"]
    return office, kept, lost


def test_the_names_of_a_log():
    assert begun.following(NAME) == f"{NAME}/2" and begun.following(f"{NAME}/9") == f"{NAME}/10"
    assert begun.names(f"{NAME}/3") == [NAME, f"{NAME}/2", f"{NAME}/3"]
    for first in ("host/log/123456789012", "host/log/1/1", "host/log/ab/02", "no-log"):
        assert begun.names(first) == [first]


def test_it_goes_on_under_a_new_name_and_says_so(disaster):
    office, kept, lost = disaster
    old = office.signer
    told, signed = office.begins_again()
    assert (told.before, told.after, told.kept, told.reached) == (NAME, f"{NAME}/2", kept.size, lost.size)
    assert told.why == "The disk broke." and told.lost and begun.beginnings() == (told,)
    new = office.signer
    first = note.opened(signed.note, new.key)
    assert first.origin == f"{NAME}/2" and sequencer.newest() == signed and signed.key == new.key.text
    proof = stored.consistency(kept.size, first.size)
    assert tree.grew(kept.size, first.size, proof, note.opened(kept.note, old.key).root, first.root)

    aside = office.folder / "earlier" / "alongside.example_log_test"
    assert {one.name: one.read_text() for one in aside.iterdir()} == {
        "name": NAME, "public-key": old.key.text, LAST: lost.note,
    }  # fmt: skip
    assert not any(old.seed.hex() in one.read_text() for one in office.folder.rglob("*") if one.is_file())
    with pytest.raises(WillNotSign, match="not-its-own"):
        old.sign(signed.size, first.root, lambda size: stored.consistency(size, signed.size), begins=False)

    assert office.found() == []
    later, _said = office.lives("after")
    assert note.opened(later.note, new.key).origin == f"{NAME}/2" and office.found(signed.note, later.note) == []


def test_a_checkpoint_from_the_lost_days_is_told_as_what_it_is_and_others_hold(disaster):
    office, kept, lost = disaster
    told, _signed = office.begins_again()
    office.lives("after")
    assert office.found(kept.note) == []
    assert office.found(kept.note, lost.note) == [Broken(lost.size, "lost", NAME)]
    for _hour in range(3):  # the new log grows over the size the lost one had
        office.lives("more")
    assert sequencer.newest().size > lost.size and office.found(lost.note) == [Broken(lost.size, "lost", NAME)]


def test_what_was_taken_and_not_signed_when_it_was_begun_again_hides_nothing(disaster):
    """After the restore the server ran: leaves came that the earlier log never had, up to the size it had then."""
    office, kept, lost = disaster
    for _hour in range(2):
        office.at += HOUR
        sequencer.take(at=office.at, every=3600)
    with pytest.raises(WillNotSign, match="another-tree"):
        sequencer.finish(at=office.at, by=office.signer)
    told, _signed = office.begins_again()
    assert told.kept == kept.size and told.reached == lost.size
    assert office.found() == [] and office.found(lost.note) == [Broken(lost.size, "lost", NAME)]


def test_while_everything_is_in_order_there_is_no_beginning_again(office):
    with pytest.raises(WillNotBegin, match="nothing-signed"):
        office.begins_again()
    office.lives("soup")
    before = [(one, one.read_bytes()) for one in sorted(office.folder.rglob("*")) if one.is_file()]
    with pytest.raises(WillNotBegin, match="in-order"):
        office.begins_again()
    office.at += HOUR  # taken and not signed yet is in order as well
    sequencer.take(at=office.at, every=3600)
    with pytest.raises(WillNotBegin, match="in-order"):
        office.begins_again()
    assert begun.beginnings() == ()
    assert before == [(one, one.read_bytes()) for one in sorted(office.folder.rglob("*")) if one.is_file()]


def test_after_it_was_begun_again_everything_is_in_order(disaster):
    office, _kept, _lost = disaster
    office.begins_again()
    with pytest.raises(WillNotBegin, match="in-order"):
        office.begins_again()


@owners
def test_what_was_changed_is_not_mended_by_beginning_again(disaster):
    office, _kept, _lost = disaster
    without_walls("UPDATE record_node SET hash = zeroblob(32)")
    with pytest.raises(WillNotBegin, match="changed"):
        office.begins_again()
    assert begun.beginnings() == () and office.signer.name == NAME


@owners
def test_a_log_that_is_not_what_the_signer_remembers_is_not_begun_again(office):
    """A tree and a checkpoint made anew with a stolen key, of the size the signer remembers."""
    size, leaf = office.lives("soup")[0].size, bytes(32)
    without_walls("DELETE FROM record_node", "DELETE FROM record_checkpoint")
    growing = tree.Growing()
    with connection.cursor() as cursor:
        for number in range(size):
            cursor.execute("UPDATE record_leaf SET hash = %s WHERE number = %s", [leaf, number])
            for level, above, part in growing.add(tree.leaf(leaf)):
                if level >= stored.LEVEL:
                    cursor.execute("INSERT INTO record_node VALUES (%s, %s)", [stored.key(level, above), part])
        forged = note.sign(note.Checkpoint(NAME, growing.size, growing.root()), NAME, office.signer.seed)
        cursor.execute(
            "INSERT INTO record_checkpoint (size, note, key, at) VALUES (%s, %s, %s, %s)",
            [growing.size, forged, office.signer.key.text, office.at],
        )
    with pytest.raises(WillNotBegin, match="changed"):
        office.begins_again()


def test_the_folder_of_another_log_is_refused(disaster):
    office, _kept, _lost = disaster
    (office.folder / "name").write_text("elsewhere.example/log/other")
    with pytest.raises(WillNotBegin, match="another-log"):
        office.begins_again()
    (office.folder / "name").write_text(NAME)
    (office.folder / "key").write_text(bytes(32).hex())
    with pytest.raises(WillNotBegin, match="another-key"):
        office.begins_again()


@pytest.mark.parametrize("gone", ["folder", "key", "memory"])
def test_with_the_signer_s_folder_lost_it_begins_again_with_what_the_record_knows(office, gone):
    kept, _said = office.lives("before")
    old = office.signer.key
    if gone == "folder":
        shutil.rmtree(office.folder)
    else:
        (office.folder / {"key": "key", "memory": LAST}[gone]).unlink()
    told, _signed = office.begins_again()
    assert told.kept == kept.size and told.reached == (kept.size if gone == "key" else None)
    assert told.key == old.text and office.signer.earlier() == {NAME: old} and office.signer.name == f"{NAME}/2"
    office.lives("after")
    assert office.found(kept.note) == []
    shutil.rmtree(office.folder / "earlier")
    assert office.signer.earlier() == {} and office.found(kept.note) == []  # the record still knows the key
    forged = note.sign(note.read(kept.note.partition("\n\n")[0] + "\n"), NAME, bytes(32))
    assert [one.code for one in office.found(forged)] == ["another-key"]


def test_an_earlier_key_that_is_nowhere_is_no_change(office):
    """Nothing signed is in the backup, and of the folder only what was signed last is left."""
    with office.brought_back():
        lost, _said = office.lives("lost")
    (office.folder / "key").unlink()
    told, _signed = office.begins_again()
    assert (told.key, told.kept, told.reached) == ("", 0, None)
    now = office.signer
    assert begun.keys(now.key, now.earlier(), begun.beginnings()) == {NAME: None, now.name: now.key}
    assert office.found() == [] and office.found(lost.note) == [Broken(lost.size, "lost", NAME)]


class Killed(BaseException):
    pass


@pytest.mark.parametrize("step", range(9))
def test_killed_anywhere_it_is_ended_by_doing_it_again(disaster, monkeypatch, step):
    office, kept, lost = disaster
    real, count = signer._written, iter(range(100))

    def dies(place, words):
        if next(count) == step:
            raise Killed
        real(place, words)

    with monkeypatch.context() as patch:
        patch.setattr(signer, "_written", dies)
        with suppress(Killed):
            office.begins_again()
    try:
        office.begins_again()
    except WillNotBegin as why:
        assert str(why) == "in-order"
    later, _said = office.lives("after")
    (told,) = begun.beginnings()
    assert (told.kept, told.reached) == (kept.size, lost.size)
    assert note.opened(later.note, office.signer.key).origin == f"{NAME}/2"
    assert office.found(kept.note) == [] and office.found(lost.note) == [Broken(lost.size, "lost", NAME)]
    aside = office.folder / "earlier" / "alongside.example_log_test"
    assert (aside / LAST).read_text() == lost.note and len(list(office.folder.glob("earlier/*"))) == 1


def test_begun_again_twice_from_a_backup_that_is_older_than_the_first_time(office):
    kept, _said = office.lives("before")
    with office.brought_back():
        with office.brought_back():
            office.lives("lost at first")
            first, _said = office.lives("lost too")
        middle, _signed = office.begins_again()
        second, _said = office.lives("lost the second time")
    assert [one.code for one in office.found()] == ["rolled-back"]
    told, signed = office.begins_again("Again.")
    assert (told.before, told.after, told.kept, told.reached) == (f"{NAME}/2", f"{NAME}/3", kept.size, second.size)
    office.lives("after")
    assert sorted(office.signer.earlier()) == [NAME, f"{NAME}/2"]
    first_key = note.key_of(NAME, bytes(range(32)))
    assert office.found(kept.note, signed.note) == []
    assert set(office.found(first.note, second.note)) == {
        Broken(first.size, "lost", NAME), Broken(second.size, "lost", f"{NAME}/2"),
    }  # fmt: skip
    shutil.rmtree(office.folder / "earlier")  # the first key then stands with the record's checkpoints alone
    assert office.found(kept.note, signed.note) == []
    assert begun.keys(office.signer.key, {}, begun.beginnings())[NAME] == first_key


def test_saying_that_it_was_begun_again_excuses_nothing(disaster):
    """Who can write in the record and has not the signer's folder: the name it signs under is still the first."""
    office, kept, lost = disaster
    said = {"before": NAME, "after": f"{NAME}/2", "key": "", "kept": kept.size, "reached": lost.size, "why": "x"}
    append([Statement(begun.AGAIN, said)], family=0, by=office.home.worker, once="lie", at=office.at)
    assert [one.code for one in office.found(lost.note)] == ["rolled-back"]


@pytest.mark.parametrize("when", ["before", "after"])
def test_saying_that_less_was_kept_excuses_nothing(disaster, when):
    """The same, of a log that is begun again in earnest: what is signed of the earlier one is held against it all."""
    office, kept, lost = disaster
    said = {"before": NAME, "after": f"{NAME}/2", "key": "", "kept": 0, "reached": None, "why": "x"}
    if when == "after":
        office.begins_again()
    append([Statement(begun.AGAIN, said)], family=0, by=office.home.worker, once="lie", at=office.at)
    if when == "before":
        office.begins_again()
    lies = tuple(one for one in begun.beginnings() if one.why == "x")
    for every in (begun.beginnings(), lies):
        assert begun.broken_off(f"{NAME}/2", every)[NAME].kept == kept.size
    another = note.sign(note.Checkpoint(NAME, kept.size, bytes(32)), NAME, bytes(range(32)))
    assert [one.code for one in office.found(another)] == ["log-changed"]


def test_an_earlier_log_is_broken_off_where_the_next_name_began(db):
    one, two, lie = (
        begun.Begun(before, after, "", kept, None, "", AT)
        for before, after, kept in ((NAME, f"{NAME}/2", 640), (f"{NAME}/2", f"{NAME}/3", 704), (NAME, f"{NAME}/2", 64))
    )
    assert begun.broken_off(f"{NAME}/3", (lie, one, two, lie)) == {NAME: one, f"{NAME}/2": two}
    assert begun.broken_off(f"{NAME}/3", (two,)) == {NAME: two, f"{NAME}/2": two}
    assert begun.broken_off(f"{NAME}/2", (one, two)) == {NAME: one}
    assert begun.broken_off(NAME, (one, two)) == {}


@owners
@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE record_entry SET body = replace(body, 'before', 'nicer') WHERE body LIKE '%%before\"}%%'", "edited"),
        ("DELETE FROM record_entry WHERE body LIKE '%%before\"}%%'", "missing"),
        ("DELETE FROM record_entry WHERE kind = 'record.log-begun-again'", "missing"),
        ("UPDATE record_entry SET body = '{}' WHERE kind = 'record.log-begun-again'", "edited"),
        ("DELETE FROM record_leaf WHERE number = 3", "log-gap"),
        ("UPDATE record_leaf SET number = number + 1000000 WHERE number = 3", "log-gap"),
        ("UPDATE record_checkpoint SET note = replace(note, '\n{kept}\n', '\n1{kept}\n')", "bad-signature"),
    ],
)
def test_what_was_kept_is_watched_over_as_before(disaster, statement, code):
    office, kept, _lost = disaster
    office.begins_again()
    office.lives("after")
    assert office.found(kept.note) == []
    without_walls(statement.replace("{kept}", str(kept.size)))
    assert code in {one.code for one in office.found(kept.note)} - {"lost"}


@owners
def test_two_leaves_that_changed_places_are_found_by_the_earlier_checkpoint(disaster):
    office, kept, _lost = disaster
    office.begins_again()
    without_walls(
        "UPDATE record_leaf SET number = -1 WHERE number = 3", "UPDATE record_leaf SET number = 3 WHERE number = 4",
        "UPDATE record_leaf SET number = 4 WHERE number = -1",
    )  # fmt: skip
    assert ("log-changed", kept.size) in {(one.code, one.place) for one in office.found(kept.note)}


@owners
def test_an_earlier_name_after_a_later_one_is_found(disaster):
    """Somebody has the first key still, and signs what is here now with it."""
    office, _kept, _lost = disaster
    old = office.signer
    office.begins_again()
    signed, _said = office.lives("after")
    now = note.read(signed.note.partition("\n\n")[0] + "\n")
    forged = note.sign(note.Checkpoint(NAME, now.size, now.root), NAME, old.seed)
    without_walls()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_checkpoint SET note = %s WHERE size = %s", [forged, now.size])
    assert [one.code for one in office.found()] == ["another-key"]


def test_whoever_has_the_new_key_is_told_that_it_was_put_back_to_before(disaster, tmp_path):
    """Record and signer's folder from before it was begun again: no telling would be left but the key outside."""
    office, kept, _lost = disaster
    shutil.copytree(office.folder, tmp_path / "copy")
    (tmp_path / "copy" / LAST).write_text(kept.note)
    with office.brought_back():
        office.begins_again()
        key = office.signer.key
        assert list(verify(key=key, aside=office.signer.earlier(), outside=[office.signer.last()])) == []
    shutil.rmtree(office.folder)
    shutil.copytree(tmp_path / "copy", office.folder)
    assert office.found() == []
    now = office.signer
    found = list(verify(key=key, aside=now.earlier(), outside=[now.last()]))
    assert found == [Broken(kept.size, "another-key", "checkpoint")]


def test_files_saved_before_hold_with_the_earlier_key_and_new_ones_with_the_new(office, tmp_path, capsys):
    _kept, mine = office.lives("before")
    saved, old = receipts.proof(mine, of=office.home.mother), office.signer.key
    with office.brought_back():
        office.lives("lost")
    office.begins_again()
    signed, later = office.lives("after")
    new = office.signer.key
    assert receipts.held([mine])[mine.pk].unchanged and receipts.held([later])[later.pk].unchanged
    assert receipts.proof(mine, of=office.home.mother) == saved and receipts.key_for(saved) == old.text
    proof = receipts.proof(later, of=office.home.mother)
    assert receipts.key_for(proof) == new.text
    place = tmp_path / "file"
    for text, key, code in ((saved, old, 0), (proof, new, 0), (saved, new, 1), (proof, old, 1)):
        place.write_text(text)
        assert alongside_verify.main([str(place), "--key", key.text]) == code
    capsys.readouterr()
    (tmp_path / "page").write_text(signed.note)
    place.write_text(saved)
    assert alongside_verify.main([str(place), "--key", old.text, "--checkpoint", str(tmp_path / "page")]) == 1
    assert f"the checkpoint you gave is of the log {NAME}/2" in capsys.readouterr().out


def test_somebody_who_comes_second_finds_it_done(disaster):
    office, _kept, _lost = disaster
    was = again.before(office.folder)
    office.begins_again()
    with pytest.raises(FileExistsError):
        signer.renamed(office.folder, was.name, f"{NAME}/2", key=was.key, note=was.note, size=1, root=bytes(32))


def test_what_was_put_aside_is_never_written_over(disaster):
    office, _kept, lost = disaster
    was = again.before(office.folder)
    aside = signer.aside(office.folder, NAME)
    aside.mkdir(parents=True)
    (aside / LAST).write_text("what lay there")
    signer.renamed(office.folder, NAME, f"{NAME}/2", key=was.key, note=was.note, size=1, root=bytes(32))
    assert {one.name: one.read_text() for one in aside.iterdir()} == {LAST: "what lay there"}


def test_it_is_said_by_whoever_answers_for_it(disaster):
    office, _kept, _lost = disaster
    office.begins_again()
    assert rows("SELECT author FROM record_entry WHERE kind = %s", [begun.AGAIN]) == [(office.home.worker,)]
    office.home.say(passage("soup"), once="later")


def test_a_link_in_the_signer_s_folder_is_not_written_through(disaster, tmp_path):
    """Root may begin it again; the folder is the server's account's, and so is what lies in it."""
    office, _kept, _lost = disaster
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("not ours")
    for name in (LAST, "key", "name"):
        (office.folder / f".{name}").symlink_to(elsewhere)
    office.begins_again()
    assert elsewhere.read_text() == "not ours" and office.signer.name == f"{NAME}/2" and office.found() == []
    (office.folder / "lock").unlink()
    (office.folder / "lock").symlink_to(tmp_path / "made")
    with pytest.raises(OSError, match="symbolic link"):
        office.lives("after")
    assert not (tmp_path / "made").exists()
