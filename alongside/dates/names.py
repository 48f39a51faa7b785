"""Words of two languages. Both are understood whatever the language of the page."""

import re

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
}
SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "nb": "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
}
DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "nb": "mandag tirsdag onsdag torsdag fredag lørdag søndag",
}
SAY = {
    "en": {"about": "about", "to": "to", "from": "from", "until": "until", "time": ", {}"},
    "nb": {"about": "ca.", "to": "til", "from": "fra", "until": "fram til", "time": " kl. {}"},
}
LATE = {"en": "written {} about {}", "nb": "skrevet {} om {}"}


def language(lang: str) -> str:
    return "nb" if lang.lower()[:2] in {"nb", "nn", "no", "da"} else "en"


def _numbered(table: dict[str, str], start: int) -> dict[str, int]:
    return {
        name.casefold().rstrip("."): number
        for names in table.values()
        for number, name in enumerate(names.split(), start)
    }


MONTH = {**_numbered(MONTHS, 1), **_numbered(SHORT, 1), "sept": 9}
WEEKDAY = _numbered(DAYS, 0) | {name[:3]: number for name, number in _numbered(DAYS, 0).items()}
SEASON = {  # canonical bounds, Y the year and P the year before
    "Y-03/Y-05": "spring våren vår",
    "Y-06/Y-08": "summer sommeren sommer",
    "Y-09/Y-11": "autumn fall høsten høst",
    "P-12/Y-02": "winter vinteren vinter",
    "Y-12-20/N-01-02": "christmas julen jula jul",
    "easter": "easter påsken påska påske",
}
SPAN = {name: bounds for bounds, names in SEASON.items() for name in names.split()}
_RELATIVE = {  # first and last day, counted from today
    (0, 0): "today|i dag|idag|now|nå|this morning|this afternoon|this evening|tonight|i morges|"
    "i formiddag|i ettermiddag|i kveld",
    (-1, -1): "yesterday|i går|igår|yesterday morning|yesterday afternoon|yesterday evening|"
    "i går morges|i går ettermiddag|i går kveld",
    (-1, 0): "last night|i natt",
    (-2, -2): "the day before yesterday|i forgårs",
    (1, 1): "tomorrow|i morgen",
}
RELATIVE_DAY = {name: span for span, names in _RELATIVE.items() for name in names.split("|")}
COUNT = {
    name: number
    for names in ("one two three four five six seven eight nine ten", "en to tre fire fem seks sju åtte ni ti")
    for number, name in enumerate(names.split(), 1)
} | {"a": 1, "an": 1, "ei": 1, "et": 1, "ett": 1}
UNIT = {"day": 0, "dag": 0, "week": 1, "uke": 1, "month": 2, "måned": 2, "year": 3, "år": 3}


def any_of(names) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))
