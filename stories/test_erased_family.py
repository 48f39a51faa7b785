"""A whole family is erased by two persons: no byte of it is left, the record verifies, everybody's pages stand, and a
backup from before is erased again."""

import json
from pathlib import Path

import pytest

from alongside import clock, ids
from alongside.access import ending, erasure, hazards, keeping, kept_on
from alongside.cast.story import TODAY, World, number
from alongside.dialogue import drafts
from alongside.exchange.export import acts
from alongside.exchange.export.archive import archive
from alongside.record import erasing
from alongside.record.appending import append
from alongside.record.erased import ERASED
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.settling import save
from alongside.record.statement import Refused, Statement
from alongside.record.tests.test_erased_bytes import backup, plain_copy, written_anew
from alongside.record.verify import verify
from stories.worlds import Worlds, addresses, browser, inside

WORD = "Quirinalius"  # in everything that is said here, so that no byte of it may be left
LATER = clock.micros(TODAY) + 26 * 365_250 * 86_400_000  # the clock from the end of the work has run out


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock():
        yield Worlds(tmp_path_factory.mktemp("families"))


def plant(family: int) -> list[str]:
    """Words of many kinds in a family, its names and reasons among them; the salts they are committed with."""
    at, kari = clock.micros(clock.now()), number("kari")
    words = {"words": [{"lang": "en", "text": f"{WORD} kept the marmots all summer long."}]}
    said = [
        Statement("dialogue.passage", words, basis="told", about=(number("anne"),), via=(number("lars"),)),
        Statement("dialogue.passage", {**words, "terms": [f"{WORD}veien 17"]}, basis="told", mark="sealed"),
        Statement("families.name", {"person": number("mia"), "name": f"{WORD} Hansen", "called": WORD}),
        Statement("access.why", {"why": f"{WORD} asked."}),
    ]
    append(said, family=family, by=kari, once="plant", at=at)
    hazards.put_on(
        by=kari, family=family, person=number("per"), ground=f"{WORD} saw it.", told=[], lang="en", at=at + 1,
        once=ids.new(),
    )  # fmt: skip
    drafts.keep(by=kari, id=None, form={"words": [f"{WORD} once more"]}, family=family, at=at)
    save([Statement("dialogue.passage", words, basis="told")], family=family, by=number("lars"), once="w", at=at,
         wait=600)  # fmt: skip
    ending.close(
        by=kari, family=family, why=f"{WORD} is well.", goodbye=f"Take care, {WORD}.", lang="en", at=at + 2,
        once=ids.new(),
    )  # fmt: skip
    return [bytes(salt) for (salt,) in rows("SELECT salt FROM record_entry WHERE pk >> 20 = %s", [family])]


def planted(data: bytes) -> bool:
    return any(one in data for one in (WORD.encode(), WORD.lower().encode()))


def erased(family: int, code: str, tmp_path: Path) -> None:
    """Handed to an archive by two, proposed by Odd, agreed to by Tone."""
    how = {"strength": 3, "at": LATER}
    with pytest.raises(Refused, match="not-archived"):
        keeping.erase(by=number("odd"), code=code, ground="archive", words="x", lang="en", once=ids.new(), **how)
    archive(
        tmp_path / "archive", code, by=acts.Holders(number("tone"), number("odd")), receiver="The town archive",
        why="Twenty-five years", at=LATER - 1, once=ids.new(), lang="en",
    )  # fmt: skip
    assert kept_on.archive_has(family)
    (one,) = keeping.erase(
        by=number("odd"), code=code, ground="archive", words="Its time is over.", lang="en", once=ids.new(), **how
    )
    erasure.confirm(by=number("tone"), proposal=one.id, once=ids.new(), **how)


def test_no_byte_of_a_family_is_left_and_everybody_still_finds_their_pages(
    worlds, tmp_path, settings, django_db_blocker
):
    settings.ERASURES = str(tmp_path / "erasures.json")
    with django_db_blocker.unblock():
        place = worlds.make("one", World())
    with django_db_blocker.unblock(), inside(place):
        family, code = rows("SELECT number, code FROM record_family WHERE number = 1", [])[0]
        salts = plant(family)
        kept = backup(worlds, place, tmp_path)
        before = {number: count(number) for number in (2, 3)}
        names, copy = said_names(family), plain_copy(tmp_path)
        assert planted(copy) and len(names) > 3
        assert all(one.encode() in copy for one in names) and all(salt in copy for salt in salts)
        erased(family, code, tmp_path)

        copy = plain_copy(tmp_path)
        assert not planted(copy) and written_anew(place)
        assert not [salt for salt in salts if salt in copy]
        assert not [one for one in names if one.encode() in copy]
        for file in (one for one in Path(settings.DATA).rglob("*") if one.is_file()):
            assert not planted(file.read_bytes()), file
        assert list(verify()) == [] and all(rebuild(check=True).values())
        assert rows("SELECT DISTINCT kind FROM record_entry WHERE pk >> 20 = %s", [family]) == [(ERASED,)]
        assert {number: count(number) for number in (2, 3)} == before
        assert code not in [line.code for line in keeping.yearly(number("odd"), at=LATER)]
        assert planted((tmp_path / "archive/statements.jsonl").read_bytes())  # the archive has it

        walked = 0
        for who in ("kari", "lars", "tone", "odd", "elin"):
            person = browser(who)
            for address in addresses([code], ["0" * 32]):
                status = person.get(address).status_code
                walked += 1
                assert status in (200, 302, 303, 404, 405), (who, address, status)
                assert status in (404, 405) or f"/f/{code}" not in address, (who, address, status)
        assert walked > 500

        journal = json.loads(Path(settings.ERASURES).read_text())
        assert journal[-1]["scope"] == "family" and journal[-1]["families"] == [code]
        assert WORD not in json.dumps(journal)
    restored(kept, tmp_path, journal, family, django_db_blocker)


def said_names(family: int) -> list[str]:
    """The whole names of those of this family, of whom no other family tells and who do not work here."""
    sql = "SELECT pk >> 20, body FROM record_entry WHERE kind IN ('families.met', 'families.name')"
    found = [(number, json.loads(body).get("name", "")) for number, body in rows(sql, [])]
    others = "\n".join(name for number, name in found if number != family)
    return sorted({name for number, name in found if number == family and name not in others and " " in name})


def count(family: int) -> int:
    sql = "SELECT count(*) FROM record_entry WHERE pk >> 20 = %s AND kind <> %s"
    return rows(sql, [family, ERASED])[0][0]


def restored(kept, tmp_path, journal, family, django_db_blocker) -> None:
    """The list, run over a copy from before: the family goes again, and its ways in with it."""
    with django_db_blocker.unblock(), inside(kept):
        assert count(family) and rows("SELECT 1 FROM access_account WHERE login = 'anne'", [])
        assert erasing.reapply(journal, at=LATER) == [journal[-1]["decision"]]
        assert not count(family) and not rows("SELECT 1 FROM access_account WHERE login = 'anne'", [])
        assert not planted(plain_copy(tmp_path))
        assert list(verify()) == [] and all(rebuild(check=True).values())
        assert erasing.reapply(journal, at=LATER) == []
