"""Where people live, since when, and who moved out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside import dates
from alongside.families.telling import Told, further, line, moved
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused
from alongside.record.terms import reveals

kind("families.home", _("Home"), settles=False, state=True)
kind("families.left", _("Moved out"), settles=False, changes_state=True, state=True)
reveals("families.home", lambda body: [body.get("place", "")])


@dataclass(frozen=True, slots=True)
class Home:
    """A place where people live. `id`: of the entry that said so. `left`: pairs of a person and the day they
    moved out, as said."""

    name: str
    place: str
    who: tuple[int, ...]
    since: str | None
    until: str | None
    id: str = ""
    said_by: int = 0
    left: tuple[tuple[int, str], ...] = ()

    @property
    def here(self) -> tuple[int, ...]:
        """Those who live there now."""
        gone = {person for person, _day in self.left}
        return tuple(person for person in self.who if person not in gone)


def lives(
    *, told: Told, name: str, place: str, who: tuple[int, ...], since: dates.Partial, at: int, once: str
) -> list[Receipt]:
    """These people live together somewhere. Raises Refused: no-home, line-too-long."""
    body = {
        "name": line(name, needed="no-home"), "place": line(place), "who": list(dict.fromkeys(who)),
        "from": since.text,
    }  # fmt: skip
    return told.say(told.statement("families.home", body), at=at, once=once)


def left(*, by: Reader, home: Entry, who: tuple[int, ...], day: dates.Partial, at: int, once: str) -> list[Receipt]:
    """These people do not live there any more. Raises Refused: no-day, not-found, not-any-more, not-yours."""
    if not day.bounds:
        raise Refused("no-day")
    if not who or not set(who) <= set(home.body.get("who", ())):
        raise Refused("not-found")
    said = further(by, "families.left", home, {"who": list(who), "until": day.text})
    return Told(by).say(said, at=at, once=once)


def homes(entries: Iterable[Entry]) -> tuple[Home, ...]:
    """The homes that are told as such, in the order they were said."""
    found: dict[int, Home] = {}
    for entry in entries:
        if entry.kind == "families.home" and "who" in (body := entry.body):
            found[entry.pk] = Home(
                body["name"], body.get("place", ""), tuple(body["who"]), body.get("from"), body.get("until"),
                entry.id, entry.speaker,
            )  # fmt: skip
        elif entry.kind == "families.left" and moved(entry) in found:
            home, body = found[moved(entry)], entry.body
            gone = tuple((person, body["until"]) for person in body["who"])
            found[moved(entry)] = replace(home, left=home.left + gone)
    return tuple(found.values())
