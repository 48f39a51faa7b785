"""On the day's page: an answer that is owed to somebody who asked for everything."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from alongside.doors.practice.everything.shown import due_words
from alongside.doors.practice.page import Opened
from alongside.exchange.pack import asked as asking
from alongside.exchange.pack.asked import Asked
from alongside.record.readers import Reader


def places(readers: Iterable[Reader]) -> dict[int, Asked]:
    """What waits in the families this worker answers in: {place: request}."""
    return {one.place: one for one in asking.owed(reader.family for reader in readers if asking.prepares(reader))}


def lines(page: Opened, found: Mapping[int, Asked]) -> list[tuple[str, dict[str, Any]]]:
    """(due, a line for the look's `promise`) for each that this worker reads."""
    here = [found[entry.pk] for entry in page.entries if entry.pk in found]
    return [(one.due, _line(page, one)) for one in here]


def _line(page: Opened, one: Asked) -> dict[str, Any]:
    names = {"who": page.showing.Name(one.person), "whom": page.showing.name(one.about)}
    what = _("everything written about them") if one.about == one.person else _("everything written about %(whom)s")
    return {
        "state": "open", "who": _("To %(who)s:") % names, "what": what % names, "due": due_words(page, one),
        "notes": [], "href": page.href("pack", one.id),
    }  # fmt: skip
