"""What somebody is good at, seen or said by somebody, and in which point of the plan it is used (R30)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.dialogue.across import addressed_to
from alongside.dialogue.onward import moves_on, save
from alongside.dialogue.writing import may_write, worded
from alongside.families.telling import moved
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.reading import find
from alongside.record.settling import Waiting
from alongside.record.statement import Refused, Statement

KIND, USED = "assessment.strength", "assessment.strength-used"
kind(KIND, _("What somebody is good at"), state=True)
kind(USED, _("Used in the plan"), changes_state=True, state=True)


@dataclass(frozen=True, slots=True)
class Strength:
    """`of`: whose; `points`: keys of the points of the plan it is used in, as said last; none: unused."""

    entry: Entry
    of: int
    points: tuple[int, ...] = ()


def strengths(entries: Iterable[Entry]) -> list[Strength]:
    """The strengths in these entries, oldest first; what was taken back is not used."""
    listed = list(entries)
    gone = {entry.answers for entry in listed if entry.kind == "record.taken-back"}
    found: dict[int, Strength] = {}
    for entry in listed:
        if entry.pk in gone:
            continue
        if entry.kind == KIND:
            found[entry.pk] = Strength(entry, entry.body["of"], tuple(entry.body.get("points", ())))
        elif entry.kind == USED and moved(entry) in found:
            one = found[moved(entry)]
            found[moved(entry)] = Strength(one.entry, one.of, tuple(entry.body.get("points", ())))
    return list(found.values())


def say(
    *, by: Reader, of: int, text: str, points: Sequence[int], lang: str, at: int, once: str, wait: int,
    readers: Sequence[int] = (),
) -> Waiting | None:  # fmt: skip
    """Somebody is good at something. `points`: keys of the points of the plan in which it is used.
    Raises Refused: not-any-more, no-words, not-to-them, other-words."""
    may_write(by)
    body = {"words": worded(text, lang), "of": of, "points": sorted(set(points))}
    to = [person for person in dict.fromkeys(readers) if person != by.person]
    basis = "own-words" if by.kin and of == by.person else "seen"
    said = Statement(KIND, body, basis=basis, about=(of,), readers=addressed_to(by, to))
    return save([said], by, at, once, wait)


def use(
    *, by: Reader, strength: str, points: Sequence[int], lang: str, at: int, once: str, wait: int
) -> Waiting | None:
    """Say in which points of the plan it is used from now on; none: in none.
    Raises Refused: not-any-more, not-found, other-words."""
    may_write(by)
    entry = find(by, strength)
    if entry is None or entry.kind != KIND:
        raise Refused("not-found")
    statement = Statement(USED, {"points": sorted(set(points))}, about=entry.about, **moves_on(by, entry))
    return save([statement], by, at, once, wait)
