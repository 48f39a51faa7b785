"""Partial dates: when it was so, as exactly as somebody said it and no more.

The canonical text (`Partial.text`) is one of

    ""                            not said
    2026  2026-03  2026-03-14  2026-03-14T16:30     local time of the office
    1960~                         about; any of the above may carry it
    2026-03/..   ../2026-03   2024/2026-03          from, until, from and until
    2019-03/2019-05 "våren 2019"  the person's own words, with their bounds
    "when the boat sank"          words whose bounds nobody knows

The first quotation mark opens the words and the last character closes them, so
words may hold quotation marks. `first` and `last` are proleptic Gregorian
ordinals (`date.toordinal`), both inclusive, None where open or unknown.
"About" does not widen the bounds: nobody said how wide it is.

Words that lean on the day they were said ("yesterday", "last summer") are turned
into dates at once: they would be untrue the day after.
"""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache, total_ordering
from typing import NamedTuple

LONGEST_WORDS = 120
AHEAD = 183  # days; a day and month further ahead than this needs its year said


def N_(text: str) -> str:
    """Marks a sentence for translation; who shows it translates it."""
    return text


SENTENCES = {
    "no-such-day": N_("There is no such day: {value}."),
    "no-such-month": N_("There is no such month: {value}."),
    "no-such-year": N_("We cannot read this year: {value}."),
    "no-such-week": N_("There is no such week: {value}."),
    "no-such-time": N_("There is no such time of day: {value}."),
    "another-weekday": N_("The weekday and the date do not fit together: {value}."),
    "ends-before-it-begins": N_("This ends before it begins: {value}."),
    "too-long": N_("This is too long for a date: {value}."),
}


class NotADate(ValueError):
    """A date that cannot be. `code` is a key of SENTENCES, `value` what was typed."""

    def __init__(self, code: str, value: str):
        self.code, self.value = code, value[:60]
        super().__init__(SENTENCES[code].format(value=self.value))


@total_ordering
@dataclass(frozen=True, slots=True)
class Partial:
    """When it was so: canonical text and bounds in ordinal days. Sorts by `first`, open first."""

    text: str = ""
    first: int | None = None
    last: int | None = None

    @property
    def words(self) -> str:
        """The person's own words, "" when the date says it all."""
        return self.text[self.text.index('"') + 1 : -1] if '"' in self.text else ""

    @property
    def bounds(self) -> str:
        """The canonical text without the words: "" when unknown."""
        return self.text.split('"', 1)[0].strip()

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.first or 0, self.last or dt.date.max.toordinal() + 1, self.text)

    def __lt__(self, other: "Partial") -> bool:
        return self.order < other.order

    def __bool__(self) -> bool:
        return self.text != ""


UNSAID = Partial()


# The canonical form

_ATOM = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:T([0-9]{2}):([0-9]{2}))?)?)?(~?)")


class _Atom(NamedTuple):
    year: int
    month: int
    day: int
    time: str
    about: bool

    @property
    def first(self) -> int:
        return dt.date(self.year, self.month or 1, self.day or 1).toordinal()

    @property
    def last(self) -> int:
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return dt.date(self.year, month, day).toordinal()


@lru_cache(maxsize=4096)
def _atom(text: str) -> _Atom | None:
    """One canonical date; None if it is not of that form. NotADate if it cannot be."""
    m = _ATOM.fullmatch(text)
    if not m:
        return None
    year, month, day = int(m[1]), int(m[2] or 0), int(m[3] or 0)
    _check(year, month if m[2] else 1, day if m[3] else 1, text)
    if m[4] and (int(m[4]) > 23 or int(m[5]) > 59):
        raise NotADate("no-such-time", text)
    return _Atom(year, month, day, f"{m[4]}:{m[5]}" if m[4] else "", bool(m[6]))


def _check(year: int, month: int, day: int, said: str) -> None:
    if not 1 <= year <= 9999:
        raise NotADate("no-such-year", said)
    if not 1 <= month <= 12:
        raise NotADate("no-such-month", said)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise NotADate("no-such-day", said)


