"""A leader on Monday: who works here, an invitation, a lost phone, somebody who leaves; and who is kept out."""

import re

import pytest
from django.test import Client

from alongside.access import accounts, bounds
from alongside.access.colleagues import scope_of
from alongside.access.models import Account, VisitOpen
from alongside.access.roles import appointed, holds, roles_of, supervisors_of
from alongside.access.tests.ways import PASSWORD, account, later, now, with_phone
from alongside.cast.story import number
from alongside.doors.entrance.tests.test_families import words
from alongside.families.queries import ids
from alongside.record.reading import rows
from alongside.record.registers import rebuild

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Samira", "called": "Samira", "login": "samira", "unit": "unit North", "roles": ["worker", "supervisor"],
    "once": "3" * 32,
}  # fmt: skip


def id_of(who: str) -> str:
    return ids([number(who)])[number(who)]


def about(who: str, act: str = "") -> str:
    return f"/office/people/{id_of(who)}{f'/{act}' if act else ''}"


@pytest.fixture
def tone(be):
    """Tone leads unit North and is administrator."""
    return be("tone")


def code_on(page) -> str:
    found = re.search(r'class="code-big"[^>]*>([0-9a-z-]{15})<', page.content.decode())
    return found[1] if found else ""


def test_the_list_says_who_and_whether_they_come_in_and_no_number(tone):
    page = words(tone.get("/office/people"))
    assert "Kari Moen" in page and "can sign in" in page and "supervisor of Kari" in page
    main = page.split("Who works here")[-1]
    assert not re.search(r"\d", main.split("Not everything")[0])


def test_an_invitation_from_the_form_to_the_first_day(tone):
    sent = NEW | {"supervised": [id_of("kari")]}
    answer = tone.post("/office/invite", sent)
    assert answer.status_code == 303
    page = tone.get(answer["Location"])
    code = code_on(page)
    assert code and "Welcome, Samira." in words(page) and "<svg" in page.content.decode()
    assert code not in tone.get(answer["Location"]).content.decode()  # shown once
    new = account("samira")
    assert {role.role for role in roles_of(new.person)} == {"worker", "supervisor"}
    assert new.person in supervisors_of(number("kari"))
    assert new.person not in (number("kari"), number("tone"))
    assert "invited, has not been here yet" in words(tone.get("/office/people"))
    assert Client(HTTP_HOST="127.0.0.1").post("/invited", {"code": code})["Location"] == "/first-day"
    assert all(rebuild(check=True).values())


def test_sent_twice_is_one_invitation(tone):
    first, second = tone.post("/office/invite", NEW), tone.post("/office/invite", NEW)
    assert first["Location"] == second["Location"]
    assert Account.objects.filter(login="samira").count() == 1
    assert len(rows("SELECT 1 FROM record_entry WHERE kind = 'access.invited'", [])) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Write the name"), ({"login": "Samira 1"}, "Small letters"), ({"roles": []}, "at least one"),
        ({"login": "kari"}, "has this name already"), ({"unit": ""}, "Write the unit"),
    ],
)  # fmt: skip
def test_what_is_to_be_mended_keeps_the_words(tone, change, says):
    answer = tone.post("/office/invite", NEW | change)
    assert answer.status_code == 422 and says in words(answer)
    assert "Samira" in answer.content.decode() and not Account.objects.filter(login="samira").exists()


def test_a_leader_gives_no_role_above_their_own(be):
    """A leader who is no administrator: own unit only, and neither leader nor administrator to give."""
    entry = next(role.id for role in roles_of(number("tone")) if role.role == "administrator")
    from alongside.access.roles import OFFICE, stood_down
    from alongside.record.appending import append

    down = accounts._as_given(stood_down(entry, why="test"), number("tone"))
    append([down], family=OFFICE, by=number("tone"), once="down", at=now())
    tone = be("tone")
    assert scope_of(number("tone")).unit == "unit North"
    tone.post("/office/invite", NEW | {"unit": "unit South", "roles": ["worker", "administrator", "leader"]})
    new = account("samira")
    assert [(role.role, role.unit) for role in roles_of(new.person)] == [("worker", "unit North")]
    assert "Rune" not in words(tone.get("/office/people"))
    assert tone.get(about("rune")).status_code == 404
    assert tone.post(about("rune", "leave"), {"why": "x"}).status_code == 404


def test_a_lost_phone_in_person(tone, be):
    with_phone("kari")
    kari = be("kari")
    answer = tone.post(about("kari", "new-code"), {"how": "stood-here", "once": "4" * 32})
    assert answer.status_code == 303 and code_on(tone.get(answer["Location"]))
    assert kari.get("/families").status_code == 303  # the lost phone is out at once
    found = account("kari")
    assert found.totp == "" and not found.has_usable_password()
    assert "A new code was given: stood here" in words(tone.get(about("kari")))
    assert tone.post(about("kari", "new-code"), {"how": "stood-here", "once": "4" * 32}).status_code == 303
    assert code_on(tone.get(about("kari", "code"))) == ""  # sent twice makes no second code


def test_nothing_but_in_person_or_the_word(tone, be):
    """Somebody rings and says she is Kari: a voice, hurry and a name are not enough, and guessing ends at five."""
    from django.contrib.auth.hashers import make_password

    with_phone("kari")
    Account.objects.filter(login="kari").update(word=make_password("blåbærkake"))
    tries = ["", "kari", "moen", "blåbær", "skjelvika", "blåbærkake"]
    for said in tries:
        answer = tone.post(about("kari", "new-code"), {"how": "said-word", "word": said})
        assert answer.status_code == 422, said
    assert "only in person" in words(answer)  # also for the right word, the sixth time
    later(days=30)
    tone = be("tone")
    assert tone.post(about("kari", "new-code"), {"how": "said-word", "word": "blåbærkake"}).status_code == 422
    assert tone.post(about("kari", "new-code"), {"how": "trust me"}).status_code == 422
    assert account("kari").totp
    assert tone.post(about("kari", "new-code"), {"how": "stood-here"}).status_code == 303


