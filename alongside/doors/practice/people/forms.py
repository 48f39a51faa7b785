"""The forms about one person: what each asks, and which verb it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside import dates
from alongside.doors.practice.family_page import LANGUAGES
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.people.words import home, typed_day
from alongside.families import contact, meeting, place, tie
from alongside.families import home as homes
from alongside.families.contact import ways
from alongside.families.telling import Told
from alongside.record.entry import Entry
from alongside.record.statement import Refused


@dataclass(frozen=True)
class About:
    """Somebody on a page: `others`, the people they may be tied to or live with, {id: number}."""

    page: Opened
    number: int
    others: Mapping[str, int]

    @property
    def who(self) -> dict[str, str]:
        return {"who": self.page.showing.name(self.number)}

    def choice(self, sent: Typed, name: str) -> tuple[tuple[str, str, bool, str], ...]:
        """The others as chips or picks."""
        chosen = set(sent.many(name))
        showing = self.page.showing
        return tuple((id, showing.Name(n), id in chosen, "") for id, n in self.others.items())


@dataclass(frozen=True, slots=True)
class PersonForm:
    """`title(about)`; `fields(about, sent)`; `say(about, sent, told, how)` where `how` is at and once. `lean`: who
    is named as a reader by default: themselves, or those in it too. `since`: how the page asks when it was so,
    None where it does not ask; `until`: and when it was over. `plain`: who reads follows from what it is about."""

    title: Callable[[About], str]
    fields: Callable[[About, Typed], tuple[Field, ...]]
    say: Callable[[About, Typed, Told, dict[str, Any]], object]
    since: Callable[[], str] | None = None
    until: bool = False
    plain: bool = False
    lead: Callable[[], str] = str


def _line(sent: Typed, name: str, label: str, value: str = "", hint: str = "") -> Field:
    return Field("line", name, label, sent.one(name) if sent.values else value, hint)


def _picks(sent: Typed, name: str, label: str, options, default: str = "") -> Field:
    chosen = sent.one(name) or default
    return Field("picks", name, label, options=tuple((v, words, v == chosen, "") for v, words in options))


# a name, birth, death, languages


def _name_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    hint = _("The whole name, or what there is of it. The name before stays in the record.")
    return (
        _line(sent, "name", _("Name they use"), hint=hint),
        _line(sent, "called", _("Called in a sentence"), hint=_("Left empty, the first word of the name.")),
    )


def _name(about: About, sent: Typed, told: Told, how: dict) -> object:
    return meeting.named(told=told, person=about.number, name=sent.one("name"), called=sent.one("called"), **how)


def _born_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    hint = _("As exactly as it is known: 14 February 2011, 2011, about 1960.")
    unborn = Field("check", "unborn", _("Not born yet: this is when they are expected"), sent.one("unborn"))
    return _line(sent, "day", _("Born"), hint=hint), unborn


def _born(about: About, sent: Typed, told: Told, how: dict) -> object:
    day, unborn = typed_day(about.page, sent.one("day")), bool(sent.one("unborn"))
    return meeting.born(told=told, person=about.number, day=day, unborn=unborn, **how)


def _died_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    return (_line(sent, "day", _("Died"), hint=_("As exactly as it is known.")),)


def _died(about: About, sent: Typed, told: Told, how: dict) -> object:
    return meeting.died(told=told, person=about.number, day=typed_day(about.page, sent.one("day")), **how)


def _speaks_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    person = about.page.people.persons[about.number]
    chosen = sent.many("language") if sent.values else list(person.languages)
    options = tuple((code, str(words), code in chosen, "") for code, words in LANGUAGES.items())
    needs = sent.one("interpreter") if sent.values else "yes" if person.interpreter is not None else ""
    return (
        Field("chips", "language", _("Languages"), options=options),
        Field("check", "interpreter", _("Needs an interpreter"), needs, _("Never a child, and nobody of the family.")),
        _line(sent, "who", _("Which interpreter, and who must not be asked"), person.interpreter or ""),
    )


def _speaks(about: About, sent: Typed, told: Told, how: dict) -> object:
    languages = [code for code in sent.many("language") if code in LANGUAGES]
    return meeting.speaks(
        told=told, person=about.number, languages=languages, interpreter=bool(sent.one("interpreter")),
        who=sent.one("who"), **how,
    )  # fmt: skip


def _gender_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    options = (("woman", _("woman")), ("man", _("man")), ("both", _("both, neither or another")))
    return (_picks(sent, "gender", _("They say they are"), options, about.page.people.persons[about.number].gender),)


def _gender(about: About, sent: Typed, told: Told, how: dict) -> object:
    return meeting.gender(told=told, person=about.number, gender=sent.one("gender"), **how)


# how they belong together


def _tie_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    names = about.who
    usual = (
        ("child", _("%(who)s is their child")), ("parent", _("%(who)s is their mother or father")),
        ("stepchild", _("%(who)s is their stepchild")), ("foster-child", _("%(who)s is their foster child")),
        ("adopted-child", _("%(who)s is their adopted child")),
        ("grandchild", _("%(who)s is their grandchild")), ("grandparent", _("%(who)s is their grandparent")),
        ("nephew", _("%(who)s is their niece or nephew")), ("aunt", _("%(who)s is their aunt or uncle")),
        ("sibling", _("brother or sister")), ("married", _("married")), ("lived-together", _("living together")),
        ("divorced", _("divorced")), ("friend", _("friends")), ("neighbour", _("neighbours")),
    )  # fmt: skip
    options = [("", _("Choose, or write below")), *((value, words % names) for value, words in usual)]
    return (
        Field("picks", "with", _("To whom"), options=about.choice(sent, "with")),
        Field("choose", "tie", _("What they are to each other"), sent.one("tie"), options=tuple(options)),
        _line(sent, "words", _("Or in own words"), hint=_("What %(who)s is to them: ayeeyo.") % names),
    )


# said from the other side: the entry always has the elder or the one it starts from first
TURNED = {"parent": "child", "grandparent": "grandchild", "aunt": "nephew"}


def _tie(about: About, sent: Typed, told: Told, how: dict) -> object:
    other = about.others.get(sent.one("with"))
    if other is None:
        raise Refused("nobody")
    kind, a, b = sent.one("tie"), other, about.number
    if kind in TURNED and not sent.one("words").strip():
        kind, a, b = TURNED[kind], b, a
    return tie.tied(
        told=told, a=a, b=b, tie=kind, words=sent.one("words"), since=told.so,
        until=typed_day(about.page, sent.one("until")), **how,
    )  # fmt: skip


# where they live, where their days are


def _home_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    return (
        _line(sent, "name", _("What the home is called"), hint=_("Home with Anne")),
        _line(sent, "place", _("Where")),
        Field("chips", "with", _("Who else lives there"), options=about.choice(sent, "with")),
    )


def _home(about: About, sent: Typed, told: Told, how: dict) -> object:
    others = [about.others[id] for id in sent.many("with") if id in about.others]
    return homes.lives(
        told=told, name=sent.one("name"), place=sent.one("place"), who=(about.number, *others), since=told.so, **how
    )


def _left_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    here = [one for one in about.page.people.homes if about.number in one.here and one.id]
    options = [(one.id, ", ".join(part for part in home(about.page, one)[:2] if part)) for one in here]
    only = options[0][0] if len(options) == 1 else ""
    return (
        _picks(sent, "home", _("From which home"), options, only),
        _line(sent, "day", _("Since when"), hint=_("A day, a month or a year.")),
    )


def _left(about: About, sent: Typed, told: Told, how: dict) -> object:
    entry = next((e for e in about.page.entries if e.id == sent.one("home") and e.kind == "families.home"), None)
    if entry is None:
        raise Refused("nothing-chosen")
    day = typed_day(about.page, sent.one("day"))
    return homes.left(by=about.page.reader, home=entry, who=(about.number,), day=day, **how)


def _place_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    return (
        _picks(sent, "what", _("What it is"), [(k, str(v)) for k, v in place.PLACES.items()], "school"),
        _line(sent, "name", _("What it is called")),
        _line(sent, "note", _("Whom to ask for, and when")),
    )


def _place(about: About, sent: Typed, told: Told, how: dict) -> object:
    return place.goes(
        told=told, person=about.number, what=sent.one("what"), name=sent.one("name"), note=sent.one("note"), **how
    )


# the safe way


def _reach_fields(about: About, sent: Typed) -> tuple[Field, ...]:
    way = ways(about.page.entries).get(about.number)
    had: Mapping[str, str] = way.parts if way else {}
    how = sent.one("how") if sent.values else had.get("how", "") or (_text(way.entry) if way else "")
    return (
        Field("area", "how", _("How and when"), how, _("Text or ring or knock, at which hours, and through whom.")),
        _line(sent, "never", _("What we never do"), had.get("never", ""), _("No voicemail. Never at school.")),
        _line(sent, "say", _("What we say"), had.get("say", ""), _("Which name to give, and nothing more.")),
    )


def _text(entry: Entry) -> str:
    words = entry.body.get("words") or [{"text": ""}]
    return words[0]["text"]


def _reach(about: About, sent: Typed, told: Told, how: dict) -> object:
    return contact.reach(
        told=told, person=about.number, how=sent.one("how"), never=sent.one("never"), say=sent.one("say"),
        lang=about.page.showing.lang, at=how["at"], once=how["once"],
    )  # fmt: skip


def _since() -> str:
    return _("Since when")


FORMS = {
    "name": PersonForm(lambda a: _("Another name for %(who)s") % a.who, _name_fields, _name, _since),
    "born": PersonForm(lambda a: _("When %(who)s was born") % a.who, _born_fields, _born),
    "died": PersonForm(lambda a: _("When %(who)s died") % a.who, _died_fields, _died),
    "languages": PersonForm(lambda a: _("What %(who)s speaks") % a.who, _speaks_fields, _speaks),
    "gender": PersonForm(
        lambda a: _("Woman, man or another: %(who)s") % a.who, _gender_fields, _gender,
        lead=lambda: _("Only if it is to be seen in the picture of the family. Nobody has to say it."),
    ),
    "tie": PersonForm(lambda a: _("Who belongs with %(who)s") % a.who, _tie_fields, _tie, _since, until=True),
    "home": PersonForm(lambda a: _("Where %(who)s lives") % a.who, _home_fields, _home, _since),
    "moved": PersonForm(lambda a: _("When %(who)s moved out") % a.who, _left_fields, _left, plain=True),
    "place": PersonForm(lambda a: _("A place of %(who)s’s days") % a.who, _place_fields, _place, _since),
    "reach": PersonForm(
        lambda a: _("The safe way to reach %(who)s") % a.who, _reach_fields, _reach,
        lead=lambda: _("Ask them before you write it. This is what everybody goes by who reaches them."),
    ),
}  # fmt: skip


def asked_when(form: PersonForm, sent: Typed) -> tuple[Field, ...]:
    """Since when, and until when, where the form asks."""
    found: list[Field] = []
    if form.since:
        found.append(_line(sent, "since", form.since(), hint=_("A day, a month or a year, if known.")))
    if form.until:
        found.append(_line(sent, "until", _("Until when, where it is over")))
    return tuple(found)


def when(about: About, form: PersonForm, sent: Typed) -> dates.Partial:
    """Since when it was so, where the form asks."""
    return typed_day(about.page, sent.one("since")) if form.since else dates.UNSAID