def _bounded(bounds: str, words: str = "") -> Partial | None:
    """The Partial for canonical bounds and words; None if the bounds are not canonical."""
    if len(words) > LONGEST_WORDS:
        raise NotADate("too-long", words)
    if not bounds:
        return Partial(f'"{words}"') if words else UNSAID
    halves = bounds.split("/")
    if len(halves) > 2 or halves == ["..", ".."] or bounds == "..":
        return None
    atoms = [None if half == ".." else _atom(half) for half in halves]
    if any(atom is None and half != ".." for atom, half in zip(atoms, halves, strict=True)):
        return None
    begin, end = atoms[0], atoms[-1]
    if begin and end and begin is not end:
        backwards = begin.first > end.last
        same_day = begin.first == begin.last == end.first == end.last
        if backwards or (same_day and begin.time and end.time and begin.time > end.time):
            raise NotADate("ends-before-it-begins", bounds)
    text = f'{bounds} "{words}"' if words else bounds
    return Partial(text, begin.first if begin else None, end.last if end else None)


def canonical(text: str) -> Partial | None:
    """The Partial a canonical text stands for; None if it is not canonical."""
    if text.endswith('"') and text.count('"') > 1:
        bounds, words = text[:-1].split('"', 1)
        return _bounded(bounds.strip(), words.strip())
    return _bounded(text) if text else UNSAID


def on(day: dt.date) -> Partial:
    """That day; a datetime keeps hour and minute as they stand (give local time)."""
    time = f"T{day:%H:%M}" if isinstance(day, dt.datetime) else ""
    return Partial(f"{_iso(day)}{time}", day.toordinal(), day.toordinal())


def _iso(day: dt.date | int) -> str:
    day = dt.date.fromordinal(day) if isinstance(day, int) else day
    return f"{day.year:04d}-{day.month:02d}-{day.day:02d}"


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + n - 7 * ((a + 11 * h + 22 * n) // 451) + 114, 31)
    return dt.date(year, month, day + 1)


# Words of two languages. Both are understood whatever the language of the page.

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
}
_SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "nb": "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
}
_SAY = {
    "en": {"about": "about", "to": "to", "from": "from", "until": "until", "time": ", {}"},
    "nb": {"about": "ca.", "to": "til", "from": "fra", "until": "fram til", "time": " kl. {}"},
}
_LATE = {"en": "written {} about {}", "nb": "skrevet {} om {}"}


def _language(lang: str) -> str:
    return "nb" if lang.lower()[:2] in {"nb", "nn", "no", "da"} else "en"


def _numbered(table: dict[str, str], start: int) -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for names in table.values()
        for number, name in enumerate(names.split(), start)
    }


_MONTH = {**_numbered(_MONTHS, 1), **_numbered(_SHORT, 1), "sept": 9}
_WEEKDAY = _numbered(_DAYS, 0) | {name[:3]: number for name, number in _numbered(_DAYS, 0).items()}
_SEASON = {  # canonical bounds, Y the year and P the year before
    "Y-03/Y-05": "spring våren vår",
    "Y-06/Y-08": "summer sommeren sommer",
    "Y-09/Y-11": "autumn fall høsten høst",
    "P-12/Y-02": "winter vinteren vinter",
    "Y-12-20/N-01-02": "christmas julen jula jul",
    "easter": "easter påsken påska påske",
}
_SPAN = {name: bounds for bounds, names in _SEASON.items() for name in names.split()}
_RELATIVE = {  # first and last day, counted from today
    (0, 0): "today|i dag|idag|now|nå|this morning|this afternoon|this evening|tonight|i morges|"
    "i formiddag|i ettermiddag|i kveld",
    (-1, -1): "yesterday|i går|igår|yesterday morning|yesterday afternoon|yesterday evening|"
    "i går morges|i går ettermiddag|i går kveld",
    (-1, 0): "last night|i natt",
    (-2, -2): "the day before yesterday|i forgårs",
    (1, 1): "tomorrow|i morgen",
}
_RELATIVE_DAY = {name: span for span, names in _RELATIVE.items() for name in names.split("|")}
_COUNT = {
    name: number
    for names in ("one two three four five six seven eight nine ten", "en to tre fire fem seks sju åtte ni ti")
    for number, name in enumerate(names.split(), 1)
} | {"a": 1, "an": 1, "ei": 1, "et": 1, "ett": 1}
_UNIT = {"day": 0, "dag": 0, "week": 1, "uke": 1, "month": 2, "måned": 2, "year": 3, "år": 3}


def _any(names) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


# Reading what people say


class _Found(NamedTuple):
    """Canonical bounds; `own`: keep what was said; `words`: or these instead."""

    bounds: str
    own: bool = False
    words: str = ""


