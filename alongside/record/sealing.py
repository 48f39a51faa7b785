"""Before words go in: sealed ones are not written where others would read them (R95).

Only whoever reads the sealed entry is told so: to everybody else the words are words like any other, or a refusal
would be the answer to a guess. What they write is kept from those it must not reach when it leaves (access.leaving).
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from alongside.record.entry import from_row
from alongside.record.gate import FIELDS
from alongside.record.marks import opens_to
from alongside.record.readers import STAFF
from alongside.record.reading import rows
from alongside.record.statement import Statement
from alongside.record.terms import Term, about_to_be_sealed, found_in, known_to, listed

OFFICE = 0  # the office's own record: whoever works here reads it


class SealedWords(Exception):
    """These words are sealed, and somebody who is not among their readers would read them here.

    `words`: as they stand in the text. Not a Refused: no page needs to think of it, one page says it for all.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__("sealed-words")
        self.words = words


def staff(family: int, now: int) -> set[int]:
    """Those who read by mark in this family now. `now`: microseconds."""
    marks = ", ".join(["%s"] * len(STAFF))
    sql = (
        f"SELECT person FROM record_relationship WHERE family = %s AND state = 'active' AND \"to\" IS NULL "
        f"AND hazard_seq IS NULL AND (until IS NULL OR until > %s) AND kind IN ({marks})"
    )
    return {person for (person,) in rows(sql, [family, now, *sorted(STAFF)])}


def refuse_sealed(
    statements: Sequence[Statement], *, family: int, by: int, now: int, known: Sequence[Term] | None = None
) -> None:
    """Raises SealedWords where one of the statements would carry sealed words, known to its writer, to others.

    `known`: those words, where they were looked up already.
    """
    lists = _in_this_act(statements)
    terms = (*(known_to(by) if known is None else known), *(term for term, _who in lists.values()))
    if not terms:
        return
    found: list[str] = []
    for statement in statements:
        text = "\n".join(_said(statement, family))
        for hit in found_in(text, terms):
            if hit.term.digest not in lists:
                lists[hit.term.digest] = hit.term, listed(hit.term)
            if _audience(statement, family, now) - lists[hit.term.digest][1] - {by}:
                found.append(text[hit.spans[0][0] : hit.spans[-1][1]])
    if found:
        raise SealedWords(tuple(dict.fromkeys(found)))


def _in_this_act(statements: Sequence[Statement]) -> dict[bytes, tuple[Term, frozenset[int]]]:
    """What is sealed in this very act, with who reads it: words that are being sealed do not stand beside it either."""
    found: dict[bytes, tuple[Term, frozenset[int]]] = {}
    for statement in statements:
        if statement.mark != "sealed":
            continue
        named = frozenset(person for person, _because in statement.readers)
        for term in about_to_be_sealed(statement.kind, statement.body):
            before = found[term.digest][1] if term.digest in found else listed(term)
            found[term.digest] = term, before | named
    return found


def _audience(statement: Statement, family: int, now: int) -> set[int]:
    named = {person for person, _because in statement.readers} | set(opens_to(statement))
    if statement.mark not in ("team", "professionals"):
        return named
    return named | (_everybody() if family == OFFICE else staff(family, now))


def _everybody() -> set[int]:
    """Whoever is known here, since nobody is too far away to work in the office one day."""
    return {person for (person,) in rows("SELECT number FROM record_person", [])}


def _said(statement: Statement, family: int) -> Iterator[str]:
    """Every text of a statement, and of the entry it opens to more people. Not what was answered when it was shown:
    that is typed by people who may know of nothing sealed, and a refusal would answer a guess."""
    yield from _texts({key: value for key, value in statement.body.items() if key not in ("terms", "shown")})
    if opens_to(statement) and isinstance(statement.answers, str):
        for row in rows(f"SELECT {FIELDS} FROM record_entry e WHERE e.id = %s", [statement.answers]):
            yield from _texts(dict(from_row(row).body))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _texts(inner)


def words_of(terms: Iterable[Term], text: str) -> tuple[str, ...]:
    """The words in a text that are among these terms, as they stand there."""
    return tuple(dict.fromkeys(text[hit.spans[0][0] : hit.spans[-1][1]] for hit in found_in(text, terms)))
