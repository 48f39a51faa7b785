"""The fence: every byte that leaves is looked through for sealed words (R95, record.md 5).

Pages, errors and texts lose the words, whoever let them slip; a file made from words is made from cleared ones, or
it does not leave. What somebody said, asked or began to write themselves, and what they had before it was sealed,
comes back to them as it was: a word taken out there would be the answer to a guess. That something was kept back
stands in the log of the privacy officer, without the words.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from alongside.access.looking import Look, queue
from alongside.access.standing import readers_of
from alongside.record.entry import SEQ_BITS, Entry
from alongside.record.readers import FRESH
from alongside.record.reading import read
from alongside.record.settling import waiting
from alongside.record.terms import Hit, Term, found_in, kept_from, without

KEPT_BACK = "kept-back"  # the name of the page in the log of looking
Unsent = Callable[[int], Iterable[str]]
_UNSENT: list[Unsent] = []


def keeps_unsent(texts: Unsent) -> Unsent:
    """Decorator: says what a person typed that no record holds yet, and that their own pages show them."""
    _UNSENT.append(texts)
    return texts


def unsent(person: int) -> str:
    """Everything this person typed and did not send, wherever it is kept."""
    return "\n".join(text for texts in _UNSENT for text in texts(person))


@keeps_unsent
def _waits(person: int) -> Iterator[str]:
    for act in waiting(person):
        for said in act.statements:
            yield from _texts(said.body)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def cleared(text: str, *, to: int, now: int) -> str:
    """A text that a file for this person will be made from, without the words that must not reach them."""
    hits = news(found_in(text, kept_from(to, now=now)), to, asked="", now=now)
    return clean(text, hits) if hits else text


def held_back(text: str, *, to: int, now: int) -> tuple[str, ...]:
    """The words in a letter that must not reach whom it is for, as they stand there; for whoever writes it."""
    hits = news(found_in(text, kept_from(to, now=now)), to, asked="", now=now)
    return tuple(dict.fromkeys(text[hit.spans[0][0] : hit.spans[-1][1]] for hit in hits))


def clean(text: str, hits: tuple[Hit, ...]) -> str:
    terms = {hit.term for hit in hits}
    while hits:
        text = without(text, hits)
        hits = found_in(text, terms)
    return text


def news(hits: Iterable[Hit], person: int, *, asked: str, now: int) -> tuple[Hit, ...]:
    """The hits that would tell this person something. `asked`: what they sent with this request."""
    hits = tuple(hits)
    if not hits:
        return ()
    terms = {hit.term for hit in hits}
    mine = {hit.term.digest for hit in found_in(asked, terms)}
    for family in {term.entry >> SEQ_BITS for term in terms}:
        mine |= _had(person, family, {term for term in terms if term.entry >> SEQ_BITS == family}, now)
    return tuple(hit for hit in hits if hit.term.digest not in mine)


def _had(person: int, family: int, terms: set[Term], now: int) -> set[bytes]:
    """The terms that stand in their own words there, or in what they could read before the term was sealed."""
    reader = next((one for one in readers_of(person, now=now, strength=FRESH) if one.family == family), None)
    if reader is None:
        return set()
    entries = read(reader)
    return {term.digest for term in terms if any(found_in(_own(entries, person, term), [term]))}


def _own(entries: Iterable[Entry], person: int, term: Term) -> str:
    return "\n".join(
        entry.body_text if entry.author == person or entry.pk < term.entry else _answered(entry, person)
        for entry in entries
    )


def _answered(entry: Entry, person: int) -> str:
    """What was said of a note when it was shown, for those it was shown to: who of them said it, nobody wrote down."""
    body = entry.body if "shown" in entry.body_text else {}
    return body["shown"]["words"] if "shown" in body and person in body.get("there", ()) else ""


def note(person: int, hits: tuple[Hit, ...], now: int) -> None:
    """Into the log of looking, once in ten minutes for each family."""
    for family in {hit.term.entry >> SEQ_BITS for hit in hits}:
        queue.add(Look(person, KEPT_BACK, family, KEPT_BACK), now)
