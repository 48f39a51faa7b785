"""Twin worlds: what is hidden from somebody leaves no trace on any page, feed, file or error (R9, R32).

For everybody who must not know some of the twelve hidden facts of family 3, and for strangers, there is a world in
which nothing of it was ever said. They walk every address in both worlds; every answer is the same to the byte. Besides
one reader at each door has a world without one fact alone; where a release is proven everybody has one without each.
Then leaks are planted, one by one, and each is found.
"""

import re
from contextlib import contextmanager
from functools import cache
from unittest import mock
from urllib.parse import urlencode

import pytest

from alongside import asking, clock, ids
from alongside.access.models import Account
from alongside.access.visit import Visit
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, World, data
from alongside.cast.story import numbers as numbers_of
from alongside.record.reading import rows
from stories.worlds import EVERY, Worlds, addresses, browser, inside, links, page, still

FACTS = {fact["n"]: fact for fact in data()["hidden"]}
NOT_OF_THE_FAMILY = ("rune", "lars", "tone")  # the stranger, and two who work with other families
DAYS = ("2025-01-15T14:00", "2025-02-19", "2026-03-14")
PEOPLE = ("elin", "jon")  # whose pages everybody asks for
ABSENT = "0" * 32
MOST = 3  # of what is hidden and of what a reader may open: how many are put into every address of the site
LAND_BIRDS = [canary for fact in FACTS.values() for canary in fact["canaries"]]


def without(*facts: int) -> World:
    return World(without=frozenset((3, entry) for n in facts for entry in FACTS[n]["entries"]))


def kept_from(n: int) -> list[str]:
    """Those with a way in who must not know this fact, and those who have nothing to do with the family."""
    having = {"morten", "marit", "aud", "turid", "elin"}
    return [who for who in FACTS[n]["must_not"] if who in having] + list(NOT_OF_THE_FAMILY)


def hidden_from(who: str) -> tuple[int, ...]:
    """The facts that this person must not know."""
    return tuple(n for n in FACTS if who in kept_from(n))


READERS = list(dict.fromkeys(who for n in FACTS for who in kept_from(n)))
TWINS = [(who, hidden_from(who)) for who in READERS]
# What two facts could cancel out (odd or even) one alone shows: in every run to one reader at each door.
ALONE = ("morten", "rune")
TWINS += [
    (who, (n,)) for who, facts in TWINS for n in facts if len(facts) > 1 and (EVERY or who in ALONE and n == facts[0])
]


def named(twin: tuple) -> str:
    """One of TWINS, or its facts, as a test is called."""
    return "-".join(str(part) if isinstance(part, int | str) else named(part) for part in twin)


def twin_of(worlds, facts: tuple[int, ...]):
    """The world in which nothing of these facts was ever said."""
    return worlds.make(f"without-{'-'.join(map(str, facts))}", without(*facts))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock(), still():
        yield Worlds(tmp_path_factory.mktemp("worlds"))


@pytest.fixture(scope="module")
def whole(worlds):
    return worlds.make("whole", World())


def walk(path, who: str, asked: list[str] | None = None) -> dict[str, tuple]:
    """What this person gets in this world: every declared address, with what they may open and with what never was,
    also as known then, where the pages lead, and forms sent to what never was. `asked`: just these, in this order."""
    with _visited(path, who) as client:
        if asked is not None:
            return {address: page(client, address) for address in asked}
        return _asked(client, [ABSENT, *_visible(client)[:MOST]], [ABSENT], whole=True)


def walk_into(path, who: str, hidden: list[str], known: dict[str, tuple], *, sent=()) -> dict[str, tuple]:
    """What this person gets who puts what is hidden into every address, and sends forms to `sent`: only to what they
    cannot read, for elsewhere it would say something. `known`: asked already."""
    with _visited(path, who) as client:
        return _asked(client, hidden, list(sent), known=known)


@contextmanager
def _visited(path, who: str):
    with inside(path):
        Account.objects.update(recent="")  # what they opened in an earlier walk is theirs, and no trace of anything
        yield browser(who)


