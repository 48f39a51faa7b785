"""Drawings of who stands near and of what surrounds somebody's days: each line somebody's word, with a day (R52, R53).

A drawing is about one person and belongs to whoever says so. Nothing of it is overwritten: what moves, changes or
goes is a further entry, so that every day's picture can be seen again, and two people's stand side by side.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from alongside.families.telling import Told, further, line, moved, used
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused, Statement

kind("families.circle-placed", _("In a circle"), settles=False, state=True)
kind("families.circle-moved", _("Nearer or farther in a circle"), settles=False, changes_state=True, state=True)
kind("families.circle-out", _("No longer in a circle"), settles=False, changes_state=True, state=True)
kind("families.line-drawn", _("A line to what surrounds somebody"), settles=False, state=True)
kind("families.line-changed", _("A line changed"), settles=False, changes_state=True, state=True)
kind("families.line-out", _("A line taken away"), settles=False, changes_state=True, state=True)

RINGS = (1, 2, 3, 4)  # closest; friends and family; groups and places; paid to help
STRENGTHS = ("strong", "ordinary", "thin", "stressful")
GIVES = ("", "in", "out", "both")  # who gives energy: nobody says; it gives; the person gives; both
MOST_AT_ONCE = 40
CIRCLE, LINE = "families.circle-placed", "families.line-drawn"


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line of a drawing. `of`: whose picture it is about; `by`: who says so; `who`: somebody met here, or None
    where it is a `name` in words. `ring`: 1 to 4 in a circle, else 0; `strength`, `gives`: of a line, else ''.
    `words`: own words about it. `entry`: where it began; `last`: what was said of it last."""

    entry: Entry
    last: Entry
    of: int
    by: int
    who: int | None
    name: str
    words: str = ""
    ring: int = 0
    strength: str = ""
    gives: str = ""

    def same(self, who: int | None, name: str) -> bool:
        """Whether this is the same person or thing."""
        return self.who == who if who is not None else self.who is None and self.name.casefold() == name.casefold()


