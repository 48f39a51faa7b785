"""Six typed models as an ordinary Django project would write them, without their history: each peer adds its own."""

from django.db import models


class Kept(models.Model):
    """What all six hold: whose family, in whose words, when."""

    family = models.IntegerField(db_index=True)
    author = models.IntegerField()
    text = models.TextField()
    happened = models.DateField(null=True)

    class Meta:
        abstract = True


class Person(Kept):
    name = models.CharField(max_length=200)
    born = models.CharField(max_length=20)

    class Meta(Kept.Meta):
        abstract = True


class Contact(Kept):
    place = models.CharField(max_length=200)
    how = models.CharField(max_length=20)

    class Meta(Kept.Meta):
        abstract = True


class Statement(Kept):
    basis = models.CharField(max_length=20)
    speaker = models.IntegerField()

    class Meta(Kept.Meta):
        abstract = True


class Promise(Kept):
    owner = models.IntegerField()
    due = models.DateField()
    state = models.CharField(max_length=10)

    class Meta(Kept.Meta):
        abstract = True


class Goal(Kept):
    rating = models.IntegerField()

    class Meta(Kept.Meta):
        abstract = True


class Decision(Kept):
    why = models.TextField()

    class Meta(Kept.Meta):
        abstract = True


MANY = {Person: 5, Contact: 25, Statement: 10, Promise: 12, Goal: 4, Decision: 4}  # records of one family
EVER = {"Person": {"name": "Mother", "born": "1990"}, "Contact": {"place": "at home", "how": "visit"},
        "Statement": {"basis": "own-words", "speaker": 3},
        "Promise": {"owner": 2, "due": "2026-03-15", "state": "open"},
        "Goal": {"rating": 3}, "Decision": {"why": "Because it was asked for."}}  # fmt: skip


def as_models(module: str, label: str, history) -> dict[type[models.Model], int]:
    """The six for one peer, each with what `history(name)` adds to its class: {model: records of one family}."""
    made = {}
    for base, many in MANY.items():
        meta = type("Meta", (), {"app_label": label})
        inside = {"__module__": module, "__doc__": base.__doc__, "Meta": meta, **history(base.__name__)}
        made[type(base.__name__, (base,), inside)] = many
    return made
