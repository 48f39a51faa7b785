"""Words that ask somebody into a family's team: short, neutral, with no address, no number and no name of an office.

Whoever finds the page at a bus stop learns that somebody is asked to a table, and nothing else.
"""

from django.utils.translation import gettext as _

from alongside.teams.invitation import Invitation


def call_text(inviter: str) -> str:
    """What is read out on the telephone, to the one who was asked for and to nobody else."""
    names = {"who": inviter}
    return "\n".join(
        [
            _("I ring for %(who)s. Is this a good time, and are you alone?") % names,
            _("%(who)s is choosing a few people to think along with, and thought of you.") % names,
            _("You can say yes, not now, or ask me again. Every answer is all right.") % names,
        ]
    )


def letter_text(invited: str, inviter: str) -> str:
    """What stands in the letter."""
    names = {"you": invited, "who": inviter}
    return "\n".join(
        [
            _("Dear %(you)s,") % names,
            _("I am choosing a few people to think along with me, and I thought of you."),
            _("It means: we meet now and then and talk about what helps. You say what you want to do, and no more."),
            _("You can say yes, not now, or ask me again. Every answer is all right."),
            _("Warm wishes, %(who)s") % names,
        ]
    )


def card_text(inviter: str) -> str:
    """What is said when a card is handed over."""
    return _("%(who)s would like you to think along. With this card you can come in and see what is meant for you.") % {
        "who": inviter
    }


def answers() -> tuple[tuple[str, str], ...]:
    """(value, words) of what can be answered."""
    return ("yes", _("Yes")), ("not-now", _("Not now")), ("ask-again", _("Ask me again"))


def how(way: str) -> str:
    """How somebody was asked, in words."""
    return {"card": _("with a card"), "call": _("by a call"), "letter": _("with a letter")}[way]


def stands(one: Invitation, who: str, day: str, again: str) -> str:
    """How an invitation stands, in a sentence. `who`: the caller or ''; `day`: when they were asked; `again`: the day
    on which they want to be asked again, or ''."""
    names = {"how": how(one.way), "day": day, "who": who, "again": again}
    asked = _("Asked %(how)s, %(day)s, by %(who)s.") if who else _("Asked %(how)s, %(day)s.")
    said = {
        "": _("No answer yet."), "yes": _("Said yes."), "not-now": _("Said: not now."),
        "ask-again": _("Said: ask me again, %(again)s.") if again else _("Said: ask me again."),
    }[one.answer]  # fmt: skip
    return one_stop(f"{asked} {said}" % names)


def one_stop(text: str) -> str:
    """The text with one full stop where a sentence ends in a day that is written with one."""
    return text.replace("..", ".")
