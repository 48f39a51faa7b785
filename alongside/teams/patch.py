"""A team's patch: the people, places, groups and local providers of its area, and who of the office knows them (R104).

The office's own record (stream 0) holds it, so that it has order and as-known-then like everything else. Whoever works
here reads it, in whatever unit: a family moves, and what is here is no secret. Those of the unit write it. Nothing of
any family is in it. Nobody is counted or put in order by it (R92, R128): who knows somebody says so themselves.

Everything by keyword. Raises Refused: not-yours, no-name, nothing-chosen, line-too-long, not-found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.access.roles import OFFICE, roles_of
from alongside.families.telling import further, line, used
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.reading import read
from alongside.record.statement import Receipt, Refused, Statement
from alongside.words import fold

ADDED, KNOWN, CHANGED, GONE = "teams.patch-added", "teams.patch-known", "teams.patch-changed", "teams.patch-gone"
kind(ADDED, _("On the patch"), settles=False)
kind(KNOWN, _("Who knows them"), settles=False, changes_state=True)
kind(CHANGED, _("Changed on the patch"), settles=False, changes_state=True)
kind(GONE, _("No longer on the patch"), settles=False, changes_state=True)

KINDS = (ADDED, KNOWN, CHANGED, GONE)
WHAT = ("person", "place", "group", "provider")
LINES = ("name", "where", "good", "reach")


@dataclass(frozen=True, slots=True)
class Asset:
    """Somebody or something of a patch. `unit`: whose, by its name; `what`: one of WHAT; `where`, `good` (what it is
    good for), `reach` (how to reach it): words that may stand on a notice board, in the language `lang`; `knows`: the
    person numbers of those who say they know it, in that order; `added`, `last`: where it began, what came last."""

    unit: str
    what: str
    name: str
    where: str
    good: str
    reach: str
    lang: str
    knows: tuple[int, ...]
    added: Entry
    last: Entry

    @property
    def id(self) -> str:
        return self.added.id

    def has(self, wanted: str) -> bool:
        """Whether every one of these words begins a word of it."""
        mine = fold(" ".join((self.name, self.where, self.good, self.reach))).split()
        return all(any(one.startswith(word) for one in mine) for word in fold(wanted).split())


def assets(entries: Iterable[Entry]) -> tuple[Asset, ...]:
    """Everything on the patches that is not gone, by name. `entries`: of KINDS, in order."""
    held: dict[int, Asset] = {}
    for entry in entries:
        if entry.kind == ADDED:
            knows = (entry.author,) if entry.body.get("knows") else ()
            held[entry.pk] = Asset(entry.body["unit"], *_said(entry), knows, entry, entry)
        elif entry.kind == GONE:
            held.pop(entry.thing, None)
        elif entry.thing in held:
            held[entry.thing] = _further(held[entry.thing], entry)
    return tuple(sorted(held.values(), key=lambda one: fold(one.name)))


def _said(entry: Entry) -> tuple[str, ...]:
    body = entry.body
    return body["what"], body["name"], *(body.get(name, "") for name in LINES[1:]), body["lang"]


def _further(one: Asset, entry: Entry) -> Asset:
    if entry.kind == KNOWN:
        others = tuple(person for person in one.knows if person != entry.author)
        return replace(one, knows=(*others, entry.author) if entry.body["knows"] else others, last=entry)
    what, name, where, good, reach, lang = _said(entry)
    return replace(one, what=what, name=name, where=where, good=good, reach=reach, lang=lang, last=entry)


def patches(reader: Reader, *, at: int | None = None) -> tuple[Asset, ...]:
    """What stands on every patch, now or as known then. `reader`: of the office's own record."""
    return assets(read(reader, at=at, kinds=KINDS))


def units_of(person: int) -> tuple[str, ...]:
    """The units in which this person works today: whose patch they write."""
    return tuple(dict.fromkeys(role.unit for role in roles_of(person) if role.unit))


def add(
    *, by: Reader, unit: str, what: str, words: Mapping[str, str], knows: bool, lang: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """Somebody of the unit puts somebody or something on its patch. `words`: of LINES; `knows`: whether the writer
    knows them."""
    if unit not in units_of(by.person):
        raise Refused("not-yours")
    body = {"unit": unit, **_body(what, words, lang), "knows": knows or None}
    said = Statement(ADDED, {name: value for name, value in body.items() if value})
    return append([said], family=OFFICE, by=by.person, once=once, at=at)


def change(
    *, by: Reader, one: Asset, what: str, words: Mapping[str, str], lang: str, at: int, once: str
) -> list[Receipt]:  # fmt: skip
    """What is said of it from now on; what stood there before stays in the record."""
    return _move(by, one, CHANGED, {name: text for name, text in _body(what, words, lang).items() if text}, at, once)


def know(*, by: Reader, one: Asset, knows: bool, at: int, once: str) -> list[Receipt]:
    """Somebody of the unit says for themselves that they know them, or no longer. It is not said twice."""
    if (by.person in one.knows) == knows and not used(by.person, OFFICE, once):
        _may(by, one)
        return []
    return _move(by, one, KNOWN, {"knows": knows}, at, once)


def gone(*, by: Reader, one: Asset, why: str, at: int, once: str) -> list[Receipt]:
    """It is no longer there. Nobody has to say why."""
    return _move(by, one, GONE, {"why": line(why)} if why.strip() else {}, at, once)


def _may(by: Reader, one: Asset) -> None:
    if one.unit not in units_of(by.person):
        raise Refused("not-yours")


def _body(what: str, words: Mapping[str, str], lang: str) -> dict[str, str]:
    if what not in WHAT:
        raise Refused("nothing-chosen")
    said = {name: line(words.get(name, ""), needed="no-name" if name == "name" else "") for name in LINES}
    return {"what": what, **said, "lang": lang}


def _move(by: Reader, one: Asset, kind: str, body: dict, at: int, once: str) -> list[Receipt]:
    _may(by, one)
    return append([further(by, kind, one.added, body)], family=OFFICE, by=by.person, once=once, at=at)
