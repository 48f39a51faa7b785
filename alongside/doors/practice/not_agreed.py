"""What is not agreed: answers that are no plain yes, and dissents that stand. Who, about what, both sides."""

from dataclasses import dataclass
from typing import Any

from alongside.dialogue.said import Said
from alongside.doors.practice.page import Opened

FORMS = ("differ", "no", "partly", "must", "time")
DECIDED = ("decisions.decided", "decisions.overruled")
MOST = 5


@dataclass(frozen=True, slots=True)
class Disagreed:
    """`answer`: for the look; `about`: the sentence it is about, as a byline reads it; `href`: both sides."""

    answer: dict[str, Any]
    about: str
    about_lang: str
    about_by: str
    href: str


def not_agreed(page: Opened) -> list[Disagreed]:
    """The newest first. What its author has answered anew, or was decided otherwise since, is past."""
    found = [said for said in page.woven.by_place.values() if _disagrees(said) and not said.taken_back]
    found = [said for said in found if not _past(page, said)]
    return [_shown(page, said) for said in sorted(found, key=lambda said: -said.entry.pk)[:MOST]]


def _disagrees(said: Said) -> bool:
    return said.kind == "decisions.dissent" or (said.kind == "dialogue.answer" and said.form in FORMS)


def _past(page: Opened, said: Said) -> bool:
    about = page.parent(said)
    if about is None:
        return False
    for other in about.beside:
        if other.entry.pk <= said.entry.pk:
            continue
        if other.of == said.of and other.form:
            return True
        if said.kind == "decisions.dissent" and other.kind in DECIDED:
            return True
    return bool(about.taken_back)


def _shown(page: Opened, said: Said) -> Disagreed:
    about = page.parent(said)
    answer = page.showing.answer(said) | {"tone": "differ" if said.kind == "decisions.dissent" else ""}
    if said.form:
        answer["tone"] = page.showing.answer(said)["tone"]
    return Disagreed(
        answer,
        about.first_line if about else "",
        about.lang if about else "",
        page.showing.byline(about)[0] if about else "",
        page.note(said),
    )
