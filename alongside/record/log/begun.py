"""Logs that were begun again: which names came before, with whose keys, and how far each of them is here.

A log is begun again (again.py) after a backup was brought back or the signer's folder was lost. The office's own record
says so, and the names say it too: NAME, NAME/2, NAME/3. So a checkpoint of an earlier name that reaches further than
what was brought back is told as what it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from alongside.asking import for_the_house
from alongside.record.entry import COLUMNS, SEQ_BITS, Entry, from_row
from alongside.record.kinds import kind
from alongside.record.log.note import Key, NotANote, read_key
from alongside.record.reading import rows

AGAIN = "record.log-begun-again"
kind(AGAIN, _("The log was begun again"), settles=False, goes_on=True)

NUMBERED = re.compile(r"(.+/log/[^/]+)/([2-9]|[1-9][0-9]+)")
SQL = f"SELECT {', '.join(COLUMNS)} FROM record_entry WHERE pk < {1 << SEQ_BITS} AND kind = %s ORDER BY pk"


@dataclass(frozen=True, slots=True)
class Begun:
    """The log `after` goes on where `before` is broken off. `key`: the earlier one's public key in one line, or ''.
    `kept`: how many of its leaves are here; `reached`: how many it had, None where nobody knows. `at`: microseconds."""

    before: str
    after: str
    key: str
    kept: int
    reached: int | None
    why: str
    at: int

    @property
    def lost(self) -> bool:
        """Whether something of the earlier log may be missing."""
        return self.reached is None or self.reached > self.kept


def names(name: str) -> list[str]:
    """The names a log has had, the first one first, this one last."""
    found = NUMBERED.fullmatch(name)
    if not found:
        return [name]
    first, number = found[1], int(found[2])
    return [first, *(f"{first}/{n}" for n in range(2, number + 1))]


def following(name: str) -> str:
    """The name under which this log would be begun again."""
    every = names(name)
    return f"{every[0]}/{len(every) + 1}"


@for_the_house()
def beginnings() -> tuple[Begun, ...]:
    """Every time the log was begun again, as the office's own record has it, oldest first."""
    return tuple(filter(None, (_told(from_row(row)) for row in rows(SQL, [AGAIN]))))


def _told(entry: Entry) -> Begun | None:
    """What one of these statements tells; None where it was changed so that it tells nothing, which is found too."""
    try:
        said = entry.body
        told = [said[name] for name in ("before", "after", "key", "kept", "reached", "why")]
    except (ValueError, KeyError, TypeError):
        return None
    words, numbers = [*told[:3], told[5]], [told[3], told[4] or 0]
    right = all(isinstance(one, str) for one in words) and all(isinstance(one, int) for one in numbers)
    return Begun(*told, entry.recorded_at) if right else None


def broken_off(name: str, every: tuple[Begun, ...]) -> dict[str, Begun]:
    """{earlier name: where it is broken off}, of the log that has this name now.

    A backup may be older than the first time it was begun again: then the next name that is known tells. Whoever can
    only write in the record cannot make less of what was kept: the longest counts, and so does what was signed.
    """
    order, found = names(name), {}
    for number, earlier in enumerate(order[:-1]):
        told = [one for one in every if one.before in order[number:-1] and one.after in order]
        if not told:
            continue
        nearest = min(order.index(one.before) for one in told)
        longest = max((one for one in told if order.index(one.before) == nearest), key=lambda one: one.kept)
        signed = max(_signed(one) for one in order[: number + 1])
        found[earlier] = replace(longest, kept=max(longest.kept, signed))
    return found


def _signed(name: str) -> int:
    """The size of the last checkpoint of this name that the record holds, or 0."""
    begins = f"{name}\n"
    sql = f"SELECT COALESCE(MAX(size), 0) FROM record_checkpoint WHERE SUBSTR(note, 1, {len(begins)}) = %s"
    return rows(sql, [begins])[0][0]


def keys(key: Key, aside: Mapping[str, Key], every: tuple[Begun, ...]) -> dict[str, Key | None]:
    """{name: its public key}, the first name first: what the signer has put aside, else what the record has of it,
    else None."""
    found: dict[str, Key | None] = {name: aside.get(name) for name in names(key.name)}
    for one in every:
        if found.get(one.before, key) is None:
            found[one.before] = _read(one.key, one.before)
    for name in [name for name, known in found.items() if known is None]:
        found[name] = in_the_record(name)
    return {**found, key.name: key}


def in_the_record(name: str) -> Key | None:
    """The public key that stands with the checkpoints of this name."""
    found = rows("SELECT DISTINCT key FROM record_checkpoint", [])
    return next(filter(None, (_read(text, name) for (text,) in found)), None)


def _read(text: str, name: str) -> Key | None:
    try:
        key = read_key(text)
    except NotANote:
        return None
    return key if key.name == name else None
