"""How it ended, in both sides' words (R125)."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from alongside.access.circles import kin
from alongside.dialogue.writing import worded
from alongside.record.kinds import kind
from alongside.record.statement import Refused, Statement

kind("teams.parting-said", _("Said at the end"), settles=False, state=True)


def parting(
    *, family: int, said: Mapping[int, str], there: Sequence[int], call: str, due: str, owner: int, lang: str
) -> tuple[Statement, ...]:
    """What is said in the act that ends the work: each one's own words, for those who were there and for themselves,
    and the promised call, for everybody of the family. `due`: ISO date; `owner`: who rings.

    Raises Refused: no-words, where nothing is promised."""
    near = set(kin(family))
    words = [
        Statement(
            "teams.parting-said", {"words": worded(text, lang)}, speaker=person, basis="own-words", about=(person,)
        ).to(*sorted(near & {*there, person}))
        for person, text in said.items()
        if text.strip()
    ]
    if not call.strip():
        raise Refused("no-words")
    promised = Statement("promises.made", {"words": worded(call, lang), "due": due, "owner": owner}).to(*kin(family))
    return (*words, promised)
