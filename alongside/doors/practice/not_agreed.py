"""What is not agreed: answers that are no plain yes, dissents that stand, and notes of which those who were there
said "not quite" when they were shown. Who, about what, both sides."""

from dataclasses import dataclass
from typing import Any

from alongside.dialogue.said import Said
from alongside.dialogue.shown import shown
from alongside.doors.practice.page import Opened

FORMS = ("differ", "no", "partly", "must", "time")
DECIDED = ("decisions.decided", "decisions.overruled")
SHOWN = "dialogue.conversation"  # alone can have been shown to those who were there
CAN = {"decisions.dissent", "dialogue.answer", SHOWN}
MOST = 5


@dataclass(frozen=True, slots=True)
class Disagreed:
    """`answer`: for the look; `about`: the sentence it is about, as a byline reads it; `href`: both sides; `place`: of
    what is not agreed."""

    answer: dict[str, Any]
    about: str
    about_lang: str
    about_by: str
    href: str
    place: int


def not_agreed(page: Opened) -> list[Disagreed]:
    """The newest first. What its author has answered anew, or was decided otherwise since, is past."""
    found = [said for said in page.woven.by_place.values() if said.kind in CAN and _disagrees(said)]
    found = [said for said in found if not said.taken_back and not _past(page, said)]
    return [_shown(page, said) for said in sorted(found, key=lambda said: -said.entry.pk)[:MOST]]


def _disagrees(said: Said) -> bool:
    return (
        said.kind == "decisions.dissent" or _not_quite(said) or (said.kind == "dialogue.answer" and said.form in FORMS)
    )


def _not_quite(said: Said) -> bool:
    return said.kind == SHOWN and (said.entry.body.get("shown") or {}).get("answer") == "not-quite"


def _answered_anew(said: Said) -> bool:
    """Whether somebody who was there has answered the note, or a sentence of it, since."""
    there = said.entry.body.get("there", ())
    return any(one.form and one.of in there for part in (said, *said.inside) for one in part.beside)


def _past(page: Opened, said: Said) -> bool:
    if _not_quite(said):
        return _answered_anew(said) or bool(said.inside and all(one.taken_back for one in said.inside))
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
    if _not_quite(said):
        return _disagreed(page, said, shown(page.showing, said), next((one for one in said.inside if one.text), None))
    about = page.parent(said)
    answer = page.showing.answer(said)
    if not said.form:
        answer["tone"] = "differ" if said.kind == "decisions.dissent" else ""
    return _disagreed(page, said, answer, about)


def _disagreed(page: Opened, said: Said, answer: dict[str, Any], about: Said | None) -> Disagreed:
    return Disagreed(
        answer,
        about.first_line if about else "",
        about.lang if about else "",
        page.showing.byline(about)[0] if about else "",
        page.note(said),
        said.entry.pk,
    )
