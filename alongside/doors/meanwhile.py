"""Something was settled, taken back or answered while somebody wrote in its form: they are told so, and by whom as
far as they may know, and their words come back (`meanwhile` in alongside/access/wrong.py)."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.access.views import SeeOther
from alongside.access.wrong import meanwhile
from alongside.dialogue.queries import known
from alongside.dialogue.said import Said
from alongside.dialogue.showing import Showing
from alongside.promises.promise import Ask, Promise
from alongside.record.readers import Reader
from alongside.teams.appointment import Appointment
from alongside.teams.team import Member


def moved_on(request: HttpRequest, reader: Reader, says: str, href: str) -> HttpResponse:
    """The page that gives the words back. The same form sent twice is one act, and leads on as it did."""
    if known(reader.person, reader.family, request.POST.get("once", "")):
        return SeeOther(href)
    return meanwhile(request, says, href)


def who(number: int, showing: Showing, reader: Reader) -> str:
    """How they are called to this reader: "you", their name, or "someone" where it may not be known."""
    return _("you") if number == reader.person else showing.name(number)


def settled_words(it: Promise | Ask, showing: Showing, reader: Reader) -> str:
    """Of a promise, or one asked for. Where it is open still, the reader's own word is on its way."""
    by = who(reader.person if it.open else it.last.author, showing, reader)
    if isinstance(it, Ask):
        return answered_words(by)
    return _("Meanwhile %(who)s said what became of it.") % {"who": by}


def answered_words(by: str) -> str:
    """Of a question, or of a promise asked for. `by`: how they are called."""
    return _("Meanwhile %(who)s answered it.") % {"who": by}


def cancelled_words(one: Appointment, showing: Showing, reader: Reader) -> str:
    """Of an appointment."""
    return _("Meanwhile %(who)s cancelled it.") % {"who": who(one.last.author, showing, reader)}


def left_words(one: Member, showing: Showing, reader: Reader) -> str:
    """Of somebody in the family's team."""
    by = who(one.left.author, showing, reader)
    if one.left.author == one.person:
        return _("Meanwhile %(who)s left the team.") % {"who": by}
    return _("Meanwhile %(who)s took %(name)s out of the team.") % {"who": by, "name": showing.to(one.person)}


def taken_back_words(said: Said, showing: Showing, reader: Reader) -> str:
    """Of what somebody said and took back."""
    return _("Meanwhile %(who)s took these words back.") % {"who": who(said.taken_back.author, showing, reader)}
