"""The people of a family: where they live, how they belong together and who says so, how to reach them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import dates
from alongside.doors.practice.cards.whom import may_have_cards
from alongside.doors.practice.family_page import languages
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import of_family, stands
from alongside.doors.practice.two_teams import Reach, helpers, reach
from alongside.families.person import Home, Tie
from alongside.families.queries import ids


@dataclass(frozen=True, slots=True)
class Someone:
    """One person as a row: name, who they are here, facts in a few words, the safe way to reach them,
    the address of making a card, or ''."""

    name: str
    role: str
    facts: tuple[str, ...]
    reach: Reach | None
    card: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`homes`: (name, place and since when, who lives there); `ties`: (sentence, note, who says so); `versions`: what
    people say of how they belong together, told in words, side by side; `told`: homes told in words."""

    homes: tuple[tuple[str, str, str], ...]
    told: tuple[Line, ...]
    persons: tuple[Someone, ...]
    around: tuple[Someone, ...]
    ties: tuple[tuple[str, str, str], ...]
    versions: tuple[tuple[Line, ...], ...]
    helpers: tuple[tuple[str, str], ...]


def people_page(page: Opened) -> PeoplePage:
    """Everybody this reader may know by name in this family."""
    ways, cards = reach(page), _cards(page)
    family = [number for number in page.people.persons if of_family(page, number) or number in ways]
    near = [number for number in family if page.people.persons[number].group == "family"]
    return PeoplePage(
        homes=tuple(_home(page, home) for home in page.people.homes),
        told=_told(page, "families.home", "families.place", "families.name"),
        persons=tuple(_someone(page, number, ways, cards) for number in near),
        around=tuple(_someone(page, number, ways, cards) for number in family if number not in near),
        ties=tuple(shown for tie in page.people.ties if (shown := _tie(page, tie))),
        versions=_versions(page),
        helpers=helpers(page, stands(page.entries, page.now)),
    )


def _cards(page: Opened) -> dict[int, str]:
    """Where a card is made for each of those this reader may make one for."""
    numbers = list(may_have_cards(page))
    return {number: reverse("make-card", args=(page.reader.code, id)) for number, id in ids(numbers).items()}


def _someone(page: Opened, number: int, ways: dict[int, Reach], cards: dict[int, str]) -> Someone:
    person = page.people.persons[number]
    facts = []
    if person.born:
        facts.append(_("born %(day)s") % {"day": _day(page, person.born)})
    if person.died:
        facts.append(_("died %(day)s") % {"day": _day(page, person.died)})
    if person.languages:
        facts.append(_("speaks %(languages)s") % {"languages": languages(person.languages)})
    return Someone(person.name, person.role(page.showing.lang), tuple(facts), ways.get(number), cards.get(number, ""))


def _day(page: Opened, text: str | None) -> str:
    """A day with its year, whichever year it is now."""
    partial = dates.canonical(text or "")
    return dates.show(partial, page.showing.lang, dt.date.min) if partial else text or ""


def _home(page: Opened, home: Home) -> tuple[str, str, str]:
    where = ", ".join(part for part in (home.place, _span(page, home.since, home.until)) if part)
    return home.name, where, page.showing.names(home.who)


def _span(page: Opened, since: str | None, until: str | None) -> str:
    days = {"since": _day(page, since), "until": _day(page, until)}
    if since and until:
        return _("%(since)s to %(until)s") % days
    if since:
        return _("since %(since)s") % days
    return _("until %(until)s") % days if until else ""


def _tie(page: Opened, tie: Tie) -> tuple[str, str, str] | None:
    """A tie as a sentence, what was added to it, and who says so; None where a side may not be known by name."""
    a, b = page.showing.names(tie.a), page.showing.names(tie.b)
    if not a or not b:
        return None
    span = "" if tie.kind == "child" else _span(page, tie.since, tie.until)
    sentence = _tied(tie.kind, bool(tie.until)) % {"a": a, "b": b}
    return (
        f"{sentence}, {span}" if span else sentence,
        tie.note,
        _("%(who)s says so") % {"who": page.showing.Name(tie.said_by)},
    )


def _tied(kind: str, over: bool) -> str:
    now = {
        "child": _("%(b)s: child of %(a)s"), "stepchild": _("%(b)s: stepchild of %(a)s"),
        "married": _("%(a)s and %(b)s: married"), "lived-together": _("%(a)s and %(b)s: living together"),
        "divorced": _("%(a)s and %(b)s: divorced"), "sibling": _("%(a)s and %(b)s: brother or sister"),
    }  # fmt: skip
    then = {
        "married": _("%(a)s and %(b)s: were married"), "lived-together": _("%(a)s and %(b)s: lived together"),
        "stepchild": _("%(b)s: was stepchild of %(a)s"),
    }  # fmt: skip
    return (over and then.get(kind)) or now.get(kind) or _("%(a)s and %(b)s belong together")


def _told(page: Opened, *kinds: str) -> tuple[Line, ...]:
    return tuple(line(page, said) for said in page.woven.by_place.values() if said.kind in kinds and said.text)


def _versions(page: Opened) -> tuple[tuple[Line, ...], ...]:
    """Ties told in words; those about the same people stand together."""
    together: dict[frozenset[int], list[Any]] = {}
    for said in page.woven.by_place.values():
        if said.kind == "families.tie" and said.text:
            together.setdefault(frozenset(said.entry.about), []).append(line(page, said))
    return tuple(tuple(lines) for lines in together.values())