def drawn(entries: Iterable[Entry]) -> tuple[Drawn, ...]:
    """Everything that is drawn and was not taken away again, in the order it was said."""
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    held: dict[int, Drawn] = {}
    for entry in entries:
        if entry.pk in gone:
            continue
        body = entry.body
        if entry.kind in (CIRCLE, LINE):
            held[entry.pk] = Drawn(
                entry, entry, body["of"], entry.speaker, body.get("who"), body.get("name", ""), body.get("as", ""),
                body.get("ring", 0), body.get("strength", ""), body.get("gives", ""),
            )  # fmt: skip
        elif entry.kind in ("families.circle-moved", "families.line-changed") and moved(entry) in held:
            known = held[moved(entry)]
            held[moved(entry)] = replace(
                known, last=entry, words=body.get("as", known.words), ring=body.get("ring", known.ring),
                strength=body.get("strength", known.strength), gives=body.get("gives", known.gives),
            )  # fmt: skip
        elif entry.kind in ("families.circle-out", "families.line-out"):
            held.pop(moved(entry), None)
    return tuple(held.values())


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody met here (`who`), or something by its `name`, and in which ring."""

    ring: int
    who: int | None = None
    name: str = ""


def place(
    *, told: Told, of: int, near: Sequence[Near], before: Sequence[Drawn] = (), at: int, once: str
) -> list[Receipt]:
    """Somebody says who stands where round `of`: as many at once as they name. `before`: what is drawn already; who
    stands there already is moved, and nobody stands there twice. Sent twice it is one act.

    Raises Refused: no-name, too-many, unknown-form, same-person, line-too-long, and what Told.may refuses.
    """
    told.may()
    if not near:
        raise Refused("no-name")
    if len(near) > MOST_AT_ONCE:
        raise Refused("too-many")
    by = told.by.person if told.speaker is None else told.speaker
    mine = [one for one in before if one.ring and one.of == of and one.by == by]
    found = [said for one in near if (said := _near(told, of, one, mine)) is not None]
    return _said(told, found, at=at, once=once)


def _near(told: Told, of: int, one: Near, mine: Sequence[Drawn]) -> Statement | None:
    name = "" if one.who is not None else line(one.name, needed="no-name")
    if one.ring not in RINGS:
        raise Refused("unknown-form")
    if one.who == of:
        raise Refused("same-person")
    known = next((had for had in mine if had.same(one.who, name)), None)
    if known is None:
        return told.statement(CIRCLE, {"of": of, "who": one.who, "name": name, "ring": one.ring})
    return _further(told.by, known, {"ring": one.ring}) if known.ring != one.ring else None


def draw(
    *, told: Told, of: int, who: int | None = None, name: str = "", strength: str, gives: str = "", words: str = "",
    before: Sequence[Drawn] = (), at: int, once: str,
) -> list[Receipt]:  # fmt: skip
    """Somebody draws the line between `of` and somebody or something. What has a line already gets the new one.

    Raises Refused: no-name, nothing-chosen (strength), unknown-form, same-person, line-too-long.
    """
    told.may()
    name, words = "" if who is not None else line(name, needed="no-name"), line(words)
    if strength not in STRENGTHS:
        raise Refused("nothing-chosen")
    if gives not in GIVES:
        raise Refused("unknown-form")
    if who == of:
        raise Refused("same-person")
    by = told.by.person if told.speaker is None else told.speaker
    known = next((o for o in before if o.strength and o.of == of and o.by == by and o.same(who, name)), None)
    line_ = {"strength": strength, "gives": gives, "as": words}
    if known is not None:
        return _said(told, [_further(told.by, known, line_)], at=at, once=once)
    return _said(told, [told.statement(LINE, {"of": of, "who": who, "name": name, **line_})], at=at, once=once)


def _said(told: Told, found: Sequence[Statement], *, at: int, once: str) -> list[Receipt]:
    """One act, also when it is sent again after the drawing has changed by it."""
    family = told.by.family
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_family SET last_at = last_at WHERE number = %s", [family])
        if not found or used(told.by.person, family, once):
            return []
        return told.say(*found, at=at, once=once)


def may_move(by: Reader, one: Drawn) -> bool:
    """Whether this reader goes on with this line: those who said it, and the helpers with what was told to one of
    them. What somebody drew with their own hand nobody else moves."""
    if not by.writes or not (by.by_mark or by.kin):
        return False
    return one.by == by.person or (by.by_mark and one.entry.author != one.by)


def move(
    *, by: Reader, one: Drawn, ring: int = 0, strength: str = "", gives: str | None = None, words: str | None = None,
    at: int, once: str,
) -> list[Receipt]:  # fmt: skip
    """Nearer or farther in a circle, another kind of line, or other words about it.

    Raises Refused: not-yours, not-any-more, unknown-form, nothing-changed, line-too-long.
    """
    _may(by, one)
    body: dict = {}
    if ring or strength:
        if (ring not in RINGS) if one.ring else (strength not in STRENGTHS):
            raise Refused("unknown-form")
        body |= {"ring": ring} if one.ring else {"strength": strength}
    if gives is not None and one.strength:
        if gives not in GIVES:
            raise Refused("unknown-form")
        body["gives"] = gives
    if words is not None:
        body["as"] = line(words)
    if not body:
        raise Refused("nothing-changed")
    return Told(by).say(_further(by, one, body), at=at, once=once)


def take_out(*, by: Reader, one: Drawn, at: int, once: str) -> list[Receipt]:
    """It stands there no more; what stood there stays in the record. Raises Refused: not-yours, not-any-more."""
    _may(by, one)
    kind = "families.circle-out" if one.ring else "families.line-out"
    return Told(by).say(_as_said(by, one, further(by, kind, one.entry, {})), at=at, once=once)


def _may(by: Reader, one: Drawn) -> None:
    if not by.writes:
        raise Refused("not-any-more")
    if not may_move(by, one):
        raise Refused("not-yours")


def _further(by: Reader, one: Drawn, body: dict) -> Statement:
    kind = "families.circle-moved" if one.ring else "families.line-changed"
    return _as_said(by, one, further(by, kind, one.entry, body))


def _as_said(by: Reader, one: Drawn, said: Statement) -> Statement:
    """The same person says it as before."""
    basis = "own-words" if not by.by_mark else "act" if one.by == by.person else "told"
    return replace(said, speaker=one.by, basis=basis)
