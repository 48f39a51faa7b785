"""A family's page for its worker, through every middleware, against a view that says "ok" and nothing else."""

from collections.abc import Iterator

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import Resolver404, path, resolve

from alongside.access.models import Account
from alongside.access.sessions import SessionStore
from alongside.access.visit import stand_in
from alongside.record.readers import FRESH
from alongside.site.bench.facts import Fact
from alongside.site.bench.filling import LARGE, SMALL, WORKERS
from alongside.site.bench.store import Told
from alongside.site.bench.timing import fact, in_turns
from alongside.site.prepare import look

urlpatterns = [path("nothing", lambda request: HttpResponse("ok"))]
GOAL = 10


def measure(bench) -> Iterator[Fact]:
    """Pages of 100 and of 5,000 entries, against the trivial view for a stranger and for the same visitor."""
    names = [f"family page, {entries:,} entries : trivial view" for entries in (SMALL, LARGE)]
    try:
        resolve("/f/abcdefghjkmn")
    except Resolver404:
        yield from (Fact(name, goal=GOAL, missing="there is no such page yet") for name in names)
        return
    settings.STATIC_ROOT = bench.folder / "static"
    look()
    store = bench.largest
    with store.entered():
        browser = _Browser()
        for name, entries in zip(names, (SMALL, LARGE), strict=True):
            families = store.families(entries=entries)
            for other, cookies in ((f"{name}, nobody signed in", False), (f"{name}, signed in as well", True)):
                rounds = bench.rounds(SMALL)
                pages = [browser.page(families[turn % len(families)]) for turn in range(rounds + 1)]
                times = in_turns(browser.asking(pages), browser.asking([browser.nothing(cookies)]), rounds)
                yield fact(other, times, wall=bench.wall, goal=GOAL, entries=store.entries)


class _Browser:
    """Makes requests as each worker's browser does, and has them answered."""

    def __init__(self) -> None:
        self.handler, self.make = BaseHandler(), RequestFactory(HTTP_HOST="127.0.0.1")
        self.handler.load_middleware()
        self.sessions = {person: _session(person) for person in WORKERS}

    def page(self, family: Told):
        """The request of a family's worker for its page."""
        return self._signed(self.make.get(f"/f/{family.code}"), family.house.worker)

    def nothing(self, signed_in: bool):
        """A request for the trivial view."""
        request = self.make.get("/nothing")
        request.urlconf = __name__
        return self._signed(request, WORKERS[0]) if signed_in else request

    def _signed(self, request, person: int):
        request.COOKIES[settings.SESSION_COOKIE_NAME] = self.sessions[person]
        return request

    def asking(self, requests: list):
        """What one side does in a round: an answer that is not 200 stops everything."""

        def one(turn: int):
            response = self.handler.get_response(requests[turn % len(requests)])
            if response.status_code != 200:
                raise AssertionError(f"the page answered {response.status_code}")
            return response.content

        return one


def _session(person: int) -> str:
    """The cookie of a strongly signed-in worker."""
    account, _ = Account.objects.get_or_create(
        person=person, defaults={"login": f"w{person}", "password": "!", "door": "practice", "language": "en"}
    )
    session = SessionStore()
    stand_in(session, account, FRESH)
    session.save()
    return session.session_key
