"""An office begins: its own record, itself as its first person, and the first leader's way in."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alongside.access.accounts import invite
from alongside.access.roles import OFFICE, ROLES, appointed
from alongside.record.appending import append, open_family, person
from alongside.record.kinds import kind
from alongside.record.statement import Refused, Statement

kind("access.office", _("The office"), settles=False, state=True)


def found(
    *, name: str, zone: str, languages: Sequence[str], line: str, unit: str, leader: str, login: str, at: int
) -> str:
    """The office begins: its own stream, itself as its first person, its first leader. Returns the leader's code.

    Call it inside a transaction, on a record that has nothing yet.
    """
    open_family(OFFICE)
    itself = person()
    said = {"name": name, "zone": zone, "languages": list(languages), **({"line": line} if line else {})}
    append([Statement("access.office", said)], family=OFFICE, by=itself, once="office", at=at)
    met = {"name": leader, "called": leader.split(" ")[0], "unit": unit, "role": roles_in_words(("leader",))}
    appointments = [appointed(0, "leader", unit=unit), appointed(0, "administrator")]
    made = invite(
        met=met, appointments=appointments, login=login, language=languages[0], by=itself, at=at, once="first-leader"
    )
    if made is None:
        raise Refused("no-leader")
    return made[1]


def roles_in_words(roles: Sequence[str]) -> dict[str, str]:
    """What somebody is here, in each language there is."""
    words = {}
    for lang, _name in settings.LANGUAGES:
        with translation.override(lang):
            words[lang] = ", ".join(str(ROLES[role]) for role in roles)
    return words
