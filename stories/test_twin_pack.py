"""Twin worlds of what is handed over (R97): nothing of what is hidden from somebody shows in the story they asked for,
not as words and not as a gap; and who came under hazard since gets no less than before.

Then leaks are planted, one by one, and each is found.
"""

from unittest import mock

import pytest

from alongside import clock, ids
from alongside.access.models import Account
from alongside.access.standing import reader_at
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, World, data
from alongside.cast.story import numbers as numbers_of
from alongside.exchange.pack import asked as asking
from alongside.exchange.pack import collecting, deciding, handing
from alongside.exchange.pack.deciding import Choice
from alongside.record.appending import append
from alongside.record.entry import SEQ_BITS
from alongside.record.statement import Statement
from stories import rooms
from stories.worlds import Worlds, browser, inside, page, still

FACTS = {fact["n"]: fact for fact in data()["hidden"]}
FROM_HIM = [n for n, fact in FACTS.items() if "morten" in fact["must_not"]]
HIDDEN = {id_of(3, n) for fact in FACTS.values() for n in fact["entries"]}
LAND_BIRDS = [canary for fact in FACTS.values() for canary in fact["canaries"]]
NOW = clock.micros(TODAY) - 60_000_000


def choice(entry) -> Choice:
    """What Kari decides, the same of the same words in every world."""
    if entry.id in HIDDEN or entry.recorded_at > rooms.START and rooms.BIRD in entry.body_text:
        return Choice(False, "danger", "It tells where they are.")
    if "Gerd" in entry.body_text:
        return Choice(False, "others", "It is about Gerd.")
    every = {0: Choice(False, "others", "It is about somebody else."), 1: Choice(False, "harm", "Later.", tell=False)}
    return every.get(int(entry.id[:4], 16) % 4, Choice(True))


def hand_over(who: str, family: int, at: int, seed: str, by: str = "kari") -> str:
    """They ask, everything is decided, it is handed over; the id."""
    numbers = numbers_of()

    def reader(name):
        return reader_at(numbers[name], family, now=at, strength=3)

    def once(step):
        with ids.seeded(f"{seed}/{step}"):
            return ids.new()

    with ids.seeded(f"{seed}/asked"):
        (receipt,) = asking.ask(by=reader(who), about=numbers[who], lang="en", at=at, once=once("ask"))
    asked = asking.of(receipt.id)
    left = handing.undecided(reader(by), asked, at)
    with ids.seeded(f"{seed}/decided"):
        deciding.decide(
            by=reader(by), asked=asked, choices={entry.id: choice(entry) for entry in left}, among=left, lang="en",
            at=at, once=once("decide"),
        )  # fmt: skip
    with ids.seeded(f"{seed}/given"):
        handing.hand_over(by=reader(by), asked=asked, at=at + 1_000_000, once=once("give"))
    return receipt.id


def mortens():
    hand_over("morten", 3, NOW, "morten")


def elins():
    hand_over("elin", 3, NOW, "elin")


