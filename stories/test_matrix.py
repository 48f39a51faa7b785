"""Every address for everybody: the answer is what the oracle of the record says, and nothing is undeclared.

Each address of the site, each person of the cast with a way in and the signed-out stranger, each strength of
a visit, and each state of a relationship. The expected answer comes from the independent oracle and from
which door a page belongs to; never from the code under test.
"""

import json
import re
from collections import defaultdict
from functools import cache

import pytest
from django.db import connection
from django.urls import resolve

from alongside import clock, ids
from alongside.access.models import Account
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, about, data, numbers
from alongside.record.reading import rows
from alongside.record.tests import oracle
from stories.worlds import addresses, browser, patterns, plain_tokens

NOW = clock.micros(TODAY)
# Every declared address and the door it belongs to. A page that is not here fails the test.
DOORS = {
    "open": {
        "",
        "sign-in",
        "card",
        "leave",
        "left",
        "language",
        "invited",
        "first-day",
        "passkey",
        "passkey/begin",
        "provider",
        "provider/back",
        "provider/connect",
        "provider/no",
        "provider/out",
    },
    "practice": {
        "today",
        "families",
        "waiting",
        "write",
        "settings",
        "settings/notices",
        "settings/passkeys",
        "settings/passkeys/begin",
        "settings/provider",
        "visits",
        "key",
        "find",
        "keys",
        "away",
        "asked",
        "unit",
        "unit/family",
        "patch",
        "patch/new",
        "patch/<str:id>/know",
        "patch/<str:id>/change",
        "patch/<str:id>/gone",
        "families/new",
        "families/new/opened",
    },
    "both": {"drafts", "again"},
}
LOOK_AFTER = {who for who, roles in about()["roles"].items() if {"leader", "administrator"} & set(roles)}
ADMINISTER = {who for who, roles in about()["roles"].items() if "administrator" in roles}
# Who may do what the office decides, whoever they stand in a family with.
OFFICE = {"families/new": {"tone", "ingrid"}, "families/new/opened": set()}
STRENGTHS = (0, 1, 2, 3)
NOWHERE = "nosuchcode22"
PEOPLE = {1: ("mia", "elin"), 2: ("emil", "lea"), 3: ("elin", "jon")}  # some who are met there, some who are not
# Pages that a role of the office opens, and no relationship.
URGENT = {"duty", "supervisor", "intake", "leader", "worker"}
ROLES = {
    "urgent": URGENT, "urgent/beforehand": {"supervisor"}, "log": {"privacy"},
    "unit": {"supervisor", "leader", "intake"},
    **dict.fromkeys(
        ["office/erasing", "office/erasing/new", "office/erasing/family", "office/keeping", "office/holds",
         "office/holds/new"], {"leader", "privacy"}),
    **dict.fromkeys(["office/closing", "office/closing/new"], {"leader", "privacy", "administrator"}),
}  # fmt: skip


def door_of(route: str) -> str:
    """open (no visit needed), practice, family or both."""
    if route in DOORS["open"]:
        return "open"
    if route.startswith("me"):
        return "family"
    return "both" if route in DOORS["both"] else "practice"


def facts():
    """Of each family: its relationships, adults and entries as the oracle takes them, straight from the tables."""
    ties, adults, entries = defaultdict(list), defaultdict(set), {}
    for family, person, kind, to, state, ended, hazard, until in rows(
        'SELECT family, person, kind, "to", state, ended_seq, hazard_seq, until FROM record_relationship', []
    ):
        ties[family].append(
            oracle.Relationship(
                person=person, kind=kind, to=to, state=state, ended_seq=ended, hazard_seq=hazard, until=until
            )
        )
    for family, person, day in rows("SELECT family, person, from_day FROM record_adult", []):
        if day <= TODAY.date().toordinal():
            adults[family].add(person)
    named, about = defaultdict(list), defaultdict(set)
    for entry, person, why, giver, since in rows("SELECT entry, person, because, giver, since FROM record_reader", []):
        named[entry].append(oracle.Row(person, why, giver, since & 0xFFFFF))
    for entry, person in rows("SELECT entry, person FROM record_about", []):
        about[entry].add(person)
    for place, id_, mark, author in rows(
        "SELECT e.pk, e.id, COALESCE(h.mark, e.mark), e.author FROM record_entry e "
        "LEFT JOIN record_held h ON h.entry = e.pk",
        [],
    ):
        entries[id_] = (
            place >> 20,
            oracle.Entry(
                seq=place & 0xFFFFF, mark=mark, author=author, about=frozenset(about[place]), rows=tuple(named[place])
            ),
        )
    return ties, adults, entries, met_in(), absences()