def test_the_agreed_word_is_enough_and_is_not_shown(tone):
    from django.contrib.auth.hashers import make_password

    Account.objects.filter(login="kari").update(word=make_password("blåbærkake"))
    answer = tone.post(about("kari", "new-code"), {"how": "said-word", "word": " Blåbær-kake "})
    assert answer.status_code == 303
    assert "blåbærkake" not in words(tone.get(about("kari"))).casefold()
    assert "said the agreed word" in words(tone.get(about("kari")))


def test_no_word_agreed_means_in_person(tone):
    answer = tone.post(about("kari", "new-code"), {"how": "said-word", "word": "anything"})
    assert answer.status_code == 422 and "No word was agreed" in words(answer)


def test_somebody_leaves(tone, be):
    kari = be("kari")
    page = words(tone.get(about("kari")))
    assert "Hand over first." in page and "Hansen" not in page
    assert tone.post(about("kari", "leave"), {"why": " "}).status_code == 422
    assert tone.post(about("kari", "leave"), {"why": "Works in Bergen now", "once": "5" * 32}).status_code == 303
    assert kari.get("/families").status_code == 303
    assert roles_of(number("kari")) == () and not holds(number("kari"), "worker")
    assert Client(HTTP_HOST="127.0.0.1").post("/sign-in", {"login": "kari", "password": "demo"}).status_code == 403
    assert "no longer works here" in words(tone.get("/office/people"))
    assert tone.post(about("kari", "new-code"), {"how": "stood-here"}).status_code == 422
    assert all(rebuild(check=True).values())


def test_nobody_does_it_for_themselves_and_one_administrator_stays(tone, be):
    for act, form in (("new-code", {"how": "stood-here"}), ("leave", {"why": "x"}), ("unlock", {})):
        assert tone.post(about("tone", act), form).status_code == 422
    made = accounts.invite(
        met={"name": "Bjørn", "called": "Bjørn", "unit": "unit North", "role": {"en": "leader"}},
        appointments=[appointed(0, "leader", unit="unit North")], login="bjorn", language="en",
        by=number("tone"), at=now(), once="bjorn",
    )  # fmt: skip
    Account.objects.filter(pk=made[0].pk).update(password="argon2$x")
    bjorn = be("bjorn")
    answer = bjorn.post(about("tone", "leave"), {"why": "x"})
    assert answer.status_code == 422 and "There must be an administrator" in words(answer)


def test_locked_and_let_in_again(tone):
    with_phone("kari")
    door = Client(HTTP_HOST="127.0.0.1")
    for _ in range(3):
        for _ in range(5):
            door.post("/sign-in", {"login": "kari", "password": "guess"})
        later(minutes=16)
    assert door.post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 429
    assert bounds.locked(bounds.name("kari"))
    assert "locked after too many tries" in words(tone.get("/office/people"))
    assert tone.post(about("kari", "unlock"), {}).status_code == 303
    assert door.post("/sign-in", {"login": "kari", "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("who", ["kari", "ingrid", "odd", "rune", "anne"])
def test_nobody_else_finds_the_office(who, be):
    browser = be(who)
    for path in ("/office/people", "/office/invite", about("kari"), about("kari", "code")):
        assert browser.get(path).status_code == 404
    for act in ("new-code", "unlock", "leave"):
        assert browser.post(about("rune", act), {"how": "stood-here", "why": "x"}).status_code == 404
    assert account("rune").is_active


def test_a_password_alone_makes_no_way_in_for_others(be):
    """Who has a leader's password and not the phone invites nobody, and gives nobody a code."""
    tone = be("tone", 1)
    assert tone.get("/office/people")["Location"] == "/again?to=/office/people"
    assert tone.post("/office/invite", NEW)["Location"] == "/again?to=/office/invite"
    assert tone.post(about("kari", "leave"), {"why": "x"})["Location"] == "/again?to=/office/people"
    assert account("kari").is_active and not Account.objects.filter(login="samira").exists()


def test_signed_out_and_wrong_ways(tone):
    door = Client(HTTP_HOST="127.0.0.1")
    assert door.get("/office/people").status_code == 303
    assert tone.get(about("kari", "leave")).status_code == 405
    assert tone.post("/office/people").status_code == 405
    assert tone.get("/office/people/" + "0" * 32).status_code == 404


def test_an_account_of_a_family_is_not_on_these_pages(tone):
    assert tone.get(f"/office/people/{ids([number('anne')])[number('anne')]}").status_code == 404


def test_no_secret_in_entries_or_sessions(tone):
    answer = tone.post("/office/invite", NEW)
    held = str(rows("SELECT session_data FROM django_session", []))
    code = code_on(tone.get(answer["Location"]))
    held += str(rows("SELECT body, once FROM record_entry", [])) + answer["Location"]
    assert code and code not in held and code.replace("-", "") not in held
    assert VisitOpen.objects.exists()


def test_where_there_is_one_unit_it_is_not_asked_for(cast):
    from alongside.access.colleagues import Scope
    from alongside.doors.office.forms import empty

    everybody = Scope(number("tone"), None)
    assert empty(everybody, ["unit North"]).unit == "unit North" and empty(everybody, ["North", "South"]).unit == ""


def test_from_one_invitation_to_the_next(tone):
    made = tone.post("/office/invite", NEW)
    assert 'href="/office/invite"' in tone.get(made["Location"]).content.decode()
