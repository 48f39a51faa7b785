"""What only those who work here have read: given, given without some words, or kept back, each by a decision.

A decision is an entry of its own: by whom, on which ground, why. It is read by no more people than what it is about.
The last one on a statement counts, until the whole is handed over.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import received
from alongside.exchange.pack.asked import Asked, prepares
from alongside.record.appending import append
from alongside.record.entry import Entry, first_pk, last_pk
from alongside.record.kinds import kind
from alongside.record.readers import FRESH, Reader
from alongside.record.reading import rows
from alongside.record.statement import MARKS, Receipt, Refused, Statement

DECIDED = "pack.decided"
kind(DECIDED, _("What of it is given was decided"), settles=False, goes_on=True)

DANGER = "danger"
# What the one who asked is told, where it may be said; and the law it rests on.
GROUNDS = {
    "others": (_("it tells of somebody else’s own life"), _("GDPR art. 15 no. 4")),
    "harm": (_("it could do serious harm to read it now"), _("GDPR art. 23 no. 1 i, and the law of this country")),
    "court": (_("a court decides who may read it"), _("GDPR art. 23 no. 1 f, and the law of this country")),
    DANGER: (_("it could put somebody in danger"), _("GDPR art. 15 no. 4 and art. 23 no. 1 i")),
}
TELLS = ("others", "harm", "court")  # a gap for danger never shows


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided of one statement. `ground`, `why`: where it is kept back or words are left out; `without`:
    words to leave out; `tell`: whether the gap may show."""

    give: bool
    ground: str = ""
    why: str = ""
    without: tuple[str, ...] = ()
    tell: bool = True
    by: int = 0


def marks_now(family: int) -> dict[int, str]:
    """The marks that were set since they were written: {place: mark}."""
    sql = "SELECT entry, mark FROM record_held WHERE entry BETWEEN %s AND %s"
    return dict(rows(sql, [first_pk(family), last_pk(family)]))


def chosen(asked: Asked) -> dict[str, Choice]:
    """What counts today of each statement, by id. The house's own reading: ask first who may see what of it."""
    sql = "SELECT author, body FROM record_entry WHERE thing = %s AND kind = %s ORDER BY pk"
    found = {}
    for author, text in rows(sql, [asked.place, DECIDED]):
        body = json.loads(text)
        found[body["entry"]] = _choice(author, body)
    return found


def _choice(author: int, body: Mapping[str, Any]) -> Choice:
    why = body["words"][0]["text"] if body.get("words") else ""
    return Choice(body["give"], body.get("ground", ""), why, tuple(body.get("without", ())), body["tell"], author)


def shows(asked_by: Reader | None, choice: Choice, mark: str) -> bool:
    """Whether the one who asked may be told that something is left out here: never under a hazard, never where few
    were named, never where it could put somebody in danger."""
    safe = asked_by is not None and asked_by.hazard is None and mark in ("team", "professionals")
    return safe and choice.tell and choice.ground in TELLS


def decide(
    *, by: Reader, asked: Asked, choices: Mapping[str, Choice], among: Collection[Entry], lang: str, at: int, once: str
) -> list[Receipt]:
    """Decide on some of what waits. `among`: the statements this worker may decide on (see collecting.to_decide).

    Raises Refused: not-yours, too-weak, given-already, not-here, no-ground, no-reason; `entry` says of which.
    """
    if not prepares(by) or asked.family != by.family:
        raise Refused("not-yours")
    if by.strength < FRESH:
        raise Refused("too-weak")
    if received(by.person, by.family, once):
        return []
    if not asked.open:
        raise Refused("given-already")
    offered = {entry.id: entry for entry in among}
    held = marks_now(by.family)
    said = []
    for id, choice in choices.items():
        if id not in offered:
            raise Refused("not-here", entry=id)
        _fits(id, choice)
        said.append(_statement(asked, offered[id], choice, held, lang))
    return append(said, family=by.family, by=by.person, once=once, at=at) if said else []


def _fits(id: str, choice: Choice) -> None:
    """Whoever keeps something back says on which ground and why."""
    if (not choice.give or choice.without) and choice.ground not in GROUNDS:
        raise Refused("no-ground", entry=id)
    if not choice.give and not choice.why.strip():
        raise Refused("no-reason", entry=id)


def _statement(asked: Asked, entry: Entry, choice: Choice, held: Mapping[int, str], lang: str) -> Statement:
    mark = max("professionals", held.get(entry.pk, entry.mark), key=MARKS.index)
    body: dict[str, Any] = {"entry": entry.id, "give": choice.give, "tell": choice.tell}
    if not choice.give or choice.without:
        body |= {"ground": choice.ground, "without": list(choice.without)}
    if choice.why.strip():
        body["words"] = [{"lang": lang, "text": choice.why.strip()}]
    return Statement(DECIDED, body, mark=mark, thing=asked.id)
