"""What was said of a note when it was shown to those who were there (R11, R70)."""

from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import Said
from alongside.dialogue.showing import Showing, joined

TONES = {"right": "agree", "not-quite": "differ", "added": "add"}


def shown(showing: Showing, said: Said, *, named: bool = True) -> dict[str, Any] | None:
    """The answer for `parts.answer`; None where the note was not shown.

    Who of those who were there said it nobody wrote down, so nobody is made its speaker. `named`: with the names
    of those who were there, as far as they may be known.
    """
    told = said.entry.body.get("shown") or {}
    if told.get("answer") not in TONES:
        return None
    there = [one for one in said.entry.body.get("there", ()) if one != said.by] if named else []
    called = [showing.to(one) for one in there if one == showing.me or showing.people.called(one)]
    names = {"names": joined(called) or _("those who were there")}
    words = {
        "right": _("Shown to %(names)s: that is right"),
        "not-quite": _("Shown to %(names)s: not quite"),
        "added": _("Shown to %(names)s: something was added"),
    }
    day = {"day": showing.on(said.received)}
    return {
        "tone": TONES[told["answer"]], "who": words[told["answer"]] % names, "text": told.get("words", ""),
        "quoted": True, "dir": "auto", "meta": _("Said when it was shown, %(day)s") % day,
    }  # fmt: skip
