"""The families of one worker as plain lines: by name, with their own words. No colours, no counts, no dates
of the last change."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.recent import recent
from alongside.access.standing import office_day
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.names import family_names
from alongside.doors.practice.page import Opened, opened
from alongside.doors.practice.standing import core, headed, staff, stands
from alongside.families.person import Person
from alongside.families.queries import workers as workers_here
from alongside.record.readers import Reader
from alongside.record.reading import read
from alongside.words import fold

KINDS = (
    "access.granted", "access.changed", "access.hazard-on", "access.hazard-lifted", "dialogue.pinned",
    "dialogue.unpinned", "families.met", "families.name", "families.tie", "record.taken-back",
)  # fmt: skip
MANY = 4  # families that are found at a glance
NAMES = ("access.granted", "access.changed", "access.hazard-on", "families.met", "families.name", "families.tie")


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """`words`: the newest pinned words of their own; `others`: who else works with them."""

    names: str
    href: str
    words: Line | None
    others: str


def families(request: HttpRequest, workers: dict[int, Person]) -> list[FamilyLine]:
    """One line for each family where this worker stands, by name. Two reads a family, and no more."""
    found = [_line(reader, request, workers) for reader in request.visit.families()]
    return sorted(found, key=lambda one: fold(one.names))


def opened_lately(request: HttpRequest, mine: list[FamilyLine]) -> list[FamilyLine]:
    """Those this worker opened last, for a worker who has to look for them among many."""
    here = {one.href: one for one in mine} if len(mine) > MANY else {}
    found = [here.get(reverse("family", args=(code,))) for code, id in recent(request.visit.account) if not id]
    return [one for one in found if one is not None][:MANY]


def names_of(request: HttpRequest) -> list[tuple[str, Reader]]:
    """The families of this worker by the names and in the order of their page. One read a family."""
    staff, now = workers_here(), request.visit.now
    found = []
    for reader in request.visit.families():
        page = opened(reader, read(reader, kinds=NAMES), now=now, today=office_day(now), staff=staff)
        found.append((_names(page), reader))
    return sorted(found, key=lambda one: fold(one[0]))


def _names(page: Opened) -> str:
    return family_names(page, headed(page, core(page, stands(page.entries, page.now))))


def _line(reader: Reader, request: HttpRequest, workers: dict[int, Person]) -> FamilyLine:
    entries = read(reader, kinds=KINDS)
    pinned = _places_of_words(entries)
    if pinned:
        have = {entry.pk: entry for entry in (*entries, *read(reader, within=pinned))}
        entries = [have[place] for place in sorted(have)]
    now = request.visit.now
    page = opened(reader, entries, now=now, today=office_day(now), staff=workers)
    here = stands(page.entries, now)
    others = [one.person for one in staff(here) if one.person != reader.person]
    return FamilyLine(
        _names(page),
        page.href("family"),
        next((line(page, said, part) for on, said, part in page.woven.pins if on == "words"), None),
        _others(page, others),
    )


def _places_of_words(entries: list) -> list[int]:
    """Where the words of their own stand: the newest few, for some may have been taken back."""
    places = [entry.answers for entry in entries if entry.kind == "dialogue.pinned" and entry.body["on"] == "words"]
    return sorted(set(places))[-3:]


def _others(page: Opened, persons: list[int]) -> str:
    names = page.showing.names(tuple(dict.fromkeys(persons)))
    return _("with %(names)s") % {"names": names} if names else ""
