"""How people belong together: somebody's word, with a day. Two people's versions stand side by side (R52)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside import dates
from alongside.families.telling import Told, line
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.statement import Receipt, Refused

kind("families.tie", _("How people belong together"), settles=False, state=True)

# The second is this to the first; what has two names in a language is said in own words.
TIES = (
    "child stepchild foster-child adopted-child grandchild sibling married lived-together divorced nephew friend "
    "neighbour"
).split()
SAID = "said"  # in the words of whoever says so


@dataclass(frozen=True, slots=True)
class Tie:
    """Who says that `b` is something to `a`, and since when. `words`: in own words, where `kind` is SAID."""

    kind: str
    a: tuple[int, ...]
    b: tuple[int, ...]
    since: str | None
    until: str | None
    said_by: int
    note: str = ""
    words: str = ""
    recorded_at: int = 0


def tied(
    *, told: Told, a: int, b: int, tie: str, words: str = "", since: dates.Partial = dates.UNSAID,
    until: dates.Partial = dates.UNSAID, at: int, once: str,
) -> list[Receipt]:  # fmt: skip
    """Somebody says what `b` is to `a`: one of TIES, or in words ("ayeeyo").

    Raises Refused: no-tie, same-person, line-too-long, and what Told.may refuses.
    """
    words = line(words)
    if a == b:
        raise Refused("same-person")
    if tie not in TIES and not words:
        raise Refused("no-tie")
    body = {
        "tie": SAID if words else tie, "a": [a], "b": [b], "as": words, "from": since.text, "until": until.text,
    }  # fmt: skip
    return told.say(told.statement("families.tie", body), at=at, once=once)


def belongs(*, told: Told, text: str, lang: str, about: tuple[int, ...], at: int, once: str) -> list[Receipt]:
    """A family member says in own words who belongs to them. Raises Refused: no-words."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused("no-words")
    body = {"words": [{"lang": lang, "text": text}]}
    everybody = tuple(dict.fromkeys((told.by.person, *about)))
    return told.say(told.statement("families.tie", body, about=everybody), at=at, once=once)


def tie_of(entry: Entry) -> Tie | None:
    """The tie of an entry; None where it is told in words alone."""
    body = entry.body
    if "a" not in body:
        return None
    return Tie(
        body["tie"], tuple(body["a"]), tuple(body["b"]), body.get("from"), body.get("until"), entry.speaker,
        body.get("note", ""), body.get("as", ""), entry.recorded_at,
    )  # fmt: skip
