"""One point or span of time as people say it, in one way of saying it."""

import calendar
import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from alongside.dates.easter import easter
from alongside.dates.names import COUNT, MONTH, RELATIVE_DAY, SPAN, UNIT, WEEKDAY, any_of
from alongside.dates.partial import AHEAD, NotADate, atom, bounded, check, iso


class Found(NamedTuple):
    """Canonical bounds; `own`: keep what was said; `words`: or these instead."""

    bounds: str
    own: bool = False
    words: str = ""


class Said(NamedTuple):
    """One saying, casefolded; `year` is lent by the other half of a range.

    `depth` ends the taking apart: without it "i i i ~~~" has as many ways as a tree.
    """

    text: str
    today: dt.date
    year: int | None = None
    depth: int = 0
    daytime: bool = False

    def part(self, text: str, year: int | None = None) -> "Said":
        return self._replace(text=text.strip(), year=year or self.year, depth=self.depth + 1)

    def match(self, pattern: str) -> re.Match | None:
        return _compiled(pattern).fullmatch(self.text)


@cache
def _compiled(pattern: str) -> re.Pattern:
    pattern = pattern.replace("MONTH", f"({any_of(MONTH)})").replace("WEEKDAY", f"({any_of(WEEKDAY)})")
    return re.compile(pattern)


def numbers(said: Said) -> Found | None:
    """14.3.2026, 14/3, 3.2026, 2026-3-14: the day first, as both countries write it."""
    m = said.match(r"([0-9]{4})/([0-9]{2})")
    if m and int(m[2]) == (int(m[1]) + 1) % 100:  # "2018/19" is a winter or a school year
        return Found(f"{m[1]}/{int(m[1]) + 1:04d}", own=True)
    m = said.match(r"([0-9]{4})[-./]([0-9]{1,2})(?:[-./]([0-9]{1,2}))?")
    if m:
        return _dated(said, m[1], int(m[2]), m[3])
    m = said.match(r"([0-9]{1,2})[-./]([0-9]{4})")
    if m:
        return _dated(said, m[2], int(m[1]), None)
    m = said.match(r"([0-9]{1,2})[-./] ?([0-9]{1,2})(?:[-./] ?([0-9]{4}|[0-9]{2}))?\.?")
    if m and not m[3] and int(m[1]) < 24 and int(m[2]) > 12 and "." in said.text:
        return None  # "10.30" is a time of some day
    return m and _dated(said, m[3], int(m[2]), m[1])


def named(said: Said) -> Found | None:
    """14 March 2026, 14. mars, lørdag 14. mars, March 14, March 2026, mars, in 2026."""
    m = said.match(r"([0-9]{4})(~?)")
    if m:
        return Found(m[0]) if atom(m[0]) else None
    m = said.match(r"MONTH\.?(?: ([0-9]{4}))?")
    if m:
        return _dated(said, m[2], MONTH[m[1]], None)
    m = said.match(r"MONTH\.? ([0-9]{1,2})(?:st|nd|rd|th)?,?(?: ([0-9]{4}))?")
    if m:
        return _dated(said, m[3], MONTH[m[1]], m[2])
    m = said.match(
        r"(?:WEEKDAY\.?,? )?(?:the |den )?([0-9]{1,2})(?:\.|st|nd|rd|th)?(?: of)? "
        r"MONTH\.?,?(?: ([0-9]{4}))?"
    )
    found = m and _dated(said, m[4], MONTH[m[3]], m[2])
    if m and m[1] and dt.date.fromisoformat(found.bounds).weekday() != WEEKDAY[m[1]]:
        raise NotADate("another-weekday", said.text)
    return found


def _dated(said: Said, year: str | None, month: int, day: str | None) -> Found:
    """Year, month and day as found; a year not said is the nearest that makes sense."""
    if not year:
        check(said.year or 2000, month, int(day or 1), said.text)
        number = said.year or _unsaid_year(said.today, month, int(day or 1))
    elif len(year) == 2:
        number = said.today.year // 100 * 100 + int(year)
        number -= 100 if number > said.today.year + 5 else 0
    else:
        number = int(year)
    check(number, month, int(day) if day is not None else 1, said.text)
    return Found(f"{number:04d}-{month:02d}" + (f"-{int(day):02d}" if day is not None else ""))


def _unsaid_year(today: dt.date, month: int, day: int) -> int:
    """This year, unless that would be more than half a year ahead."""
    day = min(day, calendar.monthrange(today.year, month)[1])
    ahead = (dt.date(today.year, month, day) - today).days
    return today.year - 1 if ahead > AHEAD else today.year


