"""The plan on one A4 page: which size of letters fits, what has no room and is named instead, and the tagged PDF.

The same rule serves the browser's print and the PDF. First the letters become smaller, step by step. Then blocks give
way, in the order of GIVES_WAY, and the page names each and says where it is read. Points go last, from the end; how it
ends never does.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from alongside.doors.planned.page import NeedLine, PlanPage, StrengthLine, Words

TEMPLATE = Path(__file__).with_name("plan.typ")
FONTS = Path(__file__).parents[2] / "look" / "paper"
STEPS = (("roomy", 12.0), ("close", 10.5), ("tight", 9.5), ("small", 8.5))  # points
DAY = re.compile(r"\b\d{1,2}\.? \w+(?= \d{4}$)")  # "1 December" of "by Tuesday 1 December 2026"
GIVES_WAY = ("celebrated", "used", "goals", "unused", "head", "ours", "owed", "elsewhere", "needs", "whole")
COLUMN, HIGH, LINE, LETTER = 244.0, 690.0, 1.36, 0.5  # points, points, of the letter size, of the letter size
SURE = 0.86  # of the room the rule counts on: letters are not all alike
# What the letters of the paper file hold: Latin, Greek, Cyrillic and signs.
HELD = re.compile(
    r"[\u0000-\u052f\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2190-\u2193\u2212\ufb01\ufb02]*"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`step`: the name of the size of letters. `gone`: blocks that have no room; `named`: what they are called."""

    step: str
    gone: frozenset[str]
    named: tuple[str, ...]

    def shows(self, block: str) -> bool:
        return block not in self.gone


@dataclass(frozen=True, slots=True)
class Block:
    """`name`: as in GIVES_WAY, or "point-3". `called`: its heading. `texts`: its lines, each begins anew."""

    name: str
    called: str
    texts: tuple[str, ...]

    def lines(self, size: float) -> float:
        wide = COLUMN / (LETTER * size)
        return 1.9 + sum(math.ceil(len(text) / wide) + 0.25 for text in self.texts)


def sheet(page: PlanPage) -> Sheet:
    """What the browser prints of this page, by a careful count of lines."""
    blocks = list(blocks_of(page))
    for step, size in STEPS:
        if _fits(blocks, size):
            return Sheet(step, frozenset(), ())
    gone: list[Block] = []
    for block in giving_way(blocks):
        gone.append(block)
        if _fits([one for one in blocks if one not in gone], size):
            break
    return Sheet(step, frozenset(one.name for one in gone), tuple(one.called for one in _in_order(blocks, gone)))


def _fits(blocks: Iterable[Block], size: float) -> bool:
    return sum(block.lines(size) for block in blocks) <= SURE * 2 * HIGH / (LINE * size)


