"""Going to an identity provider and coming back, in the tests' own browsers; and tokens that are signed wrongly."""

import base64
import hashlib
import hmac
import json

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from alongside.access.tests.municipality import Key, Municipality, goes_there
from alongside.access.tests.ways import PASSWORD, account, digits, with_phone
from alongside.record.reading import rows

NO = "/provider/no"


def door() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def fresh(who: str = "kari") -> Client:
    """A browser in which somebody came in with password and digits just now."""
    with_phone(who)
    browser = door()
    browser.post("/sign-in", {"login": who, "password": PASSWORD})
    browser.post("/again", {"code": digits()})
    return browser


def goes(browser: Client, start: str = "/provider") -> str:
    """There; returns the path with which the browser comes back."""
    answer = browser.get(start)
    assert answer.status_code == 303, answer.content
    return goes_there(answer["Location"])


def there_and_back(browser: Client, start: str = "/provider"):
    answer = browser.get(goes(browser, start))
    assert answer.status_code == 303
    return answer


def connected(who: str = "kari") -> Client:
    browser = fresh(who)
    assert there_and_back(browser, "/provider?for=connect")["Location"] == "/provider/connect"
    answer = browser.post("/provider/connect")
    assert (answer.status_code, answer["Location"]) == (303, "/settings/provider")
    return browser


def comes_in(city: Municipality, **more) -> Client:
    stranger = door()
    for name, value in more.items():
        setattr(city, name, value)
    there_and_back(stranger)
    assert "visit" in stranger.session
    return stranger


def comes_in_as(tone: Client):
    """The page about Kari, as an administrator reads it."""
    (id,) = rows("SELECT id FROM record_person WHERE number = %s", [account("kari").person])[0]
    return tone.get(f"/office/people/{id}")


def _hs256(city: Municipality):
    """Signed with the public key as if it were a shared secret."""

    def part(words: bytes) -> str:
        return base64.urlsafe_b64encode(words).decode().rstrip("=")

    pem = city.keys[-1].private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def signs(said):
        head = part(json.dumps({"alg": "HS256", "kid": "one", "typ": "JWT"}).encode())
        text = f"{head}.{part(json.dumps(said).encode())}"
        return f"{text}.{part(hmac.new(pem, text.encode(), hashlib.sha256).digest())}"

    return signs


SIGNED = {
    "by nobody": lambda city: lambda said: jwt.encode(said, None, "none", headers={"kid": "one"}),
    "with the public key": _hs256,
    "with another key of the same name": lambda city: Key("one").signs,
    "with a key nobody knows": lambda city: Key("two").signs,
    "as something else": lambda city: lambda said: city.keys[-1].signs(said, typ="at+jwt"),
    "as a logout": lambda city: lambda said: city.keys[-1].signs(said, typ="logout+jwt"),
    "in a way it does not use": lambda city: lambda said: _unused(city).signs(said),
    "cut short": lambda city: lambda said: city.keys[-1].signs(said)[:-4],
    "no token": lambda city: lambda said: "x",
    "nothing": lambda city: lambda said: "",
    "far too long": lambda city: lambda said: "x" * 30_000,
}


def _unused(city: Municipality) -> Key:
    """A key that is published, with a way of signing that the provider does not say it uses."""
    key = Key("third", "RS512")
    city.keys.insert(0, key)
    return key


def out(token: str):
    """The provider says that somebody left, with this token."""
    return Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True).post("/provider/out", {"logout_token": token})
