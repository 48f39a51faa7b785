"""One person: what is known, who says so and since when, and what may be said anew."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import words
from alongside.doors.practice.family_page import languages
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.people.words import day, home, says, span, tied
from alongside.doors.practice.two_teams import asked
from alongside.families.contact import Way, ways
from alongside.families.home import Home
from alongside.families.place import PLACES
from alongside.record.entry import Entry

ICONS = {
    "name": "id-card", "born": "calendar", "died": "leaf", "languages": "languages", "tie": "users", "home": "house",
    "moved": "footprints", "place": "school", "reach": "phone", "gender": "user-round", "same": "users",
}  # fmt: skip
Acts = tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known: what it is, in words, and who says so."""

    what: str
    words: str
    says: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class WayShown:
    """The safe way: its text, who says so, when it was asked again; `id`: what "still so" answers."""

    text: str
    lang: str
    says: str
    asked: str
    id: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`acts`: what may be said anew: (what it is about, [(address, icon, words)]); `versions`: who belongs with
    them, told in words; `journal`: its address for a child, or ''."""

    id: str
    name: str
    role: str
    known: tuple[Known, ...]
    ties: tuple[Known, ...]
    versions: tuple[Line, ...]
    homes: tuple[Known, ...]
    way: WayShown | None
    acts: Acts
    journal: str


def person_page(page: Opened, number: int, id: str) -> PersonPage:
    """Everything this reader may know of one person, from what was read."""
    person = page.people.persons[number]
    mine = [one for one in page.people.homes if number in one.who]
    return PersonPage(
        id=id,
        name=person.name,
        role=person.role(page.showing.lang),
        known=tuple(_facts(page, number)),
        ties=tuple(_ties(page, number)),
        versions=_versions(page, number),
        homes=tuple(_home(page, one) for one in mine),
        way=_way(page, ways(page.entries).get(number)),
        acts=_acts(page, number, id, any(number in one.here and one.id for one in mine)),
        journal=page.href("journal", id) if has_journal(page, number) else "",
    )


def has_journal(page: Opened, number: int) -> bool:
    """A child of the family has a journal (R45): whoever is not an adult on the day looked at."""
    person = page.people.persons[number]
    return person.group == "family" and not person.died and person.child(page.today)


def _facts(page: Opened, number: int) -> list[Known]:
    """Names, birth, death, languages and places, in the order they were said."""
    gone = {entry.answers for entry in page.entries if entry.kind == "record.taken-back"}
    found: list[Known] = []
    for entry in page.entries:
        if entry.body.get("person") == number and entry.kind in TOLD and entry.pk not in gone:
            found += [Known(what, text, _said(page, entry)) for what, text in TOLD[entry.kind](page, entry.body)]
    return found


def _said(page: Opened, entry: Entry) -> str:
    since = span(page, entry.so, None)
    return f"{since}; {says(page, entry)}" if since else says(page, entry)


def _met(page: Opened, body: dict[str, Any]) -> list[tuple[str, str]]:
    found = _name(page, body) + _born(page, body) + (_died(page, body) if body.get("died") else [])
    return found + (_speaks(page, body) if body.get("languages") else [])


def _name(page: Opened, body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(_("Name"), body["name"])]


def _born(page: Opened, body: dict[str, Any]) -> list[tuple[str, str]]:
    if body.get("expected"):
        return [(_("Not born yet"), _("expected %(day)s") % {"day": day(page, body["expected"])})]
    return [(_("Born"), day(page, body["born"]))] if body.get("born") else []


def _died(page: Opened, body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(_("Died"), day(page, body["died"]))]


def _speaks(page: Opened, body: dict[str, Any]) -> list[tuple[str, str]]:
    spoken = languages(tuple(body["languages"]))
    if not body.get("interpreter"):
        return [(_("Speaks"), spoken)]
    who = body.get("who", "")
    needs = _("with an interpreter, never a child")
    return [(_("Speaks"), f"{spoken}, {needs}. {who}" if who else f"{spoken}, {needs}")]


def _gender(page: Opened, body: dict[str, Any]) -> list[tuple[str, str]]:
    said = {"woman": _("woman"), "man": _("man"), "both": _("both, neither or another")}
    return [(_("Woman, man or another"), said[body["gender"]])]


def _place(page: Opened, body: dict[str, Any]) -> list[tuple[str, str]]:
    if "name" not in body:
        return []
    return [(str(PLACES[body["what"]]), ", ".join(part for part in (body["name"], body.get("note", "")) if part))]


TOLD = {
    "families.met": _met, "families.name": _name, "families.born": _born, "families.died": _died,
    "families.languages": _speaks, "families.place": _place, "families.gender": _gender,
}  # fmt: skip


def _ties(page: Opened, number: int) -> list[Known]:
    found = []
    for tie in page.people.ties:
        if number in (*tie.a, *tie.b) and (sentence := tied(page, tie)):
            who = {"who": page.showing.Name(tie.said_by)}
            found.append(Known(sentence, tie.note, _("%(who)s says so") % who))
    return found


def _versions(page: Opened, number: int) -> tuple[Line, ...]:
    """What people say in own words of who belongs with them, side by side."""
    told = [said for said in page.woven.by_place.values() if said.kind == "families.tie" and said.text]
    return tuple(line(page, said) for said in told if number in (said.of, *said.entry.about))


def _home(page: Opened, one: Home) -> Known:
    name, where, who, gone = home(page, one)
    return Known(f"{name}: {who}" if who else name, where, "; ".join(gone))


def _way(page: Opened, way: Way | None) -> WayShown | None:
    if way is None:
        return None
    text, lang = words(way.entry, page.showing.lang)
    return WayShown(text, lang, says(page, way.entry), asked(page, way), way.entry.id)


def _acts(page: Opened, number: int, id: str, lives_somewhere: bool) -> Acts:
    """What may be said anew, for those who work with the family as a whole; nothing as known then."""
    if not (page.writing and page.reader.by_mark):
        return ()
    moved = {"moved": _("Moved out")} if lives_somewhere else {}
    names = {
        _("Who they are"): {
            "name": _("Another name"), "born": _("Birth"), "languages": _("Languages, interpreter"),
            "gender": _("Woman, man or another"), "died": _("Died"),
        },
        _("Their days"): {
            "home": _("A home"), **moved, "place": _("School, doctor, place"),
            "reach": _("The safe way"),
        },
        _("Their people"): {"tie": _("Who belongs with them"), "same": _("The same as somebody else?")},
    }  # fmt: skip
    return tuple(
        (about, tuple((page.href(f"person-{name}", id), ICONS[name], words) for name, words in some.items()))
        for about, some in names.items()
    )
