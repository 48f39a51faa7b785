"""Store: words that are being written and were not sent. Only their author reads them; they are no record."""

from django.db import models


class Draft(models.Model):
    """`form`: the fields of the page as it was left, {name: [values]}, JSON. `saw`: the moment
    the page was made, which tells what its writer had before them. `thrown_at`: thrown away, and gone for
    good a day later. All moments are microseconds."""

    id = models.CharField(max_length=32, primary_key=True)
    author = models.IntegerField()
    family = models.PositiveIntegerField(null=True)
    door = models.CharField(max_length=10)
    kind = models.CharField(max_length=40)
    form = models.TextField()
    saw = models.BigIntegerField(null=True)
    created_at = models.BigIntegerField()
    updated_at = models.BigIntegerField()
    thrown_at = models.BigIntegerField(null=True)

    class Meta:
        db_table = "dialogue_draft"
        indexes = [models.Index(fields=["author", "updated_at"], name="dialogue_draft_author")]


class AskedWhy(models.Model):
    """Register: questions why somebody looked, and whether they are answered (asking.py). Days as ISO text."""

    entry = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    asker = models.IntegerField()
    of_person = models.IntegerField()
    on_day = models.CharField(max_length=10)
    asked_at = models.BigIntegerField()
    due = models.CharField(max_length=10)
    answered = models.BooleanField()

    class Meta:
        db_table = "dialogue_asked_why"
