"""What one browser has begun and comes back with once: the challenge for a passkey, the way to the identity provider.

The session holds a random key and the table the rest. Whoever comes back takes it out: it is there once, for this
browser, until it runs out, and of two who come at the same time one gets it.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import MutableMapping
from typing import Any

from django.conf import settings

from alongside.access.models import Begun

MINUTE = 60_000_000  # microseconds


def _keyed(key: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), b"begun\0" + key.encode(), hashlib.sha256).hexdigest()


def put(session: MutableMapping[str, Any], what: str, body: dict[str, Any], *, at: int, lasts: int) -> str:
    """Keep `body` for one coming back, and forget what was begun before. `lasts`: microseconds. Returns the key."""
    Begun.objects.filter(until__lte=at).delete()
    Begun.objects.filter(key=_keyed(session.get(what, ""))).delete()
    key = secrets.token_urlsafe(32)
    Begun.objects.create(key=_keyed(key), body=json.dumps(body), until=at + lasts)
    session[what] = key
    return key


def waiting(session: MutableMapping[str, Any], what: str, *, at: int) -> dict[str, Any] | None:
    """What this browser began and has not taken yet; None where `take` would give none."""
    row = Begun.objects.filter(key=_keyed(session.get(what, "")), until__gt=at).first()
    return json.loads(row.body) if row else None


def first(what: str, *, at: int, lasts: int) -> bool:
    """Whether this is heard for the first time within `lasts` microseconds, from whomever."""
    Begun.objects.filter(until__lte=at).delete()
    return Begun.objects.get_or_create(key=_keyed(f"heard\0{what}"), defaults={"body": "", "until": at + lasts})[1]


def take(session: MutableMapping[str, Any], what: str, *, at: int) -> dict[str, Any] | None:
    """What this browser began, once; None where nothing was begun, or too long ago, or it was taken."""
    key = _keyed(session.pop(what, ""))
    row = Begun.objects.filter(key=key).first()
    if row is None or Begun.objects.filter(key=key).delete()[0] != 1 or row.until <= at:
        return None
    return json.loads(row.body)
