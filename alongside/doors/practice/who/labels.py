"""Places, states and acts in plain words."""

from django.utils.translation import gettext as _

from alongside.doors.practice.forms import refusal
from alongside.record.statement import Refused


def place(kind: str) -> str:
    """What somebody is to the family."""
    return {
        "child": _("child of the family"), "parent": _("parent"), "carer": _("carer"),
        "network": _("relative or friend"), "partner": _("helps from another place"),
        "advocate": _("speaks for somebody here"), "coordinator": _("coordinator"),
        "allocated": _("worker of the family"), "co-worker": _("works along"), "supervisor": _("supervisor"),
        "consult": _("asked for advice"), "reviewer": _("expert group"), "duty": _("on duty"),
        "emergency": _("in an emergency"),
    }.get(kind, kind)  # fmt: skip


def state(name: str) -> str:
    """Where a relationship is now; '' while it is simply there."""
    return {
        "invited": _("asked, has not answered yet"), "accepted": _("has said yes, is not verified yet"),
        "verified": _("verified, has not begun"), "paused": _("paused"), "ended": _("ended"),
        "excluded": _("closed, because of other ties"), "barred": _("closed by an order"),
    }.get(name, "")  # fmt: skip


def step(name: str) -> str:
    """What a change of a relationship did, in a list of what happened."""
    return {
        "invited": _("asked"), "accepted": _("said yes"), "verified": _("verified"), "active": _("began"),
        "paused": _("paused"), "ended": _("ended"), "excluded": _("closed, because of other ties"),
        "barred": _("closed by an order"),
    }.get(name, name)  # fmt: skip


def act(name: str) -> tuple[str, str, str]:
    """An act on a relationship: its name on a page, its button, and what it does in a sentence or two."""
    end = _("Family and friends keep what they had until today. Others find nothing from now on.")
    return {
        "verify": (_("Verify who they are"), _("Verified"), _("Say how you know that it is them. %(know)s")),
        "begin": (_("Open the door"), _("Open it"), _("From now on they read what names them.")),
        "begin-again": (_("Begin again"), _("Begin again"), _("From now on they read here as before.")),
        "pause": (_("Pause"), _("Pause"), _("They keep what they had, and nothing new reaches them. %(know)s")),
        "pause-work": (_("Pause their work here"), _("Pause"), _("They find nothing here until it begins again.")),
        "end": (_("End their place here"), _("End it"), end + " %(know)s"),
        "end-work": (_("End their work here"), _("End it"), _("They find nothing here from now on. %(know)s")),
        "until": (_("Set a last day"), _("Keep"), _("After that day it ends by itself. %(know)s")),
        "until-work": (_("Set a last day"), _("Keep"), _("After that day it ends by itself. %(know)s")),
        "exclude": (
            _("Close it: too close to this family"), _("Close it now"),
            _("For a worker who is related to somebody here, or too near in another way. It closes at once, for "
              "good. Only the leader and the supervisor can read why."),
        ),
        "bar": (
            _("Close it by an order"), _("Close it now"),
            _("For an order of a court or another authority. They find nothing here from the next moment. Only those "
              "who work with the family can read why."),
        ),
        "unbar": (_("The order is over"), _("Keep"), _("They get back what they had, and nothing new. %(know)s")),
        "protect": (_("Protect the others"), _("Protect them now"), ""),
    }[name]  # fmt: skip


def lead(name: str) -> str:
    """The sentences under the heading of an act."""
    return act(name)[2].replace("%(know)s", _("Those who know that they belong here can read why."))


def refused(why: Refused) -> str:
    """What is not taken here, in plain words; '' where what it was about is not there."""
    if why.code == "not-found":
        return ""
    return {
        "no-words": _("There are no words yet. Write something, then send."),
        "no-reason": _("Say why, in a few words."),
        "no-ground": _("Say what it rests on, in a few words."),
        "no-until": _("Say which day is the last, from tomorrow on, as 2026-12-01."),
        "no-day": _("This day does not fit. Write it as year, month, day: 2026-12-01, from today on."),
        "no-talk": _("The talk about who may see what has not been held. Hold it first, or say why not yet."),
        "nobody": _("Choose one person."),
        "no-place": _("Choose what they are to the family."),
        "to-yourself": _("Nobody does this for themselves. Ask a colleague."),
        "not-yours-to-grant": _("Who works with a family is decided by the leader of the unit or intake."),
        "not-a-worker": _("This place is for somebody who works in this office."),
        "closed-to-them": _("This family is closed to them. It cannot be given."),
        "both-sides": _("Nobody works with their own family. It cannot be given."),
        "other-side": _("They work with the one the others are protected from."),
        "stands-already": _("They have this place already."),
        "closed": _("The work with this family has ended. It has to begin again first."),
        "not-yours-to-change": _("Somebody else decides this, or it has changed meanwhile."),
        "not-to-them": _("This cannot be together with all of those you chose. Ask your supervisor."),
        "on-already": _("This protection is on already."),
        "not-a-second": _("This takes a second person. Ask a colleague or your supervisor."),
        "not-asked": _("Nobody has asked to end it."),
        "over": _("This protection has ended."),
        "nobody-stands-in": _("Choose for each family somebody who stands in."),
        "other-unit": _("Choose somebody of the same unit."),
        "not-closed": _("The work with this family has not ended."),
    }.get(why.code) or refusal(why)  # fmt: skip
