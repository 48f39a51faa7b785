"""A page that was not shown leaves a line in the program's log: by which door and for which kind of page, and who.

Hidden and absent are one line, as they are one page. No address, no name, no word of a form is in it. Who asked is a
key that follows from the account, the day and the secret of this installation: lines of one day hang together, those
of two days do not, so that nothing grows about anybody. `alongside whose` says whose a key is, one at a time.
"""

import datetime as dt
import hashlib
import hmac

from django.conf import settings

from alongside import clock
from alongside.access.models import Account
from alongside.access.visit import Visit

SAID = {403: "refused", 404: "not found", 429: "too many tries"}
NOBODY, NOWHERE = "nobody", "nowhere"  # without a visit; an address that this site does not have


def key(account: int, day: dt.date) -> str:
    """Sixteen hex digits that stand for an account in the lines of this day (UTC)."""
    said = f"refused\0{account}\0{day.isoformat()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()[:16]


def whose(found: str, day: dt.date) -> Account | None:
    """The account whose key this was on that day."""
    every = Account.objects.order_by("pk")
    return next((one for one in every if key(one.pk, day) == found), None)


def line(status: int, route: str, visit: Visit | None) -> str:
    """What is noted of an answer, '' for nothing. `route`: the name of the page, '' for an address there is none for:
    of those a stranger tries nothing is noted."""
    if status not in SAID or not (route or visit):
        return ""
    door, who = (visit.account.door, key(visit.account.pk, clock.moment(visit.now).date())) if visit else ("no", NOBODY)
    return f"{SAID[status]}: {route or NOWHERE}, {door} door, by {who}"
