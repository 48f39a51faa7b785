"""Words pasted into the wrong family: whole names that belong to another family of the same worker (record.md 5).

Only families the worker stands in are looked at, so it says nothing that she does not know. It asks once.
"""

from collections.abc import Iterable, Sequence

from alongside import words
from alongside.families.person import WHO, people
from alongside.record.readers import Reader
from alongside.record.reading import read


def named_elsewhere(text: str, here: Reader, families: Sequence[Reader]) -> tuple[str, ...]:
    """Whole names of people of these families that stand in the text and are nobody's in this one, in order.

    A name is whole with two words or more: a first name alone is everybody's.
    """
    folded = f" {words.fold(text)} "
    own = set(_names([here]))
    others = dict.fromkeys(_names(one for one in families if one.family != here.family))
    return tuple(name for name in others if name not in own and f" {words.fold(name)} " in folded)


def _names(readers: Iterable[Reader]) -> Iterable[str]:
    for reader in readers:
        for person in people(read(reader, kinds=WHO), {}).persons.values():
            if len(person.name.split()) > 1:
                yield person.name
