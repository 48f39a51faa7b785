"""A wish to be told: set, changed and taken away by the person alone."""

import re

from django.conf import settings

from alongside import clock
from alongside.access.standing import office_day
from alongside.exchange.notices.models import Wish
from alongside.record.statement import Refused

HOURS = (8, 12, 16, 19)
WAYS = ("text", "mail")
NUMBER = re.compile(r"\+?[0-9][0-9 ]{4,19}")
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def mine(person: int) -> Wish | None:
    """What this person wished, or None."""
    return Wish.objects.filter(person=person).first()


def wish(*, person: int, way: str, to: str, hour: int, at: int) -> None:
    """Be told from now on, at most once a day. Raises Refused: not-a-way, not-a-number, not-an-address."""
    to = " ".join(to.split())
    if way not in WAYS or hour not in HOURS:
        raise Refused("not-a-way")
    if way == "text" and not NUMBER.fullmatch(to):
        raise Refused("not-a-number")
    if way == "mail" and not (ADDRESS.fullmatch(to) and len(to) <= 254):
        raise Refused("not-an-address")
    today = office_day(at)
    local_hour = clock.moment(at).astimezone(settings.OFFICE_ZONE).hour
    asked = today.toordinal() if local_hour >= hour else today.toordinal() - 1
    told = {"way": way, "to": to, "hour": hour, "since": at, "asked_on": asked}
    Wish.objects.update_or_create(person=person, defaults=told)


def no_wish(*, person: int) -> None:
    """Not be told any more; the number or address is gone."""
    Wish.objects.filter(person=person).delete()
