"""Everything along, because the office has stopped: signed, written, read again, and only then a folder.

Whatever ends in between, there is no folder, and it can be begun again. What a run that was killed left behind is
taken away first: it is not encrypted.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from alongside import ids
from alongside.exchange.export import acts, check
from alongside.exchange.export.everything import put
from alongside.exchange.export.folder import fits, new, swept
from alongside.record.closing import announced
from alongside.record.log import sequencer
from alongside.record.reading import rows
from alongside.record.verify import verify
from alongside.site.closing.sheet import NAME, sheet
from alongside.site.problem import Problem

Told = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class Taken:
    """`folder`: where it lies; how many families and statements are in it, how many of those erased by law; the size
    and root of the log; `left`: tables that are not in it, and why."""

    folder: str
    families: int
    statements: int
    erased: int
    leaves: int
    root: str
    left: dict[str, str]

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def taken(to: Path, *, by: acts.Holders, why: str, at: int, lang: str, told: Told) -> Taken:
    """The folder. Raises Refused: no-words, not-empty, no-place; WillNotSign; Problem: the record is not what was
    received, or what was written is not."""
    fits(to)
    swept(to)
    sequencer.run(at=at, every=0)  # what cannot be signed is known before anything is said
    _as_received(told("looked through"))
    acts.closing_taken(by, why=why, at=at, once=ids.new())
    sequencer.run(at=at, every=0)  # the last checkpoint covers that it was taken along
    found: dict[str, Any] = {}

    def look(draft: Path) -> None:
        found.update(_read_again(draft, told("read again")))

    with new(to, look) as folder, connection.reading():
        families, statements = rows(
            "SELECT (SELECT count(*) FROM record_family WHERE number > 0), (SELECT count(*) FROM record_entry)", []
        )[0]
        words = sheet(by=by, why=" ".join(why.split()), at=at, families=families, statements=statements)
        folder.put(NAME, [words])
        folder.put("check.py", [Path(check.__file__).read_text("utf-8")])
        stop = announced()
        more = {"closed": {"last": stop.last, "office": settings.OFFICE_NAME}}
        done = put(folder, to, lang=lang, heard=told("families"), more=more)
    return Taken(
        str(to), found["families"], found["statements"], found["erased"], found["leaves"], found["root"],
        dict(done.left),
    )  # fmt: skip


def _as_received(told: Callable[[int, int], None]) -> None:
    signer = sequencer.signer()
    found = list(verify(told, key=signer.key, aside=signer.earlier(), outside=list(filter(None, [signer.last()]))))
    if found:
        raise Problem(
            f"{len(found)} places of the record are not what was received, the first: {found[0].what}. "
            '"alongside verify" names them. Nothing was taken along.'
        )  # fmt: skip


def _read_again(draft: Path, told: Callable[[int, int], None]) -> dict[str, Any]:
    try:
        return check.check(draft, told)
    except check.Wrong as why:
        raise Problem(f"What was written does not hold. {why} There is no folder. Run this again.") from None