class _Said(NamedTuple):
    """One saying, casefolded; `year` is lent by the other half of a range.

    `depth` ends the taking apart: without it "i i i ~~~" has as many ways as a tree.
    """

    text: str
    today: dt.date
    year: int | None = None
    depth: int = 0
    daytime: bool = False

    def part(self, text: str, year: int | None = None) -> "_Said":
        return self._replace(text=text.strip(), year=year or self.year, depth=self.depth + 1)

    def match(self, pattern: str) -> re.Match | None:
        return _compiled(pattern).fullmatch(self.text)


@cache
def _compiled(pattern: str) -> re.Pattern:
    pattern = pattern.replace("MONTH", f"({_any(_MONTH)})").replace("WEEKDAY", f"({_any(_WEEKDAY)})")
    return re.compile(pattern)


def parse(text: str | None, *, today: dt.date, lang: str = "en", daytime: bool = False) -> Partial:
    """What somebody typed, as a partial date. Words not understood are kept as words.

    `today` is the local day it is said on. English and Norwegian are both understood on every
    page; `lang` is for languages whose words would mean two things (none so far). `daytime`: what is told of
    happens by day, so "at 4" is in the afternoon unless it says am, morning or night.
    Raises NotADate for a date that cannot be ("31.2.2026"), and for nothing else.
    """
    said = _clean(text or "")
    if len(said) > 2 * LONGEST_WORDS:
        raise NotADate("too-long", said)
    exact = canonical(said)
    if exact is not None:
        return exact
    try:
        found = _read(_Said(said.casefold().rstrip(" .!"), today, daytime=daytime))
    except NotADate as wrong:
        raise NotADate(wrong.code, said) from None
    if found is None:
        return _bounded("", said)
    words = said if found.own else found.words
    return _bounded(found.bounds, words.strip(' "')) or _bounded("", said)


def _clean(text: str) -> str:
    """One line without control, surrogate and direction characters, composed (NFC)."""
    kept = (" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    line = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", "".join(kept))
    return unicodedata.normalize("NFC", " ".join(line.split()))


def _read(said: _Said) -> _Found | None:
    for reader in (_range, _open, _one):
        found = reader(said)
        if found:
            return found
    return None


def _one(said: _Said) -> _Found | None:
    """One point or span of time, not a range of two."""
    if said.depth > 4:
        return None
    for reader in _READERS:
        try:
            found = reader(said)
        except NotADate:
            raise
        except (ValueError, OverflowError):  # outside the years a calendar has
            found = None
        if found:
            return found
    return None


def _range(said: _Said) -> _Found | None:
    m = said.match(r"([0-9]{1,2})\.? ?(?:-|–|to|til) ?([0-9]{1,2}\.? MONTH\.?(?: [0-9]{4})?)")
    if m:
        end = _one(said.part(m[2]))
        begin = end and f"{end.bounds[:8]}{int(m[1]):02d}"
        return _Found(f"{begin}/{end.bounds}") if end else None
    m = (
        said.match(r"(?:between|mellom) (.+?) (?:and|og) (.+)")
        or said.match(r"(?:from |fra )?(.+?)(?: (?:to|til|until|-|–) |–)(.+)")
        or said.match(r"([0-9]{4})-([0-9]{4})")
    )
    end = m and _one(said.part(m[2]))
    if not end:
        return None
    year = re.search(r"[0-9]{4}", m[2]) and int(end.bounds.split("/")[-1][:4])
    begin = _one(said.part(m[1], year))
    if begin and year and begin.bounds.split("/")[0] > end.bounds.split("/")[-1]:
        begin = _one(said.part(m[1], year - 1))
    return begin and _joined(begin, end)


def _joined(begin: _Found, end: _Found) -> _Found:
    bounds = f"{begin.bounds.split('/')[0]}/{end.bounds.split('/')[-1]}"
    return _Found(bounds, (begin.own or end.own) and not (begin.words or end.words))


def _open(said: _Said) -> _Found | None:
    m = said.match(
        r"(?:(from|since|fra|siden)|(until|till|up to|til|fram til|frem til|inntil)|"
        r"(before|før)|(after|etter)) (.+)"
    )
    found = m and _one(said.part(m[5]))
    if not found or ".." in found.bounds:
        return None
    begin, end = found.bounds.split("/")[0], found.bounds.split("/")[-1]
    own = found.own and not found.words
    if m[1]:
        return _Found(f"{begin}/..", own)
    if m[2]:
        return _Found(f"../{end}", own)
    edge, step = (_atom(begin).first, -1) if m[3] else (_atom(end).last, 1)
    if not 1 <= edge + step <= dt.date.max.toordinal():
        return None
    day = _iso(edge + step)
    return _Found(f"../{day}" if m[3] else f"{day}/..")


