"""What people of the family say of themselves and of their team, written down as theirs (R28, R107, R120)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.frame import enters
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.team.form import now, own_words
from alongside.teams import life


def saying(what: str):
    """The view of one of life.OWN: somebody's own words, written down for them."""

    @enters("practice", methods=("GET", "POST"))
    def view(request: HttpRequest, code: str) -> HttpResponse:
        title, label, hint = prompts()[what]
        return own_words(
            request, code, lambda page, sent: (Field("area", "words", label, sent.one("words"), hint),),
            lambda page, told, sent: life.say(
                told=told, what=what, text=sent.one("words"), lang=page.showing.lang, at=now(), once=sent.once
            ),
            title=title, lead=_("Their own words, as they say them. Nobody has to say anything here."),
        )  # fmt: skip

    view.__doc__ = f"Somebody's own words: {what}."
    return view


def prompts() -> dict[str, tuple[str, str, str]]:
    """Of each: its title, the label of its box, and a few questions that may help and may be left."""
    return {
        "good-life": (
            _("A good life"), _("What matters to them"),
            _("If you like: what a good day is, who is in it, what you are proud of, what you hope for."),
        ),
        "who-i-am": (
            _("Who I am"), _("In their own words"),
            _("If you like: languages, faith, how you live, where you belong, the names you use."),
        ),
    }  # fmt: skip


@enters("practice", methods=("GET", "POST"))
def mission(request: HttpRequest, code: str) -> HttpResponse:
    """What the family's team is for, and the rules of its table."""

    def fields(page: Opened, sent: Typed) -> tuple[Field, ...]:
        had = life.mission(page.entries)
        text = sent.one("mission") if sent.values else had.text if had else ""
        rules = sent.one("rules") if sent.values else "\n".join(had.rules) if had else ""
        return (
            Field("area", "mission", _("What the team is for"), text, _("One sentence, in the family’s words.")),
            Field(
                "area", "rules", _("The rules of the table"), rules, _("One a line. We stop when somebody says stop.")
            ),
        )

    return own_words(
        request, code, fields,
        lambda page, told, sent: life.agree(
            told=told, text=sent.one("mission"), rules=sent.one("rules"), lang=page.showing.lang, at=now(),
            once=sent.once,
        ),
        title=_("What the team is for"), lead=_("It stands at the top of the plan."),
    )  # fmt: skip
