"""What a form comes to: when it was, who was there, who reads, how each paragraph is known; or what to mend."""

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from alongside import dates
from alongside.dialogue.noting import REVIEW_WITHIN, Paragraph
from alongside.dialogue.suggest import mentioned, suggest
from alongside.doors.practice.writing.company import Company, Someone
from alongside.doors.practice.writing.form import Form, Piece
from alongside.record.terms import named_words

BROKEN = "\ufffd"  # what a browser sends for a character it could not


@dataclass(frozen=True, slots=True)
class Circle:
    """Who reads: a mark and the people named; `without`: those there who do not get it by being there."""

    mark: str
    named: tuple[Someone, ...]
    without: tuple[Someone, ...]


@dataclass(frozen=True)
class Meant:
    """`form`: with every paragraph's source filled in. `errors`: (id of the field, sentence)."""

    form: Form
    there: tuple[Someone, ...]
    circle: Circle
    so: dates.Partial
    paragraphs: tuple[Paragraph, ...]
    errors: tuple[tuple[str, str], ...] = ()
    ask_again: bool = False

    def left_out(self, piece: Piece) -> tuple[str, ...]:
        """The names of those who read the note and not this paragraph; '' at the end stands for the helpers."""
        if piece.sealed:
            return (*(one.name for one in self.circle.named), "")
        names = [one.name for one in self.circle.named if one.id in piece.left_out]
        return (*names, "") if piece.close and self.circle.mark == "team" else tuple(names)

    @property
    def shown_to_all(self) -> tuple[Paragraph, ...]:
        """What everybody who was there may read; nothing where nobody is ticked."""
        return tuple(p for p in self.paragraphs if self.there and all(self._reads(one, p) for one in self.there))

    def _reads(self, one: Someone, paragraph: Paragraph) -> bool:
        named = {reader.number for reader in self.circle.named}
        if paragraph.only is not None:
            named &= set(paragraph.only)
        mark = paragraph.mark or self.circle.mark
        if mark == "sealed":
            return False  # what is sealed is on no screen that others look at
        return one.number in named if mark == "persons" or not one.staff else mark in ("team", "professionals")


def circle(form: Form, company: Company) -> Circle:
    """Who can read. By default those who were there; a child who was there alone, and the writer."""
    there, chosen = company.some(form.there), company.some(form.chosen)
    named = tuple(one for one in (there if form.who == "there" else chosen) if one.reads)
    without = tuple(one for one in there if not one.reads and not one.staff)
    if form.who == "professionals" and company.reader.by_mark:
        return Circle("professionals", (), ())
    alone = form.who == "there" and len(there) == 1 and there[0].child and bool(named)
    return Circle("persons" if alone or form.who == "persons" else "team", named, without)


def meant(form: Form, company: Company, *, today: dt.date, lang: str) -> Meant:
    """Work out everything a form says. `today`: the office's day."""
    there, around = company.some(form.there), circle(form, company)
    pieces = _filled(form.all_pieces, company, there)
    so, wrong, again = _when(form, today, lang)
    errors = [
        *wrong,
        *_wrong_words(pieces),
        *_wrong_seals(pieces, around, company),
        *_wrong_readers(form, around, company.reader.today),
    ]
    numbers = {one.id: one.number for one in company.everyone}
    said = tuple(_paragraph(piece, around, there, numbers, company) for piece in pieces)
    return Meant(replace(form, pieces=pieces, words=""), there, around, so, said, tuple(errors), again)


def _filled(pieces: tuple[Piece, ...], company: Company, there: tuple[Someone, ...]) -> tuple[Piece, ...]:
    """The paragraphs with a suggestion where nobody has said how we know them."""
    public = {one.number: one.id for one in company.everyone}
    found = suggest([p.text for p in pieces], company.names, [one.number for one in there if not one.staff])
    return tuple(
        piece if piece.basis else replace(piece, basis=s.basis, speaker=public.get(s.speaker, ""))
        for piece, s in zip(pieces, found, strict=True)
    )


