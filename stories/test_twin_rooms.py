"""Twin worlds of the rooms of the two teams: what Elin and her helpers say there leaves no trace on any page, picture,
letter, PDF, file name or refusal of whom it is hidden from; and who came under hazard since sees the day before.

Then leaks are planted, one by one, and each is found.
"""

import re
from dataclasses import replace
from unittest import mock

import pytest
from django.db import transaction

from alongside import clock, ids
from alongside.access import ending, erasure, looking
from alongside.access.models import Account
from alongside.access.policy import ties
from alongside.access.relationship import grant
from alongside.cast.story import TODAY, World, data, numbers
from alongside.doors.family import account as account_page
from alongside.doors.family import pictures as pictures_page
from alongside.doors.family.team import asking as letter_page
from alongside.doors.family.team import page as team_page
from alongside.doors.planned import page as plan_page
from alongside.doors.planned import paper, views
from alongside.doors.tree import Row
from alongside.exchange.export import family as export
from alongside.record import settling
from alongside.record.entry import first_pk, last_pk
from alongside.record.reading import read, rows
from alongside.record.statement import Refused
from stories import rooms
from stories.worlds import Worlds, addresses, browser, inside, links, page, still

ROOMS = (
    "/promises", "/p/", "/team", "/plan", "/meetings", "/account", "/people", "/again", "/patch", "/settings",
    "/appointments", "/n/",
)  # fmt: skip
POSTED = (
    "/team", "/plan", "/meetings", "/account", "/again", "/people/circle", "/people/lines", "/write", "/share",
    "/answer", "/take-back", "/promises", "/p/", "/appointments",
)  # fmt: skip
FROM_HIM = ("morten", "marit", "aud", "rune")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory, django_db_blocker):
    with django_db_blocker.unblock(), still():
        yield Worlds(tmp_path_factory.mktemp("rooms"))


@pytest.fixture(scope="module")
def whole(worlds):
    return worlds.make("both", World(), after=rooms.both_sides)


@pytest.fixture(scope="module")
def twin(worlds):
    return worlds.make("his", World(), after=rooms.his_side)


@pytest.fixture(scope="module")
def before(worlds):
    return worlds.make("before", World(), after=rooms.first_family)


@pytest.fixture(scope="module")
def protected(worlds):
    return worlds.make("protected", World(), after=rooms.first_family_protected)


def said_in(family: int, path, start: str = "") -> list[str]:
    """Ids of what was said in the rooms there, in order."""
    with inside(path):
        sql = "SELECT id FROM record_entry WHERE pk BETWEEN %s AND %s AND recorded_at > %s ORDER BY pk"
        return [id for (id,) in rows(sql, [first_pk(family), last_pk(family), rooms.START])]


def walk(path, who: str, family: int, said: list[str], persons=("1" * 32,)) -> dict[str, tuple]:
    """Every page of these rooms with every one of these ids, where they lead, and empty forms sent to all of them."""
    with inside(path):
        Account.objects.update(recent="")
        client = browser(who)
        codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number = %s", [family])]
        every = addresses(codes, said, persons=persons, door=client.door)
        asked = [one for one in every if any(room in one for room in ROOMS)]
        found = {address: page(client, address) for address in ("/me", "/me/story", "/find", "/families", *asked)}
        further = sorted({link for _, _, content in found.values() for link in links(content)} - found.keys())
        return found | {one: page(client, one) for one in further if not one.startswith("/static")}


def sent(path, who: str, family: int, said: list[str], forms: list[dict]) -> dict[str, tuple]:
    """What a form gets that is sent to every address of these rooms, also to those that were not shown."""
    with inside(path):
        client, found = browser(who), {}
        codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number = %s", [family])]
        for address in addresses(codes, said, method="POST", door=client.door):
            for place, form in enumerate(forms):
                if any(room in address for room in POSTED):
                    with ids.seeded(f"{address}/{place}"):
                        answer = client.post(address, form | {"once": ids.new()})
                    found[f"{place} {address}"] = answer.status_code, str(answer.headers), answer.content
        return found


def apart(one: dict[str, tuple], other: dict[str, tuple]) -> list[str]:
    return sorted(address for address in one.keys() | other.keys() if one.get(address) != other.get(address))


