"""The account in a room (R115): what those who help answer, promise by promise; and whether it is enough."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alongside.doors.arranged import when
from alongside.doors.family import promised, words
from alongside.doors.family.forms import Filled, filled, once
from alongside.doors.family.lines import Pending, pending
from alongside.doors.family.room import Room, enter
from alongside.doors.family.rooms import in_room
from alongside.doors.family.writing import _page, _to
from alongside.promises.promise import promises
from alongside.record.readers import Reader
from alongside.record.statement import Refused
from alongside.teams import account as noun
from alongside.teams.account import Item


@dataclass(frozen=True, slots=True)
class Answered:
    """One promise with its answer. `said`: what was said of it; `waits`: what the reader says and has not gone yet;
    `says`: whether the reader may say enough or not."""

    id: str
    owed: promised.Owed
    answered: bool
    said: tuple[dict[str, Any], ...]
    waits: tuple[Pending, ...]
    says: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`now`, `next`: the day in words, or ''."""

    now: str
    next: str
    items: tuple[Answered, ...]


def account_page(room: Room) -> AccountPage:
    """Everything that is answered for, as far as this reader reads it. Who helps sees what they promised."""
    entries, today = room.woven.entries, room.showing.today
    it = noun.account(entries, today)
    if room.reader.kin:
        owners = {one.owner for one in promises(entries) if not promised.is_ours(room, one.owner)}
    else:
        owners = {room.me}
    found = [item for item in noun.items(entries, owners, it.since) if _stands(room, item)]
    return AccountPage(
        when(it.now, room.showing) if it.now else "", when(it.next, room.showing) if it.next else "",
        tuple(_answered(room, item) for item in found),
    )  # fmt: skip


def _stands(room: Room, item: Item) -> bool:
    said = room.woven.by_place.get(item.promise.made.pk)
    return said is not None and said.taken_back is None


def _answered(room: Room, item: Item) -> Answered:
    made = room.woven.by_place[item.promise.made.pk]
    said = [room.woven.by_place[entry.pk] for entry in item.said if entry.pk in room.woven.by_place]
    steps = {entry.id for entry in (item.promise.made, *item.promise.steps)}
    waits = tuple(
        one for one in pending(room) if one.about in steps and one.kind in ("dialogue.answer", "dialogue.question")
    )
    return Answered(
        made.id, replace(promised.owed_line(room, item.promise, made), answers=()), item.answer is not None,
        tuple(room.showing.answer(one) for one in said if one.taken_back is None), waits,
        room.writes and room.reader.kin and not waits,
    )  # fmt: skip


@in_room("GET", "POST")
def account(request: HttpRequest, reader: Reader) -> HttpResponse:
    """One screen: each promise, what became of it, enough or not enough."""
    room = enter(request, reader)
    form, refused = filled(request, reader), ""
    if request.method == "POST":
        try:
            _judge(request, room, form)
            return _to("my-account", "sent", where=f"#p-{form.one('promise')[:32]}")
        except Refused as why:
            refused = "no-because" if why.code == "no-words" else why.code
    return _page(
        request, room, "account", "home", refused, form, page=account_page(room), of=form.one("promise"),
        title=_("The account"),
    )  # fmt: skip


def _judge(request: HttpRequest, room: Room, form: Filled) -> None:
    answer = form.one("answer")
    if answer not in noun.JUDGED:
        raise Refused("no-answer")
    noun.judge(
        by=room.reader, promise=form.one("promise"), enough=answer == noun.ENOUGH, text=form.one("words"),
        lang=room.showing.lang, today=room.showing.today, at=room.now, once=once(request), wait=words.settles(),
    )  # fmt: skip
