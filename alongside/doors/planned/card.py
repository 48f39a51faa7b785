"""The plan for hard hours as a file: a tagged PDF of one page, to keep where there is no network (R31).

A telephone opens it without us, and a number on it is rung by touching it. Whoever takes it keeps it themselves; no
page of ours leaves anything on a device (R72).
"""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.translation import gettext as _

from alongside.doors.planned.hard_page import HardPage, StepLine
from alongside.doors.planned.paper import FONTS, HELD

TEMPLATE = Path(__file__).with_name("card.typ")
APART = "\N{UNIT SEPARATOR}"  # which nobody types
Lines = Sequence[tuple[str, str]]


def told(page: HardPage, *, lang: str, day: str, clear: Callable[[str], str]) -> dict[str, Any]:
    """What stands on the card, in its order. `day`: when it was made; `clear`: takes out of a text what must not
    reach whom the file is for (access.leaving)."""
    lists, lines = page.lists if page.steps else {}, tuple((number, str(said)) for number, said in settings.HELP_LINES)
    called = (("signs", _("How we see that it comes")), ("helped", _("What helped before")))
    return {
        "title": _("When it gets too much"), "lang": lang, "words": page.said.lang or lang,
        "lists": [
            {"called": name, "texts": list(map(clear, lists[one]))} for one, name in called if lists.get(one)
        ],
        "order": _("What we do, in this order"),
        "steps": [_step(step, lines, clear) for step in page.steps],
        "also": list(map(clear, lists.get("also", ()))),
        "text": "" if page.steps else clear(page.said.text),
        "lines": [] if any(step.last and not step.number for step in page.steps) else lines,
        "by": clear(page.said.by),
        "newest": _("Made on %(day)s. The newest one is read in Alongside.") % {"day": day},
    }  # fmt: skip


def _step(step: StepLine, lines: Lines, clear: Callable[[str], str]) -> dict[str, Any]:
    ring: Lines = [(clear(step.number), "")] if step.number else lines if step.last else ()
    lead = _("Last, when nothing else helped:") if step.last else ""
    who, what = clear(f"{step.who}{APART}{step.what}").split(APART)  # they stand in one line, as on the page
    return {"lead": lead, "who": who, "what": what, "ring": ring}


def holds(page: HardPage) -> bool:
    """Whether the letters of the file hold everything that is said; other scripts are printed by the browser."""
    return page.said is not None and all(map(HELD.fullmatch, _texts(told(page, lang="", day="", clear=str))))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)


def pdf(page: HardPage, *, lang: str, day: str, clear: Callable[[str], str]) -> bytes:
    """One page, PDF/UA-1. The same plan gives the same bytes."""
    data = {"data": json.dumps(told(page, lang=lang, day=day, clear=clear))}
    return typst.compile(
        TEMPLATE, format="pdf", pdf_standards=["ua-1"], sys_inputs=data, font_paths=[FONTS], ignore_system_fonts=True,
        timestamp=0,
    )  # fmt: skip
