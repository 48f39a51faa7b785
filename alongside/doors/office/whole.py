"""Proposing to erase a whole family, on a ground that is no clock. For leaders and the privacy officer."""

import re
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access import erasure
from alongside.doors.office.erasing import decides, refused, why
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.looking import says
from alongside.doors.practice.who.form import Form, asked
from alongside.families.queries import workers
from alongside.record.erased import GROUNDS
from alongside.record.statement import Refused

IN_AN_ADDRESS = re.compile(r"/f/([0-9a-z]+)")


def code_in(text: str) -> str:
    """The code of a family in what was typed: an address, or the code itself."""
    found = IN_AN_ADDRESS.search(text)
    return found.group(1) if found else text.strip().casefold()


def no_family() -> str:
    """For a family that is hidden and one that never was."""
    return _("There is no such family. Copy its address from the browser, or its code.")


@decides("GET", "POST")
def propose_family(request: HttpRequest) -> HttpResponse:
    """Propose to erase a whole family, on a ground that is no clock: those stand on the yearly list."""
    back = reverse("erasing")
    form = Form(
        _("Propose to erase a family’s whole record"), _("Propose"),
        _("A second person decides. Then all of it is gone from here for good, and nobody can bring it back. "
               "A record whose time is over stands on the yearly list."),
        back, f"{back}?done=erasing-proposed", _fields, partial(_proposed, request.visit), current="erasing",
        says=lambda no: no_family() if no.code == "not-found" else refused(no),
    )  # fmt: skip
    return asked(request, workers(), form)


def _fields(sent: Typed) -> tuple[Field, ...]:
    return (
        Field("line", "family", _("The family’s address or code"), sent.one("family"),
              _("Everything about this family goes: words, names, who could read it, and the family’s own ways in.")),
        *why(sent, [code for code in GROUNDS if code not in erasure.BY_CLOCK]),
    )  # fmt: skip


def _proposed(visit: Any, sent: Typed, at: int) -> None:
    if sent.one("ground") in erasure.BY_CLOCK:
        raise Refused("no-ground")
    erasure.propose_family(
        by=visit.person, strength=visit.strength, code=code_in(sent.one("family")), ground=sent.one("ground"),
        words=sent.one("words"), lang=says.lang(), at=at, once=sent.once,
    )  # fmt: skip
