"""Fills a store: measured families through `append`, and around them, for volume, copies of their rows.

A copy has new places, identities, keys and people; its body, salt and hash are those of its pattern, so it
reads like any other entry but would not pass `verify`. Families come in the order of their numbers.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from random import Random
from typing import Any

from django.db import transaction

from alongside import ids
from alongside.record.appending import append, open_family
from alongside.record.entry import SEQ_BITS, first_pk, last_pk
from alongside.record.reading import rows
from alongside.record.statement import Statement
from alongside.site.bench.invented import Act, House, acts
from alongside.site.bench.store import Put, Store, Told

SMALL, LARGE = 100, 5_000
MEASURED = 20  # small ones; and one large
SMALLEST = MEASURED * SMALL + LARGE
LARGE_EVERY = 50_000  # entries of volume for each further large family
BATCH = 50  # families in one transaction
WORKERS = range(2, 42)
COLUMNS = (
    "pk id thing within answers saw kind author speaker via basis mark so so_first so_last "
    "learnt_at written_at recorded_at body about readers salt hash once"
).split()
ENTRY = f"SELECT {', '.join(COLUMNS)} FROM record_entry WHERE pk BETWEEN %s AND %s ORDER BY pk"
REGISTERS = {  # table: (columns, which hold places, which hold persons, the column that tells the family)
    "record_reader": ("person entry because giver since", (1, 4), (0, 3), "entry"),
    "record_about": ("entry person", (0,), (1,), "entry"),
    "record_relationship": ('entry family person kind "to" state', (0,), (2,), "entry"),
    "record_held": ("entry mark", (0,), (), "entry"),
    "dialogue_stems": ("entry stems", (0,), (), "entry"),
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A written family's rows, to be copied."""

    number: int
    house: House
    entries: list[tuple]
    registers: dict[str, list[tuple]]


def plan(size: int) -> list[str]:
    """What stands in the order of family numbers: "large", "small" (measured) and their copies ("+large",
    "+small"), with the measured ones spread over the whole range. Together at most `size` entries."""
    left = size - SMALLEST
    if left < 0:
        raise ValueError(f"at least {SMALLEST} entries")
    large = left // LARGE_EVERY
    small = (left - large * LARGE) // SMALL
    copies = _mixed(["+small"] * small, ["+large"] * large)
    return ["large", "small", *_mixed(copies, ["small"] * (MEASURED - 1))]


def _mixed(many: list[str], few: list[str]) -> list[str]:
    """Both lists in one, the few spread evenly among the many."""
    if not few:
        return many
    step, mixed = len(many) / len(few), []
    for place, one in enumerate(few):
        mixed += [*many[int(place * step) : int((place + 1) * step)], one]
    return mixed


def fill(store: Store, size: int, seed: int, told: Callable[[int, int], None]) -> None:
    """Write `size` entries into an empty store. `told(done, size)` is called as it goes."""
    order = plan(size)
    with store.loading() as (put, there):
        filler = _Filler(store, seed, put)
        filler.office()
        for start in range(0, len(order), BATCH):
            with transaction.atomic():
                for number, what in enumerate(order[start : start + BATCH], start + 1):
                    filler.family(number, what)
            there()
            told(store.entries, size)


