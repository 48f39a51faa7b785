"""Words that were being written when a visit ran out travel sealed through signing in.

The browser carries them, encrypted with a key only the server has, bound to the account whose page they
came from. Somebody else who signs in there gets nothing of them.
"""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from alongside.access.models import Account

HOUR = 3600
LEFT_OUT = {"csrfmiddlewaretoken", "password", "again", "key", "code", "word", "whose"}


def _box() -> Fernet:
    key = hashlib.sha256(b"sealed words\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def whose(account: Account) -> str:
    """The value of a form's hidden field `whose`: says whose page the words were written on."""
    return signing.dumps(account.pk, salt="whose")


def from_this_account(request: HttpRequest) -> bool:
    """False when the page was opened by somebody else in this browser: then the words are not this one's."""
    mark = request.POST.get("whose", "")
    try:
        return not mark or signing.loads(mark, salt="whose") == request.visit.account.pk
    except signing.BadSignature:
        return False


def seal(request: HttpRequest) -> str:
    """The form of this request, sealed; '' where it does not say whose it is."""
    try:
        owner = signing.loads(request.POST.get("whose", ""), salt="whose")
    except signing.BadSignature:
        return ""
    form = {name: request.POST.getlist(name) for name in request.POST if name not in LEFT_OUT}
    act = {"owner": owner, "path": request.path, "form": form}
    return _box().encrypt(json.dumps(act).encode()).decode()


def open_for(token: str, account: Account) -> dict[str, Any] | None:
    """What was sealed, {path, form}, if it is this account's and not older than twelve hours; else None."""
    if not token:
        return None
    try:
        act = json.loads(_box().decrypt(token.encode(), ttl=12 * HOUR))
    except (InvalidToken, ValueError):
        return None
    return {"path": act["path"], "form": act["form"]} if act["owner"] == account.pk else None
