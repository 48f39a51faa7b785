"""The patches as one page: the reader's own unit first, each with its people, places, groups and providers (R104)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside import ids
from alongside.families.person import Person
from alongside.families.units import in_words
from alongside.teams.patch import WHAT, Asset
from alongside.words import fold

MANY = 8  # things on a page from which one looks for a word


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a patch. `under`: where it is, what it is good for and how it is reached, each (label, words);
    `knows`: who knows it, in a sentence; `mine`: whether the reader says so; `change`, `know`: for those of the
    unit, where it is changed and where one says that one knows it, else ''; `once`: the key of that act."""

    id: str
    name: str
    lang: str
    under: tuple[tuple[str, str], ...]
    knows: str
    mine: bool
    change: str
    know: str
    once: str


@dataclass(frozen=True, slots=True)
class Patch:
    """Of one unit, as it is called: (what, rows) for each kind of thing there is."""

    unit: str
    groups: tuple[tuple[str, tuple[Row, ...]], ...]


@dataclass(frozen=True, slots=True)
class PatchPage:
    """`own`: the reader's units; `others`: of the other ones; `long`: whether one looks for a word; `typed`: which."""

    own: tuple[Patch, ...]
    others: tuple[Patch, ...]
    long: bool
    typed: str


def called() -> dict[str, str]:
    """What each kind of thing is called."""
    return dict(zip(WHAT, (_("People"), _("Places"), _("Groups"), _("Local providers")), strict=True))


def patch_page(
    every: Collection[Asset], *, me: int, mine: Collection[str], staff: Mapping[int, Person], typed: str, writing: bool
) -> PatchPage:  # fmt: skip
    """`every`: what stands on all patches; `mine`: the reader's units; `writing`: not as known then."""
    found = [one for one in every if one.has(typed) or _knows(one, typed, staff)] if typed else list(every)
    rows = {one.id: _row(one, me, staff, writing and one.unit in mine) for one in found}
    units = dict.fromkeys((*mine, *sorted({one.unit for one in every}, key=fold)))
    groups = {unit: _groups([one for one in found if one.unit == unit], rows) for unit in units}
    patches = {unit: Patch(in_words(unit, head=True), some) for unit, some in groups.items()}
    return PatchPage(
        own=tuple(one for unit, one in patches.items() if unit in mine),
        others=tuple(one for unit, one in patches.items() if unit not in mine and one.groups),
        long=bool(typed) or len(every) >= MANY,
        typed=typed,
    )


def _knows(one: Asset, typed: str, staff: Mapping[int, Person]) -> bool:
    """Whether somebody called so knows it."""
    wanted = fold(typed)
    return any(fold(staff[person].name).startswith(wanted) for person in one.knows if person in staff)


def _groups(some: Iterable[Asset], rows: Mapping[str, Row]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    some = tuple(some)
    every = [(words, tuple(rows[one.id] for one in some if one.what == what)) for what, words in called().items()]
    return tuple((words, inside) for words, inside in every if inside)


def _row(one: Asset, me: int, staff: Mapping[int, Person], writes: bool) -> Row:
    under = ((_("Where"), one.where), (_("Good for"), one.good), (_("Contact"), one.reach))
    return Row(
        one.id, one.name, one.lang, tuple((label, words) for label, words in under if words), _known(one, staff),
        me in one.knows, *(_acts(one) if writes else ("", "", "")),
    )  # fmt: skip


def _acts(one: Asset) -> tuple[str, str, str]:
    return reverse("patch-change", args=(one.id,)), reverse("patch-know", args=(one.id,)), ids.new()


def _known(one: Asset, staff: Mapping[int, Person]) -> str:
    """Who says that they know it: by their whole names, in the order of the alphabet."""
    names = sorted((staff[person].name for person in one.knows if person in staff), key=fold)
    if not names:
        return _("Nobody has said yet that they know them.")
    if len(names) == 1:
        return _("%(name)s knows them") % {"name": names[0]}
    return _("%(names)s and %(last)s know them") % {"names": ", ".join(names[:-1]), "last": names[-1]}