class _Filler:
    def __init__(self, store: Store, seed: int, put: Put) -> None:
        self.store, self.seed, self.put = store, seed, put
        self.persons = count(WORKERS.stop)
        self.patterns: dict[str, list[Pattern]] = {"small": [], "large": []}
        self.dice = Random(f"bench {seed} copies")

    def office(self) -> None:
        """The workers' names, in the office's own record."""
        with ids.seeded(f"bench/{self.seed}/office"):
            open_family(0)
            for person in WORKERS:
                body = {"person": person, "name": f"Worker {person}", "called": f"W{person}", "group": "staff"}
                append([Statement("families.met", body)], family=0, by=person, once=f"met/{person}", at=person)

    def family(self, number: int, what: str) -> None:
        house = self._house(number)
        if what.startswith("+"):
            patterns = self.patterns[what[1:]]
            self._copy(patterns[number % len(patterns)], number, house)
        else:
            told = write(number, house, SMALL if what == "small" else LARGE, self.seed, len(self.store.told))
            self.store.told.append(told)
            self.store.entries += told.entries
            self.patterns[what].append(pattern(number, house))

    def _house(self, number: int) -> House:
        kin = [next(self.persons) for _ in range(3)]
        self.put("record_person", ("number", "id"), [(person, f"{self.dice.getrandbits(128):032x}") for person in kin])
        half = len(WORKERS) // 2
        return House(WORKERS[number % half], WORKERS[half + number % half], *kin)

    def _copy(self, pattern: Pattern, number: int, house: House) -> None:
        entries = list(copied(pattern, number, house, self.dice))
        last = (number, ids.code(), len(entries), pattern.entries[-1][17])
        self.put("record_family", ("number", "code", "last_seq", "last_at"), [last])
        self.put("record_entry", COLUMNS, entries)
        for table, (columns, *_) in REGISTERS.items():
            self.put(table, columns.split(), list(_moved(table, pattern, number, house)))
        adults = [(number, house.mother, 1), (number, house.father, 1)]
        self.put("record_adult", ("family", "person", "from_day"), adults)
        self.store.entries += len(entries)


def write(number: int, house: House, entries: int, seed: int, which: int) -> Told:
    """One measured family through `append`. Its words follow from `seed` and `which` alone."""
    closed = entries == SMALL and which % 2 == 0
    with ids.seeded(f"bench/{seed}/{which}"):
        _, code = open_family(number)
        written: list[str] = []
        half = 0
        for place, act in enumerate(acts(house, entries, Random(f"bench {seed} {which}"), closed=closed)):
            half = act.at if len(written) < entries // 2 else half
            written += say(act, number, f"{place}", written)
    return Told(number, code, house, entries, half, closed)


def say(act: Act, family: int, once: str, written: list[str]) -> list[str]:
    """Append one act; links that are seqs become the ids in `written`. Returns the new ids."""
    linked = [
        replace(one, **{
            link: written[seq - 1]
            for link in ("thing", "within", "answers")
            if isinstance(seq := getattr(one, link), int)
        })
        for one in act.statements
    ]  # fmt: skip
    return [receipt.id for receipt in append(linked, family=family, by=act.by, once=once, at=act.at)]


def pattern(number: int, house: House) -> Pattern:
    """The rows of a family as they stand."""
    around = [first_pk(number), last_pk(number)]
    registers = {
        table: rows(f"SELECT {', '.join(columns.split())} FROM {table} WHERE {key} BETWEEN %s AND %s", around)
        for table, (columns, _, _, key) in REGISTERS.items()
    }
    return Pattern(number, house, rows(ENTRY, around), registers)


def _people(pattern: Pattern, house: House) -> dict[int, int]:
    return {getattr(pattern.house, name): getattr(house, name) for name in House.__slots__}


def copied(pattern: Pattern, number: int, house: House, dice: Random) -> Iterator[tuple]:
    """The pattern's entries as those of another family."""
    shift, people = (number - pattern.number) << SEQ_BITS, _people(pattern, house)
    for row in pattern.entries:
        pk, _, thing, within, answers, saw, kind, author, speaker, via, *rest = row
        about = json.dumps([people[p] for p in json.loads(row[19])], separators=(",", ":"))
        readers = json.dumps([(people[p], why) for p, why in json.loads(row[20])], separators=(",", ":"))
        yield (
            pk + shift, f"{dice.getrandbits(128):032x}", thing + shift, within and within + shift,
            answers and answers + shift, saw, kind, people[author], people.get(speaker), via, *rest[:9], about, readers,
            row[21], row[22], f"{number}/{row[23].split('/', 1)[1]}",
        )  # fmt: skip


def _moved(table: str, pattern: Pattern, number: int, house: House) -> Iterator[list[Any]]:
    columns, places, persons, _ = REGISTERS[table]
    shift, people = (number - pattern.number) << SEQ_BITS, _people(pattern, house)
    family = columns.split().index("family") if "family" in columns.split() else None
    for row in pattern.registers[table]:
        moved = list(row)
        for place in places:
            moved[place] += shift
        for place in persons:
            moved[place] = people.get(moved[place], moved[place])
        if family is not None:
            moved[family] = number
        yield moved
