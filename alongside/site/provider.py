"""The municipality's identity provider, as the environment names it: all of it or nothing of it. No Django here.

ALONGSIDE_PROVIDER         its address as it writes it into its tokens (issuer), https
ALONGSIDE_PROVIDER_CLIENT  what this site is called there (client id)
ALONGSIDE_PROVIDER_SECRET  the file that holds what this site proves itself with (client secret)
ALONGSIDE_PROVIDER_NAME    what people call it, for the button
ALONGSIDE_PROVIDER_CLAIM   which claim says who somebody is (default sub)
ALONGSIDE_PROVIDER_SCOPE   what is asked for (default "openid profile")
ALONGSIDE_PROVIDER_STRONG  values of acr that stand for more than one factor, with blanks between them
ALONGSIDE_PROVIDER_BESIDE  1: who comes in by it may also come in with password and digits, or a passkey
ALONGSIDE_PROVIDER_EVERY   seconds after which it is asked again about an open visit (default 300)
"""

import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from alongside.site.problem import Problem

ALL = ("ALONGSIDE_PROVIDER", "ALONGSIDE_PROVIDER_CLIENT", "ALONGSIDE_PROVIDER_SECRET")
MORE = tuple(f"ALONGSIDE_PROVIDER_{name}" for name in ("NAME", "CLAIM", "SCOPE", "STRONG", "BESIDE", "EVERY"))
HERE = ("127.0.0.1", "localhost", "::1")
# These are given on to others, or can be written by whoever they stand for.
MOVES = {"email", "preferred_username", "upn", "unique_name", "name", "given_name", "family_name", "phone_number"}
SHORTEST, LONGEST = 1, 3600  # seconds between two askings


@dataclass(frozen=True, slots=True)
class Provider:
    """`every`: seconds. `secret` is shown by nothing that prints this."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str = ""
    claim: str = "sub"
    scope: str = "openid profile"
    strong: tuple[str, ...] = ()
    beside: bool = False
    every: int = 300

    @property
    def on_this_machine(self) -> bool:
        """For trying: then it may be asked without TLS."""
        return urlsplit(self.issuer).hostname in HERE


def read(said: Mapping[str, str]) -> Provider | None:
    """The provider these variables name, None for none. Raises Problem in plain words where it is half said."""
    given = {name: said.get(name, "").strip() for name in (*ALL, *MORE)}
    missing = [name for name in ALL if not given[name]]
    if not any(given.values()):
        return None
    if missing:
        raise Problem(f"Sign-in through an identity provider is half set. Missing: {', '.join(missing)}.")
    made = Provider(
        given["ALONGSIDE_PROVIDER"], given["ALONGSIDE_PROVIDER_CLIENT"], _secret(given["ALONGSIDE_PROVIDER_SECRET"]),
        given["ALONGSIDE_PROVIDER_NAME"], given["ALONGSIDE_PROVIDER_CLAIM"] or "sub",
        given["ALONGSIDE_PROVIDER_SCOPE"] or "openid profile", tuple(given["ALONGSIDE_PROVIDER_STRONG"].split()),
        given["ALONGSIDE_PROVIDER_BESIDE"] == "1", _every(given["ALONGSIDE_PROVIDER_EVERY"]),
    )  # fmt: skip
    return _checked(made, said.get("ALONGSIDE_ORIGIN", ""))


def _secret(place: str) -> str:
    """What stands in the file. It is named, never given: what is given stands in lists of processes and services."""
    try:
        mode = Path(place).stat().st_mode
        words = Path(place).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError, ValueError):
        raise Problem("The file that ALONGSIDE_PROVIDER_SECRET names cannot be read.") from None
    if mode & stat.S_IROTH:
        raise Problem("Everybody can read the file that ALONGSIDE_PROVIDER_SECRET names: chmod 600.")
    if not words or len(words.split()) > 1:
        raise Problem("The file that ALONGSIDE_PROVIDER_SECRET names holds no secret: one line, without blanks.")
    return words


def _every(seconds: str) -> int:
    if not seconds:
        return 300
    if not seconds.isdecimal() or not SHORTEST <= int(seconds) <= LONGEST:
        raise Problem(f"ALONGSIDE_PROVIDER_EVERY is a number of seconds from {SHORTEST} to {LONGEST}.")
    return int(seconds)


def _checked(one: Provider, origin: str) -> Provider:
    parts = urlsplit(one.issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and one.on_this_machine):
        raise Problem("ALONGSIDE_PROVIDER begins with https://.")
    if not parts.hostname or parts.query or parts.fragment:
        raise Problem("ALONGSIDE_PROVIDER is an address without ? and #.")
    if not origin and not one.on_this_machine:
        raise Problem("An identity provider sends people back to this site: set ALONGSIDE_ORIGIN.")
    if one.claim in MOVES:
        raise Problem(f'ALONGSIDE_PROVIDER_CLAIM must not be "{one.claim}": it can pass to somebody else. '
                      "Take sub, or a number of the person that never moves.")  # fmt: skip
    if "openid" not in one.scope.split():
        raise Problem("ALONGSIDE_PROVIDER_SCOPE needs the word openid.")
    return one
