"""Drafts: words kept while they are written. Nobody but their author reads, lists or counts them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alongside import ids
from alongside.access.leaving import keeps_unsent
from alongside.dialogue.models import Draft as Row
from alongside.record.erased import Going, forgets

DAY = 86_400_000_000
LEFT_OUT = frozenset({"csrfmiddlewaretoken", "whose", "draft", "act", "password", "code"})
Form = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that were not sent. `family`: its number, or None while none is chosen. `form`: the fields of the
    page, {name: [values]}. Moments in microseconds."""

    id: str
    author: int
    family: int | None
    door: str
    kind: str
    form: Form
    saw: int | None
    created_at: int
    updated_at: int
    thrown: bool = False

    def first(self, name: str) -> str:
        """The first value of a field, or ''."""
        return next(iter(self.form.get(name, ())), "")

    @property
    def texts(self) -> list[str]:
        """Everything that was typed as running text, in order: paragraphs, then the open box."""
        return texts(self.form)


def texts(form: Form) -> list[str]:
    """The running text of a form, in order: paragraphs, then the open box."""
    numbered = sorted((int(n[2:]), n) for n in form if n.startswith("p-") and n[2:].isdecimal())
    names = [*(name for _, name in numbered), "words", "text"]
    return [one for name in names for one in form.get(name, ()) if one.strip()]


def fields(posted: Form) -> dict[str, list[str]]:
    """What of a sent form belongs into a draft: everything but tokens."""
    return {name: list(values) for name, values in posted.items() if name not in LEFT_OUT}


def keep(
    *, by: int, id: str | None, form: Form, family: int | None, at: int, door: str = "practice",
    kind: str = "note", saw: int | None = None,
) -> str:  # fmt: skip
    """Keep the words of a page and return the draft's id: the same one when it is this author's, else a new."""
    text = json.dumps(fields(form))
    held = {"family": family, "form": text, "updated_at": at, "kind": kind, "thrown_at": None}
    if id and Row.objects.filter(id=id, author=by).update(**held):
        return id
    made = Row(id=ids.new(), author=by, door=door, saw=saw, created_at=at, **held)
    made.save(force_insert=True)
    return made.id


def mine(by: int, *, door: str = "practice") -> list[Draft]:
    """The drafts of this author in this door, the last written first."""
    found = Row.objects.filter(author=by, door=door, thrown_at=None).order_by("-updated_at", "id")
    return [_draft(row) for row in found]


def open_one(by: int, id: str) -> Draft | None:
    """This author's draft with this id, thrown away or not; None for everybody else."""
    row = Row.objects.filter(author=by, id=id).first()
    return _draft(row) if row else None


def throw(by: int, id: str, *, at: int) -> bool:
    """Throw a draft away; `pick_up` brings it back for a day. False when there is none."""
    Row.objects.filter(author=by, thrown_at__lt=at - DAY).delete()
    return bool(Row.objects.filter(author=by, id=id).update(thrown_at=at))


def pick_up(by: int, id: str) -> bool:
    """Bring back what was thrown away."""
    return bool(Row.objects.filter(author=by, id=id).update(thrown_at=None))


def drop(by: int, id: str) -> bool:
    """Take a draft out for good: its words went where they belong."""
    return bool(Row.objects.filter(author=by, id=id).delete()[0])


def _draft(row: Row) -> Draft:
    return Draft(
        row.id, row.author, row.family, row.door, row.kind, json.loads(row.form), row.saw, row.created_at,
        row.updated_at, row.thrown_at is not None,
    )  # fmt: skip


@keeps_unsent
def _begun(person: int) -> list[str]:
    """Thrown away or not: what was thrown away can be got back."""
    held = Row.objects.filter(author=person).values_list("form", flat=True)
    return [text for form in held for values in json.loads(form).values() for text in values]


@forgets
def _erased(cursor: Any, going: Going) -> None:
    """Drafts that hold the same words, whoever is writing them; and all of a family that is erased whole."""
    for row in Row.objects.all():
        held = "\n".join(text for values in json.loads(row.form).values() for text in values)
        if row.family in going.families or going.holds(held):
            row.delete()
