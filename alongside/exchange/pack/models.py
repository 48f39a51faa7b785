"""A register of what was asked for and by when it is owed, and the store of what was handed over."""

from django.db import models


class Asked(models.Model):
    """Register. `place`, `id`: of the entry that asked; `person`: who asked; `about`: whose story; `on`, `due`,
    `given_on`: ISO days, '' where it was not; `state`: open, given or withdrawn."""

    place = models.BigIntegerField(primary_key=True)
    id = models.CharField(max_length=32, unique=True)
    family = models.PositiveIntegerField(db_index=True)
    person = models.IntegerField(db_index=True)
    about = models.IntegerField()
    on = models.CharField(max_length=10)
    due = models.CharField(max_length=10)
    lang = models.CharField(max_length=16)
    state = models.CharField(max_length=10)
    given_on = models.CharField(max_length=10)

    class Meta:
        db_table = "pack_asked"


class Part(models.Model):
    """Store: what was handed over, as it was on that day, some pages at a time. `asked`: the id of the entry that
    asked; `number`: 0 for the people in it, then from 1; `body`: canonical JSON, a list of lines."""

    id = models.BigAutoField(primary_key=True)
    asked = models.CharField(max_length=32)
    family = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    body = models.TextField()

    class Meta:
        db_table = "pack_part"
        constraints = [models.UniqueConstraint(fields=["asked", "number"], name="pack_part_once")]
