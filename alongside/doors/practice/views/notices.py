"""Being told that there is something to read, for those who work here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access.frame import enters
from alongside.access.sealed import from_this_account, whose
from alongside.access.views import SeeOther, ask_to_sign_in
from alongside.doors.practice.desk import desk
from alongside.exchange.notices import form, telling
from alongside.families.queries import workers


@enters("practice", methods=("GET", "POST"))
def notices(request: HttpRequest) -> HttpResponse:
    """How to be told, and what exactly is sent."""
    if request.method == "POST" and not from_this_account(request):
        return ask_to_sign_in(request)
    account = request.visit.account
    wrong = form.sent(account.person, request.POST, at=request.visit.now) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        return SeeOther(reverse("notices") + "?done=settings")
    context = desk(
        request, workers(), "settings", f=wrong or form.shown(account.person), whose=whose(account),
        words=telling.sentence(account.language),
    )  # fmt: skip
    return render(request, "practice/notices.jinja", context, status=422 if wrong else 200)
