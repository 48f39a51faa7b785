"""Being told that there is something to read: the person's own choice, off until they choose it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alongside.access.views import SeeOther
from alongside.doors.family.forms import carried
from alongside.doors.family.rooms import framed, in_room
from alongside.doors.family.words import done
from alongside.exchange.notices import form, telling
from alongside.record.readers import Reader


@in_room("GET", "POST")
def notices(request: HttpRequest, reader: Reader) -> HttpResponse:
    """How to be told, and what exactly is sent."""
    wrong = form.sent(reader.person, request.POST, at=request.visit.now) if request.method == "POST" else None
    if request.method == "POST" and wrong is None:
        return SeeOther(f"{reverse('my-notices')}?done=kept")
    context = framed(
        request, f=wrong or form.shown(reader.person), words=telling.sentence(request.visit.account.language),
        fields=carried(request, reader), notice=done(request.GET.get("done", "")),
    )  # fmt: skip
    return render(request, "family/notices.jinja", context, status=422 if wrong else 200)
