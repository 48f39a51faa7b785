"""A thousand random tamperings by somebody who has the database, its key, the log's key and time: all are found,
as long as somebody outside has the last checkpoint. And each kind of change is called what it is."""

import random
from contextlib import contextmanager, nullcontext

import pytest
from django.db import connection, transaction

from alongside.record.appending import open_family
from alongside.record.commitment import hash_of
from alongside.record.entry import APART, COLUMNS, STORED, Apart, from_row
from alongside.record.log import note, sequencer, stored, tree
from alongside.record.log.signer import LAST, Signer
from alongside.record.reading import rows, whole
from alongside.record.tests.test_append import AT, Home, passage
from alongside.record.tests.test_log import without_walls
from alongside.record.verify import WORDS, Broken, verify

NAMES = STORED
TIMES = 1000
HOUR = 3600 * sequencer.SECOND


class Office:
    """Two small families, two runs of the log, a paper outside, and somebody who may do anything to the database."""

    def __init__(self, folder):
        self.signer = Signer(folder / "signer", "alongside.example/log/test", bytes(range(32)))
        self.families = []
        for n in range(2):
            home = Home()
            home.say(*[passage([{"lang": "en", "text": f"words {n}.{m}"}], about=(home.mother,)) for m in range(5)])
            self.families.append(home)
        self.run(AT + HOUR)
        for home in self.families:
            home.say(*[passage([{"lang": "en", "text": f"more {m}"}]) for m in range(4)], at=AT + 2 * HOUR)
        self.paper = self.run(AT + 3 * HOUR).note

    def run(self, at):
        return sequencer.run(at=at, every=3600, by=self.signer)

    def found(self, *outside):
        return list(verify(key=self.signer.key, outside=outside or (self.paper,)))

    def codes(self):
        return {one.code for one in self.found()}

    @contextmanager
    def changed(self):
        """Everything in this block is undone, the signer's memory too."""
        remembered = (self.signer.folder / LAST).read_text()
        with transaction.atomic():
            mark = transaction.savepoint()
            without_walls()
            yield
            transaction.savepoint_rollback(mark)
        (self.signer.folder / LAST).write_text(remembered)

    # what somebody does

    def load(self, home):
        return [dict(zip(NAMES, row, strict=True)) for row in whole(home.family)]

    def store(self, home, entries):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_entry WHERE pk >> 20 = %s", [home.family])
            marks = ", ".join(["%s"] * len(NAMES))
            cursor.executemany(
                f"INSERT INTO record_entry ({', '.join(NAMES)}) VALUES ({marks})",
                [[one[name] for name in NAMES] for one in entries],
            )
            last = max((one["pk"] & 0xFFFFF for one in entries), default=0)
            cursor.execute("UPDATE record_family SET last_seq = %s WHERE number = %s", [last, home.family])

    def rehashed(self, entries, only=None):
        """The hashes made anew, of all or of one, so that each row fits itself and its neighbour."""
        previous = ""
        for one in sorted(entries, key=lambda one: one["pk"]):
            if only is None or one is only:
                entry = from_row([one[name] for name in COLUMNS])
                apart = Apart(*(one[name] for name in APART))
                one["hash"] = hash_of(entry, apart, once=one["once"], previous=previous, salt=bytes(one["salt"]))
            previous = one["hash"]
        return entries

    def relogged(self):
        """The leaves made anew from the rows as they are now, and the tree above them."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM record_leaf WHERE place NOT IN (SELECT pk FROM record_entry)")
            for pk, hash in rows("SELECT pk, hash FROM record_entry", []):
                cursor.execute("UPDATE record_leaf SET hash = %s WHERE place = %s", [bytes.fromhex(hash), pk])
            have = {number: (hash, place, opens) for number, hash, place, opens in rows(
                "SELECT number, hash, place, opens FROM record_leaf", [])}  # fmt: skip
            size = rows("SELECT MAX(size) FROM record_taken", [])[0][0]
            for number in set(range(size)) - have.keys():  # a gone entry becomes padding
                opens = bytes([number % 256]) * 32
                cursor.execute(
                    "INSERT INTO record_leaf (number, hash, place, opens) VALUES (%s, %s, NULL, %s)",
                    [number, sequencer.padding(opens), opens],
                )
            cursor.execute("DELETE FROM record_node")
            growing = tree.Growing()
            for (hash,) in rows("SELECT hash FROM record_leaf ORDER BY number", []):
                for level, above, part in growing.add(tree.leaf(bytes(hash))):
                    if level >= stored.LEVEL:
                        cursor.execute("INSERT INTO record_node VALUES (%s, %s)", [stored.key(level, above), part])

    def resigned(self, seed=None):
        """Every checkpoint made anew, with the stolen key or with another, and the signer's memory with it."""
        with connection.cursor() as cursor:
            for (size,) in rows("SELECT size FROM record_checkpoint ORDER BY size", []):
                root = stored.growing(size).root()
                signed = note.sign(note.Checkpoint(self.signer.name, size, root), self.signer.name,
                                   seed or self.signer.seed)  # fmt: skip
                cursor.execute("UPDATE record_checkpoint SET note = %s WHERE size = %s", [signed, size])
        (self.signer.folder / LAST).write_text(signed)


