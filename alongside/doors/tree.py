"""The genogram of a family and the same as a list, made of what this reader reads: ties, births, deaths, homes.

Who may not be known by name is not there, and their lines are not. What is not drawn is told in the list.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside import clock, dates
from alongside.dialogue.showing import Showing
from alongside.doors.tied import span, tied
from alongside.families.person import Person
from alongside.families.tie import Tie
from alongside.pictures.drawing import Drawing
from alongside.pictures.genogram import genogram
from alongside.pictures.kin import Child, Couple, Household, Kin
from alongside.record.entry import Entry

BELOW = ("child", "foster-child", "adopted-child")
TOGETHER, MARRIED = ("married", "lived-together", "divorced"), ("married", "divorced")
SHAPES = {"woman": "woman", "man": "man", "both": "both"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list: what, a note, and who says so and when."""

    words: str
    note: str
    says: str


@dataclass(frozen=True, slots=True)
class Tree:
    """`picture`: None where there is nobody to draw together. `left_out`: names of those who are known and not
    drawn. `unborn`: whether there is something that is drawn on request only."""

    picture: Drawing | None
    homes: tuple[Row, ...]
    ties: tuple[Row, ...]
    persons: tuple[Row, ...]
    left_out: str
    unborn: bool


def tree(
    showing: Showing, entries: Iterable[Entry], index: int, *, unborn: bool = False,
    href: Callable[[int], str] = lambda n: "",
) -> Tree:  # fmt: skip
    """The family round `index`. `unborn`: with those who are not born yet and those who were lost before they were."""
    entries = tuple(entries)
    family = {
        n: one
        for n, one in showing.people.persons.items()
        if one.group in ("family", "network", "other") and _there(one, unborn)
    }
    unasked = {n for n, one in showing.people.persons.items() if not _there(one, unborn)}
    ties = [found for tie in showing.people.ties if (found := _known(tie, family))]
    kin = [_kin(showing, one, href) for one in family.values()]
    homes = [(home, tuple(n for n in home.here if n in family)) for home in showing.people.homes if not home.until]
    couples, children = _couples(showing, ties), _children(ties, family)
    related = {n for tie in ties for n in (*tie.a, *tie.b)} | {n for _home, who in homes if len(who) > 1 for n in who}
    drawn = None
    if index in related:
        households = [Household(home.name, who) for home, who in homes if who]
        drawn = genogram(
            kin, couples, children, households, index=index, key="g", title=lambda n: _title(showing, index, n)
        )
    left = [n for n in (drawn.left_out if drawn else ()) if n in related]
    received = {entry.id: entry for entry in entries}
    return Tree(
        drawn,
        tuple(_home(showing, home, received.get(home.id)) for home in showing.people.homes if showing.names(home.who)),
        tuple(row for tie in showing.people.ties if not unasked & {*tie.a, *tie.b} and (row := _tie(showing, tie))),
        tuple(_person(showing, one, entries) for n, one in family.items() if n in related or one.group == "family"),
        showing.names(left),
        any(one.expected and not one.born for one in showing.people.persons.values() if one.group == "family"),
    )


def _there(one: Person, unborn: bool) -> bool:
    return unborn or not one.expected or bool(one.born)


def _known(tie: Tie, family) -> Tie | None:
    """The tie among those who may be known; None where nobody is left on one side."""
    a, b = (tuple(n for n in side if n in family) for side in (tie.a, tie.b))
    return replace(tie, a=a, b=b) if a and b else None


def _title(showing: Showing, index: int, generations: int) -> str:
    name = {"n": generations, "name": showing.people.called(index)}
    return ngettext(
        "%(name)s’s family, %(n)s generation. The same facts stand in the list.",
        "%(name)s’s family, %(n)s generations. The same facts stand in the list.", generations,
    ) % name  # fmt: skip


def _kin(showing: Showing, one: Person, href: Callable[[int], str]) -> Kin:
    when, age = _when(showing, one), _age(showing, one)
    full = ", ".join(part for part in (one.name, when, one.role(showing.lang)) if part)
    shape = "unborn" if one.expected and not one.born else SHAPES.get(one.gender, "")
    return Kin(one.number, showing.people.called(one.number), shape, full, age, when, bool(one.died), href(one.number))


def _when(showing: Showing, one: Person) -> str:
    """ "born 1992", "1988 to 2014", "expected 2027": years are enough in a picture."""
    born, died = _year(showing, one.born), _year(showing, one.died)
    if died and one.expected and not one.born:
        return _("lost %(day)s") % {"day": died}
    if born and died:
        return _("%(since)s to %(until)s") % {"since": born, "until": died}
    if died:
        return _("died %(day)s") % {"day": died}
    if born:
        return _("born %(day)s") % {"day": born}
    return _("expected %(day)s") % {"day": _year(showing, one.expected)} if one.expected else ""