def relative(said: Said) -> Found | None:
    today = said.today
    if said.text in RELATIVE_DAY:
        a, b = (iso(today.toordinal() + step) for step in RELATIVE_DAY[said.text])
        return Found(a if a == b else f"{a}/{b}")
    m = said.match(
        r"(?:i |in )?(?:(this|denne|dette)|last|forrige|sist) "
        r"(week|uka|uken|uke|month|måneden|måned|year)|i (år)|i (fjor)"
    )
    if not m:
        return None
    back = 0 if m[1] or m[3] else 1
    unit = (m[2] or "year")[0]
    if unit in "wu":
        monday = today.toordinal() - today.weekday() - 7 * back
        return Found(f"{iso(monday)}/{iso(monday + 6)}")
    return Found(f"{today.year - back:04d}" if unit == "y" else _months_back(today, back))


def _months_back(today: dt.date, count: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    return f"{year:04d}-{month + 1:02d}"


def ago(said: Said) -> Found | None:
    count = rf"([0-9]{{1,3}}|{any_of(COUNT)})"
    m = said.match(rf"{count} (day|week|month|year)s? ago") or said.match(
        rf"(?:for )?{count} (dag|uke|måned|år)(?:er|r)? siden"
    )
    if not m:
        return None
    number, unit, today = COUNT.get(m[1]) or int(m[1]), UNIT[m[2]], said.today
    if unit == 0:
        return Found(iso(today.toordinal() - number))
    if unit == 1:
        return Found(iso(today.toordinal() - 7 * number) + "~")
    return Found((_months_back(today, number) if unit == 2 else f"{today.year - number:04d}") + "~")


def weekday(said: Said) -> Found | None:
    """The last such day up to today; "på tirsdag" and "next" look ahead."""
    m = said.match(
        r"(?:(on|this|den)|(last|sist|forrige)|(next|neste|på)) ?WEEKDAY\.?"
        r"|WEEKDAY\.?(?: (?:morning|afternoon|evening|morgen|ettermiddag|kveld))?"
    )
    if not m:
        return None
    back = (said.today.weekday() - WEEKDAY[m[4] or m[5]]) % 7
    if m[2] and back == 0:
        back = 7
    if m[3]:
        back -= 7
    return Found(iso(said.today.toordinal() - back))


def span(said: Said) -> Found | None:
    """Seasons and feasts: våren 2019, last summer, jula 2024, i fjor sommer."""
    m = said.match(
        rf"(?:(i fjor |last )|(i |this |denne )|in the |in |the )?({any_of(SPAN)})"
        r"(?:,? (?:in |of |i )?([0-9]{4}|fjor))?"
    )
    if not m:
        return None
    name, year = m[3], m[4]
    if year and year != "fjor":
        return Found(_span_bounds(SPAN[name], int(year)), own=True)
    begun = _span_year(SPAN[name], said.today, ended=m[1] == "last ")
    seasonal = SPAN[name].startswith("Y-0")
    if year == "fjor" or m[1] == "i fjor ":
        begun = said.today.year - 1
    elif m[2] and seasonal:
        begun = said.today.year
    number = said.year or begun
    return Found(_span_bounds(SPAN[name], number), words=f"{name} {number:04d}")


def _span_bounds(shape: str, year: int) -> str:
    if shape == "easter":
        sunday = easter(year).toordinal()
        return f"{iso(sunday - 8)}/{iso(sunday + 1)}"
    check(year - 1, 1, 1, str(year))
    check(year + 1, 1, 1, str(year))
    return shape.replace("Y", f"{year:04d}").replace("P", f"{year - 1:04d}").replace("N", f"{year + 1:04d}")


def _span_year(shape: str, today: dt.date, *, ended: bool) -> int:
    """The year of the latest such span that had begun, or ended, by today."""
    for year in (today.year + 1, today.year):
        bounds = bounded(_span_bounds(shape, year))
        if (bounds.last < today.toordinal()) if ended else (bounds.first <= today.toordinal()):
            return year
    return today.year - 1


def week(said: Said) -> Found | None:
    m = said.match(r"(?:i |in )?(?:week|uke) ?([0-9]{1,2})(?:,? (?:i |in |of )?([0-9]{4}))?")
    m = m or said.match(r"([0-9]{4})-w([0-9]{2})")
    if not m:
        return None
    by_number = said.text[0].isdigit()
    nth, year = (int(m[2]), m[1]) if by_number else (int(m[1]), m[2])
    number = int(year) if year else said.year or _unsaid_year(said.today, min(12, nth // 4 + 1), 1)
    try:
        monday = dt.date.fromisocalendar(number, nth, 1).toordinal()
    except ValueError:
        raise NotADate("no-such-week", said.text) from None
    words = "" if year else f"{'uke' if 'uke' in said.text else 'week'} {nth} {number:04d}"
    return Found(f"{iso(monday)}/{iso(monday + 6)}", own=bool(year), words=words)


def decade(said: Said) -> Found | None:
    m = said.match(r"(?:in the |the |på |i )?([0-9]{4}|[0-9]{2})(?:s|-?tallet|-?åra|-?årene)")
    if not m or m[1][-1] != "0":
        return None
    year = int(m[1])
    if len(m[1]) == 2:
        year += said.today.year // 100 * 100
        year -= 100 if year > said.today.year else 0
    return Found(f"{year:04d}/{year + (9 if year % 100 else 99):04d}", own=True)