def hidden(path, twin) -> list[str]:
    """A few ids of what is hidden, one of each kind, and one that never was."""
    known = set(said_in(3, twin))
    with inside(path):
        kinds = dict(rows("SELECT id, kind FROM record_entry", []))
    first = {kinds[id]: id for id in reversed(said_in(3, path)) if id not in known}
    return [*first.values(), "0" * 32]


def test_the_hidden_was_said_and_his_own_is_there(whole, twin):
    found = walk(whole, "morten", 3, said_in(3, twin))
    assert found["/me/plan/plan.pdf"][2].startswith(b"%PDF") and b"Drives" in found["/me/team"][2]
    assert any("/letter/" in one and status == 200 for one, (status, _, _) in found.items())
    elin = walk(whole, "elin", 3, hidden(whole, twin))
    assert elin["/me/plan/safety"][0] == 200 and rooms.SEALED.encode() in elin["/me/plan/safety"][2]
    assert apart(elin, walk(twin, "elin", 3, hidden(whole, twin)))


@pytest.mark.parametrize("who", FROM_HIM)
def test_what_is_said_in_these_rooms_changes_no_byte(who, whole, twin):
    said = [*said_in(3, twin)[:6], *hidden(whole, twin)]
    full = walk(whole, who, 3, said)
    assert apart(full, walk(twin, who, 3, said)) == []
    for address, (_, headers, content) in full.items():
        assert rooms.BIRD not in address + str(headers) + content.decode("utf-8", "replace"), address


@pytest.mark.parametrize("who", ["morten", "marit", "rune"])
def test_a_form_sent_to_what_is_hidden_gets_what_a_form_sent_to_nothing_gets(who, whole, twin):
    words = {"act": "private-words", "words": "x"}
    empty = [{}, {"act": "private-begin"}, words, {"answer": "yes", "promise": "0" * 32}]
    said = hidden(whole, twin)
    assert apart(sent(whole, who, 3, said, empty), sent(twin, who, 3, said, empty)) == []


def test_who_came_under_hazard_since_sees_the_day_before(before, protected):
    said = said_in(1, before)
    full = walk(before, "per", 1, said)
    assert sum(status == 200 for status, _, _ in full.values()) > 40
    assert apart(full, walk(protected, "per", 1, said)) == []


def test_what_he_and_his_helper_say_since_reads_as_the_day_before(worlds):
    """For whom they wrote it stands there as they chose; that it does not reach her is told to neither."""

    def after(before):
        return lambda: (before(), rooms.said_since(), rooms.said_by_his_helper())

    free = worlds.make("free-since", World(), after=after(rooms.first_family))
    safe = worlds.make("safe-since", World(), after=after(rooms.first_family_protected))
    said = {who: said_by(who, free) for who in ("per", "marit")}
    for who, theirs in said.items():
        full = walk(free, who, 1, theirs)
        assert sum("/n/" in one and status == 200 for one, (status, _, _) in full.items()) > len(theirs)
        assert apart(full, walk(safe, who, 1, theirs)) == [], who
    everything = [one for theirs in said.values() for one in theirs]
    for path, there in ((free, True), (safe, False)):
        hers = "".join(
            content.decode("utf-8", "replace") for _, _, content in walk(path, "anne", 1, everything).values()
        )
        assert ("Heron" in hers) == there
        full = walk(path, "kari", 1, said["per"])
        kept = "".join(content.decode("utf-8", "replace") for _, _, content in full.values())
        assert "Heron, a life" in kept and ("does not reach them" in kept) != there


def taken_along(path, who: str, to) -> dict[str, str]:
    """What `alongside export --family --as` writes for them."""
    with inside(path), ids.seeded(f"taken/{who}"):
        ((code,),) = rows("SELECT code FROM record_family WHERE number = 1", [])
        how = {"reader": numbers()[who], "why": "x", "at": rooms.START + 1_900_000_000, "once": ids.new(), "lang": "en"}
        export.family(to, code, **how)
    return {file.name: file.read_text("utf-8") for file in to.iterdir()}


def test_what_they_take_along_is_that_of_the_day_before(worlds, tmp_path):
    """Also the steps and the choices of who knows of no hazard."""
    before = {"free": rooms.first_family, "safe": rooms.first_family_protected}
    made = {
        name: worlds.make(
            f"{name}-since", World(), after=lambda say=say: (say(), rooms.said_since(), rooms.said_by_his_helper())
        )
        for name, say in before.items()
    }
    for who in ("per", "marit"):
        free, safe = (taken_along(path, who, tmp_path / f"{who}-{name}") for name, path in made.items())
        assert "Heron, kept" in free["statements.jsonl"] or who == "marit"
        assert free == safe, who


