"""Puts a made-up family straight into the gate's tables, so that the SQL gate can be asked about it."""

from dataclasses import replace

from django.db import connection

from alongside import ids
from alongside.record.appending import open_family
from alongside.record.entry import first_pk
from alongside.record.gate import gate
from alongside.record.readers import Absence, Relationship, standing
from alongside.record.reading import rows

WORLDS: dict[int, list[Relationship]] = {}
AWAY: dict[int, tuple[list[Absence], int]] = {}


def load(relationships, entries, adults, absences=(), today=0) -> int:
    """A new family holding just these facts. The walls stand: rows are only ever inserted."""
    family, _ = open_family()
    WORLDS[family] = [
        Relationship(r.person, r.kind, r.state, r.to, r.ended_seq, r.hazard_seq, r.until) for r in relationships
    ]
    AWAY[family] = [Absence(*one) for one in absences], today
    base = first_pk(family)
    with connection.cursor() as cursor:
        for entry in entries:
            cursor.execute(
                "INSERT INTO record_entry (pk, id, thing, kind, author, via, basis, mark, recorded_at, body, about, "
                "readers, salt, hash, once) VALUES (%s, %s, %s, 'x', %s, '[]', 'act', %s, %s, '{}', '[]', '[]', "
                "%s, '', %s)",
                [base | entry.seq, ids.new(), base | entry.seq, entry.author, entry.mark, entry.seq, b"\0", ids.new()],
            )
            cursor.executemany(
                "INSERT INTO record_about (entry, person) VALUES (%s, %s)",
                [(base | entry.seq, person) for person in entry.about],
            )
            cursor.executemany(
                "INSERT INTO record_reader (person, entry, because, giver, since) VALUES (%s, %s, %s, %s, %s)",
                [(p, base | entry.seq, why, giver, base | since) for p, why, giver, since in map(_row, entry.rows)],
            )
        cursor.executemany(
            "INSERT INTO record_adult (family, person, from_day) VALUES (%s, %s, 1)", [(family, p) for p in adults]
        )
    return family


def _row(row):
    return tuple(row) if isinstance(row, tuple) else (row.person, row.because, row.giver, row.since)


def visible(person, now, strength, family) -> set[int]:
    """The seqs the SQL gate opens to this person."""
    reader = standing(person, WORLDS[family], now, strength, *AWAY[family])
    if reader is None or strength < 1:
        return set()
    shape, values = gate(replace(reader, family=family, today=1000))
    return {pk & 0xFFFFF for (pk,) in rows(f"SELECT e.pk{shape.format(narrow='')}", values)}
