"""Erasing by law what was brought in: which words one batch brought, and what is forgotten with them."""

from typing import Any

from alongside.exchange.notes.accepting import once_of
from alongside.exchange.notes.facts import batch_of
from alongside.exchange.notes.models import Batch, Known, Taken
from alongside.record.entry import SEQ_BITS, last_pk
from alongside.record.erased import Going, forgets
from alongside.record.reading import rows

NOTES = "SELECT pk FROM record_entry WHERE kind = 'notes.imported' AND author = %s AND pk > %s AND pk < %s ORDER BY pk"
BEGINS = "SELECT pk, once FROM record_entry WHERE kind = 'notes.imported-from' ORDER BY pk"


def accepted() -> list[Batch]:
    """The batches the record has received, the newest first."""
    return list(Batch.objects.filter(state="accepted").order_by("-closed_at"))


def places_of(batch: str) -> list[int]:
    """Where the notes of one batch stand: in each family from the line that says where they come from to the next
    such line. Raises Stopped when there is no such batch."""
    importer = batch_of(batch).importer
    begins: dict[int, list[tuple[int, bool]]] = {}
    for place, once in rows(BEGINS, []):
        begins.setdefault(place >> SEQ_BITS, []).append((place, f"/notes/from/{batch}/" in once))
    found = []
    for family, marks in begins.items():
        ends = [place for place, _ours in marks[1:]] + [last_pk(family) + 1]
        for (place, ours), end in zip(marks, ends, strict=True):
            if ours:
                found += [pk for (pk,) in rows(NOTES, [importer, place, end])]
    return found


@forgets
def _erased(cursor: Any, going: Going) -> None:
    """A note that goes leaves neither its number there nor the digest of its row; its key in the record keeps it
    from coming in again. Of a family that goes whole it is not known any more who it was there."""
    notes = [entry for entry in going.entries if entry.kind == "notes.imported"]
    keys = {rows("SELECT once FROM record_entry WHERE pk = %s", [entry.pk])[0][0] for entry in notes}
    bare = {key.split("/", 1)[1].rsplit("/", 2)[0] for key in keys}
    for system in {entry.body.get("system", "") for entry in notes}:
        known = Taken.objects.filter(system=system)
        known.filter(pk__in=[one.pk for one in known if once_of(system, one.key) in bare]).delete()
    Known.objects.filter(family__in=going.families).delete()
