"""The talk about who may see what (security of R2, R4): until it was held, no door of the family opens.

What each one said, about what is theirs and who may read it, in their own words, for those who were there.
"""

from collections.abc import Mapping, Sequence

from alongside.access.circles import in_danger, names_told
from alongside.access.policy import here, received
from alongside.record.appending import append
from alongside.record.entry import first_pk, last_pk
from alongside.record.reading import rows
from alongside.record.statement import Receipt, Refused, Statement

KIND = "access.who-may-see-talk"


def held(family: int) -> bool:
    """Whether such a talk is in the record of this family."""
    sql = "SELECT 1 FROM record_entry WHERE kind = %s AND pk BETWEEN %s AND %s LIMIT 1"
    return bool(rows(sql, [KIND, first_pk(family), last_pk(family)]))


def hold(
    *, by: int, family: int, said: Mapping[int, str], there: Sequence[int], day: str, first: int, lang: str, at: int,
    once: str,
) -> list[Receipt]:  # fmt: skip
    """Write the talk down, one entry for each who spoke, as one act that does not wait. `said`: {person: words};
    `there`: who was there, reads all of it, and knows the others by name; `day`: ISO, `first`: the same as an ordinal.

    Raises Refused: not-yours, no-words, not-to-them (nobody is in one talk with somebody under hazard).
    """
    if received(by, family, once):
        return []
    if here(by, family, at) is None:
        raise Refused("not-yours")
    spoken = {person: words.replace("\r\n", "\n").strip() for person, words in said.items() if words.strip()}
    if not spoken:
        raise Refused("no-words")
    everybody = tuple(dict.fromkeys((*there, *spoken)))
    if len(everybody) > 1 and in_danger(family) & set(everybody):
        raise Refused("not-to-them")
    when = {"so": day, "so_first": first, "so_last": first}
    talk = [
        Statement(
            KIND, {"words": [{"lang": lang, "text": words}]}, speaker=person, basis="own-words", about=(person,), **when
        ).to(*everybody, because="present")
        for person, words in spoken.items()
    ]
    talk += [] if in_danger(family) else names_told(family, there, there, by)
    return append(talk, family=family, by=by, once=once, at=at)
