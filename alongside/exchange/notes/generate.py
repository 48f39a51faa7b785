"""An invented old system's export, clean and dirty as such files are, to try the reading on.

Names, families and sentences are made up from short lists; the same seed gives the same bytes.
The dirt: notes without text, dates that cannot be, the same row twice, the same key with other
words, lines in Windows-1252 among UTF-8, stray and unclosed quotation marks, empty lines, notes
of several lines and very long ones.
"""

import csv
import datetime as dt
import io
import random
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = (
    "notat_nr",
    "familie_nr",
    "person_nr",
    "fornavn",
    "etternavn",
    "født",
    "dato",
    "lagret",
    "skrevet av",
    "type",
    "overskrift",
    "tekst",
    "kontor",
)
MAP = """\
system = "Gamle journal"
maker = "An invented office, put together by a program"
language = "nb"

[file]
delimiter = ";"

[columns]
key = "notat_nr"
family = "familie_nr"
person = "person_nr"
name = ["fornavn", "etternavn"]
born = "født"
when = "dato"
written = "lagret"
author = "skrevet av"
kind = "type"
title = "overskrift"
text = "tekst"

[dates]
formats = ["DD.MM.YYYY", "YYYY-MM-DD hh:mm", "YYYY-MM-DD"]
"""
FIRST = ("Alva", "Bo", "Dina", "Eskil", "Frøya", "Håkon", "Ida", "Kåre", "Liv", "Noor", "Sær", "Tuva")
LAST = ("Bakke", "Dal", "Eng", "Haug", "Lie", "Myhre", "Næss", "Ås")
AUTHORS = ("Berit Sæther", "Jan Økland", "Mona Vang", "Siri Bråten")
KINDS = ("besøk", "samtale", "brev")
SENTENCES = (
    "{name} viste tegningen av båten og huset.",
    "Vi ble enige om å ringe på torsdag etter skolen.",
    "{name} fortalte at læreren hjelper med lesingen.",
    "Maten sto på bordet, og alle hadde god tid.",
    "{name} vil gå på håndball igjen når været blir bedre.",
    "Mor sa: «Det går bedre om kvelden nå.»",
    "We talked about the new flat and who has which room.",
    "{name} asked when the next visit is; the answer is Monday.",
    'Grandmother said "come whenever you like" and meant it.',
    "The school had rung; it was about the swimming bag.",
)
_DIRT = (  # how many in ten thousand
    ("no-text", 100),
    ("bad-date", 100),
    ("duplicate", 100),
    ("other-words", 50),
    ("stray-quote", 50),
    ("unclosed-quote", 20),
    ("other-columns", 20),
    ("windows", 300),
    ("several-lines", 200),
    ("long", 10),
)
_BAD_DATES = ("32.13.2020", "31.02.2019", "2021-02-30", "snart", "00.00.0000")


@dataclass(slots=True)
class Expected:
    """What reading must find: good rows, bad ones by code, and so on. `lines` are notes written."""

    lines: int = 0
    rows: int = 0
    duplicates: int = 0
    bad: Counter = field(default_factory=Counter)
    families: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)


def write(folder: Path, *, rows: int = 20_000, seed: int = 7) -> Expected:
    """Writes notes.csv and MAP.toml into the folder; says what reading them must give."""
    expected = Expected()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "MAP.toml").write_text(MAP, encoding="utf-8")
    with (folder / "notes.csv").open("wb") as file:
        file.write(_record(COLUMNS).encode())
        for record in _records(random.Random(seed), rows, expected):
            file.write(record)
    return expected


