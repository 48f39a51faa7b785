"""There and back: what is asked of the identity provider when somebody goes there, and who they are when they return.

Code flow with PKCE (RFC 7636, S256). What was begun is kept once, for one browser (begun.py): who comes back with
another state, another nonce, from another provider or a second time is nobody.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from alongside import clock
from alongside.access.provider import asking, tokens
from alongside.access.provider.asking import NO, SaysNo
from alongside.access.provider.tokens import NotRight

MICRO = 1_000_000
CALLED = 80  # letters


@dataclass(frozen=True, slots=True)
class Shown:
    """Who somebody is there. `found`, `sub`, `sid`: keyed hashes, `sid` '' for none; `called`: as they are called
    there, for their own eyes; `strong`: more than one factor; `ago`: seconds since, None where it is not said;
    `renews`: sealed, '' for none."""

    found: str
    sub: str
    sid: str
    called: str
    strong: bool
    ago: int | None
    renews: str


def _box() -> Fernet:
    key = hashlib.sha256(b"provider\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def sealed(words: str) -> str:
    """As it is kept; '' for nothing."""
    return _box().encrypt(words.encode()).decode() if words else ""


def opened(kept: str) -> str:
    """The words again; '' where they cannot be opened."""
    try:
        return _box().decrypt(kept.encode()).decode() if kept else ""
    except InvalidToken:
        return ""


def keyed(what: str, value: str) -> str:
    """A keyed hash of who or what the provider names: no number of anybody stands in a table."""
    words = "\0".join(("provider", settings.PROVIDER.issuer, what, value))
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def machine() -> int:
    """This moment in seconds, by the machine's own clock, as the provider has it."""
    return clock.micros(clock.machine()) // MICRO


def begin(*, back: str, anew: bool = False) -> tuple[str, dict[str, Any]]:
    """(where the browser goes, what is kept until it returns). `back`: our own address; `anew`: they show again who
    they are, whatever is open there. Raises asking.Away."""
    provider, doors = settings.PROVIDER, asking.known().doors()
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    digest = hashlib.sha256(kept["verifier"].encode()).digest()
    sent = {
        "response_type": "code", "client_id": provider.client, "redirect_uri": back, "scope": provider.scope,
        "state": kept["state"], "nonce": kept["nonce"], "code_challenge_method": "S256",
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
    }  # fmt: skip
    if anew:
        sent |= {"prompt": "login", "max_age": "0"}
    if provider.strong:
        sent["acr_values"] = " ".join(provider.strong)
    mark = "&" if "?" in doors.authorize else "?"
    return f"{doors.authorize}{mark}{urlencode(sent)}", {**kept, "since": machine()}


def answered(kept: Mapping[str, Any] | None, sent: Mapping[str, str], *, back: str) -> Shown:
    """Who came back. `kept`: what this browser began; `sent`: what it comes back with. Raises NotRight, asking.Away,
    asking.SaysNo."""
    known = asking.known()
    if kept is None or not hmac.compare_digest(sent.get("state", "").encode(), kept["state"].encode()):
        raise NotRight("state")
    by = sent.get("iss")
    if by != known.provider.issuer and (by is not None or known.doors().names_itself):
        raise NotRight("iss")
    if sent.get("error"):
        raise SaysNo if sent["error"] in NO else NotRight("error")
    form = {
        "grant_type": "authorization_code", "code": sent.get("code", ""), "redirect_uri": back,
        "code_verifier": kept["verifier"],
    }  # fmt: skip
    given, now = known.token(form), machine()
    said = tokens.who(
        known, given.id_token, nonce=kept["nonce"], access=given.access, since=kept["since"], now=now
    )  # fmt: skip
    return _shown(said, given, now)


def _shown(said: Mapping[str, Any], given: asking.Given, now: int) -> Shown:
    value = said.get(settings.PROVIDER.claim)
    if not isinstance(value, str) or not 0 < len(value) <= 255:
        raise NotRight("claim")
    names = (said.get(name) for name in ("preferred_username", "name", "email"))
    called = next((one for one in names if isinstance(one, str) and one.strip()), "")
    sid = said.get("sid")
    return Shown(
        keyed(settings.PROVIDER.claim, value), keyed("left sub", said["sub"]),
        keyed("left sid", sid) if isinstance(sid, str) and sid else "", " ".join(called.split())[:CALLED],
        tokens.more_than_one(said, settings.PROVIDER.strong), tokens.shown(said, now), sealed(given.renews),
    )  # fmt: skip