def absences():
    """Of each family who is away and who stands in, as the oracle takes it."""
    found = defaultdict(tuple)
    for family, *one in rows("SELECT family, person, stand_in, first_day, last_day FROM access_away", []):
        found[family] += (oracle.Absence(*one),)
    return found


def may(person, id_, strength, known) -> bool:
    ties, adults, entries, _met, away = known
    if id_ not in entries:
        return False
    (family, entry), today = entries[id_], TODAY.date().toordinal()
    return oracle.may_read(person, ties[family], NOW, strength, entry, frozenset(adults[family]), away[family], today)


def stands(person, family, strength, known) -> bool:
    return oracle.standing(person, known[0][family], NOW, strength) is not None


def accounts():
    return {login: (door, person) for login, door, person in Account.objects.values_list("login", "door", "person")}


def codes():
    return dict(rows("SELECT code, number FROM record_family", []))


@pytest.mark.django_db
def test_no_address_is_undeclared(cast, proven):
    """A new page without a door and a rule fails here by itself."""
    known = {route for route, _ in patterns()}
    for route, pattern in patterns():
        if door_of(route) == "open":
            continue
        view = pattern.callback
        assert hasattr(view, "doors"), f"{route} does not say for whom it is"
        wanted = {"practice": {"practice"}, "family": {"family"}, "both": {"practice", "family"}}[door_of(route)]
        assert set(view.doors) == wanted, route
    proven("addresses without a door and a rule", 0, of=len(known))
    assert known


def _plain(answer) -> bytes:
    """A page without its form's token."""
    return re.sub(rb'value="\w{64}"', b"", answer.content)


def _get(client, address):
    with ids.seeded(address):
        return client.get(address)


@pytest.mark.django_db
@pytest.mark.parametrize("strength", STRENGTHS)
def test_every_address_for_everybody(strength, cast, proven, much):
    """Every person of the cast with a way in and the stranger, at one strength: thousands of requests. Of the doors
    that are not theirs each page once, with what is there; with every family and statement where a
    release is proven."""
    known, who, family_of = facts(), accounts(), codes()
    asked = _asked(known, family_of, strength, much(ci=2, full=3))
    wrong, count = [], 0
    with plain_tokens():
        for login in [None, *who]:
            client, door = browser(login, strength), who[login][0] if login else "open"
            for address in much(ci=_once_elsewhere(asked, door), full=asked):
                status = _get(client, address).status_code
                count += 1
                if status not in expected(address, login, strength, known, who, family_of):
                    wrong.append((login, address, status))
    proven("requests of every address by everybody that are answered otherwise than the oracle says", len(wrong),
           of=count)  # fmt: skip
    assert not wrong, (len(wrong), wrong[:20])
    assert count > 10_000  # more than forty thousand at the four strengths


def _is_there(address: str) -> bool:
    return NOWHERE not in address and "0" * 32 not in address


def _once_elsewhere(asked: list[str], door: str) -> list[str]:
    """These addresses, but of the pages of other doors one each, with what is there: they say no before they look."""
    elsewhere: dict[str, str] = {}
    for address in asked:
        route = declared(address)[0]
        if door_of(route) not in (door, "open", "both") and not _is_there(elsewhere.get(route, NOWHERE)):
            elsewhere[route] = address
    kept = set(elsewhere.values())
    return [one for one in asked if one in kept or door_of(declared(one)[0]) in (door, "open", "both")]