def owner():
    """Where the application's role cannot, the owner of the tables does it."""
    return connection.as_owner() if connection.vendor == "postgresql" else nullcontext()


@pytest.fixture(scope="module")
def office(tmp_path_factory, django_db_setup, django_db_blocker):
    from stories.worlds import Worlds, inside

    folder = tmp_path_factory.mktemp("office")
    with django_db_blocker.unblock(), inside(Worlds(folder).empty), owner():
        yield Office(folder)


def edit(dice, office, home, entries):
    one = dice.choice(entries)
    name = dice.choice(
        ["body", "salt", "author", "mark", "basis", "readers", "about", "kind", "id", "once", "saw", "so"]
    )
    new = {
        "body": '{"v":1,"words":[{"lang":"en","text":"nicer words"}]}', "salt": dice.randbytes(32), "author": 77,
        "mark": "professionals" if one["mark"] != "professionals" else "team", "saw": 19, "so": "1999", "id": "f" * 32,
        "basis": "seen", "readers": '[[1,"own"],[99,"shared"]]', "about": "[98]", "kind": "dialogue.answer",
        "once": one["once"] + "x",
    }  # fmt: skip
    one[name] = new[name]
    return entries, {"edited", "rewritten"}


def delete(dice, office, home, entries):
    gone = dice.choice(entries)
    left = [one for one in entries if one is not gone]
    if dice.random() < 0.5:  # the others move up, so that there is no gap
        for one in left:
            one["pk"] -= one["pk"] > gone["pk"]
    return left, {"missing", "moved", "rewritten", "edited", "swapped", "backdated"}


def reorder(dice, office, home, entries):
    one, other = dice.sample(entries, 2)
    one["pk"], other["pk"] = other["pk"], one["pk"]
    return entries, {"swapped", "rewritten", "edited", "backdated"}


def backdate(dice, office, home, entries):
    dice.choice(entries)["recorded_at"] -= dice.randint(1, 10**15)
    return entries, {"backdated", "edited", "rewritten"}


def swap(dice, office, home, entries):
    """Words, or words with salt and hash, in each other's place: of two entries of one family or of two."""
    other_home = dice.choice(office.families)
    others = entries if other_home is home else office.load(other_home)
    one = dice.choice(entries)
    other = dice.choice([it for it in others if it["body"] != one["body"]])
    for name in dice.choice([("body",), ("body", "salt"), ("body", "salt", "hash"), ("author", "readers", "body")]):
        one[name], other[name] = other[name], one[name]
    if other_home is not home:
        office.store(other_home, others)
    return entries, {"edited", "rewritten", "swapped", "moved"}


def slip_in(dice, office, home, entries):
    """An entry that never was, at the end and dated back, or between."""
    new = {**dice.choice(entries), "id": "e" * 32, "once": "new", "salt": dice.randbytes(32)}
    if dice.random() < 0.5:
        new["pk"] = max(one["pk"] for one in entries) + 1
    else:
        for one in entries:
            one["pk"] += one["pk"] >= new["pk"]
    return [*entries, new], set(WORDS)


