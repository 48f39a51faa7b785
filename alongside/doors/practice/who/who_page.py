"""Who belongs to this family, as far as its reader may know: each place, since when, by whom and why."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside import dates
from alongside.access.absence import absences
from alongside.access.ending import may_close, may_hand_over
from alongside.access.hazards import Protection, awaiting, protections
from alongside.access.policy import MOVES, Tie, may_move, tie_of, ties
from alongside.access.relationship import Held, relationships
from alongside.access.roles import holds
from alongside.access.standing import office_day
from alongside.doors.practice.cards.whom import may_have_cards
from alongside.doors.practice.page import Opened
from alongside.doors.practice.who import labels
from alongside.families.queries import ids
from alongside.record.readers import KIN, STAFF
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Place:
    """One relationship as a row. `says`: its state, or ''; `under`: since when, by whom, why, in sentences."""

    name: str
    what: str
    says: str
    under: tuple[str, ...]
    href: str
    protected: str = ""
    protect: str = ""


@dataclass(frozen=True, slots=True)
class WhoPage:
    """`owed`: (sentence, address) of what this reader owes a protection; `away`: (sentence, id where this
    reader may say that they are back); `ways`: what may be done
    here, (words, address)."""

    work: tuple[Place, ...]
    family: tuple[Place, ...]
    past: tuple[Place, ...]
    away: tuple[tuple[str, str], ...]
    owed: tuple[tuple[str, str], ...]
    new: str
    ways: tuple[tuple[str, str], ...]


def who_page(page: Opened) -> WhoPage:
    """Everything the page shows, from what was read."""
    held = relationships(page.entries)
    now = [one for one in held if one.live(page.now) or one.state in ("invited", "accepted", "verified", "paused")]
    shut = {one.person: one for one in protections(page.entries) if one.on}
    rows = {one.id: _place(page, one, shut.get(one.person)) for one in held if _known(page, one)}
    now_ids = [one.id for one in now if one.id in rows and one.state != "active" or one.live(page.now)]
    work = [one.id for one in now if one.kind in STAFF or one.kind in ("consult", "reviewer")]
    return WhoPage(
        work=tuple(rows[id] for id in work if id in rows),
        family=tuple(rows[id] for id in now_ids if id not in work and id in rows),
        past=tuple(rows[one.id] for one in held if one.id in rows and one.id not in now_ids),
        away=tuple(
            (away_words(page, one), one.said.id if page.writing and one.person == page.reader.person else "")
            for one in absences(page.entries)
            if one.coming(page.today)
        ),
        owed=tuple(_owed(page)),
        new=page.href("who-new") if page.writing and (page.reader.by_mark or _leads(page)) else "",
        ways=tuple(_ways(page)),
    )


def _known(page: Opened, one: Held) -> bool:
    return bool(page.people.called(one.person))


def _leads(page: Opened) -> bool:
    return holds(page.reader.person, "leader", "intake")


def _place(page: Opened, one: Held, protected: Protection | None) -> Place:
    what = labels.place(one.kind)
    if one.to is not None:
        what = _("%(place)s, works with %(who)s only") % {"place": what, "who": page.showing.name(one.to)}
    person = page.people.persons[one.person]
    return Place(
        person.name, what, labels.state(one.state), tuple(since(page, one)), page.href("who-one", one.id),
        page.href("protection", protected.id) if protected else "",
        page.href("who-act", one.id, act="protect") if _may_protect(page, one, protected) else "",
    )  # fmt: skip


def _may_protect(page: Opened, one: Held, protected: Protection | None) -> bool:
    near = one.kind in KIN and one.kind != "child" and one.live(page.now)
    return near and protected is None and page.protecting


def since(page: Opened, one: Held) -> list[str]:
    """Since when, until when, who gave it and why."""
    said = []
    names = {"day": page.showing.on(one.granted.received, long=False), "who": page.showing.Name(one.granted.author)}
    by_somebody = page.people.called(one.granted.author)
    said.append(_("Since %(day)s.") % names if not by_somebody else _("Since %(day)s, by %(who)s.") % names)
    if one.until is not None and one.state == "active":
        last = office_day(one.until - 1)
        said.append(_("Until %(day)s.") % {"day": page.showing.day(dates.on(last))})
    if one.granted.body.get("why"):
        said.append(one.granted.body["why"])
    return said


def away_words(page: Opened, one) -> str:
    """Who is away, until when, and who stands in."""
    names = {
        "who": page.showing.Name(one.person), "first": page.showing.day(dates.on(one.first)),
        "last": page.showing.day(dates.on(one.last)), "other": page.showing.Name(one.stand_in),
    }  # fmt: skip
    return _("%(who)s is away from %(first)s to %(last)s. %(other)s stands in.") % names


def _owed(page: Opened) -> list[tuple[str, str]]:
    words = {
        "second": _("Protection from %(who)s: a second person confirms it or ends it, by %(day)s."),
        "review": _("Protection from %(who)s: look at it again by %(day)s."),
        "end": _("Protection from %(who)s: somebody asks to end it. That takes a second person."),
    }
    entries = [one for one in page.entries if one.kind.startswith("access.hazard")]
    found = awaiting(page.reader, entries) if page.protecting else []
    if not page.writing:  # after an office's last day only a second person is
        found = [one for one in found if one.what == "second"]
    return [
        (
            words[one.what]
            % {"who": page.showing.name(one.protection.person), "day": page.showing.day(dates.on(one.due), long=True)},
            page.href("protection", one.protection.id),
        )
        for one in found
        if one.what != "review" or (one.due - page.today).days <= 7
    ]


def _ways(page: Opened) -> list[tuple[str, str]]:
    if not page.writing:
        return []
    me, family = page.reader.person, page.reader.family
    ways = [(_("The talk: who may see what"), page.href("talk"))] if page.reader.by_mark else []
    if any(may_hand_over(me, tie) for tie in ties(family)):
        ways.append((_("Hand over to another worker"), page.href("hand-over")))
    if may_close(me, family, page.now):
        ways.append((_("End the work with this family"), page.href("close")))
    return ways


def _tie(family: int, one: Held) -> Tie | None:
    try:
        return tie_of(family, one.id)
    except Refused:
        return None


@dataclass(frozen=True, slots=True)
class OnePage:
    """One relationship. `steps`: (day, what happened, by whom, why); `acts`: (words, address)."""

    place: Place
    steps: tuple[tuple[str, str, str, str], ...]
    acts: tuple[tuple[str, str], ...]
    shut: tuple[str, ...]


def one_page(page: Opened, id: str) -> OnePage | None:
    """The relationship with this grant, or None."""
    one = next((held for held in relationships(page.entries) if held.id == id and _known(page, held)), None)
    if one is None:
        return None
    on = next((p for p in protections(page.entries) if p.on and p.person == one.person), None)
    why = [e.body["why"] for e in page.entries if e.kind == "access.why" and e.body["grant"] == id]
    return OnePage(_place(page, one, on), tuple(_steps(page, one)), tuple(_acts(page, one, on)), tuple(why))


def _steps(page: Opened, one: Held) -> list[tuple[str, str, str, str]]:
    before, said = "", []
    for entry in (one.granted, *one.steps):
        body, what = entry.body, labels.step(entry.body["state"])
        if body.get("until") and body["state"] == before:
            last = page.showing.day(dates.on(office_day(int(body["until"]) - 1)))
            what = _("the last day is %(day)s") % {"day": last}
        before = body["state"]
        who = page.showing.Name(entry.author) if page.people.called(entry.author) else ""
        said.append((page.showing.on(entry.received), what, who, body.get("why", "")))
    return said


def _acts(page: Opened, one: Held, on: Protection | None) -> list[tuple[str, str]]:
    """What this reader may do with it now."""
    if not (page.writing or page.protecting) or (tie := _tie(page.reader.family, one)) is None:
        return []
    me, family = page.reader.person, page.reader.family
    card = [(_("Make a card"), href)] if (href := _card(page, one)) else []
    moves = [act for act in MOVES if act != "accept"] if page.writing else ["bar"]  # an order holds after the last day
    may = [act for act in moves if may_move(by=me, family=family, tie=tie, act=act, at=page.now)]
    if page.protecting and on is None and one.kind not in STAFF and one.kind != "child" and one.person != me:
        may.append("protect")
    return card + [(labels.act(act)[0], page.href("who-act", one.id, act=act)) for act in may]


def _card(page: Opened, one: Held) -> str:
    """Where a card is made for them, or ''."""
    if one.person not in may_have_cards(page):
        return ""
    return page.href("make-card", ids([one.person])[one.person])
