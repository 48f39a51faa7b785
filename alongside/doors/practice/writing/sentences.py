"""The composer's sentences: who can read, when it was, and why something did not go in."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside import dates
from alongside.doors.practice.writing.company import Company, Someone, listed
from alongside.doors.practice.writing.form import Form, Piece
from alongside.doors.practice.writing.meant import Circle, Meant


def called(some: Sequence[Someone]) -> str:
    """Their names as words."""
    return listed([one.name for one in some])


def who_reads(meaning: Meant) -> tuple[str, str]:
    """Who can read, in two parts: the names, and what is said of them, with the paragraphs fewer read."""
    around, but = meaning.circle, _but(meaning)
    names = called(around.named)
    reads = _("can read this, except %(but)s.") % {"but": but} if but else _("can read this.")
    if around.mark == "professionals":
        return _("Only the helpers"), _("can read this for now.")
    if around.mark == "persons":
        return _("Only %(names)s and you") % {"names": names} if names else _("Only you"), reads
    if not names:
        return _("The helpers"), reads if but else _("can read this. Nobody of the family.")
    return with_helpers(around.named), reads


def there_names(meaning: Meant) -> str:
    """Who reads a note for those who were there, '' where another choice is made."""
    around = meaning.circle
    if meaning.form.who != "there" or not around.named:
        return ""
    if around.mark == "persons":
        return _("%(names)s and you") % {"names": called(around.named)}
    return with_helpers(around.named)


def with_helpers(some: Sequence[Someone]) -> str:
    """ "Mia, Anne and the helpers"."""
    return listed([*(one.name for one in some), _("the helpers")])


def _but(meaning: Meant) -> str:
    """ "paragraph 2: not Anne; paragraph 3: not Mia"."""
    said = [(place, left_out(meaning, piece)) for place, piece in enumerate(meaning.form.pieces, 1)]
    return "; ".join(_("paragraph %(n)s: %(left)s") % {"n": place, "left": left} for place, left in said if left)


def left_out(meaning: Meant, piece: Piece) -> str:
    """Who does not read a paragraph: "not Anne"; '' where it is read as the whole note is."""
    if piece.sealed:
        return _("sealed, for those named")
    names = [name or _("the other helpers") for name in meaning.left_out(piece)]
    return _("not %(names)s") % {"names": listed(names)} if names else ""


def not_by_itself(around: Circle) -> list[str]:
    """One sentence for each who was there and does not get the words by that."""
    return [_("%(name)s does not get this automatically.") % {"name": one.name} for one in around.without]


def when_and_where(form: Form, so: dates.Partial, today: dt.date, lang: str) -> str:
    """ "At home, Fri 20 Nov, 16:00"."""
    shown = dates.show(so, lang, today) or form.when
    if so and so.first is not None and so.first == so.last and not so.words:
        shown = f"{dates.weekday_name(so.first, lang)[:3]} {shown}"
        if _taken_as_afternoon(form.when, so, today, lang):
            shown = _("%(when)s (in the afternoon)") % {"when": shown}
    return ", ".join(part for part in (form.place.strip(), shown) if part)


def _taken_as_afternoon(typed: str, so: dates.Partial, today: dt.date, lang: str) -> bool:
    """Whether a bare hour was read as one of the afternoon, so that it is said back."""
    try:
        plain = dates.parse(typed, today=today, lang=lang)
    except dates.NotADate:
        return False
    return plain.first == so.first and plain.text != so.text and "T" in plain.text


def who_is_asked(meant: Meant) -> str:
    """The question over the page that is turned round."""
    names = called(meant.there)
    return _("%(names)s, is this right?") % {"names": names} if names else _("Is this right?")


def may_read_aloud(meant: Meant, company: Company) -> str:
    """The line under what is shown: who else can read it, so that nobody there is surprised later."""
    me, alone = {"me": company.me}, len(meant.there) == 1
    if meant.circle.mark == "persons":
        words = (_("You and %(me)s can read this.") if alone else _("All of you and %(me)s can read this.")) % me
    else:
        many = _("All of you, %(me)s and the other helpers can read this.")
        words = (_("You, %(me)s and the other helpers can read this.") if alone else many) % me
    there = {one.id for one in meant.there}
    too = [one for one in meant.circle.named if one.id not in there and _reads_some(one, meant)]
    too_words = _("So can %(names)s.") % {"names": called(too)}
    return f"{words} {too_words}" if too else words


def _reads_some(one: Someone, meant: Meant) -> bool:
    return any(p.only is None or one.number in p.only for p in meant.shown_to_all)


def wrong_family(names: Sequence[str]) -> str:
    """Asked once where a whole name of another family stands in the words."""
    says = _("%(names)s: of another family you work with. Is this the right family? Tick the box, or take it out.")
    return says % {"names": listed(list(names))}


def refused(code: str) -> str:
    """Why the record did not take an act, in plain words; the words are still here."""
    sentences = {
        "other-words": _(
            "You sent other words from this page before. These are kept as a draft of their own: look at them, "
            "then save."
        ),
        "too-long": _(
            "This is longer than the record takes (1,000,000 characters). It is kept here; split it before you send."
        ),
        "not-text": _("Some characters cannot be kept. Write them once more."),
        "no-words": _("There are no words yet. Write something, then save."),
        "not-to-them": _("Somebody you chose cannot be named as a reader any more. Look at who can read this."),
        "not-yours-to-mark": _("You cannot hold this back from the family. Choose other readers."),
        "not-any-more": _("You do not write in this family any more. Your words are kept here for you alone."),
        "no-family": _("This family is not here any more. Your words are kept here for you alone."),
        "wider-than-parent": _("This answers something that fewer people read. Choose fewer readers."),
        "parent-not-read": _("This answers something you cannot read any more. Your words are kept here."),
        "not-here": _("What this answers is not here any more. Your words are kept here."),
        "full": _("This family’s record is full. Tell those who run Alongside. Your words are kept here."),
    }  # fmt: skip
    return sentences.get(code) or _("The record did not take this. Your words are kept here. Try again, or ask.")


def not_saved() -> str:
    """When the database does not write."""
    return _(
        "Nothing was saved: the place where records are kept is full or closed. Your words are still here. "
        "Try again in a few minutes, and do not close this page."
    )
