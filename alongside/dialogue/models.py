"""Store: words that are being written and were not sent. Only their author reads them; they are no record.
Register: the stems by which words are found."""

from django.db import models

from alongside.record.place import Place


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


class Stems(models.Model):
    """Register: the stems of the words of one entry, each once, between blanks: " bed mia sleep " (stems.py)."""

    entry = Place(primary_key=True)
    stems = models.TextField()

    class Meta:
        db_table = "dialogue_stems"


class Question(models.Model):
    """Register: questions that wait for an answer."""

    place = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField(db_index=True)

    class Meta:
        db_table = "dialogue_question"


class Received(models.Model):
    """Register: answers to what somebody wrote. `person`: who wrote it; `to`: the place of what is
    answered; `at`: microseconds."""

    place = models.BigIntegerField(primary_key=True)
    family = models.PositiveIntegerField()
    to = models.BigIntegerField()
    person = models.IntegerField()
    at = models.BigIntegerField()

    class Meta:
        db_table = "dialogue_received"
        indexes = [models.Index(fields=["person", "at"], name="dialogue_received_person")]


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
