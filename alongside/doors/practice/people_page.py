"""The people of a family: where they live, how they belong together and who says so, how to reach them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import ids as keys
from alongside.doors.practice.cards.whom import may_have_cards
from alongside.doors.practice.family_page import languages
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.people.somebody import listed
from alongside.doors.practice.people.twice import Pair
from alongside.doors.practice.people.words import day, home, says, tied
from alongside.doors.practice.standing import stands
from alongside.doors.practice.two_teams import Reach, helpers, reach
from alongside.families.belonging import Belonging, belonging
from alongside.families.queries import ids
from alongside.families.tie import Tie


@dataclass(frozen=True, slots=True)
class Someone:
    """One person as a row: name, their page, who they are here, facts in a few words, the safe way to reach them.
    `also`: where they are met as well, pairs of words and address. `card`: the address of making a card, or ''."""

    name: str
    href: str
    role: str
    facts: tuple[str, ...]
    reach: Reach | None
    also: tuple[tuple[str, str], ...] = ()
    card: str = ""


@dataclass(frozen=True, slots=True)
class Belongs:
    """Where people of the family belong: `name`: of the thing on the patch, `href`: where it stands there; `who`: of
    them, or ''; `text`: own words; `over`: where one says that it is over, or ''; `once`: the key of that act."""

    name: str
    href: str
    who: str
    text: str
    lang: str
    says: str
    over: str
    once: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`homes`: (name, place and since when, who lives there, who moved out); `ties`: (sentence, note, who says so);
    `versions`: what people say of how they belong together, told in words, side by side; `told`: homes told in
    words. `belongs`: groups and places of theirs. `add`, `place`: where somebody, or one of those, is added, or '';
    `pictures`: where they are drawn, or ''."""

    homes: tuple[tuple[str, str, str, tuple[str, ...]], ...]
    told: tuple[Line, ...]
    persons: tuple[Someone, ...]
    around: tuple[Someone, ...]
    ties: tuple[tuple[str, str, str], ...]
    versions: tuple[tuple[Line, ...], ...]
    helpers: tuple[tuple[str, str], ...]
    add: str
    pictures: str
    belongs: tuple[Belongs, ...]
    place: str


def people_page(page: Opened, joined: Mapping[int, Sequence[tuple[int, Pair]]]) -> PeoplePage:
    """Everybody this reader may know by name in this family. `joined`: who is the same person as somebody else."""
    ways, cards = reach(page), _cards(page)
    second = {there for number, some in joined.items() for there, _pair in some if there > number}
    family = [number for number in listed(page) if number not in second]
    public = ids(family)
    near = [number for number in family if page.people.persons[number].group == "family"]
    return PeoplePage(
        homes=tuple(home(page, one) for one in page.people.homes),
        told=_told(page, "families.home", "families.place", "families.name"),
        persons=tuple(_someone(page, number, ways, public, joined, cards) for number in near),
        around=tuple(_someone(page, number, ways, public, joined, cards) for number in family if number not in near),
        ties=tuple(shown for tie in page.people.ties if (shown := _tie(page, tie))),
        versions=_versions(page),
        helpers=helpers(page, stands(page.entries, page.now)),
        add=page.href("person-new") if page.writing and page.reader.by_mark else "",
        pictures=_pictures(page, near, public),
        belongs=tuple(_belongs(page, one) for one in belonging(page.entries)),
        place=page.href("belonging-new") if page.writing and page.reader.by_mark else "",
    )


def pictures(page: Opened) -> str:
    """Where circles are drawn in this family, or ''."""
    near = [number for number in listed(page) if page.people.persons[number].group == "family"]
    return _pictures(page, near, ids(near))


def _belongs(page: Opened, one: Belonging) -> Belongs:
    over = page.href("belonging-over", one.said.id) if page.writing and page.reader.by_mark else ""
    return Belongs(
        one.name, f"{reverse('patch')}#p-{one.place}", page.showing.names(one.who), one.text, one.lang,
        says(page, one.said), over, keys.new() if over else "",
    )  # fmt: skip


def _pictures(page: Opened, near: list[int], public: dict[int, str]) -> str:
    """The pictures of the first child, else of the first of the family."""
    children = [number for number in near if page.people.persons[number].child(page.today)]
    first = next(iter([*children, *near]), None)
    return page.href("person-pictures", public[first]) if first else ""


def _cards(page: Opened) -> dict[int, str]:
    """Where a card is made for each of those this reader may make one for."""
    numbers = list(may_have_cards(page))
    return {number: reverse("make-card", args=(page.reader.code, id)) for number, id in ids(numbers).items()}


def _someone(
    page: Opened, number: int, ways: dict[int, Reach], public: dict[int, str], joined: Mapping, cards: dict[int, str]
) -> Someone:  # fmt: skip
    person = page.people.persons[number]
    facts = []
    if person.expected:
        facts.append(_("expected %(day)s") % {"day": day(page, person.expected)})
    if person.born:
        facts.append(_("born %(day)s") % {"day": day(page, person.born)})
    if person.died:
        facts.append(_("died %(day)s") % {"day": day(page, person.died)})
    if person.languages:
        facts.append(_("speaks %(languages)s") % {"languages": languages(person.languages)})
    also = tuple((f"{pair.name} ({pair.words})", pair.href) for _there, pair in joined.get(number, ()))
    href = page.href("person", public[number])
    role, card = person.role(page.showing.lang), cards.get(number, "")
    return Someone(person.name, href, role, tuple(facts), ways.get(number), also, card)


def _tie(page: Opened, tie: Tie) -> tuple[str, str, str] | None:
    """A tie as a sentence, what was added to it, and who says so; None where a side may not be known by name."""
    sentence = tied(page, tie)
    return (sentence, tie.note, _("%(who)s says so") % {"who": page.showing.Name(tie.said_by)}) if sentence else None


def _told(page: Opened, *kinds: str) -> tuple[Line, ...]:
    return tuple(line(page, said) for said in page.woven.by_place.values() if said.kind in kinds and said.text)


def _versions(page: Opened) -> tuple[tuple[Line, ...], ...]:
    """Ties told in words; those about the same people stand together."""
    together: dict[frozenset[int], list[Any]] = {}
    for said in page.woven.by_place.values():
        if said.kind == "families.tie" and said.text:
            together.setdefault(frozenset(said.entry.about), []).append(line(page, said))
    return tuple(tuple(lines) for lines in together.values())
