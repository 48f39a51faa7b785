"""Accepting a batch: families are opened, people met, workers granted, and each note becomes one act.

A hundred notes go in one transaction, out of the hold and into the record, so a kill at any point leaves
each note in exactly one of the two. Nobody of a family is named on any of it: a family reads nothing here
until a worker and the family have talked about who may see what.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from alongside.access.grants import granted
from alongside.exchange.notes import mapping
from alongside.exchange.notes.facts import Facts, Stopped, batch_of, report
from alongside.exchange.notes.holding import EXCERPT, taken
from alongside.exchange.notes.models import Bad, Batch, Held, Known, Taken
from alongside.families.queries import workers as everybody
from alongside.record.appending import append, open_family
from alongside.record.appending import person as new_person
from alongside.record.statement import Refused, Statement

OFFICE = 1  # the office itself, the author of what nobody else says
AT_ONCE = 100  # notes in one transaction: others wait at most some tenths of a second
PLAIN_DAY = re.compile(r"\d{4}(-\d\d){0,2}~?")
Told = Callable[[int, int], None]  # notes done, notes there are


def accept(id: str, *, unit: str, workers: Sequence[int], importer: int, at: int, told: Told | None = None) -> Facts:
    """Let the record receive every note of a batch; a batch that was cut short goes on where it stopped.

    `workers`: persons of that unit; the first becomes "allocated" in each new family, the others
    "co-worker". Families that were here already keep the workers they have. `importer`: the author.
    `at`: microseconds. `told(done, notes)` after each transaction.
    Raises Stopped with a plain sentence.
    """
    batch = _begun(id, unit, tuple(dict.fromkeys(workers)), importer, at)
    if batch.state == "accepted":
        return report(id, again=True)
    passing = _Passing(batch, at)
    done, waiting = 0, Held.objects.filter(batch=id).count()
    while moved := passing.some():
        done += moved
        if told:
            told(done, waiting)
    Batch.objects.filter(id=id, state="accepting").update(state="accepted", closed_by=importer, closed_at=at)
    return report(id)


def _begun(id: str, unit: str, workers: tuple[int, ...], importer: int, at: int) -> Batch:
    """The batch, ready to be accepted for these workers and no others."""
    with transaction.atomic():
        batch = batch_of(id)
        if batch.state == "discarded":
            raise Stopped("This batch was discarded. Bring the file in again.")
        if batch.state == "reading":
            raise Stopped("This file was not read to its end yet. Bring it in once more, then accept it.")
        if batch.state == "accepted":
            return batch
        if batch.state == "accepting":
            if (batch.unit, json.loads(batch.workers), batch.importer) != (unit, list(workers), importer):
                raise Stopped(f'This batch is being accepted for "{batch.unit}" already. Go on with the same words.')
            return batch
        _work_there(unit, workers)
        batch.state, batch.unit, batch.importer = "accepting", unit, importer
        batch.workers = json.dumps(workers)
        batch.save()
    return batch


def _work_there(unit: str, workers: Sequence[int]) -> None:
    known = everybody()
    if not workers:
        raise Stopped("Say who will work with these families.")
    for number in workers:
        if number not in known:
            raise Stopped("Somebody named as a worker does not work here.")
        if known[number].unit != unit:
            units = ", ".join(sorted({one.unit for one in known.values() if one.unit}))
            raise Stopped(f'{known[number].called} does not work in "{unit}". There is: {units}.')


def once_of(system: str, key: str) -> str:
    """The key under which the record takes a note of this system once. Hashed: theirs may hold a slash."""
    return f"notes/{_short(system)}/{_short(key)}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(slots=True)
class _Passing:
    """One batch on its way from the hold into the record. `families`, `people`: numbers by their keys, as
    far as they were needed; they speak of this transaction, so they are forgotten when part of it is undone."""

    batch: Batch
    at: int
    notes_map: mapping.Map = field(init=False)
    families: dict[str, int] = field(default_factory=dict)
    people: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes_map = mapping.understood(self.batch.map_text)

    @transaction.atomic
    def some(self) -> int:
        """The next notes, in the order of families and days; how many left the hold."""
        queue = Held.objects.filter(batch=self.batch.id).order_by("family_key", "day", "line")
        notes = list(queue[:AT_ONCE])
        before = taken(self.batch.system, [note.key for note in notes])
        here = sum(before.get(note.key) == note.digest for note in notes)
        received = [note for note in notes if self._new(note, before) and self._one(note)]
        Taken.objects.bulk_create(Taken(system=self.batch.system, key=n.key, digest=n.digest) for n in received)
        queue.model.objects.filter(pk__in=[note.pk for note in notes]).delete()
        Batch.objects.filter(id=self.batch.id).update(accepted=F("accepted") + len(received), here=F("here") + here)
        return len(notes)

    def _new(self, note: Held, before: dict[str, str]) -> bool:
        """False for what the record has meanwhile; with other words it is a line to look at."""
        if note.key in before and before[note.key] != note.digest:
            self._bad(note, "words-before")
        return note.key not in before

    def _one(self, note: Held) -> bool:
        """One note into its family; False when the record does not take it."""
        body = json.loads(note.body)
        try:
            with transaction.atomic():
                family = self._family(note.family_key)
                person = self._person(note, family, body)
                once = once_of(self.batch.system, note.key)
                append([self._said(body, person)], family=family, by=self.batch.importer, once=once, at=self.at)
        except Refused as why:
            self.families.clear()
            self.people.clear()
            self._bad(note, "refused", why.code)
            return False
        return True

    def _bad(self, note: Held, code: str, value: str = "") -> None:
        raw = json.loads(note.body)["text"][:EXCERPT]
        Bad(batch=self.batch.id, line=note.line, code=code, value=value, raw=raw).save(force_insert=True)

    def _family(self, key: str) -> int:
        """The family this key means; opened when no batch of this system had it yet."""
        if key not in self.families:
            known = Known.objects.filter(system=self.batch.system, family_key=key, person_key="").first()
            self.families[key] = known.family if known else self._open(key)
            self._from(self.families[key])
            if known is None:
                self._grant(self.families[key])
        return self.families[key]

    def _open(self, key: str) -> int:
        number, _ = open_family()
        Known(system=self.batch.system, family_key=key, family=number).save(force_insert=True)
        return number

    def _from(self, family: int) -> None:
        """Says where the notes come from, once for each batch."""
        body = {
            "maker": self.notes_map.maker, "system": self.batch.system, "file": self.batch.file,
            "map": self.batch.map_file, "unit": self.batch.unit,
        }  # fmt: skip
        said = Statement("notes.imported-from", body, basis="told")
        append([said], family=family, by=self.batch.importer, once=f"notes/from/{self.batch.id}", at=self.at)

    def _grant(self, family: int) -> None:
        why = f"taken over from {self.batch.system}"
        kinds = ("allocated", *["co-worker"] * len(self.batch.workers))
        workers = json.loads(self.batch.workers)
        grants = [granted(worker, kind, why=why) for worker, kind in zip(workers, kinds, strict=False)]
        append(grants, family=family, by=OFFICE, once=f"notes/grants/{self.batch.id}", at=self.at)

    def _person(self, note: Held, family: int, body: dict) -> int:
        """The person this key means, met in this family. Two keys are two persons, whatever their names."""
        place = (note.family_key, note.person_key)
        if place not in self.people:
            everywhere = Known.objects.filter(system=self.batch.system, person_key=note.person_key)
            here = everywhere.filter(family_key=note.family_key).first()
            known = here or everywhere.first()
            self.people[place] = known.person if known else new_person()
            if here is None:
                self._meet(note, family, self.people[place], body)
        return self.people[place]

    def _meet(self, note: Held, family: int, number: int, body: dict) -> None:
        system, key = self.batch.system, note.person_key
        known = Known(system=system, family_key=note.family_key, person_key=key, family=family, person=number)
        known.save(force_insert=True)
        once = f"notes/met/{_short(system)}/{_short(key)}"
        append([_met(number, key, body)], family=family, by=OFFICE, once=once, at=self.at)

    def _said(self, body: dict, person: int) -> Statement:
        said = {
            "words": [{"lang": self.notes_map.language, "text": body["text"]}], "maker": self.notes_map.maker,
            "system": self.batch.system, "author_there": body["author"], "title": body["title"],
            "when_there": body["when_there"], "written_there": body["written_there"],
        }  # fmt: skip
        if body["kind"]:
            said["kind_there"] = body["kind"]
        return Statement(
            "notes.imported", said, basis="told", about=(person,), so=body["so"], so_first=body["so_first"],
            so_last=body["so_last"],
        )  # fmt: skip


def _met(number: int, key: str, body: dict) -> Statement:
    """A name as the file has it; a birth date that is no plain date keeps its words beside."""
    name = body["name"] or key
    met = {"person": number, "name": name, "called": name.split()[0], "group": "family"}
    if body["born"]:
        met["born" if PLAIN_DAY.fullmatch(body["born"]) else "born_there"] = body["born"]
    return Statement("families.met", met, basis="told")