def _asked(client, entries: list[str], sent: list[str], *, whole=False, known=()) -> dict[str, tuple]:
    """Every address with each of these entries in it, forms sent to `sent`, and where the pages lead. `whole`: the
    addresses without an entry, as known then, and one's own as well."""
    codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number = 3", [])]
    public = dict(rows("SELECT number, id FROM record_person", []))
    people = [public[numbers_of()[name]] for name in PEOPLE]
    first = addresses(codes, entries, persons=people, door=client.door)
    if whole:
        first += addresses(["nosuchcode22"], [ABSENT], door=client.door)
        first += [f"/me/n/{one}" for one in _visible(client)]
        first += [f"{one}?at={day}" for one in first if one.count("/") <= 2 for day in DAYS]
    first += [f"POST {one}" for one in addresses(codes, sent, method="POST", door=client.door) if hidden_in(one, sent)]
    found = {address: page(client, address) for address in dict.fromkeys(first) if address not in known}
    further = sorted({link for _, _, content in found.values() for link in links(content)} - found.keys() - {*known})
    further = [link for link in further if not link.startswith(("/static", "/f/")) and "/n/" not in link]
    return found | {address: page(client, address) for address in further}


def hidden_in(address: str, hidden: list[str]) -> bool:
    """Only forms sent to hidden or absent entries: they change nothing, whoever sends them."""
    return any(one in address for one in hidden)


def _visible(client) -> list[str]:
    """Ids of what this person may open, as their own pages link to them."""
    seen: dict[str, None] = {}
    for start in ("/me", "/me/story", "/families"):
        for link in sorted(links(page(client, start)[2])):
            seen.update(dict.fromkeys(part for part in link.split("/") if len(part) == 32))
            if link.startswith("/f/") and link.count("/") == 2:
                for further in sorted(links(page(client, f"{link}/story")[2])):
                    seen.update(dict.fromkeys(part for part in further.split("/") if len(part) == 32))
    return list(seen)


def apart(one: dict[str, tuple], other: dict[str, tuple]) -> list[str]:
    return sorted(address for address in one.keys() | other.keys() if one.get(address) != other.get(address))


@cache
def walked(whole, who):
    """The walk of somebody in the whole world, gone once."""
    return walk(whole, who)


@cache
def walked_whole(whole, who):
    """The same, and into one entry of each hidden fact."""
    firsts, known = [id_of(3, fact["entries"][0]) for fact in FACTS.values()], walked(whole, who)
    return known | walk_into(whole, who, [*dict.fromkeys(firsts)], known)


def opened(whole, who) -> dict[str, tuple]:
    """The pages that somebody gets to see in the whole world."""
    return {address: got for address, got in walked(whole, who).items() if got[0] == 200 and "?" not in address}


def test_the_same_world_twice_is_the_same(worlds, whole):
    """First the worlds are equal with nothing hidden, or nothing below would prove anything."""
    again = worlds.make("again", World())
    for full, who in ((walked_whole(whole, "morten"), "morten"), (opened(whole, "elin"), "elin")):
        assert apart(full, walk(again, who, list(full))) == []


def test_the_walk_opens_what_is_there(whole):
    """The walk is worth something: it opens what each may read, and everybody meets every declared address."""
    found = walked_whole(whole, "morten")
    assert sum(status == 200 for status, _, _ in found.values()) > 40
    assert any("/me/n/" in address and status == 200 for address, (status, _, _) in found.items())
    found = walked_whole(whole, "marit")
    assert any("/f/" in address and status == 200 for address, (status, _, _) in found.items())


@pytest.mark.parametrize("twin", TWINS, ids=named)
def test_what_is_hidden_changes_no_byte(twin, worlds, whole, proven):
    who, facts = twin
    other, known = twin_of(worlds, facts), walked(whole, who)
    hidden = [[id_of(3, entry) for entry in FACTS[n]["entries"][:MOST]] for n in facts]
    into = walk_into(whole, who, sum(hidden, []), known, sent=[ids_[-1] for ids_ in hidden])
    assert len(into) > 100
    shows = [one for full in (known, into) for one in apart(full, walk(other, who, list(full)))]
    proven("pairs of pages that differ for somebody a fact is hidden from", len(shows), of=len(known) + len(into))
    assert shows == [], f"facts {facts} show to {who}"


def test_a_hidden_fact_is_there_for_those_it_is_for(worlds, whole):
    """The other half: to Elin each world without one of her facts is another one."""
    full = opened(whole, "elin")
    for n in (1, 2, 10, 12):
        assert apart(full, walk(twin_of(worlds, (n,)), "elin", list(full)))


@pytest.mark.parametrize("facts", [facts for who, facts in TWINS if who == "turid"], ids=named)
def test_a_hidden_fact_is_not_in_a_partners_part(facts, worlds, whole):
    """Turid helps in two families. In this one she chose its room, and her part says nothing of what is hidden."""
    assert parts_of(whole, "turid") == parts_of(twin_of(worlds, facts), "turid"), f"facts {facts}"


