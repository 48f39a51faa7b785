"""The same person met twice: proposed by one, confirmed by another, undone by either; then all is as before."""

from alongside import clock
from alongside.access.standing import readers_of
from alongside.cast.story import TODAY, numbers
from alongside.families import meeting
from alongside.families.queries import ids
from alongside.families.telling import Told
from alongside.record.readers import FRESH
from alongside.record.reading import rows
from alongside.record.registers import rebuild

NOW = clock.micros(TODAY)


def reader_of(who: str, family: int):
    """Somebody of the cast as a reader of one family."""
    return next(r for r in readers_of(numbers()[who], now=NOW, strength=FRESH) if r.family == family)


def met(name: str, family: int, once: str = "f" * 32) -> str:
    """Somebody is met once more, as another anchor; their random id."""
    meeting.met(told=Told(reader_of("kari", family)), name=name, at=NOW, once=once)
    number = rows("SELECT MAX(number) FROM record_person", [])[0][0]
    return ids([number])[number]


def pages(be, code, plain, who: str, *more: str) -> dict:
    """What somebody's pages say, to the byte but for the keys of their forms."""
    import re

    found = {}
    for address in [*(f"/f/{code(n)}/people" for n in (1, 2, 3)), "/families", *more]:
        content = plain(be(who).get(address))
        found[address] = re.sub(rb'name="(once|whose)" value="[^"]*"', b"", content)
    return found


def propose(be, code, who, family, one, other_family, other, once="1" * 32):
    address = f"/f/{code(family)}/people/{one}/same"
    form = be(who).get(address).content.decode()
    assert f"{code(other_family)}.{other}" in form, "offered by its name"
    typed = {"act": "propose", "other": f"{code(other_family)}.{other}", "why": "The same birthday.", "once": once}
    return be(who).post(address, typed)


def test_two_people_one_link_and_back(be, code, person, plain, main, page, field, held):
    again = met("Mia Hansen", 2)
    theirs = f"/f/{code(2)}/people/{again}", f"/f/{code(1)}/people/{person('mia')}"
    before = {who: pages(be, code, plain, who, *theirs) for who in ("kari", "ingrid", "lars")}
    assert propose(be, code, "kari", 2, again, 1, person("mia")).status_code == 303
    count = held()
    assert be("kari").post(f"{theirs[0]}/same", {"act": "propose", "other": f"{code(1)}.{person('mia')}",
        "why": "The same birthday.", "once": "1" * 32}).status_code == 303 and held() == count  # fmt: skip
    mine = main(page("kari", 2, again))
    assert "Perhaps the same person" in mine and "Another worker who stands in both has to confirm it" in mine
    pair = field(page("ingrid", 2, again), "pair")
    refused = be("kari").post(f"{theirs[0]}/same", {"act": "confirm", "pair": pair, "once": "2" * 32})
    assert refused.status_code == 422 and "You thought so yourself" in refused.content.decode()
    assert pages(be, code, plain, "lars", *theirs) == before["lars"], "Lars stands in one of them only"
    yes = be("ingrid").post(f"{theirs[0]}/same", {"act": "confirm", "pair": pair, "once": "3" * 32})
    assert yes.status_code == 303
    for family, id in ((2, again), (1, person("mia"))):
        assert "Kari thought so, Ingrid confirmed it. The same birthday." in main(page("kari", family, id))
    assert "The same person: Mia Hansen" in main(be("kari").get(f"/f/{code(2)}/people"))
    assert pages(be, code, plain, "lars", *theirs) == before["lars"]
    no = be("kari").post(f"{theirs[1]}/same", {"act": "undo", "pair": pair, "why": "", "once": "4" * 32})
    assert no.status_code == 422
    no = be("kari").post(f"{theirs[1]}/same", {"act": "undo", "pair": pair, "why": "Two girls.", "once": "4" * 32})
    assert no.status_code == 303
    for who, was in before.items():
        assert pages(be, code, plain, who, *theirs) == was, who
    assert all(rebuild(check=True).values())


def test_within_one_family_one_row(be, code, person, plain, page, field, main):
    again = met("Lea", 1)
    before = pages(be, code, plain, "kari")
    propose(be, code, "ingrid", 1, again, 1, person("lea"))
    pair = field(page("kari", 1, again), "pair")
    be("kari").post(f"/f/{code(1)}/people/{again}/same", {"act": "confirm", "pair": pair, "once": "5" * 32})
    words = be("kari").get(f"/f/{code(1)}/people").content.decode()
    assert words.count(f"people/{again}") == 1 and "The same person:" in words
    be("ingrid").post(
        f"/f/{code(1)}/people/{again}/same", {"act": "undo", "pair": pair, "why": "Two.", "once": "6" * 32}
    )
    assert pages(be, code, plain, "kari") == before


def test_a_half_alone_says_nothing_of_the_other_family(be, code, person):
    again = met("Mia Hansen", 2)
    propose(be, code, "kari", 2, again, 1, person("mia"))
    bodies = rows("SELECT pk >> 20, body FROM record_entry WHERE kind = 'families.same-proposed'", [])
    assert sorted(family for family, _body in bodies) == [1, 2]
    mia = numbers()["mia"]
    there = next(body for family, body in bodies if family == 2)
    assert f'"person":{mia},' not in there and code(1) not in there and person("mia") not in there
