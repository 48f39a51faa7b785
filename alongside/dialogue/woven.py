"""How entries hang together on a page.

`weave` takes the entries a reader may read and hangs each on what it belongs to: passages in their
conversation, answers and corrections beside their sentence, a taking-back before it (R5, R6, R126).
Nothing here knows who may read what; what was not read is simply not there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from alongside.dialogue.said import Said
from alongside.families.person import People
from alongside.record.entry import Entry
from alongside.record.erased import ERASED
from alongside.record.kinds import KINDS

HIDDEN_KINDS = frozenset(
    "record.released record.remarked record.taken-back record.beside dialogue.pinned dialogue.unpinned "
    "families.met families.name families.born families.died families.languages families.tie families.home "
    "families.gender families.circle-placed families.circle-moved families.circle-out families.line-drawn "
    "families.line-changed families.line-out families.left families.place families.safe-asked "
    "families.belongs-to families.belongs-no-more "
    "families.same-proposed families.same-confirmed families.same-undone "
    "access.granted access.changed access.why access.away access.back "
    "access.hazard-confirmed access.hazard-reviewed access.hazard-lift-asked access.hazard-lifted "
    "record.struck-out promises.handed-over promises.accepted promises.not-taken "
    "teams.meeting-came teams.private-begun teams.private-ended teams.joined teams.role-said teams.left "
    "pack.decided".split()
)


@dataclass(frozen=True)
class Woven:
    """All statements by place, the outermost ones in order of receiving, and today's pins."""

    by_place: Mapping[int, Said]
    roots: tuple[Said, ...]
    pins: tuple[tuple[str, Said, str], ...] = ()  # (on which part of the page, the sentence, the part of it)
    entries: tuple[Entry, ...] = field(default=(), repr=False)

    def find(self, id: str) -> Said | None:
        """The statement with this id among what was read."""
        return next((said for said in self.by_place.values() if said.id == id), None)


def never_shown(entry: Entry) -> bool:
    """Whether an entry is only worked with and never shown; a tie or a home told in words is shown."""
    return entry.kind in HIDDEN_KINDS and not (entry.kind.startswith("families.") and entry.body.get("words"))


def weave(entries: Iterable[Entry], people: People, lang: str) -> Woven:
    """Hang every entry on what it belongs to. `lang`: the language of the page."""
    listed = tuple(entries)
    gone = {entry.pk for entry in listed if entry.kind == ERASED}
    shown = {entry.pk: entry for entry in listed if entry.kind not in HIDDEN_KINDS or not never_shown(entry)}
    if gone:
        answered = {entry.answers for entry in listed}
        shown = {pk: one for pk, one in shown.items() if pk in answered or not _went_with(one, gone)}
    beside, inside, taken = _belongings(listed, shown)
    hung: dict[int, Said] = {}

    def hang(place: int, above: tuple[int, ...]) -> Said:
        if place not in hung:
            held = (*above, place)
            near, parts = under(beside.get(place, ()), held), under(inside.get(place, ()), held)
            hung[place] = Said(shown[place], people, lang, near, parts, taken.get(place))
        return hung[place]

    def under(places: Collection[int], held: tuple[int, ...]) -> tuple[Said, ...]:
        return tuple([hang(p, held) for p in places if p in shown and p not in held]) if places else ()

    for place, entry in shown.items():
        if place in beside or place in inside:
            hang(place, ())
        elif place not in hung:
            hung[place] = Said(entry, people, lang, (), (), taken.get(place))
    hangs = {p for parent in (beside, inside) for above, below in parent.items() if above in shown for p in below}
    roots = tuple([hung[place] for place in shown if place not in hangs])
    return Woven(hung, roots, _pins(listed, hung), listed)


def _went_with(entry: Entry, gone: set[int]) -> bool:
    """Whether an entry was erased, and what it lay in, moved on or answered as well: that is said once."""
    if entry.pk not in gone:
        return False
    return entry.within in gone or thing_of(entry) in gone - {entry.pk}


Places = dict[int, list[int]]


def _belongings(listed: tuple[Entry, ...], shown: Mapping[int, Entry]) -> tuple[Places, Places, dict[int, Entry]]:
    """What stands beside each place, what lies inside it, and the act that took it back. What moves a thing on from
    beyond a hazard (onward.py) answers it, and stands by itself all the same, as whatever moves a thing on does."""
    by_id = {entry.id: entry.pk for entry in listed}
    beside: Places = {}
    inside: Places = {}
    taken: dict[int, Entry] = {}
    for entry in listed:
        if entry.kind == "record.taken-back":
            taken[entry.answers] = entry
        elif entry.kind == "record.beside" and entry.body["entry"] in by_id:
            beside.setdefault(entry.answers, []).append(by_id[entry.body["entry"]])
        elif entry.answers is not None and entry.pk in shown and not carries_on(entry):
            beside.setdefault(entry.answers, []).append(entry.pk)
        elif entry.within is not None and entry.pk in shown:
            inside.setdefault(entry.within, []).append(entry.pk)
    return beside, inside, taken


def carries_on(entry: Entry) -> bool:
    """Whether an entry moves the thing on that it answers: from beyond a hazard it cannot be read as that thing is. Of
    what was erased by law nobody knows any more whether it did, so it stands by itself in any case."""
    if entry.kind == ERASED:
        return entry.answers is not None
    known = KINDS.get(entry.kind)
    return entry.answers is not None and known is not None and known.changes_state


def thing_of(entry: Entry) -> int:
    """The place of the thing an entry belongs to, on whichever side of a hazard it was said."""
    return entry.answers if carries_on(entry) and entry.thing == entry.pk else entry.thing


def began(entry: Entry, held: Mapping[int, Entry], me: int | None = None) -> int:
    """The place where the thing of an entry began, as far as `held` has it. What was carried on from beyond a hazard
    begins anew, but not for its writer: `me`, or None for whoever looks."""
    place = entry.pk
    while place in held:
        one = held[place]
        above = thing_of(one) if me in (None, one.author) else one.thing
        if above == place:
            break
        place = above
    return place


def _pins(entries: tuple[Entry, ...], hung: Mapping[int, Said]) -> tuple[tuple[str, Said, str], ...]:
    """What stands pinned, newest first. Words that were taken back are not used any more."""
    held: dict[tuple[int, str], str] = {}
    for entry in entries:
        if entry.answers not in hung or hung[entry.answers].taken_back:
            continue
        if entry.kind == "dialogue.pinned":
            held[(entry.answers, entry.body["on"])] = entry.body.get("part", "")
        elif entry.kind == "dialogue.unpinned":
            held.pop((entry.answers, entry.body["on"]), None)
    newest = sorted(held.items(), key=lambda item: item[0][0], reverse=True)
    return tuple((on, hung[place], part) for (place, on), part in newest)
