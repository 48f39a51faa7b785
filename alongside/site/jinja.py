"""The environment in which pages are made: Jinja2, strict about names, everything escaped."""

from functools import lru_cache

from django.templatetags import static as files
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

GLOBALS = {}
"""Further names that every template may use. Rooms add theirs here before the first page is made."""


def url(name, *args, **kwargs):
    """The address of the page called `name`; arguments fill the address, in order or by name."""
    return reverse(name, args=args, kwargs=kwargs)


@lru_cache(maxsize=1024)
def static(name):
    """The address of a file of the look. It does not change while we run."""
    return files.static(name)


@lru_cache(maxsize=8192)
def _translated(language, message):
    """A template's words in this language, and how they stand where nothing has to be put into them."""
    words = Markup(translation.gettext(message))
    return words, words % {}


def said(message, **variables):
    """The words of a template in the language of the page; `variables` are escaped."""
    words, plain = _translated(translation.get_language(), message)
    return words % variables if variables else plain


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
    made.globals.update({"_": said, "gettext": said, "static": static, "url": url, "language": translation.get_language}, **GLOBALS)
    return made
