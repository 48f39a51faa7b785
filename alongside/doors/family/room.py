"""One look into the room: a single read, and everything a page makes of it."""

import datetime as dt
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from alongside import dates
from alongside.access.addresses import address
from alongside.access.standing import office_day
from alongside.dialogue.said import Said
from alongside.dialogue.showing import Showing
from alongside.dialogue.woven import Woven, weave
from alongside.doors.family.circle import Circle, circle
from alongside.families.person import people
from alongside.families.queries import workers
from alongside.record.kinds import state_kinds
from alongside.record.readers import SIGNED_IN, Reader
from alongside.record.reading import read
from alongside.record.settling import Waiting, waiting


@dataclass(frozen=True)
class Room:
    """What one reader reads of their family at one moment. `now`: microseconds; `at`: the moment looked at
    as known then, or None; `typed`: the same as it stands in the address; `waits`: own acts not received yet."""

    reader: Reader
    woven: Woven
    showing: Showing
    circle: Circle
    now: int
    at: int | None = None
    typed: str = ""
    waits: tuple[Waiting, ...] = field(default=())

    @property
    def me(self) -> int:
        return self.reader.person

    @property
    def writes(self) -> bool:
        """Whether anything on this page may lead to writing."""
        return self.at is None and self.reader.writes

    @property
    def reads(self) -> bool:
        """False for a visit by card alone: home and writing are open, reading is not."""
        return self.reader.strength >= SIGNED_IN

    @property
    def hello(self) -> str:
        return self.showing.people.called(self.me)

    @property
    def worker(self) -> str:
        """How the helper to turn to is called, or ''."""
        return self.showing.people.called(self.circle.worker) if self.circle.worker else ""

    def mine(self, said: Said) -> bool:
        return self.me in (said.by, said.of)

    def href(self, name: str, id: str = "") -> str:
        """The address of a page of this door; as known then it carries the moment."""
        path = address(name, id) if id else address(name)
        return f"{path}?at={self.typed}" if self.typed else path


def enter(
    request: HttpRequest, reader: Reader, *, at: int | None = None, today: dt.date | None = None, typed: str = "",
    newest: int | None = None,
) -> Room:  # fmt: skip
    """Read the room once. `newest`: for pages that show what is new, instead of everything."""
    now = request.visit.now
    entries = read(reader, at=at, newest=newest, kinds=state_kinds() if newest else ())
    known = people(entries, workers())
    lang = translation.get_language() or "en"
    showing = Showing(known, lang, today or office_day(now), settings.OFFICE_ZONE, reader.person)
    waits = () if at is not None else tuple(waiting(reader.person, family=reader.family))
    return Room(
        reader, weave(entries, known, lang), showing, circle(entries, reader.person, at or now), now, at, typed, waits
    )


def day_words(day: dt.date, lang: str) -> str:
    """A day with weekday and year."""
    return dates.show(dates.on(day), lang, day, True)
