"""The second factor: six digits that follow from a secret and the time (RFC 6238, HMAC-SHA-1, 30 seconds).

The secret is kept sealed with a key that follows from the secret of this installation. A step that was taken is
never taken twice; one step either side is, for clocks that differ. Checked against the vectors of the RFC.
"""

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote, urlencode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.conf import settings

from alongside.access.models import Account

STEP = 30_000_000  # microseconds
DIGITS = 6
BESIDE = 1  # steps either side


def _box() -> Fernet:
    key = hashlib.sha256(b"second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def new_secret() -> str:
    """160 random bits in letters (base32)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def sealed(secret: str) -> str:
    """The secret as it is kept."""
    return _box().encrypt(secret.encode()).decode()


def opened(token: str) -> str:
    """The secret again; '' where it cannot be opened."""
    try:
        return _box().decrypt(token.encode()).decode()
    except InvalidToken:
        return ""


def code(secret: str, step: int) -> str:
    """The six digits of this step."""
    return HOTP(base64.b32decode(secret), DIGITS, SHA1()).generate(step).decode()


def fits(secret: str, typed: str, *, at: int) -> int:
    """The step whose digits these are, 0 for none. `at`: microseconds."""
    digits = "".join(str(int(ch)) for ch in typed if ch.isdecimal())  # in whichever script they were typed
    now = at // STEP
    if not secret or len(digits) != DIGITS:
        return 0
    steps = range(now - BESIDE, now + BESIDE + 1)
    return next((step for step in steps if hmac.compare_digest(code(secret, step), digits)), 0)


def take(account: Account, typed: str, *, at: int) -> bool:
    """Whether these digits are right for this account, and were not taken before."""
    step = fits(opened(account.totp), typed, at=at)
    return bool(step) and Account.objects.filter(pk=account.pk, totp_step__lt=step).update(totp_step=step) == 1


def address(secret: str, *, office: str, login: str) -> str:
    """What the QR code for the telephone's app says."""
    label = quote(f"{office}:{login}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': office})}"
