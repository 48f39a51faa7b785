"""Words in a paragraph that would give somebody away: names, places, homes and numbers the writer's page knows of.

They are only offered: which words are sealed, the writer chooses (R95).
"""

from collections.abc import Collection, Iterable, Sequence

from alongside import words
from alongside.record.entry import Entry
from alongside.record.terms import SHORTEST, given_away, plain_term

KINDS = ("families.name", "families.place", "families.home", "families.safe-contact")


def places_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """What these entries say of where somebody is or how they are reached, as it was typed, each part of an address by
    itself; of names the whole ones, since a first name alone is everybody's."""
    found: dict[str, None] = {}
    for entry in entries:
        for text in given_away(entry) if entry.kind in KINDS else ():
            parts = [text] if entry.kind == "families.name" else text.split(",")
            whole = (part.strip() for part in parts if entry.kind != "families.name" or len(part.split()) > 1)
            found |= dict.fromkeys(part for part in whole if len(plain_term(part)) >= SHORTEST)
    return tuple(found)


def stand_in(text: str, known: Sequence[str], chosen: Collection[str] = ()) -> tuple[str, ...]:
    """Those of these words that stand in a text, and those that were chosen already, each once."""
    folded = f" {words.fold(text)} "
    here = (one for one in known if f" {words.fold(one)} " in folded)
    return tuple(dict.fromkeys((*chosen, *here)))
