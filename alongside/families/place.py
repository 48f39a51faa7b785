"""The places of somebody's days: school, kindergarten, doctor, work."""

from django.utils.translation import gettext_lazy as _

from alongside.families.telling import Told, line
from alongside.record.kinds import kind
from alongside.record.statement import Receipt, Refused
from alongside.record.terms import reveals

kind("families.place", _("Place"), settles=False, state=True)
reveals("families.place", lambda body: [body.get("name", "")])

PLACES = {
    "school": _("School"),
    "kindergarten": _("Kindergarten"),
    "health": _("Doctor or nurse"),
    "work": _("Work"),
    "other": _("Another place"),
}


def goes(*, told: Told, person: int, what: str, name: str, note: str, at: int, once: str) -> list[Receipt]:
    """Somebody has a place somewhere. `note`: whom to ask for there, when. Raises Refused: no-place, unknown-form."""
    if what not in PLACES:
        raise Refused("unknown-form")
    body = {"person": person, "what": what, "name": line(name, needed="no-place"), "note": line(note)}
    return told.say(told.statement("families.place", body), at=at, once=once)