def _about(said: _Said) -> _Found | None:
    m = said.match(
        r"(?:about|around|circa|approximately|roughly|ca?\.?|cirka|omkring|omtrent|rundt)"
        r" (.+)"
    ) or said.match(r"(.+?) ?[~?]")
    found = m and _one(said.part(m[1]))
    if not found or not _ATOM.fullmatch(found.bounds) or found.own or found.words:
        return found and found._replace(own=not found.words)
    return _Found(found.bounds.rstrip("~") + "~")


_EARLY = "in the morning|in the night|at night|om morgenen|om natta|om natten"
_LATER = "in the afternoon|in the evening|om ettermiddagen|om kvelden"


def _with_time(said: _Said) -> _Found | None:
    m = said.match(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ][0-9:.,]+ ?(?:z|[+-][0-9]{2}:?[0-9]{2})")
    if m:  # another zone's clock: the day is near enough, the rest stays as written
        return _Found(m[1], own=True) if _atom(m[1]) else None
    m = said.match(
        r"(.+?)(?:,? (?:kl\.?|klokka|klokken|at) ?|,? |t)([0-9]{1,2})"
        rf"(?:[:.]([0-9]{{2}}))?(?::[0-9]{{2}})?(?: ?(am|pm)| ({_EARLY}|{_LATER}))?"
    )
    sure = m and (m[4] or m[5] or re.search(r"(kl\.?|klokka|klokken|at) ?[0-9.]+$|[0-9]:[0-9]", said.text))
    day = sure and _one(said.part(m[1]))
    if not day or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day.bounds) or day.own:
        return None
    hour, minute = int(m[2]), int(m[3] or 0)
    if hour > 23 or minute > 59 or (m[4] and not 1 <= hour <= 12):
        raise NotADate("no-such-time", said.text)
    if m[4]:
        hour = hour % 12 + (12 if m[4] == "pm" else 0)
    elif hour < 12 and (re.fullmatch(_LATER, m[5] or "") or (said.daytime and not m[5] and _by_day(m[2], m[1]))):
        hour += 12
    return _Found(f"{day.bounds}T{hour:02d}:{minute:02d}")


def _by_day(hour: str, day: str) -> bool:
    """Whether a bare hour, as typed, is one of the afternoon: "4", and not "04" or "this morning at 6"."""
    return len(hour) == 1 and 1 <= int(hour) <= 6 and not re.search("night|morning|natt|morges|formiddag", day)


def _numbers(said: _Said) -> _Found | None:
    """14.3.2026, 14/3, 3.2026, 2026-3-14: the day first, as both countries write it."""
    m = said.match(r"([0-9]{4})/([0-9]{2})")
    if m and int(m[2]) == (int(m[1]) + 1) % 100:  # "2018/19" is a winter or a school year
        return _Found(f"{m[1]}/{int(m[1]) + 1:04d}", own=True)
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


def _named(said: _Said) -> _Found | None:
    """14 March 2026, 14. mars, lørdag 14. mars, March 14, March 2026, mars, in 2026."""
    m = said.match(r"([0-9]{4})(~?)")
    if m:
        return _Found(m[0]) if _atom(m[0]) else None
    m = said.match(r"MONTH\.?(?: ([0-9]{4}))?")
    if m:
        return _dated(said, m[2], _MONTH[m[1]], None)
    m = said.match(r"MONTH\.? ([0-9]{1,2})(?:st|nd|rd|th)?,?(?: ([0-9]{4}))?")
    if m:
        return _dated(said, m[3], _MONTH[m[1]], m[2])
    m = said.match(
        r"(?:WEEKDAY\.?,? )?(?:the |den )?([0-9]{1,2})(?:\.|st|nd|rd|th)?(?: of)? "
        r"MONTH\.?,?(?: ([0-9]{4}))?"
    )
    found = m and _dated(said, m[4], _MONTH[m[3]], m[2])
    if m and m[1] and dt.date.fromisoformat(found.bounds).weekday() != _WEEKDAY[m[1]]:
        raise NotADate("another-weekday", said.text)
    return found


def _dated(said: _Said, year: str | None, month: int, day: str | None) -> _Found:
    """Year, month and day as found; a year not said is the nearest that makes sense."""
    if not year:
        _check(said.year or 2000, month, int(day or 1), said.text)
        number = said.year or _unsaid_year(said.today, month, int(day or 1))
    elif len(year) == 2:
        number = said.today.year // 100 * 100 + int(year)
        number -= 100 if number > said.today.year + 5 else 0
    else:
        number = int(year)
    _check(number, month, int(day) if day is not None else 1, said.text)
    return _Found(f"{number:04d}-{month:02d}" + (f"-{int(day):02d}" if day is not None else ""))


