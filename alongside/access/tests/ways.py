"""Ways in for the tests of this room and of the doors: a moment, somebody with a second factor, their digits."""

from django.contrib.auth.hashers import make_password

from alongside import clock
from alongside.access import totp
from alongside.access.models import Account

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "four birds on a wire"


def now() -> int:
    """This moment by the house's clock, in microseconds."""
    return clock.micros(clock.now())


def later(**span) -> None:
    """Let the clock go on."""
    import datetime as dt

    moment = clock.now() + dt.timedelta(**span)
    clock.install(lambda: moment)


def account(who: str) -> Account:
    return Account.objects.get(login=who)


def digits(ahead: int = 0) -> str:
    """What the telephone shows now, or some steps from now."""
    return totp.code(SECRET, now() // totp.STEP + ahead)


def with_phone(who: str) -> Account:
    """Somebody who works here, with a password and a second factor of their own."""
    Account.objects.filter(login=who).update(password=make_password(PASSWORD), totp=totp.sealed(SECRET), totp_step=0)
    return account(who)


def with_pin(who: str, pin: str = "604218", word: str = "") -> Account:
    """Somebody of a family who has chosen a PIN."""
    from alongside.access.chosen import spoken

    words = {"word": make_password(spoken(word))} if word else {}
    Account.objects.filter(login=who).update(password=make_password(pin), **words)
    return account(who)