def _when(form: Form, today: dt.date, lang: str) -> tuple[dates.Partial, list[tuple[str, str]], bool]:
    """When it was, what is wrong with it, and whether to ask "is this right?"."""
    try:
        guess = dates.canonical(form.guess) or dates.UNSAID
        kept = form.when.strip() == dates.show(guess, lang, today)
        so = guess if kept else dates.parse(form.when, today=today, lang=lang, daytime=True)
    except dates.NotADate as wrong:
        return dates.UNSAID, [("f-when", _(dates.SENTENCES[wrong.code]).format(value=wrong.value))], False
    if dates.ask_again(so, "visit", today=today) and not form.sure:
        says = _("%(when)s: is this right? Tick the box below it, or put another day.")
        return so, [("f-when", says % {"when": dates.show(so, lang, today, True)})], True
    return so, [], bool(form.sure)


def _wrong_words(pieces: tuple[Piece, ...]) -> list[tuple[str, str]]:
    if not pieces:
        return [("f-words", _("There are no words yet. Write something, then save."))]
    wrong = []
    for place, piece in enumerate(pieces):
        if BROKEN in piece.text:
            says = _("Some characters did not arrive whole (they look like %(sign)s). Write them once more.")
            wrong.append((f"f-p-{place}", says % {"sign": BROKEN}))
        elif piece.basis == "own-words" and not piece.speaker:
            wrong.append((f"f-p-{place}", _("Whose words are these? Choose a name, or choose “told us”.")))
    return wrong


def sealed_words(piece: Piece) -> tuple[str, ...]:
    """The words that would give a sealed paragraph away: those chosen among the suggested, and those typed."""
    return tuple(dict.fromkeys((*piece.gives, *named_words(piece.terms))))


def _wrong_seals(pieces: tuple[Piece, ...], around: Circle, company: Company) -> list[tuple[str, str]]:
    may = {one.id for one in company.colleagues}
    wrong = []
    for place, piece in enumerate(pieces):
        if piece.sealed and around.mark == "persons":
            says = _("This note is for some people only, and no other helper reads it. Seal it in a note of its own.")
            wrong.append((f"f-p-{place}", says))
        elif piece.sealed and not may & set(piece.sealed_to):
            wrong.append((f"f-p-{place}", _("Choose who else can read what is sealed.")))
    return wrong


def _wrong_readers(form: Form, around: Circle, today: int) -> list[tuple[str, str]]:
    if form.who == "persons" and not around.named:
        return [("f-who", _("Choose at least one person who can read this."))]
    if around.mark != "professionals":
        return []
    wrong = []
    if not form.why.strip():
        wrong.append(("f-why", _("Say why the family does not read this yet.")))
    try:
        ahead = dt.date.fromisoformat(form.until).toordinal() - today
    except ValueError:
        ahead = 0
    if not 0 < ahead <= REVIEW_WITHIN:
        says = _("Choose the day you look at this again, within %(days)s days.")
        wrong.append(("f-until", says % {"days": REVIEW_WITHIN}))
    return wrong


def _paragraph(
    piece: Piece, around: Circle, there: tuple[Someone, ...], numbers: dict[str, int], company: Company
) -> Paragraph:
    left = set(piece.left_out) & {one.id for one in around.named}
    only = tuple(one.number for one in around.named if one.id not in left) if left else None
    about = tuple(dict.fromkeys((*(one.number for one in there), *mentioned(piece.text, company.names))))
    if piece.sealed:
        only = tuple(one.number for one in company.colleagues if one.id in piece.sealed_to)
    return Paragraph(
        piece.text, piece.basis, numbers.get(piece.speaker) if piece.basis in ("own-words", "told") else None,
        about=tuple(n for n in about if n not in {one.number for one in company.everyone if one.staff}), only=only,
        mark="sealed" if piece.sealed else "persons" if piece.close and around.mark == "team" else "",
        terms=sealed_words(piece) if piece.sealed else (),
    )  # fmt: skip