def both(worlds) -> list:
    """Two worlds in which Per goes on saying things: without and with a hazard."""
    before = {"free": rooms.first_family, "safe": rooms.first_family_protected}
    return [
        worlds.make(f"{one}-and-he-goes-on", World(), after=lambda say=say: (say(), rooms.said_since()))
        for one, say in before.items()
    ]


def test_what_he_looks_for_is_found_as_the_day_before(worlds):
    found = []
    for path in both(worlds):
        with inside(path):
            Account.objects.update(recent="")
            client = browser("per")
            with ids.seeded("looks"):
                found.append(
                    [client.post("/me/find", {"q": one}).content.decode() for one in ("Heron", "kept", "Anne")]
                )
    assert "kept" in found[0][1] and found[0] == found[1]


def looked(path) -> str:
    """Who has looked, for Per, when Kari opened what he said since and what he said before."""
    looking.queue.clear()
    with inside(path):
        said = [one for one in read(rooms.Says(1).by("per")) if one.author == numbers()["per"]]
        code = rows("SELECT code FROM record_family WHERE number = 1", [])[0][0]
        client = browser("kari")
        answers = [page(client, f"/f/{code}/n/{one.id}")[0] for one in said if "Heron" in one.body_text]
        assert answers.count(200) > 3
        looking.queue.write()
        return page(browser("per"), "/me/looked")[2].decode()


def beside_her() -> None:
    """Kari, who works with all of them, works with Anne by herself as well from now on; he is not told."""
    says, names = rooms.Says(1), numbers()
    says.at += 1_500_000_000
    says("for her", grant, by=names["tone"], family=1, person=names["kari"], kind="allocated", to=names["anne"],
         why="x")  # fmt: skip


@pytest.mark.parametrize("meanwhile", [None, beside_her])
def test_what_he_says_is_opened_as_the_day_before(worlds, meanwhile):
    found = []
    for n, path in enumerate(both(worlds)):
        copy = worlds.begin(f"looked-{meanwhile is None}-{n}", like=path)
        if meanwhile:
            with inside(copy):
                meanwhile()
        found.append(looked(copy))
    free, safe = found
    assert free.count("Something you said") > 3 and free == safe, free


HIS = ("/me", "/me/promises", "/me/story", "/me/plan", "/me/plan/versions", "/me/plan/hard-hours")


def erased(path, *texts: str) -> list[tuple]:
    """His pages, and those of his words with these texts, when they were erased by law one after another."""
    with inside(path):
        says, names, ids = rooms.Says(1), numbers(), []
        says.at += 1_900_000_000
        for text in texts:
            words, _, kind = text.partition(" in ")
            (id,) = (one.id for one in read(says.by("per")) if words in one.body_text and one.kind.startswith(kind))
            two = {"strength": 3, "lang": "en", "words": "x"}
            (one,) = says(f"to erase {text}", erasure.propose, by=names["odd"], ids=[id], ground="asked", **two)
            says(f"erased {text}", erasure.confirm, by=names["tone"], strength=3, proposal=one.id)
            ids.append(id)
        Account.objects.update(recent="")
        client = browser("per")
        return [page(client, one) for one in (*(f"/me/n/{id}" for id in ids), *HIS)]


@pytest.mark.parametrize("texts", [
    ("Heron, for two",), ("I bring the boots.",), ("Heron, kept",), ("Heron, kept", "I bring the boots."),
    ("Heron, on in teams.family-plan",), ("Heron, on in teams.crisis-plan",), ("Heron, further in teams.family-plan",),
    ("We ring.",),
])  # fmt: skip
def test_what_is_erased_by_law_is_gone_as_the_day_before(worlds, texts):
    """Also what he moved on since, with what it moved and by itself."""
    free, safe = (
        erased(worlds.begin(f"erased-{'-'.join(texts).replace(' ', '').replace(',', '')}-{n}", like=path), *texts)
        for n, path in enumerate(both(worlds))
    )
    assert any(b"were erased by law" in content for _status, _head, content in free) and free == safe
    assert texts != ("Heron, for two",) or b"For Anne and " in free[0][2]