def parts_of(path, who: str) -> dict[str, tuple]:
    """The pages of a partner's door, in the room of this family."""
    with inside(path):
        Account.objects.update(recent="")
        client = entered(who)
        asked = ("/me", "/me/part", "/me/rooms", "/me/promises", "/me/promises/ask", "/me/people", "/me/who-sees-what")
        found = {address: page(client, address) for address in asked}
    assert found["/me/part"][0] == 200
    return found


@pytest.mark.parametrize("when", ["first", "between", "last"])
def test_whenever_it_was_hidden(when, worlds, whole):
    """One more sealed thing, before everything else, in the middle or after it: nothing of it shows."""
    from alongside.cast.story import BEFORE, numbers
    from alongside.record.appending import append
    from alongside.record.statement import Statement

    moment = {"first": clock.micros(BEFORE), "between": 1_741_000_000_000_000, "last": 1_795_172_400_000_000}[when]
    kari, elin = numbers()["kari"], numbers()["elin"]
    said = Statement(
        "dialogue.passage", {"words": [{"lang": "en", "text": "the tern sings"}]}, mark="sealed", about=(elin,),
        readers=((elin, "present"),),
    )  # fmt: skip
    secret = _secretly(
        worlds, f"more-{when}", moment, lambda: append([said], family=3, by=kari, once="more", at=moment)
    )
    for who in ("morten", "marit", "aud", "rune"):
        full = walked(whole, who)
        assert apart(full, walk(secret, who, list(full))) == []
    full = opened(whole, "elin")
    assert apart(full, walk(secret, "elin", list(full)))


def _secretly(worlds, name, moment, say) -> str:
    """The whole cast with one more act at its moment: where that world is."""
    from alongside.cast import accounts
    from alongside.cast.load import acts, anchors, write

    path = worlds.begin(name, like=worlds.empty)
    with inside(path):
        anchors()
        said = False
        for act in sorted(acts(World()), key=lambda act: (act.at, act.key)):
            if not said and act.at > moment:
                say()
                said = True
            write(act)
        if not said:
            say()
        accounts.make()
    return path


def _opened_for_them() -> None:
    """Tone gives Rune and Marit a family each, so that they have somewhere to add people."""
    from alongside.access.opening import opened

    for who in ("rune", "marit"):
        with ids.seeded(f"given/{who}"):
            opened(
                by=numbers_of()["tone"], name="Sunniva", why="The school rang.", worker=numbers_of()[who], lang="en",
                at=clock.micros(TODAY), once=f"{numbers_of()[who]:032x}",
            )  # fmt: skip


def _asked_for(path, who: str, names: list[str]) -> list[tuple]:
    """What somebody gets who wants to add each of these people to a family of their own."""
    with inside(path):
        sql = "SELECT f.code FROM record_family f JOIN record_relationship r ON r.family = f.number WHERE r.person = %s"
        (code,) = rows(sql + " AND f.number > 3", [numbers_of()[who]])[0]
        client, got = browser(who), []
        for name in names:
            with ids.seeded(f"ask/{name}"):  # refused for its day, so that the page comes back and nothing is kept
                typed = {"name": name, "day": "31.2.2020", "reads": "team", "once": "a" * 32}
                answer = client.post(f"/f/{code}/people/new", typed)
            got.append((answer.status_code, tuple(sorted(answer.headers.items())), answer.content))
    return got


@pytest.mark.parametrize("n", [1, 2, 10])
def test_looking_for_somebody_hidden_finds_what_looking_for_nobody_finds(n, worlds):
    """Search before create: by the hidden names themselves, in a world that holds them and in one that does not."""
    names = [*FACTS[n]["canaries"], *LAND_BIRDS[:6], "Elin Rypestad", "Nobody Atall"]
    full = worlds.make("given", World(), after=_opened_for_them)
    twin = worlds.make(f"given-without-{n}", without(n), after=_opened_for_them)
    for who in ("rune", "marit"):
        found = _asked_for(full, who, names)
        assert found == _asked_for(twin, who, names), who
        assert who == "marit" or {status for status, _headers, _content in found} == {422}


def test_no_land_bird_flies_to_morten(whole):
    """Every canary that is not his: on no page, in no header, in no address he gets."""
    for who in ("morten", "marit", "rune", "lars", "tone"):
        for address, (_, headers, content) in walked_whole(whole, who).items():
            text = address + str(headers) + content.decode("utf-8", "replace")
            assert not [bird for bird in LAND_BIRDS if bird.casefold() in text.casefold()], (who, address)


