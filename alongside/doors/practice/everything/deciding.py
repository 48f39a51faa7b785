"""The form of the decisions: some statements at a time, each with what is given of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.doors.practice.forms import Typed
from alongside.doors.practice.lines import Line, line
from alongside.doors.practice.page import Opened
from alongside.exchange.pack.deciding import GROUNDS, Choice
from alongside.record.entry import Entry
from alongside.record.reading import mark_now, named
from alongside.record.statement import Refused
from alongside.record.terms import named_words

AT_ONCE = 8  # statements on one page
GIVE, WITHOUT, KEEP = "give", "without", "keep"


@dataclass(frozen=True, slots=True)
class Item:
    """One statement to decide on. `about`: the words it stands under; `choice`, `ground`: as chosen; `wrong`: what is
    missing; `few`: who alone reads it, by name, where it was told to a few; `more`: whether the ground is open."""

    id: str
    line: Line
    above: str
    href: str
    choice: str = ""
    ground: str = ""
    why: str = ""
    words: str = ""
    quiet: bool = False
    wrong: str = ""
    few: str = ""

    @property
    def more(self) -> bool:
        return bool(self.choice in (WITHOUT, KEEP) or self.wrong)


def grounds() -> list[tuple[str, str, str]]:
    """(key, in words, the law it rests on)."""
    return [(key, str(words)[:1].upper() + str(words)[1:], str(law)) for key, (words, law) in GROUNDS.items()]


def items(
    page: Opened, entries: Collection[Entry], sent: Typed, chosen: Mapping[str, Choice], wrong: Refused | None = None
) -> list[Item]:  # fmt: skip
    """These statements, with what was typed, or else with what was decided."""
    shown, readers = [entry for entry in entries if entry.pk in page.woven.by_place], named(page.reader, entries)
    return [_item(page, entry, sent, chosen.get(entry.id), wrong, readers) for entry in shown]


def of_a_few(entry: Entry) -> bool:
    """Whether it was told to a few by name: such a thing is given only when somebody chooses it by itself."""
    return mark_now(entry) not in ("team", "professionals")


def _item(
    page: Opened, entry: Entry, sent: Typed, before: Choice | None, wrong: Refused | None,
    readers: Mapping[int, tuple[tuple[int, str], ...]],
) -> Item:  # fmt: skip
    said, id = page.woven.by_place[entry.pk], entry.id
    parent = page.parent(said)
    above = (parent.first_line or parent.label) if parent is not None else ""
    given = Typed(_typed(id, before)) if before and f"what-{id}" not in sent.values else sent
    few = page.showing.names([person for person, _why in readers.get(entry.pk, ())]) if of_a_few(entry) else ""
    missing = _missing(wrong.code) if wrong is not None and wrong.facts.get("entry") == id else ""
    return Item(
        id, line(page, said), above, page.note(said), given.one(f"what-{id}"), given.one(f"ground-{id}"),
        given.one(f"why-{id}"), given.one(f"words-{id}"), bool(given.one(f"quiet-{id}")), missing, few,
    )  # fmt: skip


def _typed(id: str, one: Choice) -> dict[str, list[str]]:
    what = KEEP if not one.give else WITHOUT if one.without else GIVE
    words = ", ".join(one.without)
    return {f"what-{id}": [what], f"ground-{id}": [one.ground], f"why-{id}": [one.why], f"words-{id}": [words],
            f"quiet-{id}": [] if one.tell else ["yes"]}  # fmt: skip


def _missing(code: str) -> str:
    return {
        "no-ground": _("Say on which ground."),
        "no-reason": _("Say why, in a few words. Those who work here can read it later."),
        "no-words-out": _("Which words are left out?"),
    }.get(code, _("This could not be kept."))  # fmt: skip


def choices(entries: Collection[Entry], sent: Typed) -> dict[str, Choice]:
    """What was chosen of these statements; one where nothing was chosen waits on, or is given with "the rest", if it
    was not told to a few.

    Raises Refused: no-words-out.
    """
    found: dict[str, Choice] = {}
    for entry in entries:
        what = sent.one(f"what-{entry.id}") or (GIVE if sent.one("rest") and not of_a_few(entry) else "")
        if what == GIVE:
            found[entry.id] = Choice(True)
        elif what in (WITHOUT, KEEP):
            found[entry.id] = _less(entry.id, what, sent)
    return found


def _less(id: str, what: str, sent: Typed) -> Choice:
    words = named_words(sent.one(f"words-{id}")) if what == WITHOUT else ()
    if what == WITHOUT and not words:
        raise Refused("no-words-out", entry=id)
    return Choice(
        what == WITHOUT, sent.one(f"ground-{id}"), sent.one(f"why-{id}"), words, not sent.one(f"quiet-{id}")
    )  # fmt: skip
