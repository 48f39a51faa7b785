"""The forms of this door as plain data: what is asked, what was typed, and what the record does not take."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside import ids
from alongside.record.statement import Refused

_ONCE = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: area, line, date, time, picks, choice (one of a few), chips, check or choose.
    `options`: (value, words, chosen, small words); for choose (value, words)."""

    kind: str
    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    options: tuple[tuple, ...] = ()


@dataclass(frozen=True)
class Typed:
    """What a person sent, or had typed before a visit ran out; `once`: their key for this act."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    once: str = ""

    def one(self, name: str) -> str:
        """The last value of a field, '' when it is not there."""
        found = self.values.get(name) or [""]
        return found[-1]

    def many(self, name: str) -> list[str]:
        """All values of a field."""
        return list(self.values.get(name, ()))


def typed(request: HttpRequest) -> Typed:
    """The form of this request; on a GET what was being written when a visit ran out, once."""
    if request.method == "POST":
        values = {name: request.POST.getlist(name) for name in request.POST}
    else:
        kept = request.session.get("kept") or {}
        values = request.session.pop("kept")["form"] if kept.get("path") == request.path else {}
    once = (values.get("once") or [""])[-1]
    return Typed(values, once if _ONCE.fullmatch(once) else ids.new())


def afresh(sent: Typed) -> Typed:
    """The same words under a new key: for a form that was sent before with other words."""
    return Typed(sent.values, ids.new())


def refusal(why: Refused) -> str:
    """What the record does not take, in plain words."""
    sentences: dict[str, Any] = {
        "no-words": _("There are no words yet. Write something, then send."),
        "no-reason": _("Say why, in a few words. They can read the reason."),
        "no-day": _("Say by which day you answer, as 2026-12-01."),
        "not-asked": _("Ask the person first, then tick that you did."),
        "not-yours": _("These are not your words, so somebody else has to do this."),
        "not-to-share": _("This is for a few named people. It cannot be opened to more from here."),
        "not-to-them": _("This cannot be opened to all of those you chose. Ask your supervisor."),
        "fewer-already": _("Only those who are named read it already."),
        "no-words-to-nobody": _("Write what went well, and choose at least one person."),
        "to-nobody": _("Choose at least one person."),
        "other-words": _("Something else was sent with this form before. Your words are here: send again to add them."),
        "wrong-part": _("This part does not stand in the sentence word for word."),
        "nothing-changed": _("The words are the same as before. Change them, then send."),
        "nothing-chosen": _("Choose where it is to stand."),
        "not-any-more": _("You can read here, and no longer write."),
        "too-long": _(
            "This is longer than the record takes (1,000,000 characters). Nothing was sent; send it in parts."
        ),
        "not-text": _("There is a character in it that cannot be kept. Take it out and send again."),
        "full": _("The record of this family is full. Nothing was sent. Tell those who run this system."),
    }
    return sentences.get(why.code) or _("This could not be kept. Nothing was sent; your words are below.")
