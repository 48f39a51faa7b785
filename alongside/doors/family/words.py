"""Small sentences that several pages of this door say."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.dialogue.said import Said
from alongside.doors.family.room import Room
from alongside.record.entry import Entry
from alongside.record.reading import had_before

MINUTE_OF_WORDS = 130  # an easy pace of reading
SECOND = 1_000_000


def settles() -> int:
    """How many seconds words of this door wait before they go."""
    return settings.SETTLES["family"]


def span(seconds: int) -> str:
    """A short time in words: "15 seconds", "a minute", "10 minutes"."""
    if seconds < 60:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": max(seconds, 1)}
    minutes = round(seconds / 60)
    return _("a minute") if minutes == 1 else ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def done(code: str) -> str:
    """The sentence after an act, named in the address; '' for anything unknown."""
    said = {
        "sent": _("On its way. You can take it out again for %(time)s.") % {"time": span(settles())},
        "went": _("It has gone now."),
        "taken-back": _("Taken back. It says so first from now on."),
        "unshared": _("Taken out. It was opened to nobody."),
        "undone": _("Taken out. Nobody has read it. Your words are still in the box."),
        "gone": _("It had gone already. You can still take it back."),
        "kept": _("Kept."),
        "asked": _("Asked. Your question goes in a moment; the answer is owed to you."),
        "closed": _("This room stays open for you to read. To tell us something new, ring us."),
    }
    return said.get(code, "")


def refused(code: str, worker: str) -> str:
    """Why words were not taken, and what to do. The words stay in the box."""
    ask = _("Ask %(who)s.") % {"who": worker} if worker else _("Ring us and ask.")
    said = {
        "no-words": _("Write a few words first, or choose an answer."),
        "too-long": _("This is longer than we can take in one go. Split it in two."),
        "not-text": _("There is a sign in here that cannot be kept. Take it out and send again."),
        "other-words": _("You have sent this page before, with other words. Look it over and send again."),
        "not-any-more": done("closed"),
        "no-day": _("Choose a day from today on, like 2026-12-01."),
        "to-somebody": _("Choose who you ask."),
        "no-answer": _("Choose enough or not enough."),
        "no-because": _("Say in a few words what is not enough, so that there is something to answer."),
        "private-time": _("It is the family’s private time. This waits until it is over."),
        "to-nobody": _("Choose who to share it with."),
        "alone-and-others": _("You chose only %(who)s, and other people too. Choose one of the two.")
        % {"who": worker or _("one person")},
        "not-to-them": _("This cannot be shared with them here.") + " " + ask,
        "not-to-share": _("This cannot be shared here.") + " " + ask,
    }
    return said.get(code, _("We could not take this.") + " " + ask)


def listed(names: Iterable[str]) -> str:
    """Names as words: "Anne, Mia and Kari"."""
    called = list(dict.fromkeys(name for name in names if name))
    if len(called) < 2:
        return "".join(called)
    return _("%(some)s and %(last)s") % {"some": ", ".join(called[:-1]), "last": called[-1]}


def opening(words: str) -> str:
    """The same with a capital."""
    return words[:1].upper() + words[1:]


def readers(room: Room, entry: Entry, named: Iterable[tuple[int, str]]) -> str:
    """Who can read this, as far as the reader may know it: those who were there, and the helpers. Of what one wrote
    oneself: whom one wrote it for.

    With whom somebody shared it is theirs to tell, so it is not said here. Under hazard the same sentence stands under
    what one had before as stood there before, or it would tell of the hazard; who was there is not said of anything
    that came since; and whom one writes for is one's own choice, as before.
    """
    own, called, helps = entry.author == room.me, room.showing.people.called, room.circle.helpers
    rows = list(named)
    if own:
        rows = [(p, "") for p in entry.chosen if p != room.me]
    elif not had_before(room.reader, entry):
        rows = [row for row in rows if row[0] in helps]
    there = [called(p) for p, because in rows if p != room.me and p not in helps and (own or because == "present")]
    if entry.mark == "team":
        helpers = [_("your helpers") if room.reader.kin else _("the helpers")]
    else:
        helpers = [called(p) for p, _why in rows if p in helps]
    if not own:
        return _("%(names)s can read this.") % {"names": opening(listed([_("you"), *there, *helpers]))}
    names = listed([*there, *helpers])
    return _("For %(names)s.") % {"names": names} if names else _("Only you can read this.")


def answer_readers(room: Room, entry: Entry, named: Iterable[tuple[int, str]]) -> str:
    """Who will read an answer to this: its writer, and the helpers who read the sentence."""
    on_it = [p for p, _why in named if p in room.circle.helpers]
    if entry.mark == "team":
        on_it = [*on_it, *room.circle.team]
    if not room.reader.kin:
        on_it = [*on_it, entry.author]
    called = room.showing.people.called
    names = listed([_("you"), *(called(p) for p in on_it if p != room.me)])
    if names == _("you"):
        names = _("you and those who work with you")
    said = _("%(names)s can read your answer.") % {"names": opening(names)}
    return f"{said} {also_the_office()}" if entry.mark == "team" else said


def also_the_office() -> str:
    """Who of the office reads what is for the team besides those a reader was told of: true for everybody."""
    return _("So can their supervisor, and whoever takes over from them.")


def minutes(said: Said) -> str:
    """How long it takes to read, in words."""
    every = [said, *said.inside, *said.beside]
    count = sum(len(one.text.split()) for one in every)
    n = max(1, round(count / MINUTE_OF_WORDS))
    return ngettext("One minute to read.", "%(n)s minutes to read.", n) % {"n": n}


def left(room: Room, due_at: int) -> str:
    """When something that waits will go."""
    seconds = (due_at - room.now) // SECOND
    if seconds < 1:
        return _("Not sent yet: it goes in a moment.")
    return _("Not sent yet: it goes in %(time)s.") % {"time": span(seconds)}
