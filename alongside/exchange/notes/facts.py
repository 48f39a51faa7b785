"""What is to be told of a batch: numbers, and every line that somebody must look at."""

from dataclasses import asdict, dataclass
from typing import Any

from alongside.exchange.notes.models import Bad, Batch, Held
from alongside.exchange.notes.row import BadRow

SENTENCE_OF = {
    "reading": "Reading was cut short. The same command goes on where it stopped.",
    "held": "Held. Nothing is in the record yet.",
    "accepting": "Accepting was cut short. The same command goes on where it stopped.",
    "accepted": "In the record.",
    "discarded": "Discarded. Nothing of it was kept.",
    "tried": "Tried. Nothing was kept.",
}


class Stopped(ValueError):
    """Something the person at the keyboard can mend; the message is a plain sentence."""


@dataclass(frozen=True, slots=True)
class Facts:
    """`lines`: the last line of the file that was read. `rows`: new notes; `duplicates`: the same note twice
    in the file; `here`: notes the record has from an earlier batch. `accepted`, `waiting`: of the rows, how
    many are in the record and how many wait. Days are ordinal, None when no note says one. `again`: the
    file was here already and nothing was taken. `left`: columns the map does not name."""

    batch: str
    state: str
    file: str = ""
    map_file: str = ""
    system: str = ""
    lines: int = 0
    rows: int = 0
    duplicates: int = 0
    here: int = 0
    accepted: int = 0
    waiting: int = 0
    families: int = 0
    people: int = 0
    first_day: int | None = None
    last_day: int | None = None
    bad: tuple[BadRow, ...] = ()
    left: tuple[str, ...] = ()
    again: bool = False

    def plain(self) -> dict[str, Any]:
        """As JSON values, each bad line with its reason."""
        bad = [{"line": one.line, "code": one.code, "reason": one.reason, "raw": one.raw} for one in self.bad]
        return asdict(self) | {"bad": bad, "left": list(self.left)}


def batch_of(id: str) -> Batch:
    """The batch with this id. Raises Stopped when there is none."""
    found = Batch.objects.filter(id=id).first()
    if found is None:
        raise Stopped(f'There is no batch "{id}". "alongside import list" names them.')
    return found


def report(id: str, *, again: bool = False, left: tuple[str, ...] = ()) -> Facts:
    """The facts of a batch. Raises Stopped when there is none."""
    batch = batch_of(id)
    bad = tuple(BadRow(*row) for row in _bad(id).values_list("line", "code", "value", "raw"))
    waiting = Held.objects.filter(batch=id).count()
    return Facts(
        batch=id, state=batch.state, file=batch.file, map_file=batch.map_file, system=batch.system,
        lines=batch.lines or batch.last_line, rows=batch.accepted + waiting, duplicates=batch.duplicates,
        here=batch.here, accepted=batch.accepted, waiting=waiting, families=batch.families,
        people=batch.people, first_day=batch.first_day, last_day=batch.last_day, bad=bad, left=left, again=again,
    )  # fmt: skip


def batches() -> list[Facts]:
    """Every batch there was, oldest first; of discarded ones only how many lines they had."""
    return [report(id) for id in Batch.objects.order_by("started_at", "id").values_list("id", flat=True)]


def _bad(id: str):
    return Bad.objects.filter(batch=id).order_by("line")
