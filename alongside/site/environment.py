"""What the environment says, read and refused in plain words before anything is done. No Django here."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from alongside.site import keys, office
from alongside.site.problem import Problem

LONGEST = 86_400  # seconds between two checkpoints: the office asks for one outside every two days


def open_folder(data: Path) -> None:
    """The data folder is there, made where it was not, and open to this account. Raises Problem."""
    if data.exists() and not data.is_dir():
        raise Problem(f"{data} is no folder.")
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(data, os.R_OK | os.X_OK):
        raise Problem(f"The folder {data} is not open to this account. Whose it is, and with which rights, decides.")


def demo(said: Mapping[str, str], data: Path) -> bool:
    """Whether this folder is the demo's, or becomes it by ALONGSIDE_DEMO=1. Raises Problem where it is an office's."""
    if keys.is_demo(data):
        return True
    asked = said.get("ALONGSIDE_DEMO") == "1"
    if asked and (data / office.FILE).exists():
        raise Problem(f"{data} is an office's, and ALONGSIDE_DEMO=1 is set. Unset it, or choose another --data.")
    return asked


def origin(said: Mapping[str, str]) -> str:
    """The address people use (ALONGSIDE_ORIGIN), without anything behind the host; '' for this machine alone. Raises
    Problem."""
    word = said.get("ALONGSIDE_ORIGIN", "").strip()
    if not word:
        return ""
    try:
        found = urlsplit(word)
        whole = found.scheme in ("https", "http") and found.hostname and (found.port or True)
    except ValueError:
        whole = False
    if not whole or found.path not in ("", "/") or found.query or found.fragment or found.username:
        raise Problem("ALONGSIDE_ORIGIN is an address and nothing behind it, such as https://alongside.example.org.")
    return word.rstrip("/")


def log_every(said: Mapping[str, str], otherwise: int) -> int:
    """Seconds between two checkpoints of the log (ALONGSIDE_LOG_EVERY). Raises Problem."""
    word = said.get("ALONGSIDE_LOG_EVERY", "").strip()
    if not word:
        return otherwise
    if (seconds := whole(word, LONGEST)) is None:
        raise Problem(f"ALONGSIDE_LOG_EVERY is a number of seconds from 1 to {LONGEST}.")
    return seconds


def whole(word: str, most: int) -> int | None:
    """A whole number from 1 to `most`, or None. A long row of digits is not counted first."""
    digits = word.isascii() and word.isdecimal() and len(word) <= len(str(most))
    return int(word) if digits and 1 <= int(word) <= most else None
