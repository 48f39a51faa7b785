"""What belongs to the person who works here: language, size of text, light, single keys, and signing out."""

from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.access.colleagues import scope_of
from alongside.access.frame import enters
from alongside.access.models import Account
from alongside.access.roles import holds
from alongside.access.views import SeeOther
from alongside.doors.practice.desk import desk
from alongside.doors.practice.forms import Field, typed
from alongside.families.queries import workers

SIZES = ("100", "125", "150")
KEYS = ("on", "off")


@enters("practice", methods=("GET", "POST"))
def settings(request: HttpRequest) -> HttpResponse:
    """Choices of reading; what is not one of the choices changes nothing."""
    account, sent = request.visit.account, typed(request)
    if request.method == "POST":
        wanted = {"language": sent.one("language"), "light": sent.one("light"), "text_size": sent.one("text_size")}
        keys = sent.one("keys") or ("on" if account.single_keys else "off")
        wrong = wanted["language"] not in dict(site.LANGUAGES) or wanted["text_size"] not in SIZES
        if wrong or wanted["light"] not in ("", "day", "night") or keys not in KEYS:
            return _page(request, account, _("Choose one of the ways below. Nothing was changed."))
        wanted |= {"text_size": int(wanted["text_size"]), "single_keys": keys == "on"}
        Account.objects.filter(pk=account.pk).update(**wanted)
        return SeeOther(reverse("settings") + "?done=settings")
    return _page(request, account)


def _page(request: HttpRequest, account: Account, wrong: str = "") -> HttpResponse:
    context = desk(
        request,
        workers(),
        "settings",
        fields=_fields(account),
        wrong=wrong,
        looks_after=scope_of(account.person),
        administrator=holds(account.person, "administrator"),
        has_key=account.has_usable_password(),
        provider=site.PROVIDER is not None,
    )
    return render(request, "practice/settings.jinja", context, status=400 if wrong else 200)


def _fields(account: Account) -> tuple[Field, ...]:
    languages = {"en": "English", "nb": "Norsk bokmål"}
    light = (("", _("As this machine"), ""), ("day", _("Light paper"), ""), ("night", _("Dark paper"), ""))
    sizes = (("100", _("As it is"), ""), ("125", _("Larger"), ""), ("150", _("Largest"), ""))
    keys = (
        ("on", _("On"), _("/ finds, w writes, ? shows all keys. They rest while you write.")),
        ("off", _("Off"), _("Best with a screen reader, or when you speak to your machine.")),
    )
    return (
        _picks("language", _("Language"), [(c, languages.get(c, c), "") for c, _w in site.LANGUAGES], account.language),
        _picks("text_size", _("Size of the text"), sizes, str(account.text_size)),
        _picks("light", _("Light or dark"), light, account.light),
        _picks("keys", _("Single keys"), keys, "on" if account.single_keys else "off"),
    )


def _picks(name: str, label: str, options, value: str) -> Field:
    return Field("picks", name, label, options=tuple((v, words, v == value, small) for v, words, small in options))
