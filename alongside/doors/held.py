"""How a meeting is said on a page, the same in every door: what it is called, who came, who decided, private time."""

from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.dialogue.showing import Showing
from alongside.record.entry import Entry
from alongside.teams.meeting import GROUP, Meeting


def called(one: Meeting, showing: Showing) -> str:
    """What a meeting is called, and its day."""
    day = showing.day(dates.canonical(one.held.so or "") or dates.UNSAID, long=True)
    kind = _("Family group meeting") if one.form == GROUP else _("Meeting")
    return _("%(kind)s, %(day)s") % {"kind": kind, "day": day} if day else kind


def who_came(one: Meeting, showing: Showing) -> str:
    """Those who came, by name, the interpreter last; '' where only the words tell."""
    names = showing.names(one.there)
    names = names[:1].upper() + names[1:]
    if one.interpreter and names:
        return _("%(names)s. Interpreter: %(who)s") % {"names": names, "who": one.interpreter}
    return names


def decided_by(showing: Showing, entry: Entry) -> str:
    """Under a decision: who was there; or why nobody of the family was (R26)."""
    names = showing.names(entry.body.get("there", ()))
    if entry.body.get("family", True):
        return _("There: %(names)s") % {"names": names}
    return _("There: %(names)s. Nobody of the family, because: %(why)s") % {"names": names, "why": entry.body["why"]}


def private_says(showing: Showing, one: Meeting) -> tuple[str, ...]:
    """When private time was, in sentences; nothing of what was in it."""
    found = []
    for part in one.private:
        begun = {"from": _time(showing, part.begun.recorded_at), "who": showing.to(part.begun.author)}
        if part.ended is None:
            found.append(_("Private time since %(from)s. It was begun by %(who)s.") % begun)
        else:
            found.append(
                _("Private time %(from)s to %(to)s.") % {**begun, "to": _time(showing, part.ended.recorded_at)}
            )
    return tuple(found)


def _time(showing: Showing, moment: int) -> str:
    return f"{clock.moment(moment).astimezone(showing.zone):%H:%M}"
