"""The page of the account."""

import datetime as dt
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alongside import clock
from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.meanwhile import moved_on, settled_words
from alongside.doors.practice.account.page import account_page, family
from alongside.doors.practice.desk import family_desk
from alongside.doors.practice.forms import Typed, afresh, refusal, typed
from alongside.doors.practice.page import Opened, open_family
from alongside.promises import writing as promising
from alongside.promises.promise import promises
from alongside.record.statement import Refused
from alongside.teams import account as noun
from alongside.teams.holding import at_once

REFUSED, BAD_DATE = 422, 400


@enters("practice", methods=("GET", "POST"))
def account(request: HttpRequest, code: str) -> HttpResponse:
    """One page: what was promised, what became of it, and whether it is enough; now or as known then."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    page = open_family(request, code)
    sent, wrong, of = typed(request), "", ""
    if request.method == "POST":
        act, of = ACTS.get(sent.one("act")), sent.one("promise")
        if act is None or request.GET.get("at") or not page.writing or page.woven.find(of) is None:
            raise Http404
        at = clock.micros(clock.now())
        try:
            at_once(act(page, sent, at), page.reader, at)
            return SeeOther(page.href("account", done="fell", anchor=f"p-{of}"))
        except Refused as why:
            if why.code == "settled-already":
                it = next(one for one in promises(page.entries) if one.made.id == of)
                href = page.href("account", anchor=f"p-{of}")
                return moved_on(request, page.reader, settled_words(it, page.showing, page.reader), href)
            wrong, sent = refused(why), afresh(sent)
    context = family_desk(
        request, page, "account", account=account_page(page), sent=sent, of=of, wrong=wrong, once=sent.once,
        whose=whose(request.visit.account), agrees=page.writing and page.reader.by_mark,
        later=(page.today + dt.timedelta(days=7)).isoformat(),
    )  # fmt: skip
    return render(
        request, "accounting/account.jinja", context, status=REFUSED if wrong else BAD_DATE if page.wrong else 200
    )


def _said(page: Opened, sent: Typed, at: int) -> dict:
    return {
        "by": page.reader, "promise": sent.one("promise"), "text": sent.one("words"), "lang": page.showing.lang,
        "at": at, "once": sent.once, "wait": 0,
    }  # fmt: skip


def _kept(page: Opened, sent: Typed, at: int) -> object:
    return promising.keep(**_said(page, sent, at))


def _moved(page: Opened, sent: Typed, at: int) -> object:
    return promising.move(due=sent.one("day").strip(), **_said(page, sent, at))


def _broken(page: Opened, sent: Typed, at: int) -> object:
    return promising.break_with_reason(**_said(page, sent, at))


def _judged(page: Opened, sent: Typed, at: int) -> object:
    speaker = family(page).get(sent.one("speaker"))
    if speaker is None:
        raise Refused("to-nobody")
    if sent.one("answer") not in noun.JUDGED:
        raise Refused("no-answer")
    return noun.judge(
        enough=sent.one("answer") == noun.ENOUGH, speaker=speaker, today=page.today, **_said(page, sent, at)
    )


ACTS: dict[str, Callable] = {"kept": _kept, "moved": _moved, "broken": _broken, "judged": _judged}


def refused(why: Refused) -> str:
    """What is not taken, in the words of this page."""
    mine = {
        "no-day": _("Choose a day from today on, as 2026-12-01."),
        "no-words": _("Say in a few words what is not enough, so that there is something to answer."),
        "no-answer": _("Choose enough or not enough."),
        "to-nobody": _("Choose who says so, among those who read the promise."),
    }
    return mine.get(why.code) or refusal(why)
