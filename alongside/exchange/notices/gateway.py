"""The way out: one small file for each notice, whole or not there, in a folder that the site's gateway empties."""

import hashlib
import hmac
import json
import os
from pathlib import Path

from django.conf import settings

FOLDER = "outgoing"


def folder() -> Path:
    """Where notices wait to be taken, in the data folder; only the server's account reads it."""
    place = settings.DATA / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def put(*, way: str, to: str, words: str, key: str) -> Path:
    """Leave a notice: {"way": "text" or "mail", "to", "words"} as UTF-8 JSON. `key`: the same one is one file,
    so that a second try after a power cut does not tell twice. The name tells nothing."""
    name = hmac.new(settings.SECRET_KEY.encode(), b"notice\0" + key.encode(), hashlib.sha256).hexdigest()[:32]
    place = folder() / f"{name}.json"
    part = place.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump({"way": way, "to": to, "words": words}, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    part.replace(place)
    return place
