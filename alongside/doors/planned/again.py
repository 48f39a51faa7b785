"""The form an act of the plan came from, as it stood, for who takes their words out before they go."""

from collections.abc import Iterable

from alongside.record.entry import Entry
from alongside.record.statement import Statement
from alongside.teams import crisis
from alongside.teams.plan import FOR_CHILD, WRITTEN

ONE_BOX = {
    FOR_CHILD: "plan-child-write",
    "assessment.need": "plan-need",
    "assessment.strength": "plan-strength",
    "teams.celebration": "plan-celebrate",
}
KINDS = (WRITTEN, crisis.WRITTEN)


def newest(entries: Iterable[Entry], said: Statement) -> str:
    """The id of the newest version of the plan this one carries on; '' for a first one."""
    listed = list(entries)
    first = next((entry for entry in listed if entry.id == said.thing), None)
    return next((entry.id for entry in reversed(listed) if first and entry.thing == first.pk), "")


def form_of(said: Statement, base: str) -> tuple[str, dict[str, list[str]]] | None:
    """(name of the page, its fields) of what was said here; None for anything else. `base`: the id of the version
    that is carried on, or ''."""
    body = said.body
    if said.kind == WRITTEN:
        return "plan-write", {
            "base": [base], "exit": [body.get("exit", "")],
            **{f"point-{one['key']}": [one["text"]] for one in body["points"]},
        }  # fmt: skip
    if said.kind == crisis.WRITTEN:
        return "crisis-write", {"base": [base], **_lists(said), **_steps(said)}
    if said.kind == crisis.REVIEWED:
        return "crisis-review", {name: [body.get(name, "")] for name in crisis.ASKED}
    if said.kind in ONE_BOX:
        return ONE_BOX[said.kind], {"words": [body["words"][0]["text"]], "change": list(body.get("change", ()))}
    if body.get("point"):
        text = [one["text"] for one in body.get("words", ())]
        return "plan-say", {"point": [str(body["point"])], "form": [body.get("form", "")], "words": text}
    return None


def _lists(said: Statement) -> dict[str, list[str]]:
    return {name: ["\n".join(said.body.get(name, ()))] for name in ("signs", "helped", "also")}


def _steps(said: Statement) -> dict[str, list[str]]:
    """What and numbers as they were typed; whom the plan knows is chosen again."""
    found: dict[str, list[str]] = {}
    for n, step in enumerate(said.body["steps"], 1):
        row = "last" if step.get("last") else str(n)
        found |= {f"{name}-{row}": [step.get(name, "")] for name in ("what", "number")}
    return found
