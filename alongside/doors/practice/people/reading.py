"""Who reads what is said of somebody: the helpers and those it is about, or only those who are named."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside import dates
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened
from alongside.families.here import in_danger, read_by_mark, stand_here
from alongside.families.queries import ids
from alongside.families.telling import Told
from alongside.record.entry import Entry
from alongside.record.reading import named as known_by
from alongside.record.statement import Refused
from alongside.record.terms import named_words

TEAM, ONLY, SEALED = "team", "only", "sealed"


@dataclass(frozen=True)
class Circle:
    """Whom a writer may name: `kin` beside the helpers, `helpers` where it is for a few. {id: number}. `careful`:
    somebody here is protected, so that what is new is for the named alone unless the writer says otherwise. `knew`:
    who was named before, where something for a few is said anew."""

    kin: Mapping[str, int]
    helpers: Mapping[str, int]
    careful: bool
    knew: frozenset[int] | None = None

    def named(self, number: int, lean: Collection[int]) -> bool:
        """Whether somebody is named unless the writer takes them out: who knew it before, where it was for a few."""
        return number in (lean if self.knew is None else self.knew)

    def works(self, number: int) -> bool:
        """The same of a helper, where it is for the named alone."""
        return self.knew is None or number in self.knew


def circle(page: Opened, before: Entry | None = None) -> Circle:
    """Those around this family whom the writer knows by name, less those nothing may go to by itself. `before`:
    what is said anew; where that was for a few, the new is for no more than those, unless the writer says so."""
    family, me = page.reader.family, page.reader.person
    helpers = read_by_mark(family, page.now)
    safe = stand_here(family) - in_danger(family) - {me}
    named = ids([number for number in sorted(safe) if page.people.called(number)])
    few = before is not None and before.mark in ("persons", "sealed")
    knew = frozenset(one for one, _why in known_by(page.reader, [before]).get(before.pk, ())) if few else None
    here = [number for number in named if page.people.persons[number].group in ("family", "network", "partner")]
    return Circle(
        {named[number]: number for number in here},
        {named[number]: number for number in named if number in helpers},
        careful(page) or knew is not None,
        knew,
    )


def careful(page: Opened) -> bool:
    """Whether somebody of this family is protected from another one, for those who may know it."""
    return any(entry.kind == "access.hazard-on" for entry in page.entries)


def fields(page: Opened, around: Circle, sent: Typed, lean: Collection[int]) -> tuple[Field, ...]:
    """The choice of readers. `lean`: those who are named unless the writer takes them out."""
    fresh = not sent.values
    reads = sent.one("reads") or (ONLY if around.careful else TEAM)
    chosen, helpers = set(sent.many("to")), set(sent.many("helpers"))
    kin = [(id, n, (fresh and around.named(n, lean)) or id in chosen) for id, n in around.kin.items()]
    team = [(id, n, (fresh and around.works(n)) or id in helpers) for id, n in around.helpers.items()]
    picks = (
        (TEAM, _("The helpers of the family"), reads == TEAM, _("and those you tick below")),
        (ONLY, _("Only those who are named"), reads == ONLY, _("you, and those you tick below")),
        (SEALED, _("Sealed"), reads == SEALED, _("those who are named; the words below never leave the screen")),
    )
    found = [Field("picks", "reads", _("Who can read it"), options=picks)]
    if kin:
        found.append(Field("chips", "to", _("Family and others"), options=_chips(page, kin)))
    if team:
        found.append(Field("chips", "helpers", _("Helpers, where it is for those named"), options=_chips(page, team)))
    hint = _("A street, a school, a name, a number, with commas. The place or name you gave above is one already.")
    found.append(Field("line", "terms", _("If it is sealed: words that would give it away"), sent.one("terms"), hint))
    return tuple(found)


def _chips(page: Opened, some: list[tuple[str, int, bool]]) -> tuple[tuple, ...]:
    return tuple((id, page.showing.Name(number), chosen, "") for id, number, chosen in some)


def in_short(page: Opened, around: Circle, lean: Collection[int]) -> str:
    """What holds unless the writer changes it, in one line."""
    named = page.showing.names([number for number in around.kin.values() if around.named(number, lean)])
    if around.careful:
        team = page.showing.names([number for number in around.helpers.values() if around.works(number)])
        names = ", ".join(part for part in (team, named) if part)
        return _("Only you, %(names)s") % {"names": names} if names else _("Only you")
    return _("The helpers and %(names)s") % {"names": named} if named else _("The helpers")


def told(page: Opened, around: Circle, sent: Typed, so: dates.Partial, speaker: int | None) -> Told:
    """Who says so and who reads it, from what was typed. Raises Refused: nothing-chosen."""
    reads = sent.one("reads")
    if reads not in (TEAM, ONLY, SEALED):
        raise Refused("nothing-chosen")
    to = [around.kin[id] for id in sent.many("to") if id in around.kin]
    if reads != TEAM:
        to += [around.helpers[id] for id in sent.many("helpers") if id in around.helpers]
    terms = named_words(sent.one("terms")) if reads == SEALED else ()
    return Told(page.reader, speaker, so, tuple(to), reads == ONLY, reads == SEALED, terms)
