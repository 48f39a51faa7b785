"""The frame of this door: its ways, who is here, and the amber edge of a page as known then."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access.frame import frame
from alongside.doors.practice.page import Opened
from alongside.families.person import Person

DONE = {
    "answer": lambda: _("Kept. It goes into the record in a few minutes; until then you can take it back."),
    "praise": lambda: _("Kept. They can read it in a few minutes; until then you can take it back."),
    "correct": lambda: _("Corrected. Your right words stand first, the old ones beside."),
    "take-back": lambda: _("Taken back. That stands first from now on."),
    "open-to": lambda: _("Kept. They can read it in a few minutes; until then you can take it back."),
    "pin": lambda: _("The family’s page is changed."),
    "heard": lambda: _("Sent. They see how you heard it, and by when you answer."),
    "settings": lambda: _("Kept."),
}


def desk(request: HttpRequest, workers: Mapping[int, Person], current: str = "families", **more: Any) -> dict[str, Any]:
    """The context of the worker's frame, and `more`."""
    me = workers.get(request.visit.person)
    done = DONE.get(request.GET.get("done", ""))
    return frame(
        request,
        home_href=reverse("families"),
        nav=_ways(current, writing=more.get("then") is None),
        who={"name": me.name if me else "", "unit": me.unit if me else "", "href": reverse("settings")},
        notice=done() if done else "",
        **more,
    )


def _ways(current: str, writing: bool) -> list[dict[str, Any]]:
    ways = [("families", "users", _("Families"))]
    if writing:
        ways += [("write-any", "pen-line", _("Write")), ("waiting", "hourglass", _("Not sent yet"))]
    return [
        {"href": reverse(name), "icon": icon, "label": label, "current": name == current} for name, icon, label in ways
    ]


def family_desk(request: HttpRequest, page: Opened, name: str, *args: str, **more: Any) -> dict[str, Any]:
    """The frame of a page about one family. `name`, `args`: the page itself, for the way back to now."""
    plain = reverse(name, args=(page.reader.code, *args))
    return desk(
        request,
        page.workers,
        then={"says": then_says(page), "back_href": plain} if page.at is not None else None,
        clock={
            "action": plain,
            "value": page.wrong or page.value[:10],
            "wrong": _not_a_date(page),
            "says": _known(page),
        },
        printed=page.showing.at(clock.moment(request.visit.now)),
        page=page,
        **more,
    )


def then_says(page: Opened) -> str:
    """The moment a page is looked at, in words."""
    local = clock.moment(page.now).astimezone(page.showing.zone)
    moment = dates.on(local.replace(tzinfo=None) if "T" in page.value else local.date())
    return _("on %(day)s") % {"day": page.showing.day(moment, long=True)}


def _known(page: Opened) -> str:
    return _("Another day") if page.at is not None else _("As known: now")


def _not_a_date(page: Opened) -> str:
    if not page.wrong:
        return ""
    return _("There is no such day: %(typed)s. Write it as year, month, day: 2026-03-14.") % {"typed": page.wrong}
