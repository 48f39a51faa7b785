"""A visit: who is here, through which door, and how strong the visit is."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest

from alongside import clock
from alongside.access import visits
from alongside.access.models import Account, VisitOpen
from alongside.access.standing import reader_in, readers_of
from alongside.record.readers import FRESH, SECOND, Reader
from alongside.record.reading import noticed

VISIT = "visit"  # what the session holds: the id of an open visit, and nothing of who it is


@dataclass(frozen=True, slots=True)
class Visit:
    """One signed-in visit at one moment. `now`: microseconds. `id`: of the open visit. `on_unit`: whether
    the person is supervisor, leader or intake today. `guarded`: whether pages for them are looked through. `ends`: the
    moment at which the office stops, 0 where it does not."""

    account: Account
    strength: int
    now: int
    id: str = ""
    way: str = ""
    on_unit: bool = False
    guarded: bool = False
    ends: int = 0

    @property
    def person(self) -> int:
        return self.account.person

    @property
    def fresh(self) -> bool:
        """Whether what is for named people can be read now."""
        return self.strength >= FRESH

    @property
    def shut(self) -> bool:
        """Whether the office has stopped: one reads, and nothing new is received."""
        return 0 < self.ends <= self.now

    def reader(self, code: str) -> Reader:
        """This visitor as a reader of the family with this code. Hidden and absent are the same 404."""
        found = reader_in(self.person, code, now=self.now, strength=self.strength)
        if found is None:
            raise Http404
        noticed(found)
        return found

    def families(self) -> list[Reader]:
        """This visitor as a reader of each family where they stand."""
        return readers_of(self.person, now=self.now, strength=self.strength)


def begin(request: HttpRequest, account: Account, way: str, *, proved: bool = False, **more: int) -> str:
    """Start a visit: a fresh session that holds the id of a visit, and nothing else. `more`: as visits.begin takes
    it. Returns the id."""
    request.session.flush()
    request.session.cycle_key()
    row = visits.begin(
        account, way, at=clock.micros(clock.now()), agent=request.headers.get("User-Agent", ""), proved=proved,
        **more,
    )  # fmt: skip
    request.session[VISIT] = row.pk
    return row.pk


def stand_in(session: Any, account: Account, strength: int) -> None:
    """Put a visit of this strength into a session, as if it had just begun: for tests and measurements."""
    now = clock.micros(clock.now())
    row = visits.begin(account, "password", at=now, proved=strength >= FRESH)
    VisitOpen.objects.filter(pk=row.pk).update(strength=min(strength, SECOND))
    session[VISIT] = row.pk


def end(request: HttpRequest) -> None:
    """End the visit; nothing of it stays."""
    VisitOpen.objects.filter(pk=request.session.get(VISIT, "")).delete()
    request.session.flush()


def present(request: HttpRequest) -> Visit | None:
    """The visit of this request, or None; a session whose visit is over is emptied."""
    id, now = request.session.get(VISIT), clock.micros(clock.now())
    if id is None:
        return None
    row = visits.find(id, at=now)
    if row is None:
        request.session.flush()
        return None
    return Visit(row.account, visits.strength(row, now), now, row.pk, row.way, row.on_unit, row.guarded, row.ends)


def card_key(code: str) -> str:
    """The keyed hash under which the code of a demo's card is kept. Case, blanks and dashes do not matter."""
    plain = "".join(ch for ch in code.casefold() if ch.isalnum())
    return hmac.new(settings.SECRET_KEY.encode(), b"card\0" + plain.encode(), hashlib.sha256).hexdigest()
