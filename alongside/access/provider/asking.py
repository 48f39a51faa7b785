"""Asking the identity provider: where its doors are, with which keys it signs, a token for a code, a visit again.

Only the server asks, never a page. No redirect is followed, nothing is asked without TLS but on this machine, every
answer has a bound and a patience. When it did not answer it is not asked again for a few seconds, so that a provider
that is away keeps nobody waiting who does not come by it.
"""

import base64
import http.client
import json
import logging
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from alongside import clock

log = logging.getLogger("alongside.access")
PATIENCE = 5  # seconds
LONGEST = 512_000  # bytes of an answer
KEPT = 3600  # seconds, of where the doors are and of the keys
AGAIN = 60  # seconds between two fetchings of the keys for one that is not known
PAUSE = 10  # seconds in which a provider that did not answer is not asked
# The provider says that this person does not come in; every other error is about us, or about its machine.
NO = {"invalid_grant", "access_denied", "interaction_required", "login_required", "consent_required",
      "account_selection_required"}  # fmt: skip


class Away(Exception):
    """The provider does not answer, or not in a way that can be used. `why`: for the log; nothing of anybody."""


class SaysNo(Exception):
    """The provider says that this person, or what was shown, does not come in."""


class _Nowhere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Nowhere)


@dataclass(frozen=True, slots=True)
class Doors:
    """What the provider says of itself. `algorithms`: it signs with; `basic`: how we prove ourselves; `names_itself`:
    whether it says who it is when it sends somebody back (RFC 9207)."""

    authorize: str
    token: str
    keys: str
    algorithms: tuple[str, ...]
    basic: bool
    names_itself: bool


@dataclass(frozen=True, slots=True)
class Given:
    """What the provider gave. `renews`: what it is asked with again, or ''."""

    id_token: str
    access: str
    renews: str


class Known:
    """What is known of one provider, for a while."""

    def __init__(self, provider: Any) -> None:
        self.provider = provider
        self._lock = threading.Lock()
        self._doors: tuple[float, Doors] | None = None
        self._keys: tuple[float, list[dict[str, Any]]] | None = None
        self._rest = 0.0

    def doors(self) -> Doors:
        """Where it is asked. Raises Away."""
        with self._lock:
            if self._doors is None or time.monotonic() - self._doors[0] > KEPT:
                self._doors = (time.monotonic(), self._said())
            return self._doors[1]

    def keys(self, *, but: str | None = None) -> list[dict[str, Any]]:
        """Its public keys. `but`: one that was asked for is not among those known, so that they are fetched anew,
        once a minute at most. Raises Away."""
        address = self.doors().keys
        with self._lock:
            age = KEPT + 1.0 if self._keys is None else time.monotonic() - self._keys[0]
            if self._keys is None or age > KEPT or (but is not None and age > AGAIN):
                said = self._get(address).get("keys")
                if not isinstance(said, list):
                    raise self._away("no keys")
                self._keys = (time.monotonic(), [one for one in said if isinstance(one, dict)])
            return self._keys[1]

    def _said(self) -> Doors:
        issuer = self.provider.issuer
        said = self._get(issuer.rstrip("/") + "/.well-known/openid-configuration")
        if said.get("issuer") != issuer:
            raise self._away("it calls itself by another address")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        doors = [said.get(name) for name in names]
        if not all(isinstance(one, str) and self._takes(one) for one in doors):
            raise self._away("addresses that are missing or without TLS")
        ways = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        listed = said.get("id_token_signing_alg_values_supported", ["RS256"])
        if not isinstance(listed, list) or not isinstance(ways, list):
            raise self._away("lists")
        return Doors(
            *doors, tuple(one for one in listed if isinstance(one, str)), "client_secret_basic" in ways,
            said.get("authorization_response_iss_parameter_supported") is True,
        )  # fmt: skip

    def _takes(self, address: str) -> bool:
        return urlsplit(address).scheme in (("https", "http") if self.provider.on_this_machine else ("https",))

    def _get(self, address: str) -> dict[str, Any]:
        status, said = self._ask(urllib.request.Request(address, headers={"Accept": "application/json"}))
        if status != 200:
            raise self._away(f"status {status}")
        _noted("")
        return said

    def token(self, form: dict[str, str]) -> Given:
        """Ask for tokens. `form`: without what we prove ourselves with. Raises Away, SaysNo."""
        doors, headers = self.doors(), {"Accept": "application/json"}
        if doors.basic:
            proof = f"{quote(self.provider.client, safe='')}:{quote(self.provider.secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(proof.encode()).decode()}"
        else:
            form = form | {"client_id": self.provider.client, "client_secret": self.provider.secret}
        status, said = self._ask(urllib.request.Request(doors.token, urlencode(form).encode(), headers))
        if status in (400, 401, 403) and said.get("error") in NO:
            _noted("")
            raise SaysNo
        if status != 200:
            told = said.get("error")
            words = told if isinstance(told, str) and len(told) < 40 and told.replace("_", "").isalpha() else ""
            raise self._away(f"status {status} {words}".strip())
        _noted("")
        got = [said.get(name, "") for name in ("id_token", "access_token", "refresh_token")]
        return Given(*(one if isinstance(one, str) else "" for one in got))

    def _ask(self, request: urllib.request.Request) -> tuple[int, dict[str, Any]]:
        if time.monotonic() < self._rest:
            raise Away("rests")
        try:
            try:
                with _opener.open(request, timeout=PATIENCE) as answer:
                    status, body = answer.status, answer.read(LONGEST + 1)
            except urllib.error.HTTPError as answer:
                status, body = answer.code, answer.read(LONGEST + 1)
            said = json.loads(body) if len(body) <= LONGEST else None
        except (OSError, http.client.HTTPException) as why:
            self._rest = time.monotonic() + PAUSE
            raise self._away(type(why).__name__) from None
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            raise self._away(f"status {status} without JSON")
        return status, said

    def _away(self, why: str) -> Away:
        if _last is None or _last.why != why:
            log.warning("the identity provider does not answer as it should: %s", why)
        _noted(why)
        return Away(why)


@dataclass(frozen=True, slots=True)
class Last:
    """How the provider answered last. `at`: microseconds by the machine's own clock; `why`: '' when it was well."""

    at: int
    why: str


_last: Last | None = None
_known: Known | None = None


def _noted(why: str) -> None:
    global _last
    _last = Last(clock.micros(clock.machine()), why)


def last() -> Last | None:
    """How it answered last in this process; None when it was not asked yet."""
    return _last


def known() -> Known:
    """What is known of the provider of the settings."""
    global _known
    if _known is None or _known.provider is not settings.PROVIDER:
        _known = Known(settings.PROVIDER)
    return _known


def forget() -> None:
    """Begin as a new process does."""
    global _known, _last
    _known = _last = None
