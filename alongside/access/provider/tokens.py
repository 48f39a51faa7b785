"""What an identity provider says and signs: an ID token, and the word that somebody left there.

The library checks the signature, and only that: with one key of the provider, by a way of signing that we know, that
the provider says it uses, and that fits the key. What the words mean is checked here, against the machine's clock.
OpenID Connect Core 1.0, 3.1.3.7; Back-Channel Logout 1.0, 2.6; RFC 8725.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection
from typing import Any

import jwt
from jwt.api_jws import PyJWS

from alongside.access.provider.asking import Known

# How a token may be signed, and which kind of key that takes. Not by nobody, and not with a shared secret.
FITS = {
    "RS256": "RSA", "RS384": "RSA", "RS512": "RSA", "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
    "ES256": "EC", "ES384": "EC", "ES512": "EC", "EdDSA": "OKP",
}  # fmt: skip
HASHES = {"256": hashlib.sha256, "384": hashlib.sha384, "512": hashlib.sha512}
SKEW = 60  # seconds by which two clocks may differ
OLD = 600  # seconds after which a word that somebody left is not taken any more
LONGEST = 20_000  # letters of a token
LEFT = "http://schemas.openid.net/event/backchannel-logout"
# RFC 8176, by what it is: what one knows, has, or is.
KINDS = {
    **dict.fromkeys(("pwd", "pin", "kba"), "knows"),
    **dict.fromkeys(("otp", "hwk", "swk", "sc", "sms", "tel", "pop"), "has"),
    **dict.fromkeys(("fpt", "face", "iris", "retina", "vbm"), "is"),
}


class NotRight(Exception):
    """A token that is not taken. `str`: which check said no; never a word of the token."""


def _need(holds: Any, check: str) -> None:
    if not holds:
        raise NotRight(check)


def signed(known: Known, token: str, *, types: Collection[str]) -> dict[str, Any]:
    """What a token says, signed by this provider. `types`: what it may say it is. Raises NotRight, Away."""
    _need(0 < len(token) <= LONGEST, "length")
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError:
        raise NotRight("form") from None
    alg, kid = header.get("alg"), header.get("kid")
    _need(isinstance(alg, str) and alg in FITS and alg in known.doors().algorithms, "algorithm")
    _need(str(header.get("typ", "")).casefold().removeprefix("application/") in types, "type")
    key = _key(known.keys(), alg, kid) or _key(known.keys(but=str(kid)), alg, kid)
    _need(key, "key")
    try:
        one = jwt.PyJWK(key, algorithm=alg)
        options = {"verify_signature": True, "enforce_minimum_key_length": True}
        said = json.loads(PyJWS().decode(token, one, algorithms=[alg], options=options))
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise NotRight("signature") from None
    _need(isinstance(said, dict), "form")
    return said


def _key(keys: list[dict[str, Any]], alg: str, kid: Any) -> dict[str, Any] | None:
    """The one key a token can be signed with: of its kind, for signing, and the one it names. None for no such one,
    or several where it names none."""
    fit = [
        one for one in keys
        if one.get("kty") == FITS[alg] and one.get("use", "sig") == "sig" and one.get("alg", alg) == alg
        and (kid is None or one.get("kid") == kid)
    ]  # fmt: skip
    return fit[0] if len(fit) == 1 else None


def _about_us(known: Known, said: dict[str, Any], now: int) -> None:
    """What holds for everything the provider says: by it, for us, in time. `now`: seconds, by the machine."""
    to = said.get("aud")
    to = [to] if isinstance(to, str) else to
    _need(said.get("iss") == known.provider.issuer, "iss")
    _need(isinstance(to, list) and known.provider.client in to, "aud")
    _need(len(to) == 1 or said.get("azp") == known.provider.client, "azp")
    _need(said.get("azp", known.provider.client) == known.provider.client, "azp")
    _need(_number(said.get("iat")) and said["iat"] <= now + SKEW, "iat")
    _need(_number(said.get("exp")) and said["exp"] > now - SKEW, "exp")
    _need("nbf" not in said or (_number(said["nbf"]) and said["nbf"] <= now + SKEW), "nbf")


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def who(known: Known, token: str, *, nonce: str | None, access: str, since: int, now: int) -> dict[str, Any]:
    """What an ID token says of somebody who came in after `since`. `nonce`: what was begun with, None where a visit
    is asked about again. Moments in seconds. Raises NotRight, Away."""
    said = signed(known, token, types=("", "jwt"))
    _about_us(known, said, now)
    _need(said["iat"] >= since - SKEW, "iat")
    _need(_text(said.get("sub")), "sub")
    if nonce is not None:
        given = said.get("nonce")
        _need(isinstance(given, str) and hmac.compare_digest(given.encode(), nonce.encode()), "nonce")
    if "at_hash" in said:
        header = jwt.get_unverified_header(token)
        _need(access and said["at_hash"] == half(access, header["alg"]), "at_hash")
    return said


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255


def half(words: str, alg: str) -> str:
    """The left half of the hash of a token that came along. OpenID Connect Core, 3.1.3.6; EdDSA here is Ed25519."""
    digest = HASHES.get(alg[2:], hashlib.sha512)(words.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).decode().rstrip("=")


def left(known: Known, token: str, *, now: int) -> dict[str, Any]:
    """What a logout token says: `sub`, `sid` or both, and `jti`. Raises NotRight, Away."""
    said = signed(known, token, types=("", "jwt", "logout+jwt"))
    _about_us(known, said, now)
    happened = said.get("events")
    _need(isinstance(happened, dict) and isinstance(happened.get(LEFT), dict), "events")
    _need("nonce" not in said, "nonce")
    _need(said["iat"] > now - OLD, "iat")
    _need(_text(said.get("jti")), "jti")
    _need(_text(said.get("sub", "-")) and _text(said.get("sid", "-")), "sub")
    _need("sub" in said or "sid" in said, "sub")
    return said


def more_than_one(said: dict[str, Any], strong: Collection[str]) -> bool:
    """Whether more than one factor was shown there: it says so, or two of different kinds, or an `acr` that the
    settings name."""
    ways = said.get("amr")
    ways = [one for one in ways if isinstance(one, str)] if isinstance(ways, list) else []
    kinds = {KINDS[one] for one in ways if one in KINDS}
    return "mfa" in ways or len(kinds) > 1 or (isinstance(said.get("acr"), str) and said["acr"] in strong)


def shown(said: dict[str, Any], now: int) -> int | None:
    """How many seconds ago somebody showed there who they are; None where it does not say."""
    at = said.get("auth_time")
    return max(0, int(now - at)) if _number(at) and at <= now + SKEW else None
