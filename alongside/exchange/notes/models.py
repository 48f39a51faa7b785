"""Stores for notes on their way in, and what is needed to know them again. Only the importer's commands
read them; no page does. All moments are microseconds."""

from django.db import models


class Batch(models.Model):
    """One file with one map. `state`: reading, held, accepting, accepted, discarded.

    `fingerprint`: SHA-256 of the file. `map_text`: the map as it stood. `last_line`: how far reading came.
    `importer`, `closed_by`: person numbers. `workers`: JSON list of person numbers, once accepting began.
    When discarded, everything but `lines`, who and when is emptied.
    """

    id = models.CharField(max_length=16, primary_key=True)
    state = models.CharField(max_length=10, default="reading")
    file = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, db_index=True)
    map_file = models.CharField(max_length=255)
    map_text = models.TextField()
    system = models.CharField(max_length=200)
    importer = models.IntegerField()
    started_at = models.BigIntegerField()
    last_line = models.PositiveIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    here = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    families = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    first_day = models.IntegerField(null=True)
    last_day = models.IntegerField(null=True)
    unit = models.CharField(max_length=80, default="")
    workers = models.TextField(default="[]")
    closed_by = models.IntegerField(null=True)
    closed_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "notes_batch"


class Held(models.Model):
    """A note that waits to be accepted. It leaves in the same transaction in which the record receives it.

    `day`: the ordinal day it is about, 0 when that is not said. `body`: the row as JSON.
    """

    batch = models.CharField(max_length=16)
    line = models.PositiveIntegerField()
    key = models.TextField()
    digest = models.CharField(max_length=64)
    family_key = models.TextField()
    person_key = models.TextField()
    day = models.IntegerField(default=0)
    body = models.TextField()

    class Meta:
        db_table = "notes_held"
        constraints = [models.UniqueConstraint(fields=["batch", "key"], name="notes_held_once")]
        indexes = [models.Index(fields=["batch", "family_key", "day", "line"], name="notes_held_queue")]


class Bad(models.Model):
    """A line somebody must look at: a code of `row.SENTENCES`, its value, and the beginning of the line."""

    batch = models.CharField(max_length=16)
    line = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    value = models.TextField()
    raw = models.TextField()

    class Meta:
        db_table = "notes_bad"
        constraints = [models.UniqueConstraint(fields=["batch", "line"], name="notes_bad_once")]


class Taken(models.Model):
    """A note of another system that the record has received: its key and the SHA-256 of its row, so that
    it is known when it comes again. Where an entry is erased by law, this row has to go with it."""

    system = models.CharField(max_length=200)
    key = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "notes_taken"
        constraints = [models.UniqueConstraint(fields=["system", "key"], name="notes_taken_once")]


class Known(models.Model):
    """Which of our families and persons another system's numbers mean. A family's own row has an empty
    `person_key` and no `person`; each person met in it has one more."""

    system = models.CharField(max_length=200)
    family_key = models.TextField()
    person_key = models.TextField(default="")
    family = models.PositiveIntegerField()
    person = models.IntegerField(null=True)

    class Meta:
        db_table = "notes_known"
        constraints = [models.UniqueConstraint(fields=["system", "family_key", "person_key"], name="notes_known_once")]
        indexes = [models.Index(fields=["system", "person_key"], name="notes_known_person")]
