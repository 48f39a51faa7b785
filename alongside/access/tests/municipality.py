"""A small identity provider for the tests: a real server on this machine, with doors, keys, people who can be closed.

It speaks OpenID Connect as the specifications say it, apart from what a test spoils: `spoils` changes what a token
says, `signs` how it is signed.
"""

import base64
import hashlib
import json
import secrets
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from alongside import clock
from alongside.access.provider.tokens import LEFT, half

CLIENT, SECRET = "alongside-at-the-office", "only-for-tests/never+for people".replace(" ", "-")


class Key:
    """A key it signs with."""

    def __init__(self, kid: str, alg: str = "ES256") -> None:
        self.kid, self.alg = kid, alg
        self.private: Any = ec.generate_private_key(ec.SECP256R1())
        if alg.startswith("RS"):
            self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def public(self) -> dict[str, Any]:
        made = jwt.get_algorithm_by_name(self.alg).to_jwk(self.private.public_key(), as_dict=True)
        return {**made, "kid": self.kid, "use": "sig", "alg": self.alg}

    def signs(self, said: dict[str, Any], **headers: Any) -> str:
        return jwt.encode(said, self.private, self.alg, headers={"kid": self.kid, **headers})


class Municipality:
    """`person`: who sits at the browser; `asks`: whether its page waits for a click; `away`: it answers nothing of
    use; `closed`: who is closed; `renews`: whether it lets itself be asked again; `more`: claims for everybody."""

    def __init__(self) -> None:
        self.keys = [Key("one")]
        self.person, self.asks, self.away, self.closed, self.renews = "kari-there", False, False, set(), True
        self.more: dict[str, Any] = {"amr": ["pwd", "otp"]}
        self.shown_ago = 0
        self.says: dict[str, Any] = {}
        self.spoils: dict[str, Any] = {}
        self.lacks: set[str] = set()
        self.signs: Callable[[dict[str, Any]], str] | None = None
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.newest = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.renewing: dict[str, dict[str, str]] = {}
        self.wrong_client = False
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                owner._get(self)

            def do_POST(self) -> None:
                owner._post(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}/realm"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def times(self, door: str) -> int:
        """How often it was asked at this door."""
        return sum(1 for path, _sent in self.asked if path == door)

    def _answer(self, to: BaseHTTPRequestHandler, status: int, said: Any = None, location: str = "") -> None:
        page = isinstance(said, str)
        body = said.encode() if page else json.dumps(said or {}).encode()
        to.send_response(status)
        to.send_header("Content-Type", "text/html; charset=utf-8" if page else "application/json")
        if location:
            to.send_header("Location", location)
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    def _get(self, to: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(to.path)
        sent = dict(parse_qsl(parts.query))
        self.asked.append((parts.path, sent))
        if self.away:
            return self._answer(to, 503, "away")
        if parts.path == "/realm/.well-known/openid-configuration":
            return self._answer(to, 200, self._discovery())
        if parts.path == "/realm/keys":
            return self._answer(to, 200, {"keys": [key.public() for key in self.keys]})
        if parts.path == "/realm/authorize" and self.asks and "chosen" not in sent:
            href = f"{to.path}&chosen=1".replace("&", "&amp;")
            words = f"<!doctype html><title>The municipality</title><a href='{href}'>I am {self.person}</a>"
            return self._answer(to, 200, words)
        if parts.path == "/realm/authorize":
            return self._answer(to, 303, location=self.sends_back(sent))
        return self._answer(to, 404)

    def _discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["ES256", "RS256", "HS256", "none"],
            "authorization_response_iss_parameter_supported": True, **self.says,
        }  # fmt: skip

    def sends_back(self, sent: dict[str, str]) -> str:
        """Where the browser goes with a code for whoever sits there."""
        assert sent["response_type"] == "code" and sent["client_id"] == CLIENT
        assert sent["code_challenge_method"] == "S256" and "openid" in sent["scope"].split()
        code = secrets.token_urlsafe(16)
        self.newest = secrets.token_hex(8)
        self.codes[code] = {**sent, "sub": self.person, "sid": self.newest}
        return f"{sent['redirect_uri']}?{urlencode({'code': code, 'state': sent['state'], 'iss': self.issuer})}"

    def _post(self, to: BaseHTTPRequestHandler) -> None:
        body = to.rfile.read(int(to.headers.get("Content-Length", 0))).decode()
        sent = {name: values[-1] for name, values in parse_qs(body).items()}
        self.asked.append((to.path, sent))
        if self.away:
            return self._answer(to, 503, "away")
        basic = base64.b64decode(to.headers.get("Authorization", "Basic ").removeprefix("Basic ")).decode()
        client, _colon, secret = basic.partition(":")
        if (unquote(client), unquote(secret)) != (CLIENT, SECRET) or self.wrong_client:
            return self._answer(to, 401, {"error": "invalid_client"})
        kept = self._granted(sent)
        if kept is None or kept["sub"] in self.closed:
            return self._answer(to, 400, {"error": "invalid_grant"})
        return self._answer(to, 200, self._given(kept))

    def _granted(self, sent: dict[str, str]) -> dict[str, str] | None:
        """What a code or a renewing token stands for; each works once."""
        if sent.get("grant_type") == "refresh_token":
            return self.renewing.pop(sent.get("refresh_token", ""), None)
        kept = self.codes.pop(sent.get("code", ""), None)
        if kept is None or kept["redirect_uri"] != sent.get("redirect_uri"):
            return None
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        fits = base64.urlsafe_b64encode(digest).decode().rstrip("=") == kept["code_challenge"]
        return kept if fits else None

    def _given(self, kept: dict[str, str]) -> dict[str, Any]:
        access, renews = secrets.token_urlsafe(16), secrets.token_urlsafe(16)
        self.renewing[renews] = kept
        given = {"access_token": access, "token_type": "Bearer", "id_token": self.id_token(kept, access)}
        return given | ({"refresh_token": renews} if self.renews else {})

    def now(self) -> int:
        return clock.micros(clock.machine()) // 1_000_000

    def id_token(self, kept: dict[str, str], access: str) -> str:
        key, now = self.keys[-1], self.now()
        said = {
            "iss": self.issuer, "aud": CLIENT, "sub": kept["sub"], "iat": now, "exp": now + 300,
            "auth_time": now - self.shown_ago, "sid": kept["sid"], "nonce": kept["nonce"],
            "at_hash": half(access, key.alg), "preferred_username": f"{kept['sub']}@example", **self.more,
            **self.spoils,
        }  # fmt: skip
        said = {name: value for name, value in said.items() if name not in self.lacks}
        return self.signs(said) if self.signs else key.signs(said)

    def left(self, **spoils: Any) -> str:
        """A logout token; a claim that is None is left out."""
        now = self.now()
        said = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": secrets.token_hex(8),
                "events": {LEFT: {}}, **spoils}  # fmt: skip
        said = {name: value for name, value in said.items() if value is not None}
        return self.signs(said) if self.signs else self.keys[-1].signs(said, typ="logout+jwt")

    def sid(self) -> str:
        """The session that began last; older ones may have been asked again since."""
        return self.newest


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def goes_there(address: str) -> str:
    """What a browser does at the provider: returns the path and query with which it comes back to us."""
    try:
        urllib.request.build_opener(_Stays).open(address, timeout=10)
    except urllib.error.HTTPError as answer:
        parts = urlsplit(answer.headers["Location"])
        return f"{parts.path}?{parts.query}"
    raise AssertionError("the provider did not send anybody back")
