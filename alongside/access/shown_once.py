"""A code that was just made travels once from the act to the page that prints it: sealed, and taken out by reading.

It stands in no address, no log and no entry, and after ten minutes it opens no more.
"""

import base64
import hashlib
import json
from collections.abc import MutableMapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

KEPT = "shown"
TEN_MINUTES = 600


def _box() -> Fernet:
    key = hashlib.sha256(b"shown once\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def put(session: MutableMapping[str, Any], page: str, code: str) -> None:
    """Keep a code for one showing on `page`."""
    session[KEPT] = _box().encrypt(json.dumps({"page": page, "code": code}).encode()).decode()


def take(session: MutableMapping[str, Any], page: str) -> str:
    """The code that was kept for this page, once; '' after that."""
    try:
        kept = json.loads(_box().decrypt(session.get(KEPT, "").encode(), ttl=TEN_MINUTES))
    except InvalidToken:
        return ""
    if kept["page"] != page:
        return ""
    del session[KEPT]
    return kept["code"]
