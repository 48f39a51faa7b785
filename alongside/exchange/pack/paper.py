"""What was handed over, on paper: a tagged PDF that is read from front to back."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.exchange.pack.asked import Asked
from alongside.exchange.pack.story import Line

TEMPLATE = Path(__file__).with_name("pack.typ")
FONTS = Path(__file__).parents[2] / "look" / "paper"
# What the letters of the paper file hold: Latin, Greek, Cyrillic and signs. Other scripts print in the browser.
HELD = re.compile(
    r"[\u0000-\u052f\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2190-\u2193\u2212\ufb01\ufb02]*"
)
QUOTES = {"nb": "«»", "en": "“”"}


def holds(parts: list[list[Line]]) -> bool:
    """Whether the letters of the paper file hold everything that is said here."""
    return bool(HELD.fullmatch(json.dumps(parts, ensure_ascii=False)))


def pdf(parts: list[list[Line]], *, asked: Asked, day: str, clear: Callable[[str], str]) -> bytes:
    """All parts, PDF/UA-1: title, language, headings and lists are marked. The same parts give the same bytes.

    `day`: the day it was handed over, in words. `clear`: takes out of a text what must not reach whom the file is for.
    """
    with translation.override(asked.lang):
        told = {
            "lang": asked.lang, "title": title(asked),
            "says": _("Handed over on %(day)s. It begins with what happened first.") % {"day": day},
            "people_called": _("The people in it"), "constant": _("Not everything that is held is shown here."),
            "people": [_person(one, clear) for one in parts[0]],
            "lines": [_told(line, asked.lang, clear) for part in parts[1:] for line in part],
        }  # fmt: skip
    return typst.compile(
        TEMPLATE, format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": json.dumps(told)}, font_paths=[FONTS],
        ignore_system_fonts=True, timestamp=0,
    )  # fmt: skip


def title(asked: Asked) -> str:
    """What it is called, without a name: paper lies about."""
    own = asked.about == asked.person
    return _("Everything written about you") if own else _("Everything written about your child")


def _person(one: Line, clear: Callable[[str], str]) -> dict[str, str]:
    about = " ".join(text for text in (one["about"] and one["about"] + ".", one["when"], one["also"]) if text)
    return {"name": clear(one["name"]), "about": clear(about)}


def _told(line: Line, lang: str, clear: Callable[[str], str]) -> dict[str, str]:
    text, marks = line["text"], QUOTES.get(line["lang"] or lang, "“”")
    if line["quoted"] and text:
        text = f"{marks[0]}{text}{marks[1]}"
    under = " · ".join(part for part in (line["know"], *line["by"]) if part)
    return {
        "month": line["month"], "as": line["as"], "label": clear(line["label"]), "text": clear(text),
        "lang": line["lang"] or lang, "under": clear(under), "note": clear(line["note"]),
    }  # fmt: skip