def _unsaid_year(today: dt.date, month: int, day: int) -> int:
    """This year, unless that would be more than half a year ahead."""
    day = min(day, calendar.monthrange(today.year, month)[1])
    ahead = (dt.date(today.year, month, day) - today).days
    return today.year - 1 if ahead > AHEAD else today.year


def _relative(said: _Said) -> _Found | None:
    today = said.today
    if said.text in _RELATIVE_DAY:
        a, b = (_iso(today.toordinal() + step) for step in _RELATIVE_DAY[said.text])
        return _Found(a if a == b else f"{a}/{b}")
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
        return _Found(f"{_iso(monday)}/{_iso(monday + 6)}")
    return _Found(f"{today.year - back:04d}" if unit == "y" else _months_back(today, back))


def _months_back(today: dt.date, count: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    return f"{year:04d}-{month + 1:02d}"


def _ago(said: _Said) -> _Found | None:
    count = rf"([0-9]{{1,3}}|{_any(_COUNT)})"
    m = said.match(rf"{count} (day|week|month|year)s? ago") or said.match(
        rf"(?:for )?{count} (dag|uke|måned|år)(?:er|r)? siden"
    )
    if not m:
        return None
    number, unit, today = _COUNT.get(m[1]) or int(m[1]), _UNIT[m[2]], said.today
    if unit == 0:
        return _Found(_iso(today.toordinal() - number))
    if unit == 1:
        return _Found(_iso(today.toordinal() - 7 * number) + "~")
    return _Found((_months_back(today, number) if unit == 2 else f"{today.year - number:04d}") + "~")


def _weekday(said: _Said) -> _Found | None:
    """The last such day up to today; "på tirsdag" and "next" look ahead."""
    m = said.match(
        r"(?:(on|this|den)|(last|sist|forrige)|(next|neste|på)) ?WEEKDAY\.?"
        r"|WEEKDAY\.?(?: (?:morning|afternoon|evening|morgen|ettermiddag|kveld))?"
    )
    if not m:
        return None
    back = (said.today.weekday() - _WEEKDAY[m[4] or m[5]]) % 7
    if m[2] and back == 0:
        back = 7
    if m[3]:
        back -= 7
    return _Found(_iso(said.today.toordinal() - back))


def _span(said: _Said) -> _Found | None:
    """Seasons and feasts: våren 2019, last summer, jula 2024, i fjor sommer."""
    m = said.match(
        rf"(?:(i fjor |last )|(i |this |denne )|in the |in |the )?({_any(_SPAN)})"
        r"(?:,? (?:in |of |i )?([0-9]{4}|fjor))?"
    )
    if not m:
        return None
    name, year = m[3], m[4]
    if year and year != "fjor":
        return _Found(_span_bounds(_SPAN[name], int(year)), own=True)
    begun = _span_year(_SPAN[name], said.today, ended=m[1] == "last ")
    seasonal = _SPAN[name].startswith("Y-0")
    if year == "fjor" or m[1] == "i fjor ":
        begun = said.today.year - 1
    elif m[2] and seasonal:
        begun = said.today.year
    number = said.year or begun
    return _Found(_span_bounds(_SPAN[name], number), words=f"{name} {number:04d}")


def _span_bounds(shape: str, year: int) -> str:
    if shape == "easter":
        sunday = easter(year).toordinal()
        return f"{_iso(sunday - 8)}/{_iso(sunday + 1)}"
    _check(year - 1, 1, 1, str(year))
    _check(year + 1, 1, 1, str(year))
    return shape.replace("Y", f"{year:04d}").replace("P", f"{year - 1:04d}").replace("N", f"{year + 1:04d}")


def _span_year(shape: str, today: dt.date, *, ended: bool) -> int:
    """The year of the latest such span that had begun, or ended, by today."""
    for year in (today.year + 1, today.year):
        span = _bounded(_span_bounds(shape, year))
        if (span.last < today.toordinal()) if ended else (span.first <= today.toordinal()):
            return year
    return today.year - 1


def _week(said: _Said) -> _Found | None:
    m = said.match(r"(?:i |in )?(?:week|uke) ?([0-9]{1,2})(?:,? (?:i |in |of )?([0-9]{4}))?")
    m = m or said.match(r"([0-9]{4})-w([0-9]{2})")
    if not m:
        return None
    iso = said.text[0].isdigit()
    week, year = (int(m[2]), m[1]) if iso else (int(m[1]), m[2])
    number = int(year) if year else said.year or _unsaid_year(said.today, min(12, week // 4 + 1), 1)
    try:
        monday = dt.date.fromisocalendar(number, week, 1).toordinal()
    except ValueError:
        raise NotADate("no-such-week", said.text) from None
    words = "" if year else f"{'uke' if 'uke' in said.text else 'week'} {week} {number:04d}"
    return _Found(f"{_iso(monday)}/{_iso(monday + 6)}", own=bool(year), words=words)


def _decade(said: _Said) -> _Found | None:
    m = said.match(r"(?:in the |the |på |i )?([0-9]{4}|[0-9]{2})(?:s|-?tallet|-?åra|-?årene)")
    if not m or m[1][-1] != "0":
        return None
    year = int(m[1])
    if len(m[1]) == 2:
        year += said.today.year // 100 * 100
        year -= 100 if year > said.today.year else 0
    return _Found(f"{year:04d}/{year + (9 if year % 100 else 99):04d}", own=True)


def _bare(said: _Said) -> _Found | None:
    """The same without a leading "on", "in", "i", "på", "den"."""
    m = said.match(r"(?:on|in|i|på|den|the) (.+)")
    return m and _one(said.part(m[1]))


_READERS: tuple[Callable[[_Said], _Found | None], ...] = (
    _about,
    _relative,
    _ago,
    _weekday,
    _span,
    _week,
    _decade,
    _numbers,
    _named,
    _with_time,
    _bare,
)


# Saying it again


def show(so: Partial, lang: str, today: dt.date, long: bool = False) -> str:
    """For people: "14 Nov", "14. nov. 2024", "about 1960", or their own words. "" if not said.

    Long adds weekday and year and writes the month out.
    """
    if so.words or not so:
        return so.words
    say = _SAY[_language(lang)]
    halves = [None if half == ".." else _atom(half) for half in so.text.split("/")]
    years = long or any(atom and _needs_year(atom, today) for atom in halves)
    shown = [atom and _show_atom(atom, _language(lang), years, long) for atom in halves]
    if len(shown) == 1:
        return shown[0]
    if not shown[0]:
        return f"{say['until']} {shown[1]}"
    if not shown[1]:
        return f"{say['from']} {shown[0]}"
    return f"{shown[0]} {say['to']} {shown[1]}"


def season(so: Partial, lang: str) -> str:
    """ "spring 2019", "våren 2019": a season or feast of a year in the reader's language; '' for anything else."""
    m = re.fullmatch(rf"({_any(_SPAN)}) ([0-9]{{4}})", so.words.casefold())
    if not m:
        return ""
    names = _SEASON[_SPAN[m[1]]].split()
    name = names[0] if _language(lang) == "en" else next(one for one in names if one.endswith(("en", "a")))
    return f"{name.capitalize() if name in ('christmas', 'easter') else name} {m[2]}"


def _needs_year(atom: _Atom, today: dt.date) -> bool:
    if not atom.day:
        return True
    return atom.year != today.year or atom.first - today.toordinal() > AHEAD


def _show_atom(atom: _Atom, lang: str, years: bool, long: bool) -> str:
    say = _SAY[lang]
    names = _SHORT if atom.day and not long else _MONTHS
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
    return _DAYS[_language(lang)].split()[(ordinal + 6) % 7]


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
    return _LATE[_language(lang)].format(*names).replace("about about", "about")


# Asking again


def learnt_late(so: Partial, learnt: Partial) -> int:
    """Whole days between the last day it can have been so and the first it was learnt; 0 if none."""
    if so.last is None or learnt.first is None:
        return 0
    return max(0, learnt.first - so.last)


def ask_again(so: Partial, kind: str, *, today: dt.date) -> bool:
    """Whether to ask once "is this right?"; the answer yes is always taken.

    "birth" may be long ago, not ahead. "due" (a promise, a meeting) may be ahead, not
    behind. Anything else ("visit") is one day, neither before 1900 nor ahead.
    """
    if kind == "visit" and so and (so.first is None or so.first != so.last):
        return True
    if kind == "due":
        return so.last is not None and so.last < today.toordinal()
    if so.first is not None and so.first > today.toordinal():
        return True
    return kind != "birth" and so.first is not None and so.first < dt.date(1900, 1, 1).toordinal()
