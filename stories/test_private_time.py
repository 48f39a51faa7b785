"""Private time in twin worlds: in one the family wrote something of it, in the other nobody did. Every professional,
and whoever of the family was not chosen, gets the same bytes everywhere (R9, R23)."""

import pytest

from alongside import clock, ids
from alongside.access.models import Account
from alongside.access.standing import reader_at
from alongside.cast.story import TODAY, World, numbers
from alongside.record import settling
from alongside.record.reading import rows
from alongside.teams import holding, private
from alongside.teams.meeting import GROUP
from stories.worlds import Worlds, addresses, browser, inside, page, still

NOW = clock.micros(TODAY)
PRESENT = ("anne", "per", "jonas", "farhiya", "kari", "berg")
NOT_CHOSEN = ("lars", "kari", "ingrid", "berg", "tone", "geir", "odd", "per", "farhiya", "rune")


def by(who: str):
    return reader_at(numbers()[who], 1, now=NOW, strength=3)


def held(more: bool) -> None:
    """Lars holds the family's own meeting; Anne begins private time and ends it; a decision falls afterwards. With
    `more` she wrote something of it for Jonas, in between."""
    n = numbers()
    said = {"lang": "en"}
    with ids.seeded("held"):
        (receipt, *_rest) = holding.begin(
            by=by("lars"), on="2026-11-20T12:00", place="The village hall", there=[n[one] for one in PRESENT],
            interpreter="", form=GROUP, text="About the winter.", readers=(), at=NOW - 60, once="a" * 32, **said,
        )  # fmt: skip
    with ids.seeded("begun"):
        private.begin(by=by("anne"), meeting=receipt.id, at=NOW - 50, once="b" * 32)
    if more:
        with ids.seeded("ours"):
            private.write(
                by=by("anne"), meeting=receipt.id, text="We ask Ali for the boat house.", to=[n["jonas"]], at=NOW - 40,
                once="c" * 32, wait=0, **said,
            )  # fmt: skip
            settling.send_now(n["anne"], at=NOW - 39)
    with ids.seeded("ended"):
        private.end(by=by("anne"), meeting=receipt.id, at=NOW - 30, once="d" * 32)
    with ids.seeded("decided"):
        how = {"by": by("lars"), "meeting": receipt.id, "text": "The plan is theirs.", "why": "", **said}
        holding.decide(at=NOW - 20, once="e" * 32, **how)


@pytest.fixture(scope="module")
def twins(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock(), still():
        worlds = Worlds(tmp_path_factory.mktemp("private"))
        yield tuple(worlds.make(name, World(), after=lambda more=more: held(more)) for name, more in
                    (("written", True), ("not-written", False)))  # fmt: skip


def asked(path, who: str) -> list[str]:
    """Every declared address with what belongs to the meeting, and with what was written, put into it."""
    with inside(path):
        door = Account.objects.get(login=who).door
        code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
        kinds = ("teams.meeting", "teams.meeting-decided", "teams.private-words")
        found = [
            rows("SELECT id FROM record_entry WHERE kind = %s ORDER BY pk DESC LIMIT 1", [kind])[0][0] for kind in kinds
        ]
        first = addresses([code], found, door=door)
    then = [f"{one}?at=2026-11-20T15:59" for one in first if one.count("/") <= 3]
    return [*first, *then, f"/find?q=boat&in={code}", "/find?q=boat+house"]


def walk(path, who: str, wanted: list[str]) -> dict[str, tuple]:
    with inside(path):
        Account.objects.update(recent="")
        client = browser(who)
        return {address: page(client, address) for address in wanted}


@pytest.mark.parametrize("who", NOT_CHOSEN)
def test_nothing_shows_that_something_was_written(who, twins):
    written, not_written = twins
    wanted = asked(written, who)
    full, twin = walk(written, who, wanted), walk(not_written, who, wanted)
    assert [address for address in wanted if full[address] != twin[address]] == []
    assert not any(b"We ask Ali" in content for _status, _headers, content in full.values())
    if who in ("lars", "kari", "per"):
        assert any(b"The plan is theirs." in content for _status, _headers, content in full.values())


@pytest.mark.parametrize("who", ["anne", "jonas"])
def test_it_is_there_for_those_it_is_for(who, twins):
    found = walk(twins[0], who, asked(twins[0], who))
    assert any(b"We ask Ali" in content for _status, _headers, content in found.values())
