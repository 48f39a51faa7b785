"""One-time codes on paper: thirteen letters and digits in three groups, such as k7mq-3fhx-92pdw.

The first group finds the code; the nine after it are secret (44.5 bits: one of 31 letters and digits each, without
look-alikes). A code works once, for seven days, and dies at the fifth wrong try. A new one kills the old one.
Kept is a keyed hash: who has the database without the secret of this installation has no code.
"""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import transaction

from alongside.access.models import Account, CodeGiven
from alongside.ids import ALPHABET

DAYS = 7
TRIES = 5
OPEN = 4  # letters that find the code
SECRET = 9  # letters nobody knows: 44.5 bits
SIZE = OPEN + SECRET
DAY = 24 * 3600 * 1_000_000  # microseconds


def plain(typed: str) -> str:
    """What was typed, without case, blanks and dashes."""
    return "".join(ch for ch in typed.casefold() if ch.isalnum())


def grouped(code: str) -> str:
    """The code as it is printed."""
    return "-".join((code[:4], code[4:8], code[8:]))


def keyed(code: str) -> str:
    """The keyed hash under which a code is kept."""
    return hmac.new(settings.SECRET_KEY.encode(), b"code\0" + code.encode(), hashlib.sha256).hexdigest()


def _drawn(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def give(account: Account, *, at: int) -> str:
    """A new code for this account, as it is printed. The one before is dead. `at`: microseconds."""
    with transaction.atomic():
        CodeGiven.objects.filter(account=account).delete()
        first = _drawn(OPEN)
        while CodeGiven.objects.filter(open=first).exists():
            first = _drawn(OPEN)
        code = first + _drawn(SECRET)
        CodeGiven.objects.create(account=account, open=first, secret=keyed(code), until=at + DAYS * DAY)
    return grouped(code)


def take(typed: str, door: str, *, at: int) -> Account | None:
    """The account whose code this is, for this door; the code is used up by it. None for anything else: wrong,
    used, too old, dead, or of somebody who left. A wrong try at a code that exists counts against it."""
    code = plain(typed)[: SIZE + 1]
    with transaction.atomic():
        given = CodeGiven.objects.select_related("account").filter(open=code[:OPEN]).first()
        if given is None or given.account.door != door:
            return None
        if given.until <= at or not given.account.is_active:
            return None
        if not hmac.compare_digest(given.secret, keyed(code)):
            _wrong(given)
            return None
        given.delete()
        return given.account


def _wrong(given: CodeGiven) -> None:
    """One more wrong try; at the fifth the code is gone."""
    given.wrong += 1
    if given.wrong >= TRIES:
        given.delete()
    else:
        given.save(update_fields=["wrong"])


def waiting(account: Account, *, at: int) -> bool:
    """Whether a code for this account can still be used."""
    return CodeGiven.objects.filter(account=account, until__gt=at).exists()


def kill(account: Account) -> None:
    """The code of this account opens nothing any more."""
    CodeGiven.objects.filter(account=account).delete()
