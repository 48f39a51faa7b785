"""The one form of both doors: what stands in it, and what is said when it is not taken."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.exchange.notices.wish import HOURS, mine, no_wish, wish
from alongside.record.statement import Refused


@dataclass(frozen=True, slots=True)
class Shown:
    """`way`: none, text or mail. `hours`: (value, words). `wrong`: the sentence, and the field it is about."""

    way: str
    to: str
    hour: str
    hours: tuple[tuple[str, str], ...]
    wrong: str = ""


def shown(person: int) -> Shown:
    """The form as it stands."""
    one = mine(person)
    return _form("none", "", "16") if one is None else _form(one.way, one.to, str(one.hour))


def _form(way: str, to: str, hour: str, wrong: str = "") -> Shown:
    return Shown(way, to, hour, tuple((str(h), f"{h:02}:00") for h in HOURS), wrong)


def sent(person: int, typed: Mapping[str, str], *, at: int) -> Shown | None:
    """Take what was typed; returns the form to show again when it was not taken, else None."""
    way, to, hour = (typed.get(name, "").strip() for name in ("way", "to", "hour"))
    if way == "none":
        no_wish(person=person)
        return None
    try:
        wish(person=person, way=way, to=to, hour=int(hour) if hour.isdecimal() else -1, at=at)
    except Refused as why:
        return _form(way, to, hour, _refused(why.code))
    return None


def _refused(code: str) -> str:
    return {
        "not-a-number": _("This does not look like a telephone number. Write it with digits only."),
        "not-an-address": _("This does not look like an e-mail address. Look at it once more."),
    }.get(code, _("Choose one of the ways below. Nothing was changed."))
