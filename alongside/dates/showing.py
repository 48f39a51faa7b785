"""Saying it again, in the language of the reader."""

import datetime as dt
import re
from functools import lru_cache

from alongside.dates.names import DAYS, LATE, MONTHS, SAY, SEASON, SHORT, SPAN, any_of, language
from alongside.dates.partial import AHEAD, Atom, Partial, atom, learnt_late, on


@lru_cache(maxsize=8192)
def show(so: Partial, lang: str, today: dt.date, long: bool = False) -> str:
    """For people: "14 Nov", "14. nov. 2024", "about 1960", or their own words. "" if not said.

    Long adds weekday and year and writes the month out.
    """
    if so.words or not so:
        return so.words
    say = SAY[language(lang)]
    halves = [None if half == ".." else atom(half) for half in so.text.split("/")]
    years = long or any(one and _needs_year(one, today) for one in halves)
    shown = [one and _show_atom(one, language(lang), years, long) for one in halves]
    if len(shown) == 1:
        return shown[0]
    if not shown[0]:
        return f"{say['until']} {shown[1]}"
    if not shown[1]:
        return f"{say['from']} {shown[0]}"
    return f"{shown[0]} {say['to']} {shown[1]}"


def season(so: Partial, lang: str) -> str:
    """ "spring 2019", "våren 2019": a season or feast of a year in the reader's language; '' for anything else."""
    m = re.fullmatch(rf"({any_of(SPAN)}) ([0-9]{{4}})", so.words.casefold())
    if not m:
        return ""
    names = SEASON[SPAN[m[1]]].split()
    name = names[0] if language(lang) == "en" else next(one for one in names if one.endswith(("en", "a")))
    return f"{name.capitalize() if name in ('christmas', 'easter') else name} {m[2]}"


def _needs_year(atom: Atom, today: dt.date) -> bool:
    if not atom.day:
        return True
    return atom.year != today.year or atom.first - today.toordinal() > AHEAD


def _show_atom(atom: Atom, lang: str, years: bool, long: bool) -> str:
    say = SAY[lang]
    names = SHORT if atom.day and not long else MONTHS
    month = names[lang].split()[atom.month - 1] if atom.month else ""
    day = f"{atom.day}." if atom.day and lang == "nb" else str(atom.day or "")
    weekday = weekday_name(atom.first, lang) if atom.day and long else ""
    year = f"{atom.year:04d}" if years else ""
    text = " ".join(part for part in (weekday, day, month, year) if part)
    time = atom.time.replace(":", ".") if lang == "nb" else atom.time
    text += say["time"].format(time) if time else ""
    return f"{say['about']} {text}" if atom.about else text


def weekday_name(ordinal: int, lang: str) -> str:
    """ "Tuesday", "tirsdag"."""
    return DAYS[language(lang)].split()[(ordinal + 6) % 7]


def weekday_phrase(recorded: dt.date, so: Partial, lang: str) -> str:
    """Late, said and not shamed: "written Tuesday about Saturday". "" when it is not late.

    `recorded` is the local day (or datetime) the record received it. Further back than a
    week, dates stand instead of weekdays.
    """
    day = recorded.date() if isinstance(recorded, dt.datetime) else recorded
    if not learnt_late(so, on(day)):
        return ""
    near = so.first == so.last and day.toordinal() - so.last < 7 and not so.words
    if near and not so.text.endswith("~"):
        names = (weekday_name(day.toordinal(), lang), weekday_name(so.last, lang))
    else:
        names = (show(on(day), lang, day), show(so, lang, day))
    return LATE[language(lang)].format(*names).replace("about about", "about")
