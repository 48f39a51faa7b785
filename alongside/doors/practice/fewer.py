"""Fewer may read a sentence from now on: who keeps it, who has read it already, and why."""

from django.utils.translation import gettext as _

from alongside.access.looked import opened_by
from alongside.dialogue.narrowing import may_narrow, narrow
from alongside.dialogue.queries import standings
from alongside.dialogue.said import Said
from alongside.doors.practice import acting
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.sentence_forms import SentenceForm
from alongside.families.queries import ids
from alongside.record.reading import named
from alongside.record.statement import Refused


def _colleagues(page: Opened) -> dict[str, int]:
    """Those who work with this family beside the writer: {random id: number}."""
    here = standings(page.reader.family, now=page.now)
    working = [one for one, stands in here.items() if stands.staff and stands.safe and one != page.reader.person]
    return {id: number for number, id in ids([one for one in working if page.showing.name(one)]).items()}


def _whole(page: Opened, said: Said) -> Said | None:
    """The note this paragraph stands in, where the writer may say the same of all of it."""
    top = page.woven.by_place.get(said.entry.within) if said.entry.within else None
    return top if top is not None and may_narrow(page.reader, top.entry) else None


def _may(page: Opened, said: Said) -> bool:
    """Also where it is so already: sent twice is one act."""
    return acting.may_correct(page, said) and may_narrow(page.reader, said.entry, "team")


def _fields(page: Opened, said: Said, sent: Typed) -> tuple[Field, ...]:
    chosen = set(sent.many("keeps"))
    options = tuple((id, page.showing.Name(n), id in chosen, "") for id, n in _colleagues(page).items())
    fields = [Field("chips", "keeps", _("Which colleagues go on reading it"), options=options, hint=_had(page, said))]
    if _whole(page, said) is not None:
        fields.append(Field("check", "whole", _("The whole note, not this paragraph alone"), sent.one("whole")))
    fields.append(Field("area", "reason", _("Why"), sent.one("reason"), _("In a few words. It stays in the record.")))
    return tuple(fields)


def _had(page: Opened, said: Said) -> str:
    """Who keeps it, and who has read it: what is read stays read."""
    whole = _whole(page, said) or said
    on_it = {one for one, _why in named(page.reader, [said.entry]).get(said.entry.pk, ())} - {page.reader.person}
    places = [said.entry.pk, whole.entry.pk]
    opened = page.showing.names([one for one in opened_by(page.reader.family, places) if one != page.reader.person])
    names = page.showing.names(sorted(on_it))
    told = [_("%(names)s: named on it, and keeps it.") % {"names": names}] if names else []
    told += [_("%(names)s: opened it already.") % {"names": opened}] if opened else []
    told.append(_("What somebody has read stays read; on the family’s pages others may have seen it too."))
    return " ".join(told)


def _send(page: Opened, said: Said, sent: Typed, at: int) -> object:
    colleagues, top = _colleagues(page), _whole(page, said)
    keeps = [colleagues[id] for id in dict.fromkeys(sent.many("keeps")) if id in colleagues]
    if not keeps:
        raise Refused("to-nobody")
    one = top if top is not None and sent.one("whole") else said
    return narrow(by=page.reader, entry_id=one.id, keeps=keeps, reason=sent.one("reason"), at=at, once=sent.once)


FORMS = {
    "fewer": SentenceForm("fewer", _may, lambda: {
        "title": _("Let fewer people read it"), "send": _("Let fewer read it"),
        "lead": _("From now on only you, those named on it and the colleagues you choose can read it, with all that "
                  "stands beside it. Nobody of the family loses what was given to them."),
    }, _fields, _send),
}  # fmt: skip
