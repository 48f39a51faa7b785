"""Reading what people say: parts of a saying are taken apart until each is said in one way that is known."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from alongside.dates.partial import ATOM, LONGEST_WORDS, NotADate, Partial, atom, bounded, canonical, iso
from alongside.dates.spoken import Found, Said, ago, decade, named, numbers, relative, span, week, weekday


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
        found = _read(Said(said.casefold().rstrip(" .!"), today, daytime=daytime))
    except NotADate as wrong:
        raise NotADate(wrong.code, said) from None
    if found is None:
        return bounded("", said)
    words = said if found.own else found.words
    return bounded(found.bounds, words.strip(' "')) or bounded("", said)


def _clean(text: str) -> str:
    """One line without control, surrogate and direction characters, composed (NFC)."""
    kept = (" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    line = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", "".join(kept))
    return unicodedata.normalize("NFC", " ".join(line.split()))


def _read(said: Said) -> Found | None:
    for reader in (_range, _open, _one):
        found = reader(said)
        if found:
            return found
    return None


def _one(said: Said) -> Found | None:
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


def _range(said: Said) -> Found | None:
    m = said.match(r"([0-9]{1,2})\.? ?(?:-|–|to|til) ?([0-9]{1,2}\.? MONTH\.?(?: [0-9]{4})?)")
    if m:
        end = _one(said.part(m[2]))
        begin = end and f"{end.bounds[:8]}{int(m[1]):02d}"
        return Found(f"{begin}/{end.bounds}") if end else None
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


def _joined(begin: Found, end: Found) -> Found:
    bounds = f"{begin.bounds.split('/')[0]}/{end.bounds.split('/')[-1]}"
    return Found(bounds, (begin.own or end.own) and not (begin.words or end.words))


def _open(said: Said) -> Found | None:
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
        return Found(f"{begin}/..", own)
    if m[2]:
        return Found(f"../{end}", own)
    edge, step = (atom(begin).first, -1) if m[3] else (atom(end).last, 1)
    if not 1 <= edge + step <= dt.date.max.toordinal():
        return None
    day = iso(edge + step)
    return Found(f"../{day}" if m[3] else f"{day}/..")


def _about(said: Said) -> Found | None:
    m = said.match(
        r"(?:about|around|circa|approximately|roughly|ca?\.?|cirka|omkring|omtrent|rundt)"
        r" (.+)"
    ) or said.match(r"(.+?) ?[~?]")
    found = m and _one(said.part(m[1]))
    if not found or not ATOM.fullmatch(found.bounds) or found.own or found.words:
        return found and found._replace(own=not found.words)
    return Found(found.bounds.rstrip("~") + "~")


_EARLY = "in the morning|in the night|at night|om morgenen|om natta|om natten"
_LATER = "in the afternoon|in the evening|om ettermiddagen|om kvelden"


def _with_time(said: Said) -> Found | None:
    m = said.match(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[t ][0-9:.,]+ ?(?:z|[+-][0-9]{2}:?[0-9]{2})")
    if m:  # another zone's clock: the day is near enough, the rest stays as written
        return Found(m[1], own=True) if atom(m[1]) else None
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
    return Found(f"{day.bounds}T{hour:02d}:{minute:02d}")


def _by_day(hour: str, day: str) -> bool:
    """Whether a bare hour, as typed, is one of the afternoon: "4", and not "04" or "this morning at 6"."""
    return len(hour) == 1 and 1 <= int(hour) <= 6 and not re.search("night|morning|natt|morges|formiddag", day)


def _bare(said: Said) -> Found | None:
    """The same without a leading "on", "in", "i", "på", "den"."""
    m = said.match(r"(?:on|in|i|på|den|the) (.+)")
    return m and _one(said.part(m[1]))


_READERS: tuple[Callable[[Said], Found | None], ...] = (
    _about,
    relative,
    ago,
    weekday,
    span,
    week,
    decade,
    numbers,
    named,
    _with_time,
    _bare,
)