ACTS = (edit, delete, reorder, backdate, swap)


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_tamperings_are_found(seed, office, proven):
    dice, missed = random.Random(seed), []
    assert office.found() == []
    for turn in range(TIMES // 4):
        act, effort = ACTS[turn % len(ACTS)], dice.randrange(5)
        home = dice.choice(office.families)
        with office.changed():
            entries, may = act(dice, office, home, office.load(home))
            if effort:  # 0: as it is; 1: this family's hashes made anew; 2: leaves; 3: signed again; 4: by another key
                entries = office.rehashed(entries)
            office.store(home, entries)
            if effort > 1:
                office.relogged()
                may |= {"log-changed"}
            if effort > 2:
                office.resigned(bytes(32) if effort == 4 else None)
                may |= {"another-key"}
            codes = office.codes()
            if not codes & may:
                missed.append((turn, act.__name__, effort, codes))
    proven("tamperings before a checkpoint that somebody outside has that are not found", len(missed), of=TIMES // 4)
    assert missed == []
    assert office.found() == []


@pytest.mark.parametrize("seed", range(20))
def test_what_was_slipped_in_is_found(seed, office):
    dice = random.Random(seed)
    with office.changed():
        home = dice.choice(office.families)
        entries, _may = slip_in(dice, office, home, office.load(home))
        office.store(home, office.rehashed(entries) if seed % 2 else entries)
        assert office.codes()


def test_without_a_witness_whoever_has_everything_is_not_found(office):
    """What is not proved, said as a test: signed again with the stolen key, and nobody outside has a checkpoint."""
    home = office.families[0]
    with office.changed():
        entries = office.load(home)
        entries[4]["body"] = '{"v":1,"words":[{"lang":"en","text":"nicer words"}]}'
        office.store(home, office.rehashed(entries))
        office.relogged()
        office.resigned()
        assert office.found(office.signer.last()) == []
        assert office.codes() == {"log-changed"}


# --- each kind is called what it is --------------------------------------------------------------------------

LINE, ZEROS = ("chr(10)", f"decode('{'00' * 32}', 'hex')") if connection.vendor == "postgresql" else (
    "char(10)", "zeroblob(32)")  # fmt: skip


def sql(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def of(home, seq):
    return home.family << 20 | seq


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("edited", lambda o: sql(f"UPDATE record_entry SET saw = 5 WHERE pk = {of(o.families[0], 4)}")),
        ("backdated", lambda o: sql(f"UPDATE record_entry SET recorded_at = 5 WHERE pk = {of(o.families[0], 4)}")),
        ("missing", lambda o: sql(f"DELETE FROM record_entry WHERE pk = {of(o.families[1], 5)}")),
        ("missing", lambda o: sql(f"DELETE FROM record_entry WHERE pk = {of(o.families[1], 12)}")),
        ("log-gap", lambda o: sql("DELETE FROM record_leaf WHERE number = 127")),
        ("foreign-leaf", lambda o: sql(f"UPDATE record_leaf SET hash = {ZEROS} WHERE place IS NULL")),
        ("tree", lambda o: sql(f"UPDATE record_node SET hash = {ZEROS}")),
        ("tree", lambda o: sql(f"INSERT INTO record_node VALUES (9, {ZEROS})")),
        ("another-key", lambda o: o.resigned(bytes(32))),
        ("not-a-note", lambda o: sql("UPDATE record_checkpoint SET note = 'x'")),
        ("bad-signature", lambda o: sql(f"UPDATE record_checkpoint SET note = replace(note, {LINE} || '64' || "
                                        f"{LINE}, {LINE} || '65' || {LINE})")),
        ("counter", lambda o: sql("UPDATE record_family SET last_seq = last_seq - 1")),
        ("rolled-back", lambda o: sql("DELETE FROM record_leaf WHERE number >= 64", "DELETE FROM record_taken WHERE "
                                      "size > 64", "DELETE FROM record_checkpoint WHERE size > 64")),
    ],
)  # fmt: skip
def test_each_change_has_its_name(code, change, office):
    with office.changed():
        change(office)
        assert code in office.codes()
    assert office.found() == []


def test_only_what_was_changed_is_named(office):
    home = office.families[0]
    with office.changed():
        sql(f"UPDATE record_entry SET saw = 5 WHERE pk = {of(home, 4)}")
        assert office.found() == [Broken(of(home, 4), "edited")]
    with office.changed():
        entries = office.load(home)
        entries[4]["pk"], entries[6]["pk"] = entries[6]["pk"], entries[4]["pk"]
        office.store(home, entries)
        assert {(one.place, one.code) for one in office.found()} == {
            (of(home, 5), "swapped"), (of(home, 7), "swapped")
        }  # fmt: skip
    with office.changed():
        entries = office.load(home)
        entries[4]["body"] = entries[4]["body"].replace("words", "worse")
        office.store(home, office.rehashed(entries, entries[4]))
        assert office.found() == [Broken(of(home, 5), "rewritten")]


def test_received_after_the_last_run_is_nothing_wrong(office):
    with office.changed():
        office.families[0].say(passage("newer"), at=AT + 4 * HOUR)
        assert office.found() == []


def test_what_the_log_had_later_than_it_says_is_backdated(office):
    """Everything fits, but the log did not have it when it says it was received."""
    with office.changed():
        number, code = open_family()
        home = office.families[0]
        home.family = number
        home.say(passage("as if it had been before"), at=AT + HOUR // 2, by=home.worker)
        office.run(AT + 5 * HOUR)
        assert office.codes() == {"backdated"}
