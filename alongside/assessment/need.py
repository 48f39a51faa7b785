"""What somebody needs, and whose it is to change: said by somebody, apart from any service (R29, R44, R112)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from alongside.dialogue.across import addressed_to
from alongside.dialogue.onward import save
from alongside.dialogue.queries import staff_of
from alongside.dialogue.writing import may_write, worded
from alongside.record.entry import Entry
from alongside.record.kinds import kind
from alongside.record.readers import Reader
from alongside.record.settling import Waiting
from alongside.record.statement import Refused, Statement

KIND = "assessment.need"
kind(KIND, _("What is needed"), state=True)

# Whose to change. What is not the family's is never listed as something the family lacks (R112).
CHANGE = {
    "family": _("the family"),
    "service": _("those who help"),
    "municipality": _("the municipality"),
    "society": _("society"),
    "others": _("somebody else, such as an employer or a landlord"),
}
# The beginnings of words that name a service and not a need, in both languages.
SERVICES = re.compile(
    r"\b(avlast|besøkshjem|fosterhjem|institusjon|støttekontakt|miljøterap|veiledning|familieveiled|foreldrekurs|kurs\b|"
    r"kurset|terapi|hjelpetiltak|tiltak|barnehageplass|sfo|urinprøve|respite|foster|course|class(es)?\b|counsell?ing|"
    r"therap|mentor|placement|support worker|home visit|residential|programme|program\b|intervention|parenting)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Need:
    """`each`: (person, what that person needs); without structure nothing, and the entry's own words stand.
    `change`: keys of CHANGE, may be empty where nobody said."""

    entry: Entry
    each: tuple[tuple[int, str], ...] = ()
    change: tuple[str, ...] = ()

    @property
    def elsewhere(self) -> bool:
        """Whether it is others' to change, and not the family's."""
        return bool(self.change) and "family" not in self.change


def needs(entries: Iterable[Entry]) -> list[Need]:
    """The needs in these entries, oldest first; what was taken back is not used."""
    listed = list(entries)
    gone = {entry.answers for entry in listed if entry.kind == "record.taken-back"}
    return [
        Need(
            entry,
            tuple((person, text) for person, text in entry.body.get("each", ())),
            tuple(one for one in entry.body.get("change", ()) if one in CHANGE),
        )
        for entry in listed
        if entry.kind == KIND and entry.pk not in gone
    ]  # fmt: skip


def service_in(text: str) -> str:
    """The first word that names a service, as it stands in the text; '' for none."""
    found = SERVICES.search(text)
    return re.match(r"\S*", text[found.start() :])[0].strip(".,;:!?") if found else ""


def say(
    *, by: Reader, of: int, text: str, change: Sequence[str], lang: str, at: int, once: str, wait: int,
    readers: Sequence[int] = (), speaker: int | None = None, sure: bool = False,
) -> Waiting | None:  # fmt: skip
    """Somebody needs something. `of`: whose need; `speaker`: who says so, None for the writer; `sure`: it was asked
    once whether this is a need or a service, and stays as it is.

    Raises Refused: not-any-more, no-words, service-word (word), unknown-form, not-yours, not-to-them, other-words.
    """
    may_write(by)
    words = worded(text, lang)
    if set(change) - set(CHANGE):
        raise Refused("unknown-form")
    if speaker not in (None, by.person) and (by.kin or staff_of(by.family, [speaker])):
        raise Refused("not-yours")
    if not sure and service_in(text):
        raise Refused("service-word", word=service_in(text))
    to = [person for person in (*readers, speaker) if person not in (None, by.person)]
    body = {"words": words, "each": [[of, words[0]["text"]]], "change": list(dict.fromkeys(change))}
    basis = "told" if speaker not in (None, by.person) else "own-words" if by.kin else "professional-view"
    statement = Statement(KIND, body, speaker=speaker, basis=basis, about=(of,), readers=addressed_to(by, to))
    return save([statement], by, at, once, wait)
