"""How often somebody may be wrong: a pause after five, the end after fifteen, counted where it is kept.

A place is a name that was typed, known or not: known and unknown names behave alike, so that nobody learns from
the bound who has an account here. What was counted outlives the server. A right try forgets the wrong ones.
"""

import hashlib
import hmac

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.access.models import Account, Wrong

A_ROW = 5  # wrong tries before each pause
MOST = 15  # wrong tries without a right one: then only a new code helps
PAUSE = 15 * 60 * 1_000_000  # microseconds
FORGOTTEN = 7 * 24 * 3600 * 1_000_000  # an unknown name is forgotten after this


def too_many() -> str:
    """What somebody reads who was wrong too often; the same in a pause and at the end."""
    return _(
        "That was too many tries. Wait fifteen minutes and try once more. If this page says it again, ring us: "
        "then a new code is needed."
    )


def name(login: str) -> str:
    """The place of a name at the door."""
    return f"name/{login.strip().casefold()}"


def second(account: int) -> str:
    """The place of an account's second factor. Apart from its name, or whoever has the password could guess on
    for ever by signing in between."""
    return f"second/{account}"


def word(person: int) -> str:
    """The place of the word agreed with this person."""
    return f"word/{person}"


def _key(place: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"place\0" + place.encode(), hashlib.sha256).hexdigest()


def locked(place: str) -> bool:
    """Whether only a new code helps here."""
    return Wrong.objects.filter(place=_key(place), tries__gte=MOST).exists()


def wrong_of(place: str) -> int:
    """How many wrong tries are held against this place."""
    return Wrong.objects.filter(place=_key(place)).values_list("tries", flat=True).first() or 0


def locked_names(logins: list[str]) -> set[str]:
    """Of these names those at which only a new code helps."""
    by_key = {_key(name(login)): login for login in logins}
    found = Wrong.objects.filter(place__in=by_key, tries__gte=MOST).values_list("place", flat=True)
    return {by_key[key] for key in found}


def begin(place: str, *, at: int) -> bool:
    """Whether a try is taken here now. It counts as wrong from this moment, until `right` is said: two tries at
    once are two tries. `at`: microseconds."""
    with transaction.atomic():
        found, _new = Wrong.objects.get_or_create(place=_key(place))
        if found.tries >= MOST or found.until > at:
            return False
        found.tries, found.at = found.tries + 1, at
        found.until = at + PAUSE if found.tries % A_ROW == 0 else 0
        found.save()
        return True


def right(place: str) -> None:
    """The try was right, or a new code was given: the wrong ones are forgotten."""
    Wrong.objects.filter(place=_key(place)).delete()


def tidy(*, at: int) -> None:
    """Names nobody has are forgotten a week after the last try. Those of an account are not: whoever waits gets no
    more guesses by waiting."""
    known = set()
    for number, person, login in Account.objects.values_list("pk", "person", "login"):
        known |= {_key(name(login)), _key(second(number)), _key(word(person))}
    old = set(Wrong.objects.filter(at__lt=at - FORGOTTEN).values_list("place", flat=True)) - known
    for place in old:
        Wrong.objects.filter(place=place).delete()
