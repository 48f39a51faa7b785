"""One thing to read: sentence by sentence, with answers beside, and who can read it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.said import Said
from alongside.dialogue.shown import shown as when_shown
from alongside.dialogue.woven import began
from alongside.doors.family.lines import Line, line
from alongside.doors.family.room import Room
from alongside.doors.family.titles import root_of, title
from alongside.doors.family.words import readers
from alongside.record.reading import had_before, named


@dataclass(frozen=True, slots=True)
class Note:
    """`praise`: a page that is kept and printed by itself; `shown`: what was said when it was shown, or None;
    `meeting`: where a meeting stands on one page, or ''."""

    title: str
    intro: str
    readers: str
    lines: tuple[Line, ...]
    praise: bool
    shown: dict[str, Any] | None = None
    meeting: str = ""


def note(room: Room, said: Said) -> Note:
    """The page of the thing this statement belongs to."""
    root = root_of(room.woven, said)
    held = {place: one.entry for place, one in room.woven.by_place.items()}
    later = [
        one
        for one in room.woven.roots
        if began(one.entry, held) == root.entry.pk and one is not root and one not in root.beside
    ]
    rows = named(room.reader, [root.entry]).get(root.entry.pk, ())
    inside = () if root.taken_back else root.inside
    return Note(
        title=_own_title(root) if room.me == root.by else title(room, root, root),
        intro=_intro(room, root),
        readers=readers(room, root.entry, rows),
        lines=tuple(line(room, one) for one in _with_words(root, inside, later)),
        praise=root.kind == "dialogue.praise" and root.taken_back is None,
        shown=shown(room, root),
        meeting=room.href("my-meeting", root.id) if root.kind == "teams.meeting" and not root.taken_back else "",
    )


def shown(room: Room, root: Said) -> dict[str, Any] | None:
    """What was said of a note when it was shown. Who was there is not said of what came since a hazard."""
    if root.taken_back is not None or "shown" not in root.entry.body:
        return None
    return when_shown(room.showing, root, named=had_before(room.reader, root.entry))


def _with_words(root: Said, inside: tuple[Said, ...], later: list[Said]) -> list[Said]:
    """The head of a conversation stands here only when it says something itself."""
    head = [root] if root.text or root.form or root.beside or not inside else []
    return [*head, *inside, *later]


def _own_title(root: Said) -> str:
    if root.kind == "dialogue.question":
        return _("What you asked")
    return _("What you wrote") if root.of == root.by else _("What you wrote down")


def _intro(room: Room, root: Said) -> str:
    """Who wrote it and when; late is said and not shamed."""
    names = {"who": room.showing.Name(root.by), "day": room.showing.on(root.received, True)}
    return _("%(who)s wrote this on %(day)s.") % names