def _asked(known, family_of, strength, some) -> list[str]:
    """Every declared address: each family's own, and `some` entries of each, right and wrong for each other."""
    by_family = defaultdict(list)
    for id_ in sorted(known[2]):
        by_family[known[2][id_][0]].append(id_)
    public = dict(rows("SELECT number, id FROM record_person", []))
    some_people = {family: [public[numbers()[who]] for who in who_of] for family, who_of in PEOPLE.items()}
    found = dict.fromkeys(addresses([NOWHERE], ["0" * 32]))
    for code, family in family_of.items():
        mine, others = by_family[family], by_family[family % 3 + 1]
        ids_ = [mine[(7 * strength + 31 * n) % len(mine)] for n in range(some)] + [others[strength]]
        found.update(dict.fromkeys(addresses([code], ids_, persons=some_people.get(family, ["1" * 32]))))
    return list(found)


@cache
def declared(address: str) -> tuple[str, frozenset[str]]:
    """The route of an address, and the methods its page takes."""
    found = resolve(address)
    return found.route, frozenset(getattr(found.func, "methods", ()))


def expected(address, login, strength, known, who, family_of) -> set[int]:
    """Which answers are right for this address."""
    route, methods = declared(address)
    if route.startswith("provider"):
        return {404, 405}  # no identity provider is set here
    if door_of(route) == "open":
        return {200, 303, 405}
    if "GET" not in methods:
        return {405}
    if login is None:
        return {303}
    door, person = who[login]
    if door_of(route) != "both" and door != door_of(route):
        return {404}
    if route == "office":
        return {200} if login in ADMINISTER else {404}
    if route == "office/keeping/<str:code>":
        mine = roles_of(person)
        return {200} if mine & {"leader", "privacy"} and family_of.get(address.split("/")[3]) else {404}
    if route.startswith("office/") and route not in ROLES:
        return {200, 303, 404} if login in LOOK_AFTER else {404}
    if route in (
        "again",
        "me/next-time",
        "visits",
        "me/visits",
        "key",
        "me/key",
        "settings/passkeys",
        "settings/provider",
    ):
        return {200, 303, 404}  # one's own way in: whoever has a visit
    if route in OFFICE:
        return {200} if login in OFFICE[route] else {404}
    if route.startswith("f/") and route.endswith(("people/new", "meetings/new", "meetings/point")):
        family = family_of.get(address.split("/")[2])
        held = oracle.standing(person, known[0][family], NOW, strength) if family else None
        return {200} if held and held.by_mark else {404}
    if route.startswith("patch"):
        return _of_the_patch(route, address, login, strength)
    if "<str:person>" in route:
        return _for_a_person(route, address, person, strength, known, family_of)
    if route in ROLES:
        mine = roles_of(person)
        return {200} if mine & ROLES[route] else {404}
    if route.endswith("plan/safety"):
        return _for_its_readers("teams.safety-plan", address, person, strength, known, family_of)
    return _for_a_visitor(route, address, person, strength, known, family_of)


@cache
def roles_of(person: int) -> frozenset[str]:
    return frozenset(role for (role,) in rows("SELECT role FROM access_role WHERE person = %s", [person]))


def _of_the_patch(route, address, login, strength) -> set[int]:
    """Whoever works here reads the patches; those of a unit write on its own."""
    if route == "patch":
        return {200}
    unit, parts = about()["units"].get(login) if strength else None, address.split("/")
    if len(parts) > 3:
        found = rows("SELECT body FROM record_entry WHERE kind = 'teams.patch-added' AND id = %s", [parts[2]])
        return {200} if unit and unit in [json.loads(body)["unit"] for (body,) in found] else {404}
    return {200} if unit else {404}


