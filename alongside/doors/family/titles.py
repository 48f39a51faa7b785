"""What a thing is called in this door: by its kind, its writer and its day, without a word of what it says."""

import datetime as dt

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.said import Said
from alongside.dialogue.woven import Woven
from alongside.doors.family.room import Room

STEPS = {
    "promises.kept": lambda: _("%(who)s kept a promise"),
    "promises.moved": lambda: _("%(who)s moved a promise to another day"),
    "promises.broken": lambda: _("%(who)s did not manage a promise"),
    "promises.declined": lambda: _("%(who)s says no to a promise"),
    "promises.asked": lambda: _("%(who)s asks for a promise"),
    "teams.appointment-moved": lambda: _("%(who)s moved an appointment"),
    "teams.appointment-cancelled": lambda: _("%(who)s cancelled an appointment"),
}


def root_of(woven: Woven, said: Said) -> Said:
    """The outermost statement this one belongs to, among those that were read."""
    place = said.entry
    while True:
        above = next((p for p in (place.within, place.answers) if p in woven.by_place), None)
        if above is None and place.thing != place.pk and place.thing in woven.by_place:
            above = place.thing
        if above is None:
            return woven.by_place[place.pk]
        place = woven.by_place[above].entry


def called(room: Room, said: Said, root: Said) -> str:
    """What a card is called: who, and about what, so that two of one day are told apart."""
    words = title(room, said, root)
    if root is not said and said.entry.answers or root.kind != "dialogue.conversation":
        return words
    part = _part_of_day(root)
    what = words[:1].lower() + words[1:] + (f", {part}" if part else "")
    return _("%(who)s: %(what)s") % {"who": room.showing.Name(root.by), "what": what}


def _part_of_day(root: Said) -> str:
    """When on its day a conversation was; '' where nobody said the hour."""
    time = root.so.text.partition("T")[2]
    if not time[:2].isdecimal():
        return ""
    hour = int(time[:2])
    return _("in the morning") if hour < 12 else _("in the afternoon") if hour < 17 else _("in the evening")


def title(room: Room, said: Said, root: Said) -> str:
    """What kind of thing it is and from whom, without its words."""
    who = {"who": room.showing.Name(said.by), "teller": room.showing.Name(said.of)}
    if said.kind in STEPS:
        return STEPS[said.kind]() % who
    above = room.woven.by_place.get(said.entry.answers or 0)
    if above is not None and said.kind == "dialogue.correction":
        return _("%(who)s corrected something") % who
    if above is not None and said.kind == "dialogue.heard":
        mine = room.mine(above)
        return (_("%(who)s has read your question") if mine else _("%(who)s has read a question")) % who
    if above is not None:
        return _("%(who)s has answered you") % who if room.mine(above) else _("%(who)s has answered") % who
    if root.kind == "dialogue.conversation":
        return _how(room, root)
    if root.kind.startswith("decisions."):
        return _("Something was decided") if root.kind != "decisions.options" else _("Something to decide")
    named = {
        "dialogue.letter": _("A letter from %(who)s"), "dialogue.praise": _("Something that went well, from %(who)s"),
        "dialogue.drawing": _("A drawing by %(teller)s"), "dialogue.question": _("%(teller)s asks something"),
        "teams.meeting": _("Our meeting"), "followup.rated": _("Where we are with a goal"),
        "followup.goal": _("A goal"), "access.handed-over": _("Another worker"),
        "access.closed": _("We stop here"), "access.who-may-see-talk": _("The talk: who may see what"),
        "teams.celebration": _("Something to be glad of"),
    }  # fmt: skip
    return named.get(root.kind, _("%(who)s wrote something down")) % who


def _how(room: Room, root: Said) -> str:
    """ "Our visit on Friday": by weekday when it was this week, else by date."""
    near = root.so.first and 0 <= room.showing.today.toordinal() - root.so.first < 7
    if near:
        day = dates.weekday_name(root.so.first, room.showing.lang)
    elif root.so.first and root.so.first == root.so.last:
        day = room.showing.day(dates.on(dt.date.fromordinal(root.so.first)))
    else:
        return _some_time(room, root)
    called = {
        "visit": _("Our visit on %(day)s"), "call": _("Our call on %(day)s"), "message": _("A message on %(day)s"),
        "meeting": _("Our meeting on %(day)s"),
    }  # fmt: skip
    return called.get(root.entry.body.get("how", ""), _("Our talk on %(day)s")) % {"day": day}


def _some_time(room: Room, root: Said) -> str:
    """ "Our visit in spring 2019": not one day, so neither a weekday nor "on"."""
    season = dates.season(root.so, room.showing.lang)
    if season:
        called = {
            "visit": _("Our visit in %(season)s"), "call": _("Our call in %(season)s"),
            "message": _("A message in %(season)s"), "meeting": _("Our meeting in %(season)s"),
        }  # fmt: skip
        return called.get(root.entry.body.get("how", ""), _("Our talk in %(season)s")) % {"season": season}
    called = {"visit": _("Our visit"), "call": _("Our call"), "message": _("A message"), "meeting": _("Our meeting")}
    return f"{called.get(root.entry.body.get('how', ''), _('Our talk'))}, {room.showing.when(root)}"
