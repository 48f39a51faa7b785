"""The frame of this door: its ways, who is here, and the amber edge of a page as known then."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access.addresses import address
from alongside.access.frame import frame
from alongside.doors.practice.page import Opened
from alongside.families.person import Person
from alongside.families.units import in_words

DONE = {
    "answer": lambda: _("Kept. It goes into the record in a few minutes; until then you can take it back."),
    "praise": lambda: _("Kept. They can read it in a few minutes; until then you can take it back."),
    "correct": lambda: _("Corrected. Your right words stand first, the old ones beside."),
    "take-back": lambda: _("Taken back. That stands first from now on."),
    "open-to": lambda: _("Kept. They can read it in a few minutes; until then you can take it back."),
    "fewer": lambda: _("Fewer read it from now on. Who has read it, has."),
    "pin": lambda: _("The family’s page is changed."),
    "heard": lambda: _("Sent. They see how you heard it, and by when you answer."),
    "who": lambda: _("Kept."),
    "protected": lambda: _("It is on. A second person looks at it within three working days."),
    "handed-over": lambda: _("They are asked. You stay until they have said yes."),
    "closed-to-me": lambda: _("The family is closed to you from now on. Your leader and your supervisor know."),
    "closed": lambda: _("The work has ended. The family keeps what it had."),
    "away": lambda: _("The families are told."),
    "settings": lambda: _("Kept."),
    "promise": lambda: _("Kept. It goes into the record in a few minutes; until then you can take it back."),
    "people": lambda: _("Kept. It stands in the record from now on."),
    "fell": lambda: _("Kept. It is in the record."),
    "opened-more": lambda: _("What is for named people is open to you now, until the hour is over."),
    "asked-sealed": lambda: _("Asked. Ring them: it opens when they say yes."),
    "judged": lambda: _("Said. The one who opened, the family’s worker and the privacy officer can read it."),
    "agreed": lambda: _("Opened to them, until the hour is over."),
    "erasing-proposed": lambda: _("Proposed. A second person decides; tell them that it waits."),
    "erased": lambda: _("Erased. The words are gone from the record, from what is searched and from its copies here."),
    "erased-unswept": lambda: _(
        "Erased. The words are gone from the record and from what is searched. The files of the database hold them "
        "until those who run this system have swept it."
    ),
    "erasing-declined": lambda: _("Said. Nothing was erased."),
    "pack-asked": lambda: _("Written down. The day by which it is owed stands below."),
    "pack-decided": lambda: _("Kept. Here is what waits next."),
    "pack-moved": lambda: _("Kept. They are told the day and the reason."),
    "pack-given": lambda: _("Handed over. They can read it from now on."),
    "keeping-proposed": lambda: _("Proposed. A second person decides; tell them that it waits."),
    "kept-on": lambda: _("It is kept on until that day."),
    "held": lambda: _("Held. Nothing of this family is erased until somebody lifts it."),
    "lifted": lambda: _("Lifted. Nothing was erased by that."),
    "closing-proposed": lambda: _("Proposed. A second person decides; tell them that it waits."),
    "closing-agreed": lambda: _("Decided. From now on the first page of every door says it."),
    "going-on": lambda: _("Decided. The office goes on, and no page says anything else any more."),
    "closing-declined": lambda: _("Said. Nothing was changed."),
    "beforehand": lambda: _("Said. They can open once more, within a day."),
}


class Moment(Protocol):
    """A moment looked at. `at`: microseconds, None for now; `value`: as in the address; `today`: the day that
    counts as today then."""

    at: int | None
    value: str
    today: dt.date


def desk(request: HttpRequest, workers: Mapping[int, Person], current: str = "families", **more: Any) -> dict[str, Any]:
    """The context of the worker's frame, and `more`."""
    me, page = workers.get(request.visit.person), more.get("page")
    done = DONE.get(request.GET.get("done", ""))
    return frame(
        request,
        home_href=address("today"),
        nav=_ways(
            current,
            write=_write(page) if more.get("then") is None and not request.visit.shut else "",
            unit=request.visit.on_unit,
        ),
        who={"name": me.name if me else "", "unit": in_words(me.unit) if me else "", "href": address("settings")},
        notice=done() if done else "",
        search_href=_find(page),
        search_current=current == "find",
        keys=_keys(page, more.get("then") is None and not request.visit.shut)
        if request.visit.account.single_keys
        else None,
        **more,
    )


def _find(page: Opened | None) -> str:
    """Where to look for words; from the page of a family in that family, at the same moment."""
    if page is None:
        return address("find")
    wanted = {"in": page.reader.code, "at": page.value}
    return f"{address('find')}?{urlencode({name: value for name, value in wanted.items() if value})}"


def _keys(page: Opened | None, writing: bool) -> dict[str, str]:
    """What single keys lead to: "/" finds, "w" writes, "?" shows the keys. They can be switched off."""
    return {"find": _find(page), "write": _write(page) if writing else "", "list": address("keys")}


def _write(page: Opened | None) -> str:
    """Where to write: inside a family in that family, else the question which one."""
    if page is None or not page.writing:
        return address("write-any")
    return address("write", page.reader.code)


def then_bar(moment: Moment, back: str) -> dict[str, str] | None:
    """What the amber edge says on a page that is not one family's alone; None for now."""
    if moment.at is None:
        return None
    local = clock.moment(moment.at).astimezone(settings.OFFICE_ZONE)
    day = dates.on(local.replace(tzinfo=None) if "T" in moment.value else local.date())
    shown = dates.show(day, translation.get_language() or "en", moment.today, True)
    return {"says": _("on %(day)s") % {"day": shown}, "back_href": back}


def _ways(current: str, write: str, unit: bool) -> list[dict[str, Any]]:
    """`write`: where to write, '' where nothing can be written."""
    ways = [("today", "", "sun", _("Today")), ("families", "", "users", _("Families"))]
    if unit:
        ways.append(("unit", "", "list-checks", _("Unit")))
    if write:
        ways += [("write-any", write, "pen-line", _("Write")), ("waiting", "", "hourglass", _("Not sent yet"))]
    return [
        {"href": href or address(name), "icon": icon, "label": label, "current": name == current}
        for name, href, icon, label in ways
    ]


def family_desk(request: HttpRequest, page: Opened, name: str, *args: str, **more: Any) -> dict[str, Any]:
    """The frame of a page about one family. `name`, `args`: the page itself, for the way back to now."""
    plain = address(name, page.reader.code, *args)
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