def waits_and_out(path, address: str, form: dict) -> dict[str, tuple]:
    """What Per gets who sends this and, while it waits, looks round and takes it out again."""
    with inside(path):
        Account.objects.update(recent="")
        client, found = browser("per"), {}

        def send(to: str, fields: dict) -> str:
            with ids.seeded(f"{to}/{address}/{fields.get('act')}"):
                answer = client.post(to, fields | {"once": ids.new()})
            found[f"POST {to}"] = answer.status_code, str(answer.headers), answer.content
            return answer.headers["Location"].partition("#")[0]

        there = send(address, form)
        (id,) = re.findall("[0-9a-f]{32}", address)
        for one in (there, "/me", f"/me/n/{id}", f"/me/p/{id}", "/me/promises", "/me/appointments"):
            found[one] = page(client, one)
        (waiting,) = settling.waiting(numbers()["per"])
        back = send(f"/me/waiting/{waiting.id}/undo", {})
        return found | {back: page(client, back)}


def test_what_he_moves_on_waits_and_is_taken_out_again_as_the_day_before(before, protected):
    said = said_in(1, before)
    with inside(before):
        kinds = {kind: id for id, kind in rows("SELECT id, kind FROM record_entry", []) if id in said}
    made, asked = (f"/me/p/{kinds[f'promises.{kind}']}" for kind in ("made", "asked"))
    moves = [(made, {"act": act, "words": "Done.", "day": "2026-11-28"}) for act in ("kept", "moved", "broken")]
    moves += [(asked, {"act": "decline"}), (f"/me/appointments/{kinds['teams.appointment-set']}/cancel", {})]
    for address, form in moves:
        full = waits_and_out(before, address, form)
        assert any("done=undone" in one and status == 200 for one, (status, _, _) in full.items()), address
        assert apart(full, waits_and_out(protected, address, form)) == [], (address, form)


def said_by(who: str, path) -> list[str]:
    """Ids of what this person said in the rooms there."""
    with inside(path):
        sql = "SELECT id FROM record_entry WHERE author = %s AND recorded_at > %s ORDER BY pk"
        return [id for (id,) in rows(sql, [numbers()[who], rooms.START])]


def test_his_own_helper_finds_the_people_of_the_day_before(before, protected):
    """Who works with him alone is not told of it: not by a list of people, nor by who can be tapped in a form."""
    with inside(before):
        ids = [
            id
            for (id,) in rows(
                "SELECT id FROM record_person WHERE number IN (%s, %s)", [numbers()[who] for who in ("anne", "per")]
            )
        ]
    said = said_in(1, before)
    full = walk(before, "marit", 1, said, ids)
    assert any("Per" in content.decode("utf-8", "replace") for _, _, content in full.values())
    assert sum("/people/" in address and status == 200 for address, (status, _, _) in full.items()) == 4
    assert apart(full, walk(protected, "marit", 1, said, ids)) == []


def test_and_her_forms_are_taken_as_the_day_before(before, protected):
    with inside(before):
        ids = [id for (id,) in rows("SELECT id FROM record_person WHERE number = %s", [numbers()["per"]])]
    (per,) = ids
    words = {name: "Ours." for name in ("words", "point-1", "new-1", "what-1", "signs")}
    when = {"day": "2026-11-27", "from": "10:00", "there": ids, "words": "Ours."}
    forms = [words | {"to": ids, "speaker": per, "of": per, "owner": per}, when, words | {"of": per}]
    said = said_in(1, before)
    answers = [sent(path, "marit", 1, said, forms) for path in (before, protected)]
    assert apart(*answers) == []
    assert sum(status == 303 for status, _, _ in answers[0].values()) > 30


def test_and_every_form_of_these_rooms_answers_as_the_day_before(before, protected):
    """Words, and everybody who can be tapped: taken or refused, it is the same."""
    words = {name: "Ours." for name in ("words", "name-1", "mission", "role", "ring1", "what-1", "point-1", "new-1")}
    with inside(before):
        client = browser("per")
        shown = page(client, "/me/team/good-life")[2].decode()
    people = re.findall(r'name="also" value="([^"]+)"', shown)
    form = words | {"also": people, "to": people, "act": "private-words", "form": "disagree", "what": "advocate"}
    said = said_in(1, before)
    answers = [sent(path, "per", 1, said, [form]) for path in (before, protected)]
    assert people and apart(*answers) == []
    assert sum(status == 303 for status, _, _ in answers[0].values()) > 10


