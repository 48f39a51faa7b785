"""Registers: the names of those who work here, from the office's own record; and where a name may be found."""

from django.db import models


class Worker(models.Model):
    """One row for each person named in the office's record."""

    person = models.IntegerField(primary_key=True)
    name = models.CharField(max_length=200)
    called = models.CharField(max_length=80)
    role = models.TextField()
    unit = models.CharField(max_length=80)

    class Meta:
        db_table = "families_worker"


class NameBegins(models.Model):
    """How the words of a name begin, for looking before somebody is added (names.py). No names of a few."""

    entry = models.BigIntegerField()
    family = models.IntegerField()
    person = models.IntegerField()
    begins = models.CharField(max_length=8)

    class Meta:
        db_table = "families_name"
        indexes = [
            models.Index(fields=["family", "begins"], name="families_name_begins"),
            models.Index(fields=["entry"], name="families_name_entry"),
        ]
