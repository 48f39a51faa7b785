"""Registers: the promises that are open and those asked for, so that a person's own can be listed across families."""

from django.db import models


class Open(models.Model):
    """One row for each open promise. `place`: of the entry that made it; `due`: ISO date as it holds now, or
    ''; `beside`: the place of what it answers, or null."""

    place = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    owner = models.IntegerField(db_index=True)
    due = models.CharField(max_length=10)
    beside = models.BigIntegerField(null=True)

    class Meta:
        db_table = "promises_open"


class Asked(models.Model):
    """One row for each promise asked for that nobody has answered."""

    place = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    of_person = models.IntegerField(db_index=True)

    class Meta:
        db_table = "promises_asked"
