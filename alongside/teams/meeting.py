"""A meeting: who came, what each said, what was decided, and the private time of a family (R23, R26).

The lines of a meeting lie `within` it and are read by those who read the meeting; promises made in it stand
beside it. A meeting that was only told of in words, once it was over, is a meeting too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.families.telling import moved
from alongside.record.entry import Entry
from alongside.record.kinds import kind

kind("teams.meeting", _("Meeting"), settles=False, state=True)
kind("teams.meeting-came", _("Who came"), settles=False, state=True)
kind("teams.meeting-said", _("Said in the meeting"), settles=False)
kind("teams.meeting-decided", _("Decided in the meeting"), settles=False)
kind("teams.point-put", _("Put on the agenda"), state=True)
kind("teams.private-begun", _("Private time begun"), settles=False, changes_state=True, state=True)
kind("teams.private-ended", _("Private time ended"), settles=False, changes_state=True, state=True)
kind("teams.private-words", _("From private time"), private=True)

GROUP = "family-group"  # a family's own meeting: it may have private time
INSIDE = {"teams.meeting-said": "said", "teams.meeting-decided": "decided"}
PRIVATE = ("teams.private-begun", "teams.private-ended")
KINDS = ("teams.meeting", "teams.meeting-came", *INSIDE, *PRIVATE, "teams.point-put")


@dataclass(frozen=True, slots=True)
class Private:
    """Private time of a meeting. `ended`: None while it lasts."""

    begun: Entry
    ended: Entry | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """`held`: the entry it begins with. `there`: who came, in the order they were ticked; `interpreter`: a name or
    ''. `told`: whether it was only told of in words. `points`: ids of what stood on its agenda."""

    held: Entry
    there: tuple[int, ...]
    interpreter: str
    form: str
    told: bool
    said: tuple[Entry, ...] = ()
    decided: tuple[Entry, ...] = ()
    private: tuple[Private, ...] = ()

    @property
    def id(self) -> str:
        return self.held.id

    @property
    def in_private(self) -> bool:
        """Whether private time lasts now."""
        return bool(self.private) and self.private[-1].ended is None

    @property
    def appointment(self) -> str:
        """The id of the appointment it was, or ''."""
        return self.held.body.get("appointment", "")

    @property
    def points(self) -> tuple[str, ...]:
        return tuple(self.held.body.get("points", ()))


def meetings(entries: Iterable[Entry]) -> list[Meeting]:
    """The meetings in these entries, in the order they were begun."""
    found: dict[int, Meeting] = {}
    for entry in entries:
        body = entry.body
        if entry.kind == "teams.meeting":
            told = "there" not in body
            there, interpreter = tuple(body.get("there", ())), body.get("interpreter", "")
            called = interpreter if isinstance(interpreter, str) else ""
            found[entry.pk] = Meeting(entry, there, called, body.get("form", ""), told)
        elif entry.kind == "teams.meeting-came" and entry.within in found:
            one = found[entry.within]
            come = tuple(body.get("there", one.there))  # what came along from elsewhere may not say
            found[entry.within] = replace(one, there=come, interpreter=body.get("interpreter", ""))
        elif entry.kind in INSIDE and entry.within in found:
            one, name = found[entry.within], INSIDE[entry.kind]
            found[entry.within] = replace(one, **{name: (*getattr(one, name), entry)})
        elif entry.kind in PRIVATE and moved(entry) in found:
            found[moved(entry)] = _private(found[moved(entry)], entry)
    return list(found.values())


def _private(one: Meeting, entry: Entry) -> Meeting:
    if entry.kind == "teams.private-begun":
        return one if one.in_private else replace(one, private=(*one.private, Private(entry)))
    if not one.in_private:
        return one
    return replace(one, private=(*one.private[:-1], replace(one.private[-1], ended=entry)))


def points(entries: Iterable[Entry]) -> list[Entry]:
    """What was put on the agenda and was on that of no meeting yet, in order."""
    listed = list(entries)
    taken = {id for one in meetings(listed) for id in one.points}
    return [entry for entry in listed if entry.kind == "teams.point-put" and entry.id not in taken]
