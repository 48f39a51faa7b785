"""The area of the invented unit, as those who work there wrote it down; and where people of a family belong in it."""

from collections.abc import Iterator

from django.utils.translation import pgettext_lazy

from alongside import ids
from alongside.cast.story import MINUTE, SECOND, Act, about, micros, number
from alongside.families.belonging import BELONGS
from alongside.record.statement import Statement
from alongside.teams.patch import ADDED, KNOWN

UNITS = (pgettext_lazy("unit", "unit North"), pgettext_lazy("unit", "unit South"))  # for the catalogues


def patch() -> Iterator[Act]:
    """Everything on the patches; who else knows it says so a little later."""
    for place, one in enumerate(about()["patch"]):
        at, writer, *others = micros(one["at"]) + place * SECOND, *one["knows"]
        body = {name: one[name] for name in ("unit", "what", "name", "where", "good", "reach") if name in one}
        said = Statement(ADDED, {**body, "lang": "en", "knows": True})
        yield Act(0, _key(place), at, number(writer), (said,))
        for who in others:
            known = Statement(KNOWN, {"knows": True}, thing=_id(place)).to(number(writer))
            yield Act(0, f"{_key(place)}/{who}", at + MINUTE * number(who), number(who), (known,))


def _key(place: int) -> str:
    return f"0/patch/{place}"


def _id(place: int) -> str:
    """The id of what stands there: the first that is made in its act."""
    with ids.seeded(f"cast/{_key(place)}"):
        return ids.new()


def belonging(family: int) -> Iterator[Act]:
    """Where people of a family belong, written down in the words of one of them."""
    for place, one in enumerate(about()["belonging"]):
        if one["family"] == family:
            body = {
                "place": _id(one["place"]), "name": about()["patch"][one["place"]]["name"],
                "words": [{"lang": "en", "text": one["words"]}],
            }  # fmt: skip
            said = Statement(
                BELONGS, body, speaker=number(one["by"]), basis="told", about=tuple(number(who) for who in one["who"]),
                readers=tuple((number(who), "addressed") for who in one["readers"]),
            )  # fmt: skip
            yield Act(family, f"{family}/belonging/{place}", micros(one["at"]), number(one["wrote"]), (said,))
