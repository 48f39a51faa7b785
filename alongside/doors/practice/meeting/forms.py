"""What the forms about appointments ask, and which verb each calls."""

from django.utils.translation import gettext as _

from alongside.dialogue.queries import standings
from alongside.doors.practice.forms import Field, Typed
from alongside.doors.practice.page import Opened
from alongside.doors.practice.promising.forms import met, others
from alongside.doors.practice.sentence_forms import READ_BY_NAME, offered, settles
from alongside.families.queries import ids
from alongside.promises.promise import promises
from alongside.teams import arranging
from alongside.teams.account import ACCOUNT, is_account
from alongside.teams.appointment import Appointment, appointments


def new_fields(
    page: Opened, sent: Typed, *, asked: bool, what: str = ""
) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """The fields of a new one, and those behind "More". `asked`: it meets an ask; then who asked reads it. `what`:
    "account" or ''."""
    first = (
        Field("date", "day", _("Day"), sent.one("day")),
        Field("time", "from", _("From"), sent.one("from")),
        Field("line", "place", _("Where"), sent.one("place")),
        _there(page, sent, what),
        Field("area", "words", _("What it is about"), sent.one("words"), _("Who comes can read it.")),
    )
    more = [Field("time", "to", _("Until"), sent.one("to"))]
    if not asked:
        more.append(_also(page, sent))
    return first, tuple(more)


def _there(page: Opened, sent: Typed, what: str) -> Field:
    people = {**_me(page), **others(page)}
    like = {page.reader.person, *(_accounted(page) if what == ACCOUNT else met(page))}
    fresh = "day" not in sent.values
    guessed = {id for id, one in people.items() if one in like}
    chosen = guessed if fresh else set(sent.many("there"))
    return Field("chips", "there", _("Who comes"), options=tuple(
        (id, page.showing.Name(one), id in chosen, "") for id, one in people.items()
    ))  # fmt: skip


def _accounted(page: Opened) -> set[int]:
    """Who comes to a day for the account, until somebody says: those of the last one, else who owes the open promises
    and to whom they were made."""
    before = [one for one in appointments(page.entries) if is_account(one)]
    if before:
        return set(before[-1].there)
    owed = [one for one in promises(page.entries) if one.open]
    return {person for one in owed for person in (one.owner, *(reader for reader, _because in one.made.given))}


def _me(page: Opened) -> dict[str, int]:
    return {id: number for number, id in ids([page.reader.person]).items()}


def _also(page: Opened, sent: Typed) -> Field:
    chosen, choice = set(sent.many("to")), offered(page, None)
    options = tuple((id, page.showing.Name(one), id in chosen, "") for id, one in choice.items())
    return Field("chips", "to", _("Who else can read it"), options=options)


def move_fields(page: Opened, one: Appointment, sent: Typed) -> tuple[Field, ...]:
    """Another time, and why."""
    day, _t, time = one.on.text.partition("T")
    kept = sent.values
    return (
        Field("date", "day", _("Day"), sent.one("day") if "day" in kept else day),
        Field("time", "from", _("From"), sent.one("from") if "from" in kept else time),
        Field("time", "to", _("Until"), sent.one("to") if "to" in kept else one.until),
        Field("line", "place", _("Where"), sent.one("place") if "place" in kept else one.place),
        Field("area", "why", _("Why"), sent.one("why"), _("They can read it.")),
    )


def cancel_fields(sent: Typed) -> tuple[Field, ...]:
    """Why it is cancelled."""
    return (Field("area", "why", _("Why"), sent.one("why"), _("They can read it.")),)


def _act(page: Opened, sent: Typed, name: str, at: int) -> dict:
    return {
        "by": page.reader, "text": sent.one(name), "lang": page.showing.lang, "at": at, "once": sent.once,
        "wait": settles(),
    }  # fmt: skip


def _time(sent: Typed) -> dict:
    on = f"{sent.one('day').strip()}T{sent.one('from').strip()}"
    return {"on": on, "until": sent.one("to").strip(), "place": sent.one("place")}


def fix(page: Opened, sent: Typed, at: int, *, asked: str, what: str = "") -> object:
    """Set the time. Those of the family who come read it, and those named beside. `what`: "account" or ''."""
    people, choice = {**_me(page), **others(page)}, offered(page, None)
    there = [people[id] for id in dict.fromkeys(sent.many("there")) if id in people]
    kinds = standings(page.reader.family, now=page.now)
    come = [one for one in there if one in kinds and kinds[one].kind in READ_BY_NAME]
    also = [choice[id] for id in dict.fromkeys(sent.many("to")) if id in choice]
    return arranging.fix(
        there=there, readers=[*come, *also], answers=asked, what=what, **_time(sent), **_act(page, sent, "words", at)
    )


def move(page: Opened, id: str, sent: Typed, at: int) -> object:
    """Move it to another time."""
    return arranging.move(appointment=id, **_time(sent), **_act(page, sent, "why", at))


def cancel(page: Opened, id: str, sent: Typed, at: int) -> object:
    """Cancel it."""
    return arranging.cancel(appointment=id, **_act(page, sent, "why", at))
