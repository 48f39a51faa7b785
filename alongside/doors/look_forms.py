"""Words of the form in which a way of looking at a story is chosen, for every door."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.looking import GROUPS, PARTS, Choices, Look
from alongside.dialogue.showing import Showing
from alongside.record.statement import Refused

Pairs = tuple[tuple[str, str], ...]


def people(here: Choices) -> Pairs:
    """Everybody who can be chosen, by name."""
    return (("", _("Everyone")), *sorted(here.people.values(), key=lambda one: one[1]))


def parts() -> Pairs:
    """Whether somebody spoke or is spoken of."""
    return tuple((name, str(words)) for name, words in PARTS.items())


def groups(here: Choices) -> Pairs:
    """The kinds of things that stand in this story, in plain words."""
    return (("", _("Everything")), *((name, str(GROUPS[name][0])) for name in here.groups))


def sentence(seen: Look, ways: Mapping[str, str], showing: Showing) -> str:
    """What is shown, in one sentence; '' when it is everything."""
    if not seen:
        return ""
    says = []
    if seen.who is not None:
        names = {"who": showing.name(seen.who)}
        says.append({
            "": _("said by or about %(who)s"), "by": _("said or written by %(who)s"), "about": _("about %(who)s"),
        }[seen.part] % names)  # fmt: skip
    if seen.how:
        says.append(ways[seen.how])
    if seen.what:
        words = str(GROUPS[seen.what][0])
        says.append(words[:1].lower() + words[1:])
    if seen.since:
        says.append(_("from %(day)s") % {"day": _day(seen.since, showing)})
    if seen.until:
        says.append(_("until %(day)s") % {"day": _day(seen.until, showing)})
    return _("You see only this: %(what)s.") % {"what": "; ".join(says)}


def _day(day: dt.date, showing: Showing) -> str:
    return showing.day(dates.on(day), True)


def refusal(why: Refused) -> str:
    """Why a way of looking was not kept."""
    return {
        "no-words": _("Give it a name first."),
        "nothing-chosen": _("Choose something first. Then you can keep it."),
        "too-many": _("You keep twelve here already. Take one away first."),
    }.get(why.code) or _("This could not be kept.")
