"""What is said of people in this door: dates with their year, who says so, ties as sentences, refusals."""

from django.utils.translation import gettext as _

from alongside import dates
from alongside.doors import tied as words
from alongside.doors.practice import forms
from alongside.doors.practice.page import Opened
from alongside.families.home import Home
from alongside.families.tie import Tie
from alongside.record.entry import Entry
from alongside.record.statement import Refused


def day(page: Opened, text: str | None) -> str:
    """A day with its year, whichever year it is now."""
    return words.day(page.showing, text)


def span(page: Opened, since: str | None, until: str | None) -> str:
    """ "since 2019", "2016 to 2022", "until 2020", or ''."""
    return words.span(page.showing, since, until)


def says(page: Opened, entry: Entry) -> str:
    """ "Anne says so, 3 December 2024": who, and when the record heard it."""
    heard = page.showing.on(entry.received)
    if not page.people.called(entry.speaker):
        return _("in the record since %(day)s") % {"day": heard}
    return _("%(who)s says so, %(day)s") % {"who": page.showing.Name(entry.speaker), "day": heard}


def tied(page: Opened, tie: Tie) -> str:
    """A tie as a sentence; '' where a side may not be known by name."""
    return words.tied(page.showing, tie)


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
