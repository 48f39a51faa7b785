"""What somebody typed themselves in a form: what comes back to them when the form is not taken."""

import re
from collections.abc import Mapping, Sequence

from django.http import HttpRequest

SECRETS = {"password", "again", "key", "code", "word"}  # never given back on a page
NOT_WORDS = {"csrfmiddlewaretoken", "whose", "once", "kept", "login", "draft", "to", "path", "room", "family", *SECRETS}
ASKED_FOR_WORDS = {"words", "text", "why", "reason", "name", "role"}  # one short word in one of these was typed
BOXES = ("p-", "point-", "new-", "what-", "name-", "role-")  # so it was in one of several boxes
CHOICE = re.compile(r"[a-z0-9T:._-]*")  # what a form offers to be chosen
ID = re.compile(r"[0-9a-f]{32}")
RUNNING = ("p-", "words", "text")
LONG = 20  # characters; shorter values are choices, not words


def typed(form: Mapping[str, Sequence[str]]) -> list[str]:
    """What was typed in a form, {name: [values]}, each text once, running text first: no choices, no keys, nothing
    secret."""
    sent = [
        value.strip()
        for name, values in sorted(form.items(), key=lambda one: not one[0].startswith(RUNNING))
        if name not in NOT_WORDS
        for value in values
        if _is_typed(name, value)
    ]
    return list(dict.fromkeys(value for value in sent if value))


def _is_typed(name: str, value: str) -> bool:
    if name in ASKED_FOR_WORDS or name.startswith(BOXES):
        return True
    return not ID.fullmatch(value) and (len(value) > LONG or not CHOICE.fullmatch(value))


def fields(request: HttpRequest) -> dict[str, list[str]]:
    """The form that was sent, {name: [values]}; on a GET the one that travelled to this page through signing in, or
    from among one's drafts. Empty where there is none."""
    if request.method == "POST":
        return {name: request.POST.getlist(name) for name in request.POST}
    kept = travelled(request)
    return dict(kept["form"]) if kept else {}


def travelled(request: HttpRequest) -> dict | None:
    """What waits in the session for this page, {path, form}; None where nothing does."""
    kept = getattr(request, "session", {}).get("kept") if request.method == "GET" else None
    return kept if kept and kept["path"] == request.path else None