def _records(rng: random.Random, count: int, expected: Expected) -> Iterator[bytes]:
    people = _people(rng, max(1, count // 25))
    earlier: deque[tuple[str, ...]] = deque(maxlen=200)
    for number in range(1, count + 1):
        cells = _note(rng, number, count, rng.choice(people))
        dirt = _choose(rng)
        if dirt in {"duplicate", "other-words"} and not earlier:
            dirt = ""
        if rng.random() < 0.01:
            yield b"\r\n"
        yield _dirty(rng, dirt, cells, earlier, expected)
    yield b";;;;;;;;;;;;\r\n"


def _people(rng: random.Random, count: int) -> list[tuple[str, ...]]:
    """Person rows, one to four siblings a family: family, person, names, born."""
    people = []
    family = 0
    while len(people) < count:
        family += 1
        last = rng.choice(LAST)
        for first in rng.sample(FIRST, rng.randint(1, 4)):
            born = dt.date(2004, 1, 1) + dt.timedelta(days=rng.randrange(6000))
            people.append((f"F{family:05d}", f"P{len(people) + 1:06d}", first, last, f"{born:%d.%m.%Y}"))
    return people


def _note(rng: random.Random, number: int, count: int, person: tuple[str, ...]) -> tuple[str, ...]:
    """One row. The first half writes dates by hand, the second half with a clock."""
    day = dt.datetime(2012, 1, 2, 8) + dt.timedelta(days=number * 4300 // count, minutes=rng.randrange(540))
    saved = day + dt.timedelta(days=rng.choice((0, 0, 0, 1, 3)))
    by_hand = number * 2 <= count
    text = " ".join(s.format(name=person[2]) for s in rng.sample(SENTENCES, rng.randint(1, 5)))
    return (
        f"N{number:07d}",
        *person,
        f"{day:%d.%m.%Y}" if by_hand else f"{day:%Y-%m-%d %H:%M}",
        f"{saved:%Y-%m-%d %H:%M}",
        rng.choice(AUTHORS),
        rng.choice(KINDS),
        rng.choice(("", "Hos familien", "På skolen")),
        text,
        "Nord",
    )


def _choose(rng: random.Random) -> str:
    at = rng.randrange(10_000)
    for dirt, share in _DIRT:
        if at < share:
            return dirt
        at -= share
    return ""


def _dirty(rng, dirt: str, cells: tuple[str, ...], earlier: deque, expected: Expected) -> bytes:
    """The bytes of one record with its dirt, and what is expected of it written down."""
    expected.lines += 1
    if dirt == "duplicate":
        expected.duplicates += 1
        return _record(rng.choice(earlier)).encode()
    if dirt == "other-words":
        expected.bad[dirt] += 1
        return _record(_with(rng.choice(earlier), "tekst", f"Rettet: {cells[11]}")).encode()
    broken = _broken(rng, dirt, cells)
    if broken:
        expected.bad["stray-quote" if dirt == "unclosed-quote" else dirt] += 1
        return broken.encode()
    if dirt == "several-lines":
        cells = _with(cells, "tekst", cells[11].replace(". ", ".\n") + "\n\n- tegning; vedlagt\n- brev")
    if dirt == "long":
        cells = _with(cells, "tekst", " ".join([cells[11]] * (60_000 // len(cells[11]) + 1)))
    expected.rows += 1
    expected.families.add(cells[1])
    expected.persons.add(cells[2])
    earlier.append(cells)
    return _record(cells).encode("cp1252" if dirt == "windows" else "utf-8")


def _broken(rng: random.Random, dirt: str, cells: tuple[str, ...]) -> str:
    """A record nobody can take as it stands; "" when this dirt breaks none."""
    plain = ";".join(cells[:11])
    if dirt == "no-text":
        return _record(_with(cells, "tekst", rng.choice(("", "  ", "\t"))))
    if dirt == "bad-date":
        return _record(_with(cells, "dato", rng.choice(_BAD_DATES)))
    if dirt == "stray-quote":
        return f'{plain};"Hun sa "kom inn" og smilte.";Nord\r\n'
    if dirt == "unclosed-quote":
        return f'{plain};"Han sa at vi kunne komme;Nord\r\n'
    if dirt == "other-columns":
        return f"{plain};Vi snakket; så gikk vi;Nord\r\n"
    return ""


def _with(cells: tuple[str, ...], column: str, value: str) -> tuple[str, ...]:
    place = COLUMNS.index(column)
    return (*cells[:place], value, *cells[place + 1 :])


def _record(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerow(cells)
    return out.getvalue()