def handed_over(path, to: str, by: str) -> str:
    """What is answered when the work of her who helps Per alone is handed over to this worker; nothing of it stays."""
    with inside(path), transaction.atomic():
        (tie,) = [one for one in ties(1) if one.person == numbers()["marit"] and one.to == numbers()["per"]]
        try:
            ending.hand_over(
                by=numbers()[by], family=1, grant=tie.id, to=numbers()[to], why="Other work.", goodbye="Goodbye.",
                last=TODAY.date(), lang="en", at=clock.micros(TODAY) + 1_000_000_000, once="handed-over",
            )  # fmt: skip
        except Refused as why:
            return why.code
        finally:
            transaction.set_rollback(True)
        return "taken"


def test_nor_does_she_learn_it_from_whom_her_work_can_be_handed_to(before, protected):
    """She asks a leader, who may know."""
    for path in (before, protected):
        assert {handed_over(path, to, "marit") for to in ("lars", "kari", "tone", "rune")} == {"not-yours-to-change"}
    assert (handed_over(before, "lars", "tone"), handed_over(protected, "lars", "tone")) == ("taken", "other-side")


# --- planted leaks: each is a small mistake that somebody could make, and each is found -----------------------


def without(n: int) -> World:
    """The cast without the hidden fact with this number."""
    fact = next(fact for fact in data()["hidden"] if fact["n"] == n)
    return World(without=frozenset((3, entry) for entry in fact["entries"]))


def many(kind: str) -> int:
    sql = "SELECT COUNT(*) FROM record_entry WHERE pk BETWEEN %s AND %s AND kind = %s"
    return rows(sql, [first_pk(3), last_pk(3), kind])[0][0]


def letter() -> str:
    """The address of his own letter, the first there is."""
    sql = "SELECT id FROM record_entry WHERE kind = 'teams.invited' ORDER BY pk LIMIT 1"
    return f"/me/team/letter/{rows(sql, [])[0][0]}"


def _gap(real):
    """A place in the family tree for everybody who was met, without a name where it may not be known."""

    def leaky(*args, **how):
        tree = real(*args, **how)
        return replace(tree, persons=(*tree.persons, *[Row("", "", "")] * (many("families.met") - len(tree.persons))))

    return leaky


def _share(real):
    return lambda room, here: f"{len(here)} of {many('teams.joined')}"


def _answers(real):
    return lambda side, plan: f"{many('teams.plan-answered')} answers"


def _link(real):
    return lambda entries: [1] * many("teams.safety-plan")


def _title(real):
    return lambda page, *, day, **how: real(page, day=f"{day}, {many('teams.family-plan')}", **how)


def _names(real):
    """Beside the one who is asked everybody else who was met."""

    def leaky(entry, lang):
        text, spoken = real(entry, lang)
        return f"{text}\nWith {many('families.met')} more", spoken

    return leaky


def _next(real):
    return lambda room: replace(real(room), next=f"in {many('teams.appointment-set')} days")


LEAKS = {
    "a gap in the family tree": (pictures_page, "tree", _gap, "/me/people/pictures"),
    "a share that counts who is hidden": (team_page, "_share", _share, "/me/team"),
    "answers counted": (plan_page, "_says", _answers, "/me/plan"),
    "a link to a safety plan": (views, "safety_plans", _link, "/me/plan"),
    "the title of a PDF": (paper, "pdf", _title, "/me/plan/plan.pdf"),
    "a letter that names": (letter_page, "words_of", _names, "letter"),
    "the day of the account": (account_page, "account_page", _next, "/me/account"),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_planted_leak_is_found(leak, worlds, whole, twin):
    place, name, made, address = LEAKS[leak]
    if name == "safety_plans":  # the cast has one already
        whole, twin = worlds.make("whole", World()), worlds.make("without-7", without(7))
    with mock.patch.object(place, name, made(getattr(place, name))):
        found = []
        for path in (whole, twin):
            with inside(path):
                found.append(page(browser("morten"), letter() if address == "letter" else address))
    assert found[0][0] == found[1][0] == 200, "the page must be there"
    assert found[0] != found[1], "the twins did not notice"
