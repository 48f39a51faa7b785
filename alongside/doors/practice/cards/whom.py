"""For whom a worker may make a card: people of the family or around it who have a relationship, as the worker reads it.
Who was asked to have a room gets one as well, for they say yes in their own door.

Nobody under twelve: a child's page is opened by a worker. Nobody who works here.
"""

import datetime as dt

from alongside.access.relationship import Held, relationships
from alongside.doors.practice.page import Opened
from alongside.families.person import Person
from alongside.record.readers import KIN, OTHERS

ASKED = ("invited", "accepted", "verified")  # not in yet, and on their way
FROM_AGE = 12  # years; what local law says (docs/decisions/0009-doors.md)


def may_have_cards(page: Opened) -> dict[int, Person]:
    """By number those this reader may make a card for: read by mark, with a place or asked to take one, old enough."""
    if not page.reader.by_mark or not page.writing:
        return {}
    here = {one.person for one in relationships(page.entries) if _on_their_way(one, page.now)}
    known = page.people.persons
    return {
        number: known[number]
        for number in here
        if number in known and number not in page.workers and old_enough(known[number].born, page.today)
    }


def _on_their_way(one: Held, now: int) -> bool:
    return one.kind in KIN | OTHERS and (one.live(now) or one.state in ASKED)


def old_enough(born: str | None, today: dt.date) -> bool:
    """Whether somebody is twelve for certain; true where no birth was written down (grown-ups mostly)."""
    if not born:
        return True
    year, *rest = (int(part) for part in born.rstrip("~").split("-"))
    month, day = (rest + [12, 31][len(rest) :])[:2]
    return (today.year - year - ((today.month, today.day) < (month, day))) >= FROM_AGE
