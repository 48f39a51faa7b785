"""The page of one family: in their words, right now, owed, not agreed, two teams, goals, lately; and how to begin
where nobody of the family has a door yet."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.access import talk
from alongside.access.relationship import Held, relationships
from alongside.dialogue.said import Said
from alongside.doors.practice.goals import GoalLine, goals
from alongside.doors.practice.lately import Day, lately
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.meeting.lines import next_time
from alongside.doors.practice.names import family_names
from alongside.doors.practice.not_agreed import Disagreed, not_agreed
from alongside.doors.practice.owed import next_owed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import Stands, core, headed, stands
from alongside.doors.practice.two_teams import Teams, two_teams
from alongside.record.readers import KIN

EACH = 3  # of good, worry and wish: nine lines at most
OWED = 12  # open promises, the next due; all of them stand on a page of their own
LANGUAGES = {
    "ar": gettext_lazy("Arabic"), "ckb": gettext_lazy("Sorani"), "fa": gettext_lazy("Farsi"),
    "ku": gettext_lazy("Kurdish"), "lt": gettext_lazy("Lithuanian"), "pl": gettext_lazy("Polish"),
    "prs": gettext_lazy("Dari"), "ps": gettext_lazy("Pashto"), "ro": gettext_lazy("Romanian"),
    "ru": gettext_lazy("Russian"), "se": gettext_lazy("Northern Sami"), "so": gettext_lazy("Somali"),
    "sw": gettext_lazy("Swahili"), "th": gettext_lazy("Thai"), "ti": gettext_lazy("Tigrinya"),
    "tr": gettext_lazy("Turkish"), "uk": gettext_lazy("Ukrainian"), "ur": gettext_lazy("Urdu"),
    "vi": gettext_lazy("Vietnamese"), "en": gettext_lazy("English"), "nb": gettext_lazy("Norwegian"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FamilyPage:
    """`words`: the newest pinned words of their own; `now`: (heading, lines) for good, worry and wish; `begin`: what
    comes first in a family that is new, (icon, words, address), in this order; `next`: when one meets next, or '';
    `owed_besides`: how many more promises are open than stand here."""

    title: str
    begin: tuple[tuple[str, str, str], ...]
    interpreters: tuple[str, ...]
    next: str
    words: Line | None
    now: tuple[tuple[str, tuple[Line, ...]], ...]
    owed: tuple[dict, ...]
    owed_besides: int
    not_agreed: tuple[Disagreed, ...]
    teams: Teams
    goals: tuple[GoalLine, ...]
    lately: tuple[Day, ...]


def family_page(page: Opened) -> FamilyPage:
    """Everything the family's page shows, from what was read."""
    here = stands(page.entries, page.now)
    persons = core(page, here)
    lines, besides = next_owed(page, OWED)
    return FamilyPage(
        title=family_names(page, headed(page, persons)),
        begin=tuple(_begin(page, here)),
        interpreters=interpreters(page, persons, here),
        next=next_time(page),
        words=next((line(page, said, part) for said, part in _pinned(page, "words")), None),
        now=_right_now(page),
        owed=tuple(lines),
        owed_besides=besides,
        not_agreed=tuple(not_agreed(page)),
        teams=two_teams(page, here, persons),
        goals=tuple(goals(page)),
        lately=tuple(lately(page)),
    )


def _begin(page: Opened, here: list[Stands]) -> list[tuple[str, str, str]]:
    """The first steps, until somebody of the family has a place: then the page tells the rest by itself."""
    if not page.writing or not page.reader.by_mark or any(one.kind in KIN for one in here):
        return []
    on_their_way = [step for one in relationships(page.entries) if (step := _asked(page, one))]
    met = [one for one in page.people.persons.values() if one.group == "family"]
    talked = any(entry.kind == talk.KIND for entry in page.entries)
    steps = [("user-round-plus", _("Add those who belong to it"), page.href("person-new"))] if not met[1:] else []
    if not talked:
        steps.append(("message-circle", _("Hold the talk: who may see what"), page.href("talk")))
    return [*steps, *(on_their_way or [("ticket", _("Give them a place, and make a card"), page.href("who-new"))])]


def _asked(page: Opened, one: Held) -> tuple[str, str, str] | None:
    """The next step with somebody of the family who was asked to have a room here."""
    words = {
        "invited": _("%(who)s is asked: make a card, so that they can come in and say yes"),
        "accepted": _("%(who)s has said yes: verify who they are"),
        "verified": _("%(who)s is verified: open the door"),
    }.get(one.state, "")
    if one.kind not in KIN or not words or not page.people.called(one.person):
        return None
    return "ticket", words % {"who": page.showing.Name(one.person)}, page.href("who-one", one.id)


def _pinned(page: Opened, on: str) -> list[tuple[Said, str]]:
    return [(said, part) for where, said, part in page.woven.pins if where == on]


def _right_now(page: Opened) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    headings = (("good", _("Good")), ("worry", _("Worry")), ("wish", _("Wish")))
    shown = [
        (words, tuple(line(page, said, part) for said, part in _pinned(page, on)[:EACH])) for on, words in headings
    ]
    return tuple((words, lines) for words, lines in shown if lines)


def interpreters(page: Opened, persons: list[int], here: list) -> tuple[str, ...]:
    """A line for everybody of family and network who speaks none of the languages of this house."""
    ours = {code for code, _words in settings.LANGUAGES}
    family = [*persons, *(one.person for one in here if one.kind in ("network", "parent", "child", "carer"))]
    lines = []
    for number in dict.fromkeys(family):
        person = page.people.persons.get(number)
        if person and person.languages and not ours & set(person.languages):
            names = {"who": page.showing.Name(number), "language": languages(person.languages)}
            lines.append(_("%(who)s: %(language)s, with an interpreter") % names)
    return tuple(lines)


def languages(codes: tuple[str, ...]) -> str:
    """Languages by name; a code we have no name for stays as it is."""
    return ", ".join(str(LANGUAGES.get(code, code)) for code in codes)
