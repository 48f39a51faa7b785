"""The story of a family, and ways of looking at it that one keeps for oneself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access import own_looks
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.dialogue.looking import NAMES
from alongside.doors.look_forms import refusal
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import typed
from alongside.doors.practice.page import Opened, open_family
from alongside.doors.practice.story_page import story_page
from alongside.record.statement import Refused

BAD_DATE, REFUSED = 400, 422


@enters("practice")
def story(request: HttpRequest, code: str) -> HttpResponse:
    """Everything this reader may read of a family, by day, or what they chose of it."""
    page = open_family(request, code, whole=True)
    chosen = {name: request.GET.get(name, "")[:40] for name in NAMES}
    return _page(request, page, chosen, before=request.GET.get("before", "")[:40])


def _page(
    request: HttpRequest, page: Opened, chosen: dict[str, str], *, before: str = "", wrong: str = ""
) -> HttpResponse:
    sent = typed(request)
    context = family_desk(
        request, page, "story", story=story_page(page, chosen, before=before),
        kept=own_looks.of(request.visit.account, page.reader.code),
        once=sent.once, whose=whose(request.visit.account), called=sent.one("called"), wrong=wrong,
    )  # fmt: skip
    status = BAD_DATE if page.wrong else REFUSED if wrong else 200
    return render(request, "practice/story.jinja", context, status=status)


@enters("practice", methods=("POST",))
def keep_look(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what is shown of a story under a name of one's own."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    page, sent = open_family(request, code, whole=True), typed(request)
    chosen = {name: sent.one(name)[:40] for name in NAMES}
    shown = story_page(page, chosen, before="").chosen
    try:
        own_looks.keep(
            account=request.visit.account, family=code, called=sent.one("called"), chosen=shown, once=sent.once
        )
    except Refused as why:
        return _page(request, page, chosen, wrong=refusal(why))
    return SeeOther(page.href("story", **shown))


@enters("practice", methods=("POST",))
def throw_look(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Take a kept way of looking away."""
    if not from_this_account(request):
        return ask_to_sign_in(request)
    if not own_looks.throw(account=request.visit.account, family=request.visit.reader(code).code, id=id):
        raise Http404
    return SeeOther(reverse("story", args=(code,)))
