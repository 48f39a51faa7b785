"""Who here is who there: connected by whoever it is, having come in another way or with a code that was handed over.

Never by a name or an address: those pass to others. While the provider says no about somebody, nothing of theirs
opens here, until it says yes again or a leader hands over a new code.
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.access import bounds, visits
from alongside.access.models import Account
from alongside.access.provider import watching
from alongside.access.provider.flow import Shown
from alongside.access.provider.models import Tie
from alongside.access.roles import OFFICE
from alongside.access.standing import office_day
from alongside.record.appending import append
from alongside.record.kinds import kind
from alongside.record.statement import Refused, Statement

kind("access.provider-tied", _("An account at the identity provider was connected"), settles=False)
kind("access.provider-gone", _("An account at the identity provider was disconnected"), settles=False, goes_on=True)


def of(account: Account) -> Tie | None:
    """Who this account is at the provider there is today; None for nobody, and where there is none."""
    provider = settings.PROVIDER
    return Tie.objects.filter(account=account, issuer=provider.issuer).first() if provider else None


def refused() -> dict[int, bool]:
    """Of all accounts that are connected: whether the provider says no at the moment, {account: no}."""
    provider = settings.PROVIDER
    found = Tie.objects.filter(issuer=provider.issuer).values_list("account", "refused") if provider else ()
    return {account: bool(since) for account, since in found}


def barred(account: Account) -> bool:
    """Whether password and passkey of this account open nothing: it comes in by the provider."""
    tie = of(account)
    return tie is not None and (bool(tie.refused) or not settings.PROVIDER.beside)


def whose(shown: Shown, *, at: int) -> Account | None:
    """Whose account here this is; None for nobody's. That the provider showed them is its yes."""
    tie = Tie.objects.select_related("account").filter(found=shown.found, issuer=settings.PROVIDER.issuer).first()
    if tie is None or not tie.account.is_active or tie.account.door != "practice":
        return None
    Tie.objects.filter(pk=tie.pk).update(used=office_day(at).toordinal(), refused=0)
    return tie.account


def tie(account: Account, shown: Shown, *, visit: str = "", at: int, once: str) -> None:
    """Connect. `visit`: the one in which it is done, '' on the first day, which it then is. Every other visit is
    over. Raises Refused: not-taken (somebody else's, or no one who works here)."""
    if account.door != "practice" or not account.is_active:
        raise Refused("not-taken")
    kinds = ("access.provider-tied",) if visit else ("access.began", "access.provider-tied")
    said = [Statement(kind, {"person": account.person}) for kind in kinds]
    today = office_day(at).toordinal()
    try:
        with transaction.atomic():
            Tie.objects.filter(account=account).delete()
            Tie.objects.create(
                account=account, issuer=settings.PROVIDER.issuer, found=shown.found, tied=today,
                used=None if visit else today,
            )  # fmt: skip
            append(said, family=OFFICE, by=account.person, once=once, at=at)
            for place in (bounds.name(account.login), bounds.second(account.pk)):
                bounds.right(place)
            visits.end_all(account, but=visit)
            if visit:
                watching.hang(visit, account, shown, at=at)
    except IntegrityError:
        raise Refused("not-taken") from None


def take_away(account: Account, *, at: int, once: str) -> None:
    """Not connected any more; what hangs on the provider is over. Raises Refused: no-other-way."""
    if not account.has_usable_password():
        raise Refused("no-other-way")
    with transaction.atomic():
        if Tie.objects.filter(account=account).delete()[0]:
            said = Statement("access.provider-gone", {"person": account.person})
            append([said], family=OFFICE, by=account.person, once=once, at=at)
            watching.let_go(account)


def forget(account: Account) -> None:
    """Connected with nobody: a new code was made, or the person left."""
    Tie.objects.filter(account=account).delete()
    watching.let_go(account)