def _for_its_readers(kind, address, person, strength, known, family_of) -> set[int]:
    """A page that is there only for those who may read an entry of this kind in the family."""
    families = [family for family in (1, 2, 3) if stands(person, family, strength, known)]
    if address.startswith("/f/"):
        families = [family for family in families if family_of.get(address.split("/")[2]) == family]
    elif len(families) != 1:
        return {200, 303, 404}  # first which room, or the one page that says there is none
    ids_ = [id_ for (id_,) in rows("SELECT id FROM record_entry WHERE kind = %s", [kind])]
    held = [id_ for id_ in ids_ if known[2][id_][0] in families and may(person, id_, strength, known)]
    return {200} if held else {404}


def _for_a_person(route, address, person, strength, known, family_of) -> set[int]:
    """A person's page is there for whoever may read that they are met here; the forms for who reads by mark."""
    _, _, code, _, id, *more = address.split("/")
    family = family_of.get(code)
    if not family or not stands(person, family, strength, known):
        return {404}
    named = [one for one in known[3][id] if known[2][one][0] == family]
    if not any(may(person, one, strength, known) for one in named):
        return {404}
    if not more:
        return {200}
    if more == ["pictures"]:
        return {200}
    if more == ["journal"]:
        return {200, 404}
    return {200} if oracle.standing(person, known[0][family], NOW, strength).by_mark else {404}


def met_in() -> dict[str, list[str]]:
    """Which entries say the name of whom: {person id: entry ids}."""
    found = defaultdict(list)
    public = dict(rows("SELECT number, id FROM record_person", []))
    sql = "SELECT id, body FROM record_entry WHERE kind IN ('families.met', 'families.name') ORDER BY pk"
    for entry, body in rows(sql, []):
        found[public.get(json.loads(body).get("person"))].append(entry)
    return found


def _for_a_visitor(route, address, person, strength, known, family_of) -> set[int]:
    parts = re.findall(r"[0-9a-z]{12}(?=/|$)|[0-9a-f]{32}", address)
    code = next((part for part in parts if len(part) == 12 and "/f/" in address), None)
    entry = next((part for part in parts if len(part) == 32), None)
    if code is not None:
        family = family_of.get(code)
        if family is None or family == 0 or not stands(person, family, strength, known):
            return {404}
        if entry and (known[2].get(entry, (None,))[0] != family or not may(person, entry, strength, known)):
            return {404}
    elif sum(stands(person, family, strength, known) for family in (1, 2, 3)) != 1:
        return {200, 303, 404}  # first which room, or the one page that says there is none
    elif entry and not may(person, entry, strength, known):
        return {404}
    return {200, 302, 303, 404} if entry else {200, 303}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "state", ["active", "invited", "accepted", "verified", "paused", "ended", "excluded", "barred"]
)
def test_every_state_of_a_relationship(state, cast, proven):
    """Anne, Lars, Marit and Ms Berg in each state: pages give exactly what the oracle gives."""
    for login in ("anne", "lars", "marit", "berg"):
        person = numbers()[login]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE record_relationship SET state = %s, ended_seq = 60 WHERE person = %s AND kind <> 'consult'",
                [state, person],
            )
    known, who, family_of = facts(), accounts(), codes()
    sample = sorted(known[2])[::5]
    statements = {id_of(e["family"], e["n"]) for e in data()["entry"]}  # the others are names, ties and grants
    wrong, count = [], 0
    for login in ("anne", "lars", "marit", "berg"):
        door, person = who[login]
        client = browser(login, 3)
        for id_ in sample:
            family = known[2][id_][0]
            code = next(code for code, number in family_of.items() if number == family)
            address = f"/me/n/{id_}" if door == "family" else f"/f/{code}/n/{id_}"
            answer = _get(client, address)
            count += 1
            reads = may(person, id_, 3, known) and family != 0
            nowhere = answer.status_code == 200 and _plain(answer) == _plain(_get(client, "/me"))
            right = {200, 302} if reads and id_ in statements else {200, 302, 404} if reads else {303, 404}
            if not nowhere and answer.status_code not in right:
                wrong.append((login, address, answer.status_code, reads))
    proven("requests in each state of a relationship that are answered otherwise than the oracle says", len(wrong),
           of=count)  # fmt: skip
    assert not wrong, wrong[:10]