def pages(path, who: str, family: int = 3) -> dict[str, tuple]:
    """Everything they get of it: every part and one too many, the paper, and the pages that lead there."""
    with inside(path):
        Account.objects.update(recent="")
        client, found = browser(who), {}
        for one in asking.mine(numbers_of()[who], family):
            last = len(handing.given(one))
            some = [f"/me/everything/{one.id}", f"/me/everything/{one.id}/everything.pdf"]
            some += [f"/me/everything/{one.id}?part={n}" for n in range(last + 1)]
            found |= {address: page(client, address) for address in some}
        return found | {address: page(client, address) for address in ("/me", "/me/story", "/me/everything")}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock(), still():
        yield Worlds(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def whole(worlds):
    return worlds.make("whole", World(), after=mortens)


def without(n: int) -> World:
    return World(without=frozenset((3, entry) for entry in FACTS[n]["entries"]))


def apart(one: dict, other: dict) -> list[str]:
    return sorted(address for address in one.keys() | other.keys() if one.get(address) != other.get(address))


def test_the_same_world_twice_gives_the_same(worlds, whole):
    full = pages(whole, "morten")
    assert apart(full, pages(worlds.make("again", World(), after=mortens), "morten")) == []
    read = [content for address, (status, _, content) in full.items() if "part=" in address and status == 200]
    assert len(read) > 1 and not any(bird.encode() in content for bird in LAND_BIRDS for content in read)


@pytest.mark.parametrize("n", FROM_HIM)
def test_a_hidden_fact_changes_no_byte_of_his_story(n, worlds, whole, proven):
    twin = worlds.make(f"without-{n}", without(n), after=mortens)
    shows = apart(full := pages(whole, "morten"), pages(twin, "morten"))
    proven("pairs of pages of a story handed over that differ for whom a fact is hidden from", len(shows), of=len(full))
    assert shows == [], f"fact {n} shows"


def test_it_is_there_in_hers(worlds):
    """The other half: to Elin the story with her facts is another one than without."""
    full = pages(worlds.make("hers", World(), after=elins), "elin")
    for n in (1, 2):
        assert apart(full, pages(worlds.make(f"hers-{n}", without(n), after=elins), "elin"))


def test_what_he_had_stays_when_the_others_are_protected(worlds):
    """Per was handed a story; then the others are protected from him and go on. What he is handed next is the same."""
    later = clock.micros(TODAY)

    def twice(then) -> None:
        rooms.first_family()
        words = {"words": [{"lang": "en", "text": "Per came with Gerd, who wept."}]}
        said = Statement("dialogue.passage", words, basis="seen", about=(numbers_of()["per"],))
        with ids.seeded("gerd"):
            append([said], family=1, by=numbers_of()["kari"], once="gerd", at=rooms.START + 80_000_000)
        hand_over("per", 1, rooms.START + 90_000_000, "first")
        then()
        hand_over("per", 1, later, "second")

    def protected() -> None:
        with mock.patch.object(rooms, "first_family", lambda: None):
            rooms.first_family_protected()

    one, other = worlds.make("open", World(), after=lambda: twice(lambda: None)), worlds.make(
        "protected", World(), after=lambda: twice(protected))  # fmt: skip
    full = pages(one, "per", 1)
    assert b"Something is not given here" in b"".join(content for _, _, content in full.values())
    assert apart(full, pages(other, "per", 1)) == []


# --- planted: each of these must be found -------------------------------------------------------------------


def found(worlds, name: str, leak) -> bool:
    """Whether a leak shows between the world with everything and one without the second fact."""
    with leak:
        one = worlds.make(f"{name}-1", World(), after=mortens)
        full = pages(one, "morten")
        return any(apart(full, pages(worlds.make(f"{name}-{n}", without(n), after=mortens), "morten")) for n in (1, 2))


def test_planted_gaps_for_danger_are_found(worlds):
    """As if everything concerned him, sealed or not, and every gap showed."""
    yes = dict.fromkeys(("concerns", "shows"), lambda *_: True)
    words = {"_offered": lambda _asked, entry, _held: bool(entry.body.get("words")) and entry.kind[:5] != "pack."}
    assert found(worlds, "gap", mock.patch.multiple(collecting, **yes, **words))


def test_a_planted_count_is_found(worlds):
    def counted(entries):
        return sum(1 for _ in entries)

    real = handing.Story.parts

    def parts(self):
        found = real(self)
        known = collecting.read(reader_at(numbers_of()["kari"], 3, now=NOW, strength=3))
        found[-1][-1]["note"] = f"{counted(known)} statements are held."
        return found

    assert found(worlds, "count", mock.patch.object(handing.Story, "parts", parts))


def test_a_planted_place_is_found(worlds):
    """The place of an entry tells how much stands before it."""
    real = handing.Story._said

    def said(self, one, month):
        return {**real(self, one, month), "note": str(one.entry.pk & ((1 << SEQ_BITS) - 1))}

    assert found(worlds, "place", mock.patch.object(handing.Story, "_said", said))
