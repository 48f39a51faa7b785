"""Search before create: the people of one's own families whose name is alike; beyond them everybody gets the same
one sentence, whether or not there is somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.access.roles import holders
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened, opened
from alongside.doors.practice.people.twice import HEADING, describe
from alongside.families.names import look
from alongside.families.person import WHO, Person
from alongside.families.queries import ids
from alongside.record.readers import Reader
from alongside.record.reading import read

NEW = "new"


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody known already. `here`: in the family where somebody is to be added, so there is nothing to add."""

    number: int
    name: str
    words: str
    here: str = ""


def matches(
    request: HttpRequest, name: str, *, today, staff: Mapping[int, Person], here: Opened | None = None
) -> dict[str, Match]:
    """Whom the reader knows by a name like this one, each once: {random id: Match}."""
    found: dict[int, Match] = {}
    glances: dict[int, Opened] = {} if here is None else {here.reader.family: here}
    readers = _first(request.visit.families(), here)
    for known in look(name, readers):
        number, family = known.person.number, known.reader.family
        if number in found:
            continue
        if family not in glances:
            entries = read(known.reader, kinds=(*WHO, *HEADING))
            glances[family] = opened(known.reader, entries, now=request.visit.now, today=today, staff=staff)
        at_home = here is not None and family == here.reader.family
        words = describe(glances[family], number)
        found[number] = Match(number, known.person.name, words, here.reader.code if at_home else "")
    return {id: found[number] for number, id in ids(sorted(found)).items()}


def _first(readers: Sequence[Reader], here: Opened | None) -> list[Reader]:
    """The family somebody is added to before the others."""
    family = here.reader.family if here else -1
    return sorted(readers, key=lambda reader: reader.family != family)


def choice(found: Mapping[str, Match], sent: Typed) -> Field:
    """The question: one of these, or somebody new."""
    chosen = sent.one("same")
    options = tuple((id, one.name, id == chosen, one.words) for id, one in found.items() if not one.here)
    nobody = (NEW, _("None of these: somebody new"), chosen == NEW, "")
    return Field("picks", "same", _("Is it one of these?"), options=(*options, nobody))


def elsewhere(staff: Mapping[int, Person]) -> str:
    """The same sentence for everybody, always."""
    people = [staff[role.person].name for role in holders("intake") if role.person in staff]
    names = ", ".join(dict.fromkeys(people))
    if not names:
        return _("We look among your own families only. If they may be known elsewhere: ask intake.")
    asks = {"names": names}
    return _("We look among your own families only. If they may be known elsewhere: ask intake (%(names)s).") % asks
