"""A statement of this door with everything that stands beside it, as plain data for the templates.

What was corrected shows the right words first and the old ones beside; what was taken back says so first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.dialogue.conversation import FORMS
from alongside.dialogue.said import Said
from alongside.dialogue.showing import YOU
from alongside.dialogue.woven import carries_on
from alongside.doors.family.room import Room
from alongside.doors.family.words import left, listed, refused
from alongside.record.erased import ERASED
from alongside.record.kinds import KINDS
from alongside.record.marks import chosen_for
from alongside.record.settling import Waiting
from alongside.record.statement import Statement

PLAIN = {"dialogue.passage", "dialogue.answer", "dialogue.conversation"}
TO_TAKE_BACK = {"own-words", "act"}
TO_SHARE = {"team", "persons"}
LONG = 420  # characters; in a list the rest is a page away


@dataclass(frozen=True, slots=True)
class Act:
    """Something the reader may do here. `about`: words only a screen reader says."""

    href: str
    words: str
    icon: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Pending:
    """One's own words that have not gone yet. `stuck`: why they cannot, or ''. `about`: the id of what they move
    on or answer."""

    id: str
    who: str
    text: str
    goes: str
    stuck: str = ""
    kind: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement. `statement` and `answers` as the look's parts take them; `old`: words that do not count
    any more, for the screen only where nobody answered them; `shared`: with whom the reader shared it."""

    id: str
    statement: dict[str, Any]
    answers: tuple[dict[str, Any], ...] = ()
    old: tuple[dict[str, Any], ...] = ()
    acts: tuple[Act, ...] = ()
    pending: tuple[Pending, ...] = ()
    taken_back: bool = False
    shared: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[dict[str, Any], ...]:
        """The answers, and those that were given to words corrected since, with these words."""
        return (*self.answers, *(one for one in self.old if one["replies"]))


def line(room: Room, said: Said, *, whole: bool = True, acts: bool = True) -> Line:
    """The statement as a line. `whole`: all of its words; else its beginning, for a list."""
    if said.taken_back is not None:
        return _taken_back(room, said)
    newest = next((one for one in reversed(said.beside) if one.kind == "dialogue.correction"), None)
    counts, before = newest or said, []
    if newest is not None:
        before = [one for one in said.beside if one.entry.pk < newest.entry.pk]
    beside = [one for one in said.beside if one is not newest and one not in before]
    beside += newest.beside if newest is not None else ()
    statement = room.showing.statement(counts, label=counts.kind not in PLAIN)
    if not whole and len(statement["text"]) > LONG:
        statement["text"] = statement["text"][:LONG].rsplit(" ", 1)[0] + " …"
    return Line(
        said.id,
        statement,
        tuple(_answer(room, one, acts and room.writes) for one in beside),
        (_old(room, said, _("Before it was corrected"), before, acts and room.writes),) if newest is not None else (),
        _acts(room, said) if acts and room.writes else (),
        pending(room, said.id),
        shared=_shared(room, said),
    )


def _shared(room: Room, said: Said) -> tuple[str, ...]:
    """With whom the reader shared this, and when: their own acts, told to them alone."""
    found = []
    for entry in room.woven.entries:
        if entry.kind == "record.released" and entry.answers == said.entry.pk and entry.author == room.me:
            names = {"names": listed(map(room.showing.people.called, chosen_for(entry.body)))}
            if names["names"]:
                found.append(_("Shared with %(names)s, %(day)s.") % {**names, "day": room.showing.on(entry.received)})
    return tuple(found)


def _taken_back(room: Room, said: Said) -> Line:
    """The taking-back first, with its reason; the words beside, where they do not count any more."""
    entry = said.taken_back
    who = {"who": room.showing.Name(entry.author), "day": room.showing.on(entry.received, True)}
    mine = entry.author == room.me
    text = _("You took this back on %(day)s.") % who if mine else _("%(who)s took this back on %(day)s.") % who
    if entry.body.get("why"):
        text += " " + _("The reason: “%(why)s”") % {"why": entry.body["why"]}
    statement = {"id": said.id, "basis": "act", "text": text, "know_words": _("taken back"), "byline": []}
    beside = tuple(_answer(room, one, False) for one in said.beside)
    return Line(said.id, statement, beside, (_old(room, said, _("The words were")),), taken_back=True)


