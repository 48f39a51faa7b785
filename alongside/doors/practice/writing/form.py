"""What was sent from the composer, read once into frozen things. Nothing is judged here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alongside import ids
from alongside.dialogue.suggest import paragraphs

SHOWN_APART = 120  # paragraphs with settings of their own on a page; what is beyond stays in the open box
BASES = ("own-words", "seen", "told", "professional-view")
WAYS = ("visit", "call", "message", "meeting")
HELPERS = "helpers"  # what a page calls the other helpers among the readers of a paragraph
WHO = ("there", "choose", "professionals", "persons")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph. `basis` '' while nobody has said how we know it. `speaker` and `left_out`: ids.
    `close`: for the named and the writer alone, not for the other helpers. `sealed`: for the workers in `sealed_to`
    (ids) and the writer alone; `gives`: suggested words she chose as giving it away; `terms`: what she typed."""

    text: str
    basis: str = ""
    speaker: str = ""
    left_out: tuple[str, ...] = ()
    close: bool = False
    sealed: bool = False
    sealed_to: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """The composer's fields. `pieces`: paragraphs apart; `words`: the open box; `who`: one of WHO;
    `began`: when the page was made, microseconds; `guess`: canonical time offered on the page.
    `right`: somebody of another family is named, and this is the right one."""

    once: str
    began: int
    pieces: tuple[Piece, ...] = ()
    words: str = ""
    there: tuple[str, ...] = ()
    place: str = ""
    how: str = "visit"
    when: str = ""
    guess: str = ""
    sure: bool = False
    right: bool = False
    who: str = "there"
    chosen: tuple[str, ...] = ()
    why: str = ""
    until: str = ""
    draft: str = ""

    @property
    def all_pieces(self) -> tuple[Piece, ...]:
        """The paragraphs apart and those still in the open box."""
        apart = tuple(piece for piece in self.pieces if piece.text.strip())
        return (*apart, *(Piece(text) for text in paragraphs(self.words)))

    def apart(self) -> "Form":
        """The same with the words of the open box as paragraphs of their own, as many as a page can hold."""
        everything = self.all_pieces
        rest = "\n\n".join(piece.text for piece in everything[SHOWN_APART:])
        return replace(self, pieces=everything[:SHOWN_APART], words=rest)

    def renewed(self) -> "Form":
        """The same words under a key of their own."""
        return replace(self, once=ids.new(), draft="")


def read_form(sent: Mapping[str, Sequence[str]], *, now: int) -> Form:
    """The fields as they came, from a page, a draft, or through signing in. `now`: microseconds."""

    def one(name: str, default: str = "") -> str:
        return next(iter(sent.get(name, ())), default)

    places = sorted(int(name[2:]) for name in sent if name.startswith("p-") and name[2:].isdecimal() and len(name) < 8)
    return Form(
        once=one("once")[:80] or ids.new(), began=_moment(one("began"), now),
        pieces=tuple(_piece(sent, place) for place in places), words=one("words"),
        there=tuple(sent.get("there", ())), place=one("place")[:200], how=_of(WAYS, one("how")), when=one("when"),
        guess=one("guess"), sure=bool(one("sure")), right=bool(one("right")),
        who=_of(WHO, one("who")), chosen=tuple(sent.get("reader", ())),
        why=one("why"), until=one("until"), draft=one("draft")[:32],
    )  # fmt: skip


def _piece(sent: Mapping[str, Sequence[str]], place: int) -> Piece:
    """A page says whom it offered as readers of the paragraph and who stayed ticked; a kept note says whom it leaves
    out, as drafts did from the beginning."""
    basis = next(iter(sent.get(f"basis-{place}", ())), "")
    ticked = set(sent.get(f"reads-{place}", ()))
    off = [one for one in sent.get(f"asked-{place}", ()) if one not in ticked]
    off += sent.get(f"not-{place}", ())
    return Piece(
        next(iter(sent.get(f"p-{place}", ())), ""), basis if basis in BASES else "",
        next(iter(sent.get(f"speaker-{place}", ())), ""), tuple(one for one in off if one != HELPERS),
        HELPERS in off or bool(next(iter(sent.get(f"close-{place}", ())), "")),
        bool(next(iter(sent.get(f"sealed-{place}", ())), "")), tuple(sent.get(f"sealedto-{place}", ())),
        tuple(sent.get(f"gives-{place}", ())), next(iter(sent.get(f"terms-{place}", ())), "")[:1000],
    )  # fmt: skip


def _of(allowed: Sequence[str], value: str) -> str:
    return value if value in allowed else allowed[0]


def _moment(value: str, now: int) -> int:
    """When the page was made; now for anything that cannot be."""
    moment = int(value) if value.isascii() and value.isdecimal() and len(value) < 18 else now
    return min(moment, now)
