"""To whom new words go, and what does not cross a hazard: for every verb that names readers.

`by` is the Reader who writes. Somebody under hazard knows nothing of it, nor does who works with them alone: both are
refused nothing for it, and see whom they chose.
"""

from collections.abc import Sequence

from alongside.dialogue.queries import own_in_danger, staff_of
from alongside.record.entry import Entry, first_pk
from alongside.record.readers import PASSES_A_HAZARD, Reader
from alongside.record.reading import named, rows
from alongside.record.statement import MEANT, Refused


def professionals(by: Reader, entry: Entry) -> tuple[tuple[int, str], ...]:
    """Who reads an answer to `entry` beside its author: the workers who are named on the sentence.

    When a worker answers, the person answered reads it too. Staff who read by mark need no naming, except
    where the sentence was for named persons only.
    """
    on_it = named(by, [entry]).get(entry.pk, ())
    staff = staff_of(by.family, [person for person, _ in on_it])
    keep = {person for person, _ in on_it if person in staff}
    if not by.kin and (by.hazard is None or entry.author in staff_of(by.family, [entry.author])):
        keep |= {entry.author}
    keep -= {by.person}
    return tuple((person, "addressed") for person in sorted(keep))


def back_to(by: Reader, entry: Entry) -> tuple[tuple[int, str], ...]:
    """Everybody named on an entry, its author too, on this side of a hazard: for what goes back to those
    who read it."""
    on_it = named(by, [entry]).get(entry.pk, ())
    everybody = dict.fromkeys([entry.author, *(person for person, _ in on_it)])
    beyond = beyond_a_hazard(by, entry, tuple(everybody))
    return _for(by, tuple(everybody), tuple(person for person in everybody if person not in beyond))


def addressed_to(by: Reader, persons: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """These persons as readers of something new by this writer. Raises Refused: not-to-them, as `reached` does."""
    return _for(by, persons, reached(by, persons))


def _for(by: Reader, chosen: Sequence[int], near: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Those in `near` as readers; whom else the writer chose, who knows of no hazard, as those it was meant for: in the
    order in which they were chosen, for a page says their names in it."""
    unknowing = by.hazard is not None or not by.kin and not by.by_mark
    rows = ((person, "addressed" if person in near else MEANT) for person in dict.fromkeys(chosen))
    return tuple(row for row in rows if row[0] != by.person and (row[1] != MEANT or unknowing))


def beyond_a_hazard(by: Reader, entry: Entry, persons: Sequence[int]) -> set[int]:
    """Those of these persons whom new words beside `entry` may not reach, although they read it.

    What somebody under hazard writes reaches workers only. What others write reaches somebody under hazard
    only from those who are not of the family, and only beside what that person wrote themselves or what was
    addressed or released to them since: what they had before stays, and nothing new comes with it. Who works with
    them alone reaches them beside their own words as before.
    """
    if by.hazard is not None:
        return set(persons) - staff_of(by.family, persons)
    marks = ", ".join(["%s"] * len(persons)) or "NULL"
    sql = (
        "SELECT person, MIN(hazard_seq) FROM record_relationship "
        f"WHERE family = %s AND hazard_seq IS NOT NULL AND person IN ({marks}) GROUP BY person"
    )
    since = {person: first_pk(by.family) + seq for person, seq in rows(sql, [by.family, *persons])}
    if not by.kin and not by.by_mark and entry.author == by.person:  # beside one's own words to whom one works with
        since = {person: place for person, place in since.items() if person not in own_in_danger(by.person, by.family)}
    if by.kin or not since:
        return set(since)
    reached = {
        person
        for person, because, at in rows("SELECT person, because, since FROM record_reader WHERE entry = %s", [entry.pk])
        if person in since and because in PASSES_A_HAZARD and (at > since[person] or person == entry.author)
    }
    return set(since) - reached


def none_in_danger(family: int, persons: Sequence[int]) -> None:
    """Everybody named stands in the family today and none of them is under hazard, by whatever relationship."""
    marks = ", ".join(["%s"] * len(persons)) or "NULL"
    sql = f"SELECT person, state, hazard_seq FROM record_relationship WHERE family = %s AND person IN ({marks})"
    found = rows(sql, [family, *persons])
    active = {person for person, state, _hazard in found if state == "active"}
    danger = {person for person, state, hazard in found if hazard is not None or state in ("excluded", "barred")}
    if active - danger != set(persons):
        raise Refused("not-to-them")


def across_no_hazard(by: Reader, persons: Sequence[int]) -> None:
    """Nothing goes across a hazard, from neither side; to those who work here everybody may write."""
    none_in_danger(by.family, persons)
    if by.hazard is not None and set(persons) - staff_of(by.family, persons):
        raise Refused("not-to-them")


def reached(by: Reader, persons: Sequence[int]) -> tuple[int, ...]:
    """Those of these persons whom something new by this writer reaches, each once.

    Somebody under hazard knows nothing of it and is refused nothing for it: what they write is taken as from anybody
    and reaches those who work here. Nor does who works with them alone know of it: what names them reaches them and
    those who work here. Raises Refused: not-to-them, for everybody else, as `across_no_hazard` does.
    """
    chosen = tuple(dict.fromkeys(persons))
    own = set() if by.kin or by.by_mark else own_in_danger(by.person, by.family) & set(chosen)
    if own:
        works = staff_of(by.family, chosen)
        across_no_hazard(by, tuple(person for person in chosen if person not in own))
        return tuple(person for person in chosen if person in own | works)
    if by.hazard is not None:
        none_in_danger(by.family, tuple(person for person in chosen if person != by.person))
        works = staff_of(by.family, chosen)
        chosen = tuple(person for person in chosen if person in works)
    across_no_hazard(by, chosen)
    return chosen