# --- finding: whatever is typed, what is hidden is not there -------------------------------------------------

TYPED = [*LAND_BIRDS, "Elin", "Oda Theo", "school", "address", "the", "jeg", '"the children"', "Morten", "😀", "zzqx"]


def look_for(path, who: str, typed: list[str]) -> dict[str, tuple]:
    """What this person gets who looks for each of these, now and as known then, and in the story by each filter."""
    with inside(path):
        Account.objects.update(recent="")
        client, found = entered(who), {}
        for words in typed:
            for end in ("", f"?at={DAYS[1]}"):
                found[f"POST /me/find {words}{end}"] = looked(client, f"/me/find{end}", words)
            found[f"/find {words}"] = page(client, f"/find?{urlencode({'q': words})}")
        for start in ("/me/story", *(link for link in _family_links(client))):
            found |= {f"{start}?{one}": page(client, f"{start}?{one}") for one in _choices(client, start)}
        return found


def entered(who: str):
    """A browser in which this person has signed in, and chosen this family's room where they have several."""
    client = browser(who)
    session = client.session
    session["room"] = rows("SELECT code FROM record_family WHERE number = 3", [])[0][0]
    session.save()
    return client


def looked(client, address: str, words: str) -> tuple[int, tuple, bytes]:
    """What the family's door answers to somebody who looks for these words."""
    with ids.seeded(address):
        response = client.post(address, {"q": words})
    return response.status_code, tuple(sorted(response.headers.items())), response.content


def _family_links(client) -> list[str]:
    """The stories of the families this person works with."""
    return [f"{link}/story" for link in sorted(links(page(client, "/families")[2])) if link.startswith("/f/")]


def _choices(client, start: str) -> list[str]:
    """Every single choice the story offers."""
    shown = page(client, start)[2].decode()
    named = re.findall(r'<select class="box" name="(\w+)"(.*?)</select>', shown, re.S)
    return [f"{name}={value}" for name, inner in named for value in re.findall(r'<option value="(\w+)"', inner)]


@pytest.mark.parametrize("twin", TWINS, ids=named)
def test_what_is_hidden_is_found_by_nobody_it_is_hidden_from(twin, worlds, whole):
    who, facts = twin
    assert apart(look_for(whole, who, TYPED), look_for(twin_of(worlds, facts), who, TYPED)) == [], facts


def test_no_land_bird_is_found(whole):
    """Nobody who must not know finds one: every answer says the same, whatever the bird."""
    for who in ("morten", "marit", "aud", "turid", "rune"):
        with inside(whole):
            Account.objects.update(recent="")
            client, same = entered(who), set()
            mine = [bird for n, fact in FACTS.items() if who in kept_from(n) for bird in fact["canaries"]]
            for bird in [*mine, "Zzqxbird"]:
                for answer in (client.post("/me/find", {"q": bird}), client.get("/find", {"q": bird})):
                    if answer.status_code == 200:
                        assert b"<mark>" not in answer.content, (who, bird)
                        same.add(answer.content.replace(bird.encode(), b"?"))
            assert len(same) == 1, who


@pytest.fixture(scope="module")
def told_the_team(worlds, whole):
    """The same world, in which Kari also wrote for the team what Elin said: it has stems, and is not Morten's."""
    from alongside.cast.story import numbers
    from alongside.record.appending import append
    from alongside.record.statement import Statement

    said = Statement(
        "dialogue.passage", {"words": [{"lang": "en", "text": "the tern sings in Oda's school"}]},
        readers=((numbers()["elin"], "present"),),
    )  # fmt: skip
    moment = 1_741_000_000_000_000
    say = {"family": 3, "by": numbers()["kari"], "once": "more", "at": moment}
    return _secretly(worlds, "told-the-team", moment, lambda: append([said], **say))


@pytest.mark.parametrize("who", ["morten", "marit", "aud", "turid", "rune"])
def test_what_has_stems_is_found_by_nobody_it_is_not_for(who, whole, told_the_team):
    typed = ["tern", "sings", '"the tern sings"', "tern school", *TYPED[-9:]]
    assert apart(look_for(whole, who, typed), look_for(told_the_team, who, typed)) == []


