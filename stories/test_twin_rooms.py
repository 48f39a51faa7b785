"""Twin worlds of the rooms of the two teams: what Elin and her helpers say there leaves no trace on any page, picture,
letter, PDF, file name or refusal of whom it is hidden from; and who came under hazard since sees the day before.

Then leaks are planted, one by one, and each is found.
"""

import re
from dataclasses import replace
from unittest import mock

import pytest

from alongside import ids
from alongside.access.models import Account
from alongside.cast.story import World, data
from alongside.doors.family import account as account_page
from alongside.doors.family import pictures as pictures_page
from alongside.doors.family.team import asking as letter_page
from alongside.doors.family.team import page as team_page
from alongside.doors.planned import page as plan_page
from alongside.doors.planned import paper, views
from alongside.doors.tree import Row
from alongside.record.entry import first_pk, last_pk
from alongside.record.reading import rows
from stories import rooms
from stories.worlds import Worlds, addresses, browser, inside, links, page, still

ROOMS = ("/team", "/plan", "/meetings", "/account", "/people", "/again", "/patch", "/settings", "/appointments", "/n/")
POSTED = ("/team", "/plan", "/meetings", "/account", "/again", "/people/circle", "/people/lines")
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


def walk(path, who: str, family: int, said: list[str]) -> dict[str, tuple]:
    """Every page of these rooms with every one of these ids, where they lead, and empty forms sent to all of them."""
    with inside(path):
        Account.objects.update(recent="")
        client = browser(who)
        codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number = %s", [family])]
        asked = [one for one in addresses(codes, said) if any(room in one for room in ROOMS)]
        found = {address: page(client, address) for address in ("/me", "/me/story", "/find", "/families", *asked)}
        further = sorted({link for _, _, content in found.values() for link in links(content)} - found.keys())
        return found | {one: page(client, one) for one in further if not one.startswith("/static")}


def sent(path, who: str, family: int, said: list[str], forms: list[dict]) -> dict[str, tuple]:
    """What a form gets that is sent to every address of these rooms, also to those that were not shown."""
    with inside(path):
        client, found = browser(who), {}
        codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number = %s", [family])]
        for address in addresses(codes, said, method="POST"):
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
