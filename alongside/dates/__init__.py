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

from alongside.dates.easter import easter
from alongside.dates.partial import (
    LONGEST_WORDS,
    SENTENCES,
    UNSAID,
    NotADate,
    Partial,
    ask_again,
    canonical,
    learnt_late,
    on,
)
from alongside.dates.reading import parse
from alongside.dates.showing import season, show, weekday_name, weekday_phrase

__all__ = [
    "LONGEST_WORDS",
    "NotADate",
    "Partial",
    "SENTENCES",
    "UNSAID",
    "ask_again",
    "canonical",
    "easter",
    "learnt_late",
    "on",
    "parse",
    "season",
    "show",
    "weekday_name",
    "weekday_phrase",
]
