"""Passkeys: a key in the telephone, the computer or a stick of somebody who works here, unlocked by their finger, face
or PIN there. It is two factors in one act: what they have, and that it knows them.

Kept is a public key, which opens nothing. Every answer is bound to one challenge of one browser (begun.py), to this
site's own address, and to a person the device has recognised. Whatever is wrong with it, the answer is the same.
"""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from alongside import ids
from alongside.access.models import Account, Passkey
from alongside.access.provider import ties
from alongside.access.roles import OFFICE
from alongside.access.standing import office_day
from alongside.record.appending import append
from alongside.record.kinds import kind
from alongside.record.statement import Refused, Statement

kind("access.passkey-added", _("A passkey was added"), settles=False, goes_on=True)
kind("access.passkey-gone", _("A passkey was taken away"), settles=False, goes_on=True)

ALGORITHMS = (-7, -8, -257)  # ES256, EdDSA, RS256: what authenticators have
MOST = 10  # passkeys of one person
NAME = 60  # letters of a name
VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True, slots=True)
class Site:
    """This site as a passkey knows it. `origin`: scheme, host and port; `id`: the host."""

    origin: str
    id: str


def site_of(origin: str) -> Site | None:
    """The site at this address; None where browsers know no passkeys: without TLS, or at a bare number."""
    parts = urlsplit(origin)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        if parts.scheme == "https" or host == "localhost":
            return Site(f"{parts.scheme}://{parts.netloc}", host)
    return None


def _server(site: Site) -> Fido2Server:
    office = PublicKeyCredentialRpEntity(id=site.id, name=settings.OFFICE_NAME)
    made = Fido2Server(office, verify_origin=lambda said: said == site.origin)
    made.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=one) for one in ALGORITHMS
    ]
    return made


def handle(account: Account) -> bytes:
    """What an authenticator knows an account by: random to everybody else, and no number of a person."""
    return hmac.new(settings.SECRET_KEY.encode(), b"handle\0%d" % account.pk, hashlib.sha256).digest()


def own(account: Account) -> list[Passkey]:
    """The passkeys of this account, the oldest first."""
    return list(Passkey.objects.filter(account=account).order_by("added", "id"))


def _credential(row: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(row.key))


def asked_to_add(account: Account, site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what the browser is asked for, what is kept until it answers), for a new passkey."""
    user = PublicKeyCredentialUserEntity(id=handle(account), name=account.login, display_name=account.login)
    asked, state = _server(site).register_begin(
        user, [_credential(row) for row in own(account)], user_verification=VERIFIED,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
    )  # fmt: skip
    return dict(asked), state


def asked_to_come_in(site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """(what the browser is asked for, what is kept until it answers): any passkey of this site, and no name."""
    asked, state = _server(site).authenticate_begin(user_verification=VERIFIED)
    return dict(asked), state


def _read(answer: str, of: Callable[[dict[str, Any]], Any]) -> Any:
    """The answer of a browser, parsed; None for anything that is none. It comes from outside: whatever fails in
    reading it is a wrong answer, not a broken page."""
    try:
        return of(json.loads(answer))
    except Exception:
        return None


def add(
    account: Account, site: Site, answer: str, kept: dict[str, Any] | None, *, called: str, at: int, once: str
) -> None:
    """A new passkey. `kept`: what was begun in this browser. Raises Refused: not-taken, too-many."""
    new = _read(answer, RegistrationResponse.from_dict) if kept else None
    made = _checked(lambda: _server(site).register_complete(kept, new)) if new else None
    held = made.credential_data if made else None
    if made is None or held is None or held.public_key.get(3) not in ALGORITHMS or _framed(new):
        raise Refused("not-taken")
    if Passkey.objects.filter(account=account).count() >= MOST:
        raise Refused("too-many")
    try:
        with transaction.atomic():
            said = Statement("access.passkey-added", {"person": account.person})
            append([said], family=OFFICE, by=account.person, once=once, at=at)
            Passkey.objects.create(
                id=ids.new(), account=account, found=_found(held.credential_id), key=websafe_encode(held),
                called=called[:NAME], signed=made.counter, added=office_day(at).toordinal(),
            )  # fmt: skip
    except IntegrityError:
        raise Refused("not-taken") from None


def _checked(check: Callable[[], Any]) -> Any:
    """What a check of the library gives; None where it says no, in whichever way."""
    try:
        return check()
    except Exception:
        return None


def _framed(answer: Any) -> bool:
    """Whether another site had this page inside its own."""
    return bool(answer.response.client_data.cross_origin)


def _found(credential: bytes) -> str:
    return hashlib.sha256(credential).hexdigest()


def whose(site: Site, answer: str, kept: dict[str, Any] | None, *, at: int) -> Account | None:
    """The account whose passkey has answered what was begun in this browser; None for anything else."""
    said = _read(answer, AuthenticationResponse.from_dict) if kept else None
    row = said and Passkey.objects.select_related("account").filter(found=_found(said.raw_id)).first()
    if not row or row.doubted or not row.account.is_active or row.account.door != "practice" or _framed(said):
        return None
    if ties.barred(row.account):
        return None
    if not hmac.compare_digest(said.response.user_handle or b"", handle(row.account)):
        return None
    if _checked(lambda: _server(site).authenticate_complete(kept, [_credential(row)], said)) is None:
        return None
    return row.account if _counted(row, said.response.authenticator_data.counter, at) else None


def _counted(row: Passkey, signed: int, at: int) -> bool:
    """Whether the authenticator's counter went on, or it counts nothing. One that went back may be a copy: the
    passkey opens nothing from then on, neither from here nor from there."""
    went_on = Q(signed__lt=signed) if signed else Q(signed=0)
    today = office_day(at).toordinal()
    if Passkey.objects.filter(went_on, pk=row.pk, doubted=False).update(signed=signed, used=today):
        return True
    Passkey.objects.filter(pk=row.pk).update(doubted=True)
    return False


def take_away(account: Account, id: str, *, at: int, once: str) -> None:
    """A passkey of this account opens nothing any more. One that is not there is gone already."""
    with transaction.atomic():
        if Passkey.objects.filter(account=account, pk=id).delete()[0]:
            said = Statement("access.passkey-gone", {"person": account.person})
            append([said], family=OFFICE, by=account.person, once=once, at=at)


def forget(account: Account) -> None:
    """No passkey of this account opens anything any more: a new code was made, or the person left."""
    Passkey.objects.filter(account=account).delete()
