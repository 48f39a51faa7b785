"""The environment in which pages are made: Jinja2, strict about names, everything escaped."""

from functools import lru_cache
from threading import local
from types import MethodType

from django.templatetags import static as files
from django.utils import translation
from jinja2 import Environment, StrictUndefined, Template
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup

from alongside.access.addresses import address
from alongside.look.paragraphs import paragraphs
from alongside.look.signs import signs

GLOBALS = {}
"""Further names that every template may use. Rooms add theirs here before the first page is made."""


class _Now(local):
    """The language of the page that this thread makes, while it makes it: asked for once, and not for each word."""

    language = None


NOW = _Now()


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
    language = NOW.language or translation.get_language()
    return _translated(language, message) % variables if variables else _plain(language, message)


words_of = paragraphs(said)
OURS = {said, icon, words_of, url, static}
"""What templates call most besides macros and methods: none of it asks for the context."""


class PageContext(Context):
    """The names of a page. A page calls our macros and words hundreds of times: they are known, so nothing is
    looked up about them first."""

    @internalcode
    def call(self, called, *args, **kwargs):
        """What Jinja does for everything that is called in a template."""
        kind = type(called)
        if kind is Macro or kind is MethodType or called in OURS:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return called(self.eval_ctx, *args, **kwargs) if kind is Macro else called(*args, **kwargs)
        return super().call(called, *args, **kwargs)


class Page(Template):
    """A template that is a page, or a part that is made by itself."""

    def render(self, *args, **kwargs):
        """The whole text, in the language that is active now."""
        before, NOW.language = NOW.language, translation.get_language()
        try:
            return super().render(*args, **kwargs)
        finally:
            NOW.language = before


class Pages(Environment):
    """The environment of our templates."""

    template_class = Page

    def getattr(self, obj, attribute):
        """`obj.attribute`. Much of what a page is handed are plain dicts: they are asked for the key first, where
        Jinja looks for an attribute and comes to the key by way of an error."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment(**options):
    """Django's Jinja2 backend calls this with its options; it returns the environment."""
    options["undefined"] = StrictUndefined
    made = Pages(
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
    made.globals.update(
        {"_": said, "gettext": said, "static": static, "url": url, "sign": icon, "paragraphs": words_of}
    )
    made.globals.update({"language": translation.get_language}, **GLOBALS)
    return made
