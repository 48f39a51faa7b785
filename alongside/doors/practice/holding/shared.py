"""The screen everybody sees: large and still, only what all who are ticked as here may read, and no way further."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.frame import enters, frame
from alongside.access.standing import reader_at
from alongside.dialogue.said import words
from alongside.doors.held import called, who_came
from alongside.doors.practice.holding.views import held
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.writing.handed import HANDED, hand_over
from alongside.record.entry import Entry
from alongside.record.readers import SIGNED_IN
from alongside.record.reading import read, watched
from alongside.teams.meeting import Meeting

MEETING = "meeting/"


@enters("practice")
def show(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """What fell so far. The screen is in everybody's hands from now on, until its owner has it back."""
    page = open_family(request, code, around=id)
    it, mine = held(page, id), [code, f"{MEETING}{id}"]
    if request.GET.get("at") or not page.writing or it.told or request.session.get(HANDED, mine) != mine:
        raise Http404
    hand_over(request, *mine)
    reads = set() if it.in_private else read_by_all(page, it)
    fell = [entry for entry in page.entries if entry.pk in reads]
    context = frame(
        request, code=code, title=called(it, page.showing), came=who_came(it, page.showing),
        private=it.in_private, groups=[group for group in _groups(page, fell) if group[1]],
        back={"href": reverse("given-back", args=(code,)), "words": _("Back to the meeting")},
    )  # fmt: skip
    return render(request, "holding/show.jinja", context)


def read_by_all(page: Opened, it: Meeting) -> set[int]:
    """The places of what fell in a meeting that everybody who is ticked as here may read, by their own gate."""
    reads = {entry.pk for entry in page.entries if it.held.pk in (entry.within, entry.answers)}
    for person in it.there:
        reader = reader_at(person, page.reader.family, now=page.now, strength=SIGNED_IN)
        with watched():  # nobody looked: it is only asked what they could see
            reads &= {entry.pk for entry in read(reader, within=[it.held.pk])} if reader else set()
    return reads


def _groups(page: Opened, fell: list[Entry]) -> list[tuple[str, list[dict[str, str]]]]:
    kinds = (
        (_("Decided"), "teams.meeting-decided"), (_("Promised"), "promises.made"), (_("Said"), "teams.meeting-said"),
    )  # fmt: skip
    return [(title, [_large(page, entry) for entry in fell if entry.kind == kind]) for title, kind in kinds]


def _large(page: Opened, entry: Entry) -> dict[str, str]:
    text, lang = words(entry, page.showing.lang)
    who = "" if entry.kind == "teams.meeting-decided" else page.showing.Name(entry.speaker)
    due = entry.body.get("due", "")
    return {
        "who": who,
        "text": text,
        "lang": lang,
        "due": _("by %(day)s") % {"day": page.showing.due(due)} if due else "",
    }