@pytest.mark.parametrize("who", ["elin", "kari"])
def test_it_is_found_by_those_it_is_for(who, whole, told_the_team):
    assert apart(look_for(whole, who, ["tern"]), look_for(told_the_team, who, ["tern"]))


def test_those_it_is_for_find_it(whole):
    found = look_for(whole, "elin", TYPED)
    assert any(b"<mark>" in content for _status, _headers, content in found.values())


# --- planted leaks: each is a small mistake that somebody could make, and each is found -----------------------


def _count(template, context):
    context["notice"] = str(rows("SELECT COUNT(*) FROM record_entry WHERE pk >> 20 = 3", [])[0][0])


def _last_changed(template, context):
    context["notice"] = str(
        rows("SELECT MAX(recorded_at) FROM record_entry WHERE pk >> 20 = 3 AND kind = 'dialogue.passage'", [])[0][0]
    )


def _sequence_gap(template, context):
    found = rows("SELECT pk FROM record_reader r JOIN record_entry e ON e.pk = r.entry ORDER BY pk", [])
    context["notice"] = str([pk & 0xFFFFF for (pk,) in found if pk >> 20 == 3][-1])


def _unread_badge(template, context):
    context["notice"] = str(
        rows("SELECT COUNT(*) FROM record_entry WHERE pk >> 20 = 3 AND recorded_at > 17e14", [])[0][0]
    )


def _search(template, context):
    context["notice"] = str(rows("SELECT COUNT(*) FROM record_entry WHERE body LIKE '%%Bekkasin%%'", [])[0][0])


def _stems(template, context):
    context["notice"] = str(rows("SELECT COUNT(*) FROM dialogue_stems WHERE entry >> 20 = 3", [])[0][0])


def _people_index(template, context):
    context["notice"] = str(
        rows("SELECT COUNT(*) FROM record_entry WHERE pk >> 20 = 3 AND kind = 'families.met'", [])[0][0]
    )


def _size(template, context):
    context["notice"] = "." * rows("SELECT SUM(LENGTH(body)) %% 97 FROM record_entry WHERE pk >> 20 = 3", [])[0][0]


def _refused_not_absent(self, code):
    """403 for what is there and not yours, 404 for what never was: the classic. Asked for the house, or row-level
    security would hold it back on PostgreSQL."""
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    from alongside.access.standing import reader_in

    reader = reader_in(self.person, code, now=self.now, strength=self.strength)
    if reader is None:
        sql = (
            "SELECT 1 FROM record_entry e JOIN record_family f ON f.number = e.pk >> 20 WHERE f.code = %s "
            "AND e.body LIKE '%%Rypestad%%'"
        )
        with asking.for_the_house():
            there = rows(sql, [code])
        raise PermissionDenied if there else Http404
    return reader


def _leaking_frame(leak):
    from alongside.access import frame as module

    real = module.frame

    def leaky(request, **more):
        context = real(request, **more)
        leak(None, context)
        return context

    return leaky


@pytest.mark.parametrize(
    "leak", [_count, _last_changed, _sequence_gap, _unread_badge, _search, _stems, _people_index, _size],
    ids=lambda leak: leak.__name__.strip("_"),
)  # fmt: skip
def test_a_planted_leak_is_found(leak, worlds, whole, told_the_team, proven):
    import sys

    twins = [*(twin_of(worlds, (n,)) for n in (1, 10, 11)), told_the_team]
    leaky = _leaking_frame(leak)
    places = [
        m
        for name, m in sys.modules.items()
        if name.startswith("alongside.") and hasattr(m, "frame") and callable(m.frame)
    ]
    asked = ["/me", "/me/story", "/families", "/nothing"]
    with mock.patch.multiple("alongside.access.frame", frame=leaky):
        patches = [mock.patch.object(place, "frame", leaky) for place in places]
        for one in patches:
            one.start()
        try:
            found = [apart(walk(whole, "morten", asked), walk(twin, "morten", asked)) for twin in twins]
        finally:
            for one in patches:
                one.stop()
    proven("leaks planted in pages that the twin worlds find", int(any(found)), goal=1, least=True, of=1)
    assert any(found), "the twins did not notice"


def test_a_planted_403_for_404_is_found(worlds, whole):
    with inside(whole):
        codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number = 3", [])]
    asked = [f"/f/{codes[0]}"]
    with mock.patch.object(Visit, "reader", _refused_not_absent):
        full = walk(whole, "rune", asked)
        assert apart(full, walk(twin_of(worlds, (1,)), "rune", asked))
    assert Account is not None
