"""The account of one family as a page shows it: by helper, promise by promise, with what the family says of each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.queries import standings
from alongside.doors.arranged import when
from alongside.doors.practice.owed import promise_line
from alongside.doors.practice.page import Opened
from alongside.doors.practice.standing import of_family
from alongside.families.queries import ids
from alongside.promises.promise import promises
from alongside.promises.writing import may_settle
from alongside.teams import account as noun
from alongside.teams.account import Item


@dataclass(frozen=True, slots=True)
class Answered:
    """One promise. `line`: for the look's `promise`; `said`: what the family says of it, for the look's `answer`;
    `mine`: whether the reader may answer it now; `speakers`: (random id, name) of those of the family who read it,
    whose words can be written down."""

    id: str
    line: dict[str, Any]
    said: tuple[dict[str, Any], ...]
    mine: bool
    speakers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`now`, `next`: the day of the account in words, or ''; `move`: (another time, cancel) of the next; `owners`:
    (name, what they promised)."""

    now: str
    next: str
    id: str
    owners: tuple[tuple[str, tuple[Answered, ...]], ...]


def account_page(page: Opened) -> AccountPage:
    """Everything that is to be answered for, as far as this reader reads it."""
    it = noun.account(page.entries, page.today)
    made = {one.owner for one in promises(page.entries) if not of_family(page, one.owner)}
    by_owner: dict[int, list[Answered]] = {}
    kin = family(page) if page.writing and page.reader.by_mark else {}
    for item in noun.items(page.entries, made, it.since):
        said = page.woven.by_place.get(item.promise.made.pk)
        if said is not None and not said.taken_back:
            by_owner.setdefault(item.promise.owner, []).append(_answered(page, item, kin))
    return AccountPage(
        when(it.now, page.showing) if it.now else "", when(it.next, page.showing) if it.next else "",
        it.next.first.id if it.next else "",
        tuple((page.showing.Name(owner), tuple(some)) for owner, some in by_owner.items()),
    )  # fmt: skip


def _answered(page: Opened, item: Item, kin: dict[str, int]) -> Answered:
    one, reads = item.promise, {person for person, _why in item.promise.made.given}
    reads.add(one.made.author)
    line = promise_line(page, one)
    if item.answer is None:
        line["notes"] = [*line["notes"], _("Not answered for yet.")]
    said = [page.woven.by_place[entry.pk] for entry in item.said if entry.pk in page.woven.by_place]
    mine = page.writing and one.open and one.owner == page.reader.person and may_settle(page.reader, one)
    shown = tuple(page.showing.answer(one) for one in said if not one.taken_back)
    speakers = tuple((id, page.showing.Name(number)) for id, number in kin.items() if number in reads)
    return Answered(one.made.id, line, shown, mine, speakers)


def family(page: Opened) -> dict[str, int]:
    """Those of the family and its network who stand here today, by name. {random id: number}."""
    here = standings(page.reader.family, now=page.now, by=page.reader.person)
    kin = [one for one, stands in here.items() if stands.kin and stands.safe and page.people.called(one)]
    return {id: number for number, id in ids(kin).items()}
