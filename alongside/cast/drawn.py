"""What was drawn of people: circles and lines, written down by a helper in the words of whoever says so."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from alongside import dates
from alongside.cast.story import Act, about, micros, number
from alongside.families.drawn import CIRCLE, LINE
from alongside.record.statement import Statement


def drawings(family: int) -> Iterator[Act]:
    """Each drawing as one act."""
    for place, one in enumerate(about()["drawing"]):
        if one["family"] == family:
            yield Act(family, f"{family}/drawing/{place}", micros(one["at"]), number(one["wrote"]), tuple(_said(one)))


def _said(one: Mapping[str, Any]) -> Iterator[Statement]:
    so = dates.on(dt.date.fromisoformat(one["at"][:10]))
    readers = tuple((number(who), "addressed") for who in one["readers"])
    for kind, some in ((CIRCLE, one.get("circle", ())), (LINE, one.get("lines", ()))):
        for line in some:
            body = {"of": number(one["of"]), **line}
            if "who" in line:
                body["who"] = number(line["who"])
            yield Statement(
                kind, body, speaker=number(one["by"]), basis="told", readers=readers, so=so.text, so_first=so.first,
                so_last=so.last,
            )  # fmt: skip
