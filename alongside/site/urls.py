"""The addresses of the whole house. GET and POST only; every POST creates a noun."""

from collections.abc import Iterable
from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

ROOMS = (
    "alongside.access.urls",
    "alongside.doors.entrance.urls",
    "alongside.doors.office.urls",
    "alongside.doors.practice.cards.urls",
    "alongside.doors.practice.people.urls",
    "alongside.doors.practice.urls",
    "alongside.doors.practice.looking.urls",
    "alongside.doors.practice.writing.urls",
    "alongside.doors.practice.promising.urls",
    "alongside.doors.practice.meeting.urls",
    "alongside.doors.practice.holding.urls",
    "alongside.doors.practice.account.urls",
    "alongside.doors.practice.planning.urls",
    "alongside.doors.practice.today.urls",
    "alongside.doors.practice.unit.urls",
    "alongside.doors.practice.who.urls",
    "alongside.doors.practice.team.urls",
    "alongside.doors.practice.patch.urls",
    "alongside.doors.practice.everything.urls",
    "alongside.doors.partner.urls",
    "alongside.doors.family.urls",
    "alongside.doors.family.own_words",
    "alongside.doors.family.everything",
    "alongside.doors.family.planning",
    "alongside.doors.family.team.urls",
)


def gathered(listed: Iterable[URLPattern]) -> list[URLPattern | URLResolver]:
    """The same addresses, those that begin with the same part together: so one is found part by part, and not by
    trying some hundreds in turn. Among those of one part the order stays."""
    alike: dict[str, list[URLPattern]] = {}
    for one in listed:
        part, more, rest = str(one.pattern).partition("/")
        alike.setdefault(part + more, []).append(path(rest if more else part, one.callback, one.default_args, one.name))
    found: list[URLPattern | URLResolver] = []
    for part, some in alike.items():
        found += [path(part, include(gathered(some)))] if part.endswith("/") else some
    return found


urlpatterns = gathered(one for room in ROOMS for one in import_module(room).urlpatterns)
handler404 = "alongside.doors.practice.writing.not_sent.not_found"
handler500 = "alongside.access.wrong.broken"
