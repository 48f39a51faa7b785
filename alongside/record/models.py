"""The tables. Rows of `Entry` are written once by `append`; the others are registers and stores.

Pages never use these classes: reading is fixed SQL (`reading.py`).
"""

from django.db import models

from alongside.record.place import Place


class Family(models.Model):
    """The lock and the anchor of one family's stream. Number 0 is the office's own record."""

    number = models.PositiveIntegerField(primary_key=True)
    code = models.CharField(max_length=16, unique=True)
    last_seq = models.PositiveIntegerField(default=0)
    last_at = models.BigIntegerField(default=0)

    class Meta:
        db_table = "record_family"


class Person(models.Model):
    """An anchor without a name."""

    number = models.AutoField(primary_key=True)
    id = models.CharField(max_length=32, unique=True)

    class Meta:
        db_table = "record_person"


class Entry(models.Model):
    """One statement, written once; triggers refuse a change. `place` is family << 20 | seq."""

    place = Place(primary_key=True, db_column="pk")
    id = models.CharField(max_length=32, unique=True)
    thing = models.BigIntegerField()
    within = models.BigIntegerField(null=True)
    answers = models.BigIntegerField(null=True)
    saw = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=60)
    author = models.IntegerField()
    speaker = models.IntegerField(null=True)
    via = models.TextField()
    basis = models.CharField(max_length=20)
    mark = models.CharField(max_length=16)
    so = models.TextField(null=True)
    so_first = models.IntegerField(null=True)
    so_last = models.IntegerField(null=True)
    learnt_at = models.TextField(null=True)
    written_at = models.BigIntegerField(null=True)
    recorded_at = models.BigIntegerField()
    body = models.TextField()
    about = models.TextField()
    readers = models.TextField()
    salt = models.BinaryField()
    hash = models.CharField(max_length=64)
    once = models.CharField(max_length=200)

    class Meta:
        db_table = "record_entry"
        constraints = [
            models.UniqueConstraint(fields=["author", "once"], name="record_entry_once"),
            models.CheckConstraint(
                condition=models.Q(mark__in=["team", "professionals", "persons", "sealed"]),
                name="record_entry_mark",
            ),
            models.CheckConstraint(
                condition=models.Q(basis__in=["own-words", "seen", "told", "professional-view", "act"]),
                name="record_entry_basis",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "place"], name="record_entry_kind"),
            models.Index(
                fields=["within", "place"],
                name="record_entry_within",
                condition=models.Q(within__isnull=False),
            ),
            models.Index(
                fields=["answers", "place"],
                name="record_entry_answers",
                condition=models.Q(answers__isnull=False),
            ),
        ]


class Named(models.Model):
    """Register: who is named as a reader of an entry, why, by whom, and since which entry."""

    person = models.IntegerField()
    entry = models.BigIntegerField()
    because = models.CharField(max_length=10)
    giver = models.IntegerField(null=True)
    since = models.BigIntegerField()

    class Meta:
        db_table = "record_reader"
        indexes = [
            models.Index(fields=["person", "entry", "because", "since", "giver"], name="record_reader_person"),
            models.Index(fields=["entry", "person"], name="record_reader_entry"),
        ]


class About(models.Model):
    """Register: whom an entry is about."""

    entry = models.BigIntegerField()
    person = models.IntegerField()

    class Meta:
        db_table = "record_about"
        indexes = [models.Index(fields=["entry", "person"], name="record_about_entry")]


class Held(models.Model):
    """Register: the mark that holds now, for entries whose mark was changed since they were written."""

    entry = Place(primary_key=True)
    mark = models.CharField(max_length=16)

    class Meta:
        db_table = "record_held"


class Adult(models.Model):
    """Register: from which ordinal day a person counts as an adult of a family."""

    family = models.PositiveIntegerField()
    person = models.IntegerField()
    from_day = models.IntegerField()

    class Meta:
        db_table = "record_adult"
        constraints = [models.UniqueConstraint(fields=["family", "person"], name="record_adult_one")]


