"""Once a day, at the hour they chose: is there something new that this person reads? Then the one sentence goes.

What counts is what the gate gives this person, so nothing they may not read ever sends them anything; and that the
office stops or goes on after all, which everybody reads on their first page.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.models import Account
from alongside.access.standing import office_day, readers_of
from alongside.dialogue.woven import HIDDEN_KINDS
from alongside.exchange.notices import gateway
from alongside.exchange.notices.models import Wish
from alongside.record.closing import closings
from alongside.record.readers import FRESH
from alongside.record.reading import read

NEWEST = 60  # entries of a family that are looked through
MOST = 50  # people at one pass, so that the ticker is quick


def tell(at: int | None = None) -> int:
    """Look at everybody whose hour has come today; returns how many were told. Called by the ticker."""
    at = clock.micros(clock.now()) if at is None else at
    today = office_day(at).toordinal()
    hour = clock.moment(at).astimezone(settings.OFFICE_ZONE).hour
    office = max((one.decided.recorded_at for one in closings() if one.agreed), default=0)
    due = Wish.objects.filter(asked_on__lt=today, hour__lte=hour).order_by("person")[:MOST]
    return sum(_ask(one, at, today, office) for one in due)


def _ask(one: Wish, at: int, today: int, office: int) -> bool:
    """`office`: when two decided last that it stops or goes on, 0 where nobody did."""
    account = Account.objects.filter(person=one.person, is_active=True).first()
    new = account is not None and (office > one.since or something_new(one.person, since=one.since, at=at))
    if new:
        gateway.put(way=one.way, to=one.to, words=sentence(account.language), key=f"{one.person}/{today}")
    Wish.objects.filter(person=one.person).update(asked_on=today, **({"since": at} if new else {}))
    return new


def something_new(person: int, *, since: int, at: int) -> bool:
    """Whether others said something since that this person reads, in any family where they stand."""
    for reader in readers_of(person, now=at, strength=FRESH):
        for entry in reversed(read(reader, newest=NEWEST)):
            if entry.recorded_at <= since:
                break
            if entry.author != person and entry.kind not in HIDDEN_KINDS:
                return True
    return False


def sentence(language: str) -> str:
    """What is sent: the same for everybody, about nobody."""
    with translation.override(language):
        return _("There is something new for you to read.")