def giving_way(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in the order in which they give way."""
    by_name = {block.name: block for block in blocks}
    yield from (by_name[name] for name in GIVES_WAY if name in by_name)
    yield from reversed([block for name, block in by_name.items() if name.startswith("point-")])


def _in_order(blocks: Iterable[Block], gone: Iterable[Block]) -> list[Block]:
    names = {block.name for block in gone}
    return [block for block in blocks if block.name in names]


def blocks_of(page: PlanPage) -> Iterator[Block]:
    """Everything on the page that takes room, in its order; empty blocks are none."""
    every = [
        Block("head", _("A good life"), tuple(_head(page))),
        Block("needs", _("What is needed"), tuple(_needs(page.needs))),
        Block("elsewhere", _("Not the family’s to change"), tuple(_needs(page.elsewhere))),
        *(Block(f"point-{one.key}", _("Point %(n)s") % {"n": one.place}, tuple(
            [one.text, *_beside(one.answers), *_beside(one.own)])) for one in page.points),
        Block("whole", _("What we say to it"), tuple(_beside(page.whole))),
        Block("unused", _("Good at, and not used yet"), tuple(_strong(page.unused))),
        Block("used", _("Good at, and used"), tuple(_strong(page.used))),
        Block("goals", _("Goals"), tuple(f"{one.title} {one.now}".strip() for one in page.goals)),
        Block("owed", _("Owed to the family"), tuple(_promised(page.owed))),
        Block("ours", _("The family said they would"), tuple(_promised(page.ours))),
        Block("exit", _("How this ends"), (page.exit,) if page.exit else (_("Nobody has said yet."),)),
        Block("celebrated", _("Celebrated"), tuple(_quoted(one) for one in page.celebrated)),
    ]  # fmt: skip
    return (block for block in every if block.texts)


def _head(page: PlanPage) -> Iterator[str]:
    yield from (f"{who}: {said.text}" for who, said in page.head.lives)
    if page.head.mission:
        yield page.head.mission.text
    yield from page.head.rules


def _quoted(said: Words) -> str:
    return f"{said.text} ({said.by})"


def _needs(lines: Iterable[NeedLine]) -> Iterator[str]:
    for one in lines:
        yield from (f"{who}: {what}" for who, what in one.each) if one.each else (one.whole.text,)
        if one.whose:
            yield _("To change: %(whose)s.") % {"whose": one.whose}


def _beside(answers: Iterable[dict[str, Any]]) -> Iterator[str]:
    for one in answers:
        yield from (_spoken(said) for said in (one, *one.get("replies", ())))


def _spoken(said: dict[str, Any]) -> str:
    """ "Anne agrees: as it is (14 Mar)"."""
    text = said.get("text", "")
    who = f"{said['who']}:" if text and not said["who"].endswith((".", ":", "!", "?")) else said["who"]
    return " ".join(part for part in (who, text, f"({said['meta']})" if said.get("meta") else "") if part)


def _strong(lines: Iterable[StrengthLine]) -> Iterator[str]:
    for one in lines:
        where = " " + _("Point %(n)s.") % {"n": one.points} if one.points else ""
        yield f"{one.who}: {one.said.text}{where} ({one.said.by})"


def _promised(lines: Iterable[dict[str, Any]]) -> Iterator[str]:
    for one in lines:
        due = "" if _names_its_day(one) else one["due"]
        parts = (one["who"], one["what"], f"({due})" if due else "", *one["notes"])
        yield " ".join(part for part in parts if part)


def _names_its_day(one: dict[str, Any]) -> bool:
    """Whether the words of a promise that is open say already by which day, so that paper need not say it twice."""
    day = DAY.search(one["due"]) if one["state"] == "open" else None
    return day is not None and day[0] in " ".join((one["what"], *one["notes"]))


def holds(page: PlanPage) -> bool:
    """Whether the letters of the paper file hold everything that is said here; other scripts print in the browser."""
    return all(HELD.fullmatch(text) for block in blocks_of(page) for text in block.texts)


def pdf(page: PlanPage, *, lang: str, day: str, ours: bool, clear: Callable[[str], str]) -> bytes:
    """One page, PDF/UA-1: title, language, headings and lists are marked. The same plan gives the same bytes.

    `clear`: takes out of a text what must not reach whom the file is for (access.leaving).
    """
    gone: list[Block] = []
    blocks = [Block(one.name, one.called, tuple(map(clear, one.texts))) for one in blocks_of(page)]
    for _step, size in STEPS:
        told = _told(page, blocks, gone, size=size, lang=lang, day=day, ours=ours)
        if _pages(told) == 1:
            return _made(told)
    for block in giving_way(blocks):
        gone.append(block)
        told = _told(page, blocks, gone, size=size, lang=lang, day=day, ours=ours)
        if _pages(told) == 1:
            break
    return _made(told)


def _told(
    page: PlanPage, blocks: list[Block], gone: list[Block], *, size: float, lang: str, day: str, ours: bool
) -> dict[str, str]:  # fmt: skip
    """What the template is told, as JSON: words stay words there, whatever signs they hold."""
    names = {block.name for block in gone}
    told = {
        "title": _("Our plan") if ours else _("The family’s plan"), "lang": lang, "words": page.lang or lang,
        "says": page.says, "day": day, "size": size,
        "blocks": [
            {"called": one.called, "point": one.name.startswith("point-"), "texts": list(one.texts)}
            for one in blocks
            if one.name not in names
        ],
        "gone": left_out([one.called for one in _in_order(blocks, gone)]),
        "constant": _("Not everything that is held is shown here."),
    }  # fmt: skip
    return {"data": json.dumps(told)}


def left_out(named: Iterable[str]) -> str:
    """What has no room, and where it is read; '' for nothing."""
    listed = ", ".join(named)
    return _("No room here for: %(what)s. Read it in Alongside, under Plan.") % {"what": listed} if listed else ""


def _pages(told: dict[str, str]) -> int:
    found = typst.query(
        TEMPLATE, "<last>", field="value", one=True, sys_inputs=told, font_paths=[FONTS], ignore_system_fonts=True
    )
    return int(json.loads(found))


def _made(told: dict[str, str]) -> bytes:
    return typst.compile(
        TEMPLATE, format="pdf", pdf_standards=["ua-1"], sys_inputs=told, font_paths=[FONTS], ignore_system_fonts=True,
        timestamp=0,
    )  # fmt: skip
