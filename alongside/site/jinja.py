"""The environment in which pages are made: Jinja2, strict about names, everything escaped."""

from functools import lru_cache

from django.templatetags import static as files
from django.utils import translation
from jinja2 import Environment, StrictUndefined
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup

from alongside.access.addresses import address
from alongside.look.signs import signs

GLOBALS = {}
"""Further names that every template may use. Rooms add theirs here before the first page is made."""


def url(name, *args):
    """The address of the page called `name`; arguments fill the address, in order."""
    return address(name, *args)


@lru_cache(maxsize=1024)
def static(name):
    """The address of a file of the look. It does not change while we run."""
    return files.static(name)


icon = signs(static)


@lru_cache(maxsize=8192)
def _translated(language, message):
    """A template's words in this language."""
    return Markup(translation.gettext(message))


@lru_cache(maxsize=8192)
def _plain(language, message):
    """The same, where nothing is to be put into them."""
    return _translated(language, message) % {}


def said(message, **variables):
    """The words of a template in the language of the page; `variables` are escaped."""
    language = translation.get_language()
    return _translated(language, message) % variables if variables else _plain(language, message)


class PageContext(Context):
    """The names of a page. A page calls our macros and words hundreds of times: they are known, so nothing is
    looked up about them first."""

    @internalcode
    def call(self, called, *args, **kwargs):
        """What Jinja does for everything that is called in a template."""
        if type(called) is Macro or called is said or called is icon:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(self.eval_ctx, *args, **kwargs) if type(called) is Macro else called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


def environment(**options):
    """Django's Jinja2 backend calls this with its options; it returns the environment."""
    options["undefined"] = StrictUndefined
    made = Environment(
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    made.context_class = PageContext
    made.install_gettext_callables(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    made.globals.update({"_": said, "gettext": said, "static": static, "url": url, "sign": icon})
    made.globals.update({"language": translation.get_language}, **GLOBALS)
    return made