def _year(showing: Showing, text: str | None) -> str:
    if not text:
        return ""
    partial = dates.canonical(text[:4] + ("~" if "~" in text else ""))
    return dates.show(partial, showing.lang, dt.date.min) if partial else ""


def _age(showing: Showing, one: Person) -> str:
    """Whole years, or months of the first two years; '' where the birth is not known to the year."""
    born = dates.canonical(one.born or "")
    if not born or one.died or born.first is None or born.last is None or born.last - born.first > 366:
        return ""
    day, today = dt.date.fromordinal(born.first), showing.today
    months = (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)
    if months < 0:
        return ""
    return str(months // 12) if months >= 24 else _("%(n)s mths") % {"n": months}


def _couples(showing: Showing, ties: Iterable[Tie]) -> list[Couple]:
    """One line for each two who are or were together, from everything that is said of them."""
    pairs: dict[frozenset[int], list[Tie]] = {}
    for tie in ties:
        if tie.kind in TOGETHER and len(tie.a) == len(tie.b) == 1:
            pairs.setdefault(frozenset((tie.a[0], tie.b[0])), []).append(tie)
    return [_couple(showing, some) for some in pairs.values()]


def _couple(showing: Showing, some: list[Tie]) -> Couple:
    first, last = some[0], some[-1]
    died = [showing.people.persons[n].died for n in (first.a[0], first.b[0])]
    over = next((tie for tie in reversed(some) if tie.until), None)
    divorced = next((tie for tie in reversed(some) if tie.kind == "divorced"), None)
    by_death = over is not None and any(one and one[:4] == (over.until or "")[:4] for one in died)
    ended = "divorced" if divorced else "apart" if over is not None and not by_death else ""
    since = _year(showing, next((tie.since for tie in some if tie.since), None))
    until = _year(showing, over.until if over and not by_death else None)
    if ended == "divorced" and until:
        words = (
            _("%(since)s, divorced %(until)s") % {"since": since, "until": until}
            if since
            else _("divorced %(until)s") % {"until": until}
        )
    elif until:
        words = (
            _("%(since)s, apart %(until)s") % {"since": since, "until": until}
            if since
            else _("apart %(until)s") % {"until": until}
        )
    else:
        words = since and _("since %(since)s") % {"since": since} if not by_death else since
    return Couple(first.a[0], first.b[0], last.kind in MARRIED or divorced is not None, ended, words)


def _children(ties: Iterable[Tie], family) -> list[Child]:
    """Children under their parents, the eldest first; brothers and sisters of whom no parent is told beside."""
    parents: dict[tuple[int, str], list[int]] = {}
    for tie in ties:
        if tie.kind in BELOW:
            for child in tie.b:
                held = parents.setdefault((child, tie.kind), [])
                held += [n for n in tie.a if n not in held and len(held) < 2]
    groups: dict[tuple[frozenset[int], str], list[int]] = {}
    for (child, how), some in parents.items():
        groups.setdefault((frozenset(some), how), []).append(child)
    found = [
        Child(
            tuple(sorted(some)),
            tuple(sorted(children, key=lambda n: _born(family[n]))),
            how == "foster-child",
            how == "adopted-child",
        )
        for (some, how), children in groups.items()
    ]
    of = {child for child, _how in parents}
    found += [
        Child((), tuple(sorted((*tie.a, *tie.b), key=lambda n: _born(family[n]))))
        for tie in ties
        if tie.kind == "sibling" and not set(tie.a + tie.b) <= of
    ]
    return found


def _born(one: Person) -> tuple[int, int]:
    partial = dates.canonical(one.born or one.expected or "")
    return ((partial.first if partial else None) or dt.date.max.toordinal(), one.number)


def _tie(showing: Showing, tie: Tie) -> Row | None:
    sentence = tied(showing, tie)
    if not sentence:
        return None
    return Row(sentence[:1].upper() + sentence[1:], tie.note, _says(showing, tie.said_by, tie.recorded_at))


def _says(showing: Showing, by: int, at: int) -> str:
    return f"{showing.Name(by)}, {showing.on(clock.moment(at))}"


def _home(showing: Showing, home, entry: Entry | None) -> Row:
    when = span(showing, home.since, home.until)
    words = f"{home.name}: {showing.names(home.here) or showing.names(home.who)}"
    says = _says(showing, entry.speaker, entry.recorded_at) if entry else ""
    return Row(words, when, says)


def _person(showing: Showing, one: Person, entries: tuple[Entry, ...]) -> Row:
    told = [
        e
        for e in entries
        if e.kind in ("families.met", "families.born", "families.died") and e.body.get("person") == one.number
    ]
    who = (
        _says(showing, told[-1].speaker, told[-1].recorded_at)
        if told and showing.people.called(told[-1].speaker)
        else ""
    )
    if told and not who:
        who = showing.on(told[-1].received)
    return Row(", ".join(p for p in (one.name, _when(showing, one)) if p), one.role(showing.lang), who)
