"""Somebody at one's own side: an advocate or a family partner, given by the person with a last day and ended by the
person alone (R27, R100).

They read what that person lets them, and nothing more; the day ends their place without anybody's doing. Whoever works
here sees that they are there, and may only bar them by an order. Raises Refused: not-any-more, not-yours, nobody,
no-name, no-until, not-to-them, works-here, and what policy.fits raises.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from alongside.access.absence import day_after
from alongside.access.policy import fits, received, tie_of
from alongside.access.relationship import Held, as_its_grant, place, relationships
from alongside.families.here import in_danger, work_here
from alongside.families.meeting import met_statement
from alongside.families.telling import Told
from alongside.record.appending import append
from alongside.record.appending import person as new_person
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused

KIND = "advocate"
AS = {"advocate": _("An advocate or a lawyer"), "family-partner": _("A family partner")}


def given_by(entries: Iterable[Entry], person: int, now: int) -> list[Held]:
    """Those at this person's side now, as far as these entries tell."""
    return [one for one in relationships(entries) if one.kind == KIND and one.to == person and one.live(now)]


def give(
    *, by: Reader, person: int | None, name: str, what: str, until: dt.date, lang: str, at: int, once: str
) -> list[Receipt]:
    """Give somebody a place at one's side until a day, the day with it. `person`: known here, or None and a `name`;
    `what`: a key of AS."""
    if not by.writes:
        raise Refused("not-any-more")
    if not by.kin or what not in AS:
        raise Refused("not-yours")
    if until.toordinal() < by.today:
        raise Refused("no-until")
    if received(by.person, by.family, once):
        return []
    if person == by.person or (person is not None and person in work_here(by.family)):
        raise Refused("works-here")
    if person is not None and by.hazard is None and person in in_danger(by.family):
        raise Refused("not-to-them")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_family SET last_at = last_at WHERE number = %s", [by.family])
        if received(by.person, by.family, once):
            return []
        said = []
        if person is None:
            person = new_person()
            said = [met_statement(Told(by), person=person, name=name, lang=lang, group="network")]
        fits(family=by.family, person=person, kind=KIND, to=by.person, at=at)
        given = place(by.family, person, KIND, to=by.person, why="", state="active", until=day_after(until))
        said.append(replace(given, body={**given.body, "as": what}, basis="own-words"))
        return append(said, family=by.family, by=by.person, once=once, at=at)


def end(*, by: Reader, grant: str, at: int, once: str) -> list[Receipt]:
    """End it, now and without a reason. Only the one whose side it is; also when the work with the family has ended."""
    tie = tie_of(by.family, grant)
    if tie.kind != KIND or tie.to != by.person:
        raise Refused("not-found")
    if received(by.person, by.family, once) or tie.state == "ended":
        return []
    return append([as_its_grant(tie, "ended")], family=by.family, by=by.person, once=once, at=at)