class SealedTerm(models.Model):
    """Register: words that must not leave, as keyed hashes (terms.py). `head`: of their first letters."""

    entry = models.BigIntegerField()
    head = models.BinaryField()
    length = models.PositiveIntegerField()
    digest = models.BinaryField()

    class Meta:
        db_table = "record_term"
        indexes = [
            models.Index(fields=["entry"], name="record_term_entry"),
            models.Index(fields=["digest"], name="record_term_digest"),
        ]


class Relationship(models.Model):
    """Register: who works with, or belongs to, which family, in which state. Filled by grants."""

    entry = Place(primary_key=True)
    family = models.PositiveIntegerField()
    person = models.IntegerField()
    kind = models.CharField(max_length=16)
    to = models.IntegerField(null=True)
    state = models.CharField(max_length=10)
    ended_seq = models.PositiveIntegerField(null=True)
    hazard_seq = models.PositiveIntegerField(null=True)
    until = models.BigIntegerField(null=True)

    class Meta:
        db_table = "record_relationship"
        indexes = [
            models.Index(fields=["person", "family"], name="record_rel_person"),
            models.Index(fields=["family", "person"], name="record_rel_family"),
        ]


class Pending(models.Model):
    """Store: acts that are settling. Only their author reads them."""

    id = models.CharField(max_length=32, primary_key=True)
    author = models.IntegerField()
    family = models.PositiveIntegerField()
    once = models.CharField(max_length=160)
    act = models.TextField()
    saved_at = models.BigIntegerField()
    due_at = models.BigIntegerField()
    stuck = models.CharField(max_length=60, default="")

    class Meta:
        db_table = "record_pending"
        constraints = [models.UniqueConstraint(fields=["author", "once"], name="record_pending_once")]
        indexes = [models.Index(fields=["due_at"], name="record_pending_due")]


class Tombstone(models.Model):
    """Store: keys of acts that were undone, kept 30 days so that a late replay does not revive them."""

    author = models.IntegerField()
    once = models.CharField(max_length=160)
    until = models.BigIntegerField()

    class Meta:
        db_table = "record_tombstone"
        constraints = [models.UniqueConstraint(fields=["author", "once"], name="record_tombstone_once")]


class Leaf(models.Model):
    """One leaf of the log of the whole office, inserted once. `hash`: the 32 bytes it holds, before the leaf's own
    hashing. An entry's leaf has its `place`; padding has none, and `opens`, from which its hash follows."""

    number = Place(primary_key=True)
    hash = models.BinaryField()
    place = models.BigIntegerField(null=True)
    opens = models.BinaryField(null=True)

    class Meta:
        db_table = "record_leaf"
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=models.Q(place__isnull=False), name="record_leaf_place"
            ),
            models.CheckConstraint(
                condition=models.Q(place__isnull=False, opens__isnull=True)
                | models.Q(place__isnull=True, opens__isnull=False),
                name="record_leaf_sort",
            ),
        ]


class Node(models.Model):
    """A complete part of the tree, so that a proof needs few rows. `key`: level << 44 | number on that level."""

    key = Place(primary_key=True)
    hash = models.BinaryField()

    class Meta:
        db_table = "record_node"


class Taken(models.Model):
    """One run of the sequencer: up to which size, and when it looked (microseconds)."""

    size = Place(primary_key=True)
    at = models.BigIntegerField()

    class Meta:
        db_table = "record_taken"


class Checkpoint(models.Model):
    """A signed note over the log up to `size`, and the public key it was signed for."""

    size = Place(primary_key=True)
    note = models.TextField()
    key = models.TextField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "record_checkpoint"


class Witness(models.Model):
    """Somebody outside has the checkpoint of this size: who, and since when (microseconds)."""

    size = models.BigIntegerField()
    by = models.CharField(max_length=200)
    at = models.BigIntegerField()

    class Meta:
        db_table = "record_witness"


class Closing(models.Model):
    """Register: when an office stops to receive anything new, in microseconds; one row, or none."""

    entry = Place(primary_key=True)
    ends = models.BigIntegerField()

    class Meta:
        db_table = "record_closing"
