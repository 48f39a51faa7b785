"""Six typed models with their history, as an ordinary Django project would write them."""

from django.db import models
from simple_history.models import HistoricalRecords


def _history() -> HistoricalRecords:
    """The default history, without the link to a user: that table is in another file."""
    return HistoricalRecords(
        history_user_id_field=models.IntegerField(null=True), history_user_getter=lambda historical: None
    )


class Kept(models.Model):
    """What all six hold: whose family, in whose words, when."""

    family = models.IntegerField(db_index=True)
    author = models.IntegerField()
    text = models.TextField()
    happened = models.DateField(null=True)

    class Meta:
        abstract = True
        app_label = "bench_peer"


class Person(Kept):
    name = models.CharField(max_length=200)
    born = models.CharField(max_length=20)
    history = _history()


class Contact(Kept):
    place = models.CharField(max_length=200)
    how = models.CharField(max_length=20)
    history = _history()


class Statement(Kept):
    basis = models.CharField(max_length=20)
    speaker = models.IntegerField()
    history = _history()


class Promise(Kept):
    owner = models.IntegerField()
    due = models.DateField()
    state = models.CharField(max_length=10)
    history = _history()


class Goal(Kept):
    rating = models.IntegerField()
    history = _history()


class Decision(Kept):
    why = models.TextField()
    history = _history()


TYPES = {Person: 5, Contact: 25, Statement: 10, Promise: 12, Goal: 4, Decision: 4}  # records of one family
EVER = {Person: {"name": "Mother", "born": "1990"}, Contact: {"place": "at home", "how": "visit"},
        Statement: {"basis": "own-words", "speaker": 3}, Promise: {"owner": 2, "due": "2026-03-15", "state": "open"},
        Goal: {"rating": 3}, Decision: {"why": "Because it was asked for."}}  # fmt: skip
