"""What we do when it gets too much: signs, what helped before, steps with named people. After each use the plan is
looked at, never the family (R31, R33). The verbs are at the end.

Raises Refused: not-any-more, not-found, no-words, not-yours, to-nobody, not-to-them, changed-meanwhile, other-words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.dialogue.across import addressed_to, back_to
from alongside.dialogue.onward import carried_on, save
from alongside.dialogue.queries import known, staff_of
from alongside.dialogue.woven import began
from alongside.dialogue.writing import may_write, worded
from alongside.record.appending import append
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.reading import mark_now, read
from alongside.record.settling import Waiting
from alongside.record.statement import Receipt, Refused, Statement

WRITTEN, USED, REVIEWED = "teams.crisis-plan", "teams.crisis-plan-used", "teams.crisis-plan-reviewed"
kind(WRITTEN, gettext_lazy("When it gets too much"), changes_state=True, state=True)
kind(USED, gettext_lazy("The plan was used"), settles=False, state=True)
kind(REVIEWED, gettext_lazy("The plan looked at again"), state=True)
KINDS = (WRITTEN, USED, REVIEWED, "record.taken-back")
ASKED = ("worked", "missing", "change")  # the three questions, all about the plan


@dataclass(frozen=True, slots=True)
class Step:
    """`who`: a person the plan knows, or None; `name`, `number`: as they were typed; `last`: only when nothing else
    helped. A number that was not typed is looked up in what the reader may read of the safe way."""

    what: str = ""
    who: int | None = None
    name: str = ""
    number: str = ""
    last: bool = False

    def __bool__(self) -> bool:
        return bool(self.what or self.who or self.name or self.number)


@dataclass(frozen=True, slots=True)
class CrisisPlan:
    """`versions`: oldest first. `used`: the uses nobody looked back on yet. `reviews`: newest first."""

    first: Entry
    versions: tuple[Entry, ...]
    used: tuple[Entry, ...] = ()
    reviews: tuple[Entry, ...] = ()

    @property
    def newest(self) -> Entry:
        return self.versions[-1]

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """Signs, what helped before, and what else was said; empty where the plan is one text."""
        return {name: tuple(self.newest.body.get(name, ())) for name in ("signs", "helped", "also")}

    @property
    def steps(self) -> tuple[Step, ...]:
        """In their order, the last resort last."""
        listed = [Step(**one) for one in self.newest.body.get("steps", ())]
        return tuple(sorted(listed, key=lambda step: step.last))


def crisis_plans(entries: Iterable[Entry], me: int = 0) -> list[CrisisPlan]:
    """The plans in these entries, the one changed last at the end. A review that hangs on no plan belongs to the only
    plan there was when it was written. `me`: who reads them."""
    listed = list(entries)
    held = {entry.pk: entry for entry in listed}
    gone = {entry.answers for entry in listed if entry.kind == "record.taken-back"}
    versions: dict[int, list[Entry]] = {}
    for entry in listed:
        if entry.kind == WRITTEN and entry.pk not in gone:
            versions.setdefault(began(entry, held, me), []).append(entry)
    found = [_plan(some, [one for one in listed if one.pk not in gone], len(versions)) for some in versions.values()]
    return sorted(found, key=lambda plan: plan.newest.pk)


def _plan(versions: list[Entry], entries: list[Entry], plans: int) -> CrisisPlan:
    places = {entry.pk for entry in versions}
    used = [entry for entry in entries if entry.kind == USED and entry.answers in places]
    uses = {entry.pk for entry in used}
    alone = plans == 1
    reviews = [
        entry for entry in entries
        if entry.kind == REVIEWED
        and (entry.answers in places | uses or alone and entry.answers is None and entry.pk > versions[0].pk)
    ]  # fmt: skip
    looked_at = {entry.answers for entry in reviews}
    waits = tuple(entry for entry in used if entry.pk not in looked_at)
    return CrisisPlan(versions[0], tuple(versions), waits, tuple(reversed(reviews)))


def write(
    *, by: Reader, signs: Sequence[str], helped: Sequence[str], steps: Sequence[Step], lang: str, at: int, once: str,
    wait: int, readers: Sequence[int] = (), speaker: int | None = None, base: str = "", also: Sequence[str] = (),
) -> Waiting | None:  # fmt: skip
    """A first plan for hard hours, or its next version. Lists hold one thing a line."""
    may_write(by)
    if not by.kin and (speaker is None or staff_of(by.family, [speaker])):
        raise Refused("not-yours")
    plan = _with(by, base) if base else None
    if plan is not None and plan.newest.id != base and not known(by.person, by.family, once):
        raise Refused("changed-meanwhile")
    lists = {"signs": _clean(signs), "helped": _clean(helped), "also": _clean(also)}
    kept = [step for step in steps if step]
    if not kept:
        raise Refused("no-words")
    body: dict[str, Any] = {name: some for name, some in lists.items() if some}
    body["steps"] = [_spelt(step) for step in kept]
    body["words"] = worded(_as_text(lists, kept), lang)
    whose = by.person if by.kin else speaker
    named_too = [person for person in (*readers, whose) if person not in (by.person, None)]
    if plan is None:
        held: dict[str, Any] = {"readers": addressed_to(by, named_too)}
    else:
        held = carried_on(by, plan.versions)
    return save(
        [Statement(WRITTEN, body, speaker=whose, basis="own-words", about=(whose,), **held)], by, at, once, wait
    )


def use(*, by: Reader, version: str, at: int, once: str) -> list[Receipt]:
    """It was used. In at once; the three questions about the plan wait for a calmer hour."""
    may_write(by)
    entry = _with(by, version).newest
    said = Statement(USED, {}, mark=mark_now(entry), about=entry.about, answers=entry.id, readers=back_to(by, entry))
    return append([said], family=by.family, by=by.person, once=once, at=at)


def review(
    *, by: Reader, version: str, words: dict[str, str], lang: str, at: int, once: str, wait: int
) -> Waiting | None:
    """What is to be said of the plan after it was used. `words`: by the names in ASKED, one is enough."""
    may_write(by)
    plan = _with(by, version)
    said = {name: words[name].strip() for name in ASKED if words.get(name, "").strip()}
    if not said:
        raise Refused("no-words")
    entry = plan.used[-1] if plan.used else plan.newest
    text = "\n".join(f"{questions()[name]} {one}" for name, one in said.items())
    body = {**said, "words": worded(text, lang)}
    basis = "own-words" if by.kin else "act"
    statement = Statement(
        REVIEWED,
        body,
        basis=basis,
        mark=mark_now(entry),
        about=entry.about,
        answers=entry.id,
        readers=back_to(by, entry),
    )
    return save([statement], by, at, once, wait)


def questions() -> dict[str, str]:
    """The three questions, each about the plan."""
    return {
        "worked": _("What in the plan worked?"),
        "missing": _("What in the plan did not work, or was missing?"),
        "change": _("What do we change in the plan?"),
    }


def _with(by: Reader, version: str) -> CrisisPlan:
    found = crisis_plans(read(by, kinds=KINDS), by.person)
    plan = next((plan for plan in found if version in {one.id for one in plan.versions}), None)
    if plan is None:
        raise Refused("not-found")
    return plan


def _clean(lines: Sequence[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]


def _spelt(step: Step) -> dict[str, Any]:
    plain = {"what": step.what.strip(), "who": step.who, "name": step.name.strip(), "number": step.number.strip()}
    return {name: value for name, value in {**plain, "last": step.last}.items() if value}


def _as_text(lists: dict[str, list[str]], steps: Sequence[Step]) -> str:
    """The whole plan as it stands in a story; people it knows by number are named by the page, not here."""
    lines = [_("Signs: %(words)s") % {"words": "; ".join(lists["signs"])}] if lists["signs"] else []
    lines += [_("Helped before: %(words)s") % {"words": "; ".join(lists["helped"])}] if lists["helped"] else []
    ordered = sorted(steps, key=lambda step: step.last)
    lines += [f"{place} {' '.join(w for w in (one.name, one.what) if w)}" for place, one in enumerate(ordered, 1)]
    return "\n".join([*lines, *lists["also"]])
