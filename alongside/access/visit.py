"""A visit: who is here, through which door, and how strong the visit is."""

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest

from alongside import clock
from alongside.access.models import Account
from alongside.access.standing import reader_in, readers_of
from alongside.record.readers import CARD, FRESH, SIGNED_IN, Reader
from alongside.record.reading import noticed

ACCOUNT, STRENGTH = "who", "how"


@dataclass(frozen=True, slots=True)
class Visit:
    """One signed-in visit at one moment. `now`: microseconds."""

    account: Account
    strength: int
    now: int

    @property
    def person(self) -> int:
        return self.account.person

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


def begin(request: HttpRequest, account: Account, strength: int) -> None:
    """Start a visit: a fresh session that holds the account and how it was opened."""
    request.session.flush()
    request.session.cycle_key()
    request.session[ACCOUNT] = account.pk
    request.session[STRENGTH] = strength


def end(request: HttpRequest) -> None:
    """End the visit; nothing of it stays."""
    request.session.flush()


def present(request: HttpRequest) -> Visit | None:
    """The visit of this request, or None."""
    number = request.session.get(ACCOUNT)
    if number is None:
        return None
    account = Account.objects.filter(pk=number, is_active=True).first()
    if account is None:
        return None
    return Visit(account, request.session.get(STRENGTH, CARD), clock.micros(clock.now()))


def strength_of(way: str) -> int:
    """How strong a visit is that began this way: "password", "card".

    A second factor and a PIN of one's own come with the next step of this room. Until then a password
    opens what is for the team, a card opens home and writing, and only the demo, where nobody is real,
    opens everything.
    """
    if settings.DEMO:
        return FRESH
    return SIGNED_IN if way == "password" else CARD


def card_key(code: str) -> str:
    """The keyed hash under which a card's code is kept. Letters of either case, blanks and dashes do not matter."""
    plain = "".join(ch for ch in code.casefold() if ch.isalnum())
    return hmac.new(settings.SECRET_KEY.encode(), b"card\0" + plain.encode(), hashlib.sha256).hexdigest()
