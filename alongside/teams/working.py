"""The professional team: who does what for this family, in their own words (R20, R124). A count of what they do is
kept nowhere."""

from collections.abc import Iterable

from alongside.access.circles import knows_the_worker
from alongside.access.policy import ties
from alongside.dialogue.writing import may_write, worded
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.readers import Reader
from alongside.record.statement import Receipt, Refused, Statement

KIND = "teams.worker-named"


def says(entries: Iterable[Entry]) -> dict[int, Entry]:
    """What each worker and partner last said of their own work here, by person; what was taken back is not there."""
    entries = tuple(entries)
    gone = {entry.answers for entry in entries if entry.kind == "record.taken-back"}
    return {entry.speaker: entry for entry in entries if entry.kind == KIND and entry.pk not in gone}


def say(*, by: Reader, text: str, lang: str, at: int, once: str) -> list[Receipt]:
    """Somebody who helps here says who they are and what they do for this family. Those of the family read it who know
    that they work with them. Raises Refused: not-any-more, not-yours, no-words."""
    may_write(by)
    if by.kin:
        raise Refused("not-yours")
    mine = [tie for tie in ties(by.family) if tie.person == by.person and tie.live(at)]
    readers = [person for tie in mine for person in knows_the_worker(tie)]
    said = Statement(KIND, {"words": worded(text, lang)}, basis="own-words", about=(by.person,)).to(*readers)
    return append([said], family=by.family, by=by.person, once=once, at=at)
