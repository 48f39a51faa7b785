"""Ties as sentences and days with their year, the same in every door."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.showing import Showing
from alongside.families.tie import SAID, Tie


def day(showing: Showing, text: str | None) -> str:
    """A day with its year, whichever year it is now."""
    partial = dates.canonical(text or "")
    return dates.show(partial, showing.lang, dt.date.min) if partial else text or ""


def span(showing: Showing, since: str | None, until: str | None) -> str:
    """ "since 2019", "2016 to 2022", "until 2020", or ''."""
    days = {"since": day(showing, since), "until": day(showing, until)}
    if since and until:
        return _("%(since)s to %(until)s") % days
    if since:
        return _("since %(since)s") % days
    return _("until %(until)s") % days if until else ""


def tied(showing: Showing, tie: Tie) -> str:
    """A tie as a sentence; '' where a side may not be known by name."""
    a, b = showing.names(tie.a), showing.names(tie.b)
    if not a or not b:
        return ""
    when = "" if tie.kind == "child" else span(showing, tie.since, tie.until)
    if tie.kind == SAID:
        sentence = _("%(b)s to %(a)s: %(words)s") % {"a": a, "b": b, "words": tie.words}
    else:
        sentence = _tie(tie.kind, bool(tie.until)) % {"a": a, "b": b}
    return f"{sentence}, {when}" if when else sentence


def _tie(kind: str, over: bool) -> str:
    now = {
        "child": _("%(b)s: child of %(a)s"), "stepchild": _("%(b)s: stepchild of %(a)s"),
        "foster-child": _("%(b)s: foster child of %(a)s"), "adopted-child": _("%(b)s: adopted child of %(a)s"),
        "grandchild": _("%(b)s: grandchild of %(a)s"),
        "nephew": _("%(b)s: niece or nephew of %(a)s"),
        "married": _("%(a)s and %(b)s: married"), "lived-together": _("%(a)s and %(b)s: living together"),
        "divorced": _("%(a)s and %(b)s: divorced"), "sibling": _("%(a)s and %(b)s: brother or sister"),
        "friend": _("%(a)s and %(b)s: friends"), "neighbour": _("%(a)s and %(b)s: neighbours"),
    }  # fmt: skip
    then = {
        "married": _("%(a)s and %(b)s: were married"), "lived-together": _("%(a)s and %(b)s: lived together"),
        "stepchild": _("%(b)s: was stepchild of %(a)s"), "foster-child": _("%(b)s: was foster child of %(a)s"),
        "friend": _("%(a)s and %(b)s: were friends"), "neighbour": _("%(a)s and %(b)s: were neighbours"),
    }  # fmt: skip
    return (over and then.get(kind)) or now.get(kind) or _("%(a)s and %(b)s belong together")
