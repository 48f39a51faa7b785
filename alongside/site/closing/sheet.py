"""CLOSED.txt: one sheet for whoever opens the folder, and for whoever destroys the rest."""

from collections.abc import Iterable

from django.conf import settings

from alongside import clock
from alongside.access.closing import announced, last_day
from alongside.access.erasure import codes
from alongside.access.holds import holds
from alongside.access.kept_on import kept_on
from alongside.access.standing import office_day
from alongside.exchange.export.acts import Holders
from alongside.families.queries import workers
from alongside.record.log import sequencer
from alongside.site.closing.in_the_way import called, logins, unsent_by
from alongside.site.closing.places import elsewhere

NAME = "CLOSED.txt"


def sheet(*, by: Holders, why: str, at: int, families: int, statements: int) -> str:
    """The sheet. Nobody's words are on it but those of the two who decided, and the reasons of holds."""
    parts = (
        _head(by, why, at, families, statements),
        _block("Holds that last. They go with this folder: whoever keeps it keeps these, whatever any time says.",
               _holds()),
        _block("Kept on by two persons until a day:", _kept(at)),
        _block("Begun or sent here and never received. It is not in this folder: nobody but its writer reads it.",
               unsent_by()),
        _block("What exists elsewhere, and no command of Alongside takes away:", elsewhere(settings.DATA)),
        LAST,
    )  # fmt: skip
    return "\n".join(parts)


LAST = """Is it whole? Python alone says so:   python3 check.py
The sums alone:                      sha256sum -c SHA256SUMS
How everything is written:           README.txt

This folder is not encrypted. It holds everything anybody said, sealed things too.
"""


def _head(by: Holders, why: str, at: int, families: int, statements: int) -> str:
    stop, people, known = announced(), workers(), logins()
    last = sequencer.newest()

    def who(person: int) -> str:
        name = people[person].name if person in people else ""
        return f"{name} ({called(person, known)})" if name else called(person, known)

    decided = office_day(stop.decided.recorded_at)
    title = f"{settings.OFFICE_NAME} has stopped using Alongside"
    return f"""{title}
{"=" * len(title)}

The last day was {last_day(stop.ends).isoformat()}.
{who(stop.by)} proposed it, and {who(stop.decided.author)} said yes on {decided.isoformat()}.
They said to everybody:
{_quoted(stop.words)}

Everything was taken along on {clock.moment(at).astimezone(settings.OFFICE_ZONE):%Y-%m-%d %H:%M}.
{who(by.first)} and {who(by.second)} answer for it. Why:
{_quoted(why)}

{families} families and the office: {statements} statements.

families/CODE/        each family as a page to read and as a table for a spreadsheet
families/office/      the office's own record
statements.jsonl      every statement to the byte, with its commitment
tables/               what lies beside: who could sign in, who looked, what was handed over, the log
manifest.json         how much there is, and what is left out and why
SHA256SUMS, check.py  whether it is whole
README.txt            how all of it is written

The last checkpoint of the log, of {last.size} places, signed for the key
{last.key}
{_quoted(last.note.rstrip())}
"""


def _quoted(words: str) -> str:
    return "\n".join(f"    {line}" for line in words.splitlines())


def _block(title: str, lines: Iterable[str]) -> str:
    found = list(lines)
    return f"{title}\n" + "".join(f"  - {line}\n" for line in found or ["nothing"])


def _holds() -> list[str]:
    code = codes()
    return [
        f"family {code.get(one.family, one.family)}, since {one.since.isoformat()}, to be looked at again by "
        f"{one.until.isoformat()}: {' '.join(one.why.split())}"
        + (f" (it comes from: {' '.join(one.source.split())})" if one.source else "")
        for one in holds()
        if one.lasts
    ]  # fmt: skip


def _kept(at: int) -> list[str]:
    code, today = codes(), office_day(at)
    return [f"family {code.get(one.family, one.family)}, until {one.until.isoformat()}" for one in kept_on()
            if one.on(today)]  # fmt: skip
