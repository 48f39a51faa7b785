"""The environment in which pages are made: Jinja2, strict about names, everything escaped."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

GLOBALS = {}
"""Further names that every template may use. Rooms add theirs here before the first page is made."""


def url(name, *args, **kwargs):
    """The address of the page called `name`; arguments fill the address, in order or by name."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options):
    """Django's Jinja2 backend calls this with its options; it returns the environment."""
    options["undefined"] = StrictUndefined
    made = Environment(
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update({"static": static, "url": url, "language": translation.get_language}, **GLOBALS)
    return made
