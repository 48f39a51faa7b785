"""Closed there is closed here: the provider is asked again about every visit that came by it, and may say by itself
that somebody left.

It says no: that visit is over. When it says no about every visit of a person, their way in is closed as well. It does
not answer: nobody is thrown out at once, and a visit ends that nobody could ask about for four hours. Where it gives
nothing to ask with, a visit ends after an hour, and its person goes there again.
"""

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from alongside import clock
from alongside.access import visits
from alongside.access.models import Account, VisitOpen
from alongside.access.provider import asking, tokens
from alongside.access.provider.asking import Away, SaysNo
from alongside.access.provider.flow import Shown, keyed, machine, opened, sealed
from alongside.access.provider.models import HangsOn, Tie
from alongside.access.provider.tokens import NotRight
from alongside.asking import for_the_house

log = logging.getLogger("alongside.access")
SECOND = 1_000_000  # microseconds
UNHEARD = 4 * 3600 * SECOND  # a visit about which the provider could not be asked
UNASKED = 3600 * SECOND  # a visit about which there is nothing to ask with
_busy = threading.Lock()


def hang(visit: str, account: Account, shown: Shown, *, at: int) -> None:
    """From now on this visit lasts as long as the provider lets it."""
    HangsOn.objects.exclude(visit__in=VisitOpen.objects.values("pk")).delete()
    HangsOn.objects.update_or_create(
        visit=visit,
        defaults={"account": account.pk, "sub": shown.sub, "sid": shown.sid, "renews": shown.renews, "asked": at},
    )
    VisitOpen.objects.filter(pk=visit).update(until=at + (UNHEARD if shown.renews else UNASKED))


def let_go(account: Account) -> None:
    """The provider is not asked about this account any more; visits that came by it end when they would unasked."""
    HangsOn.objects.filter(account=account.pk).delete()


def _due(at: int) -> Any:
    return HangsOn.objects.filter(asked__lte=at - settings.PROVIDER.every * SECOND).exclude(renews="")


def tick() -> None:
    """Called by the ticker: where somebody's time has come, another thread asks, so that nothing waits for it."""
    if settings.PROVIDER is None or not _due(clock.micros(clock.now())).exists() or not _busy.acquire(blocking=False):
        return
    try:
        threading.Thread(target=_work, name="provider", daemon=True).start()
    except RuntimeError:  # no thread to be had
        _busy.release()
        raise


def _work() -> None:
    try:
        with for_the_house():
            ask(at=clock.micros(clock.now()))
    except Exception as error:
        log.error("asking the identity provider failed: %s", type(error).__name__)  # a message may hold content
    finally:
        connections.close_all()
        _busy.release()


def ask(*, at: int) -> None:
    """Ask about each visit whose time has come. When the provider is away, the others wait for the next time.

    Each is looked up when it is its turn: it may have ended, or been asked about beside another visit of its person,
    and what one asks with works once."""
    HangsOn.objects.exclude(visit__in=VisitOpen.objects.values("pk")).delete()
    for pk in list(_due(at).order_by("asked", "visit").values_list("pk", flat=True)):
        row = _due(at).filter(pk=pk).first()
        if row is None:
            continue
        try:
            _again(row, at)
        except SaysNo:
            _no(row, at)
        except Away:
            return


def _again(row: HangsOn, at: int) -> None:
    """Ask about one visit. Raises Away, SaysNo."""
    if not HangsOn.objects.filter(pk=row.pk).exists():
        return  # ended meanwhile
    known = asking.known()
    given = known.token({"grant_type": "refresh_token", "refresh_token": opened(row.renews)})
    HangsOn.objects.filter(pk=row.pk).update(asked=at, renews=sealed(given.renews) or row.renews)
    if given.id_token:
        try:
            said = tokens.who(known, given.id_token, nonce=None, access=given.access, since=0, now=machine())
        except NotRight as why:
            log.warning("a token of the identity provider is not right: %s", why)
            return  # not asked, as it were: the visit goes on until its end
        if keyed("left sub", said["sub"]) != row.sub:
            raise SaysNo
    VisitOpen.objects.filter(pk=row.visit).update(until=at + UNHEARD)


def _no(row: HangsOn, at: int) -> None:
    """The provider says no about this visit. If it says yes about another one of the same person, only this one is
    over; if it does not answer about that, it is asked again at its time."""
    _over([row.visit])
    for other in list(HangsOn.objects.filter(account=row.account).exclude(renews="")):
        try:
            return _again(other, at)
        except SaysNo:
            _over([other.visit])
        except Away:
            return None
    with transaction.atomic():
        Tie.objects.filter(account=row.account).update(refused=at)
        visits.end_all(Account.objects.get(pk=row.account))
        HangsOn.objects.filter(account=row.account).delete()
    return None


def _over(ids: list[str]) -> None:
    VisitOpen.objects.filter(pk__in=ids).delete()
    HangsOn.objects.filter(visit__in=ids).delete()


def left(said: dict[str, Any]) -> int:
    """Somebody left there (tokens.left): the visits of that session are over, or every visit that came by the
    provider, where it names no session. Returns how many."""
    rows = HangsOn.objects.all()
    if "sid" in said:
        rows = rows.filter(sid=keyed("left sid", said["sid"]))
    if "sub" in said:
        rows = rows.filter(sub=keyed("left sub", said["sub"]))
    ids = list(rows.values_list("visit", flat=True))
    _over(ids)
    return len(ids)