def _old(room: Room, said: Said, who: str, answers: Sequence[Said] = (), acts: bool = False) -> dict[str, Any]:
    """Words that do not count any more, with the answers that were given to them."""
    shown = {"who": who, "text": said.text, "lang": said.lang, "meta": room.showing.meta(said)}
    under = [one for answer in answers for one in (answer, *room.showing.under(answer))]
    return shown | {"replies": [_reply(room, one, acts) for one in under]}


def _reply(room: Room, said: Said, acts: bool) -> dict[str, Any]:
    if said.taken_back is not None:
        return {"who": _taken_back(room, said).statement["text"], "text": ""}
    shown = room.showing.reply(said)
    if acts and not room.mine(said):
        shown["href"], shown["href_words"] = _way(room, said)
    return shown


def _answer(room: Room, said: Said, acts: bool) -> dict[str, Any]:
    """Something beside a statement, with a way to answer each that is not the reader's own."""
    if said.taken_back is not None:
        return {"who": _taken_back(room, said).statement["text"]}
    shown = room.showing.answer(said)
    if not acts:
        return shown
    shown["href"], shown["href_words"] = _way(room, said)
    for reply, one in zip(shown["replies"], room.showing.under(said), strict=True):
        if not room.mine(one):
            reply["href"], reply["href_words"] = _way(room, one)
    return shown


def _way(room: Room, said: Said) -> tuple[str, str]:
    if room.mine(said):
        return (room.href("my-take-back", said.id), _("Take it back")) if may_take_back(room, said) else ("", "")
    who = room.showing.people.called(said.by)
    words = _("Answer %(who)s") % {"who": who} if who else _("Answer")
    return room.href("my-answer", said.id), words


def may_take_back(room: Room, said: Said) -> bool:
    """One's own words that still stand."""
    whose = {"own-words": said.of, "act": said.by}.get(said.entry.basis)
    stands = said.taken_back is None and said.kind != ERASED
    return room.mine(said) and whose == room.reader.person and stands


def may_share(room: Room, said: Said) -> bool:
    """One's own words that stand by themselves: an answer is opened together with a helper."""
    alone = said.entry.answers is None or carries_on(said.entry)
    fits = alone and said.entry.mark in TO_SHARE and said.entry.basis in TO_TAKE_BACK
    return fits and room.writes and room.reader.kin and room.mine(said) and said.taken_back is None


def _acts(room: Room, said: Said) -> tuple[Act, ...]:
    if said.kind == ERASED:
        return ()
    about = said.first_line
    if not room.mine(said):
        return (Act(room.href("my-answer", said.id), _("Answer"), "message-square-plus", about),)
    acts = []
    if said.by != room.me:
        acts.append(Act(room.href("my-answer", said.id), _("Answer"), "message-square-plus", about))
    if may_share(room, said) and room.circle.family:
        acts.append(Act(room.href("my-share", said.id), _("Share"), "users", about))
    if may_take_back(room, said):
        acts.append(Act(room.href("my-take-back", said.id), _("Take it back"), "undo-2", about))
    return tuple(acts)


def pending(room: Room, id: str = "") -> tuple[Pending, ...]:
    """Own words that have not gone yet: answers to the statement with this id, or all of them."""
    return tuple(_pending(room, one) for one in room.waits if not id or answers(one.statements[0]) == id)


def answers(said: Statement) -> str | None:
    """The id of what this answers, before it was received; None where it moves a thing on. From beyond a hazard that
    is an answer in the record too (onward.py), and no page may tell."""
    return said.answers if isinstance(said.answers, str) and not KINDS[said.kind].changes_state else None


def _pending(room: Room, one: Waiting) -> Pending:
    body = one.statements[0].body
    text = "".join(word["text"] for word in body.get("words", ())[:1])
    form = FORMS.get(body.get("form", ""), "")
    who = _("You: %(answer)s") % {"answer": form} if form else _("You wrote")
    to = chosen_for(body) if one.statements[0].kind == "record.released" else ()
    if to:
        who = _("You share this with %(names)s") % {"names": listed(room.showing.people.called(p) for p in to)}
    stuck = refused(one.stuck, room.worker) if one.stuck else ""
    kind, about = one.statements[0].kind, one.statements[0].thing or one.statements[0].answers
    if kind.startswith(("promises.", "teams.")):
        who = _("You: %(answer)s") % {"answer": KINDS[kind].label}
    if body.get("form") in YOU and body["form"] not in FORMS:
        who = str(YOU[body["form"]])
    return Pending(one.id, who, text, left(room, one.due_at), stuck, kind, str(about or ""))
