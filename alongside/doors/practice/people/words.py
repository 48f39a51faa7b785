"""What is said of people in this door: dates with their year, who says so, ties as sentences, refusals."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside import dates
from alongside.doors.practice import forms
from alongside.doors.practice.page import Opened
from alongside.families.home import Home
from alongside.families.tie import SAID, Tie
from alongside.record.entry import Entry
from alongside.record.statement import Refused


def day(page: Opened, text: str | None) -> str:
    """A day with its year, whichever year it is now."""
    partial = dates.canonical(text or "")
    return dates.show(partial, page.showing.lang, dt.date.min) if partial else text or ""


def span(page: Opened, since: str | None, until: str | None) -> str:
    """ "since 2019", "2016 to 2022", "until 2020", or ''."""
    days = {"since": day(page, since), "until": day(page, until)}
    if since and until:
        return _("%(since)s to %(until)s") % days
    if since:
        return _("since %(since)s") % days
    return _("until %(until)s") % days if until else ""


def says(page: Opened, entry: Entry) -> str:
    """ "Anne says so, 3 December 2024": who, and when the record heard it."""
    heard = page.showing.on(entry.received)
    if not page.people.called(entry.speaker):
        return _("in the record since %(day)s") % {"day": heard}
    return _("%(who)s says so, %(day)s") % {"who": page.showing.Name(entry.speaker), "day": heard}


def tied(page: Opened, tie: Tie) -> str:
    """A tie as a sentence; '' where a side may not be known by name."""
    a, b = page.showing.names(tie.a), page.showing.names(tie.b)
    if not a or not b:
        return ""
    when = "" if tie.kind == "child" else span(page, tie.since, tie.until)
    if tie.kind == SAID:
        sentence = _("%(b)s to %(a)s: %(words)s") % {"a": a, "b": b, "words": tie.words}
    else:
        sentence = _tie(tie.kind, bool(tie.until)) % {"a": a, "b": b}
    return f"{sentence}, {when}" if when else sentence


def _tie(kind: str, over: bool) -> str:
    now = {
        "child": _("%(b)s: child of %(a)s"), "stepchild": _("%(b)s: stepchild of %(a)s"),
        "foster-child": _("%(b)s: foster child of %(a)s"), "grandchild": _("%(b)s: grandchild of %(a)s"),
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


def home(page: Opened, one: Home) -> tuple[str, str, str, tuple[str, ...]]:
    """Name, place and since when, who lives there, and who moved out."""
    where = ", ".join(part for part in (one.place, span(page, one.since, one.until)) if part)
    gone = tuple(
        _("%(who)s moved out %(day)s") % {"who": page.showing.Name(person), "day": day(page, when)}
        for person, when in one.left
        if page.people.called(person)
    )
    return one.name, where, page.showing.names(one.here), gone


def typed_day(page: Opened, text: str) -> dates.Partial:
    """A date as somebody typed it. Raises Refused (not-a-date) for one that cannot be."""
    try:
        return dates.parse(text, today=page.today, lang=page.showing.lang)
    except dates.NotADate as wrong:
        raise Refused("not-a-date", says=_(dates.SENTENCES[wrong.code]).format(value=wrong.value)) from None


def refused(why: Refused) -> str:
    """What the record does not take, in plain words."""
    if why.code == "not-a-date":
        return why.facts["says"]
    sentences = {
        "no-name": _("Write a name, or what they are called. One word is enough."),
        "no-day": _("Write a day or a year, as exactly as you know it: about 1960."),
        "no-language": _("Choose at least one language."),
        "no-tie": _("Choose what they are to each other, or write it in your own words."),
        "same-person": _("Choose somebody else. This is the same person twice."),
        "no-home": _("Say what the home is called: Home with Anne."),
        "no-place": _("Write the name of the place."),
        "line-too-long": _("One of the lines is too long. Say it shorter."),
        "two-needed": _("You thought so yourself. Another worker who stands in both has to confirm it."),
        "no-worker": _("Choose who will work with the family."),
        "no-words": _("There are no words yet. Write how they are reached, then keep it."),
        "no-reason": _("Say why, in one line."),
        "nobody": _("Choose somebody."),
    }
    return sentences.get(why.code) or forms.refusal(why)
