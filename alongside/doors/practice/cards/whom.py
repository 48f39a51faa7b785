"""For whom a worker may make a card: people of the family or around it who have a relationship, as the worker reads it.

Nobody under twelve: a child's page is opened by a worker. Nobody who works here.
"""

import datetime as dt

from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import stands
from alongside.families.person import Person
from alongside.record.readers import KIN, OTHERS

FROM_AGE = 12  # years; what local law says (docs/decisions/0009-doors.md)


def may_have_cards(page: Opened) -> dict[int, Person]:
    """By number those this reader may make a card for: read by mark, active today, old enough."""
    if not page.reader.by_mark or not page.writing:
        return {}
    here = {one.person for one in stands(page.entries, page.now) if one.kind in KIN | OTHERS}
    known = page.people.persons
    return {
        number: known[number]
        for number in here
        if number in known and number not in page.workers and old_enough(known[number].born, page.today)
    }


def old_enough(born: str | None, today: dt.date) -> bool:
    """Whether somebody is twelve for certain; true where no birth was written down (grown-ups mostly)."""
    if not born:
        return True
    year, *rest = (int(part) for part in born.rstrip("~").split("-"))
    month, day = (rest + [12, 31][len(rest) :])[:2]
    return (today.year - year - ((today.month, today.day) < (month, day))) >= FROM_AGE
