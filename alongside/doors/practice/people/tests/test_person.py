"""One person's page and the forms about them: what is kept, who reads it, and what is refused with the words kept."""

import pytest

from alongside.cast.story import numbers
from alongside.doors.practice.people.forms import FORMS
from alongside.record.reading import rows
from alongside.record.registers import rebuild

TYPED = {
    "name": {"name": "Mia Vik Hansen", "called": "Mia", "since": "2026"},
    "born": {"day": "about 2017"},
    "died": {"day": "2026"},
    "languages": {"language": ["so", "nb"], "interpreter": "yes", "who": "Hodan, Fjordtolk"},
    "gender": {"gender": "both"},
    "tie": {"words": "like a sister", "since": "2024"},
    "home": {"name": "At Lea’s", "place": "across the stairs", "since": "2026-11"},
    "place": {"what": "school", "name": "Skjelvika school", "note": "Ms Berg"},
    "reach": {"how": "Through Ms Berg.", "never": "by surprise", "say": "Kari"},
}
SHOWN = {
    "name": "since 2026; Kari says so", "born": "about 2017", "died": "2026",
    "gender": "Woman, man or another: both, neither or another",
    "languages": "Somali, Norwegian, with an "
    "interpreter, never a child. Hodan, Fjordtolk", "tie": "Mia to Jonas: like a sister, since 2024",
    "home": "At Lea’s: Mia across the stairs, since November 2026", "place": "School: Skjelvika school, Ms Berg",
    "reach": "Through Ms Berg. Never: by surprise Say: Kari",
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_what_is_told_stands_on_the_page(name, tell, page, person, main):
    typed = TYPED[name] | ({"with": person("jonas")} if name == "tie" else {})
    answer = tell("kari", 1, "mia", name, **typed)
    assert answer.status_code == 303, main(answer)
    assert SHOWN[name] in main(page("kari", 1, "mia")), main(page("kari", 1, "mia"))
    assert all(rebuild(check=True).values())


def test_every_form_opens_for_a_worker_and_for_nobody_else(page, person, be, code):
    for name in [*FORMS, "same"]:
        assert page("kari", 1, "mia", f"/{name}").status_code == 200, name
        assert page("rune", 1, "mia", f"/{name}").status_code == 404
        assert page("marit", 3, "morten", f"/{name}").status_code == 404, "who works with one person only"
        assert page("kari", 1, "mia", f"/{name}?at=2026-03-14").status_code == 404
        assert page("kari", 1, "elin", f"/{name}").status_code == 404, "somebody of another family"
        assert be("kari").put(f"/f/{code(1)}/people/{person('mia')}/{name}").status_code == 405


@pytest.mark.parametrize(
    ("form", "typed", "says"),
    [
        ("name", {"name": " "}, "Write a name"),
        ("name", {"name": "x" * 300}, "too long"),
        ("born", {"day": ""}, "about 1960"),
        ("born", {"day": "31.2.2017"}, "There is no such day"),
        ("gender", {}, "Choose"),
        ("languages", {}, "Choose at least one language"),
        ("tie", {}, "Choose somebody"),
        ("home", {"place": "here"}, "Say what the home is called"),
        ("moved", {"day": "2026"}, "Choose where it is to stand"),
        ("place", {"what": "school", "note": "kept words"}, "Write the name of the place"),
        ("reach", {"how": " ", "never": "kept words"}, "how they are reached"),
    ],
)
def test_what_is_refused_is_said_and_the_words_stay(form, typed, says, tell, held):
    before = held()
    answer = tell("kari", 1, "mia", form, **typed)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert all(value in answer.content.decode() for value in typed.values() if value.strip())
    assert held() == before


def test_sent_twice_is_one_act(tell, held):
    tell("kari", 1, "mia", "name", once="a" * 32, **TYPED["name"])
    before = held()
    assert tell("kari", 1, "mia", "name", once="a" * 32, **TYPED["name"]).status_code == 303
    assert held() == before
    other = tell("kari", 1, "mia", "name", once="a" * 32, name="Somebody else")
    assert other.status_code == 422 and "Somebody else" in other.content.decode() and held() == before


def test_a_name_of_then_stays_as_known_then(tell, page, main, be, code):
    tell("kari", 1, "jonas", "name", name="Jonas Yusuf Guled", called="Jonas")
    now = main(page("kari", 1, "jonas"))
    assert "Jonas Yusuf Guled" in now and "Jonas Yusuf Hansen" in now
    then = main(page("kari", 1, "jonas", "?at=2026-03-14"))
    assert "Jonas Yusuf Hansen" in then and "Guled" not in then
    assert "Jonas Yusuf Guled" in main(be("kari").get(f"/f/{code(1)}/people"))


def test_a_name_for_a_few_is_read_by_them_alone(tell, page, main, person, be):
    """Elin's new name: Kari and Elin; Ingrid and Marit go on reading the one they know."""
    answer = tell("kari", 3, "elin", "name", name="Elin Nordvik", reads="only", to=person("elin"))
    assert answer.status_code == 303
    assert "Elin Nordvik" in main(page("kari", 3, "elin"))
    for who in ("ingrid", "marit"):
        assert "Nordvik" not in page(who, 3, "elin").content.decode()
    assert "Nordvik" not in be("morten").get("/me/people").content.decode()
    assert "Elin Nordvik" not in be("morten").get("/me/story").content.decode()
    assert not rows("SELECT 1 FROM families_name n JOIN record_entry e ON e.pk = n.entry WHERE e.mark <> 'team'", [])


def test_nothing_goes_to_the_one_they_are_protected_from(tell, page, person, held):
    before = held()
    form = page("kari", 3, "elin", "/name").content.decode()
    assert person("morten") not in form.split('name="to"', 1)[1]
    assert "Somebody here is protected" in form and 'value="only" checked' in form.replace("  ", " ")
    tell("kari", 3, "elin", "name", name="Elin Nord", to=person("morten"))
    assert held() == before + 1
    assert not rows(
        "SELECT 1 FROM record_reader r JOIN record_entry e ON e.pk = r.entry WHERE r.person = %s "
        "AND e.kind = 'families.name'",
        [numbers()["morten"]],
    )


def test_for_a_few_needs_somebody(tell):
    answer = tell("kari", 1, "mia", "name", name="Mia", reads="only")
    assert answer.status_code == 422 and "Choose at least one person" in answer.content.decode()


def test_asked_again(tell, page, main, field, be, code, person):
    shown = page("kari", 1, "anne")
    way = field(shown, "way")
    address = f"/f/{code(1)}/people/{person('anne')}/asked"
    assert be("kari").post(address, {"way": way, "once": "b" * 32}).status_code == 303
    assert be("kari").post(address, {"way": way, "once": "b" * 32}).status_code == 303
    words = main(page("ingrid", 1, "anne"))
    assert words.count("Asked again by Kari, today") == 1 or words.count("Asked again by Kari, 20 Nov") == 1, words
    assert be("kari").post(address, {"way": "0" * 32, "once": "c" * 32}).status_code == 404
    assert be("rune").post(address, {"way": way, "once": "c" * 32}).status_code == 404
    tell("kari", 1, "anne", "reach", how="Text to the new number.")
    words = main(page("kari", 1, "anne"))
    assert "Text to the new number." in words and "Asked again" not in words
    assert be("kari").get(address).status_code == 405


def test_a_way_for_a_few_said_anew_is_for_no_more(page, tell, person, main):
    """Who did not know Elin's way is not named on the new one by itself."""
    tell("kari", 3, "elin", "reach", how="Ring the tern line.", reads="only", to=person("elin"))
    form = page("kari", 3, "elin", "/reach").content.decode()
    helpers = form.split('name="helpers"', 1)[1][:200]
    assert "Ring the tern line." in form and person("ingrid") in helpers and "checked" not in helpers.split(">")[0]
    assert "Who reads it: Only you, Elin" in main(page("kari", 3, "elin", "/reach"))
    assert "tern line" not in page("ingrid", 3, "elin").content.decode()


def test_two_versions_stand_side_by_side(tell, page, main, person):
    tell("kari", 1, "farhiya", "tie", words="ayeeyo", speaker=person("mia"), **{"with": person("mia")})
    tell("kari", 1, "farhiya", "tie", words="no relation", speaker=person("per"), **{"with": person("mia")})
    words = main(page("kari", 1, "farhiya"))
    assert "Farhiya to Mia: ayeeyo Mia says so" in words and "Farhiya to Mia: no relation Per says so" in words


def test_said_from_the_other_side(tell, page, main, person):
    tell("kari", 1, "farhiya", "tie", tie="grandparent", **{"with": person("mia")})
    assert "Mia: grandchild of Farhiya" in main(page("kari", 1, "mia"))


def test_moving_out(tell, page, main, field, be, code):
    form = page("kari", 1, "jonas", "/moved").content.decode()
    home = form.split('name="home" value="')[1][:32]
    assert tell("kari", 1, "jonas", "moved", home=home, day="November 2026").status_code == 303
    assert "Jonas moved out November 2026" in main(be("kari").get(f"/f/{code(1)}/people"))
    assert "Jonas moved out" not in main(be("kari").get(f"/f/{code(1)}/people?at=2026-03-14"))
    assert all(rebuild(check=True).values())


def test_not_born_yet_is_no_adult(be, code, page, main, tell):
    answer = be("kari").post(
        f"/f/{code(1)}/people/new",
        {"name": "Baby", "day": "March 2027", "unborn": "yes", "reads": "team", "once": "d" * 32},
    )
    assert answer.status_code == 303
    number, day = rows("SELECT person, from_day FROM record_adult ORDER BY person DESC", [])[0]
    id = rows("SELECT id FROM record_person WHERE number = %s", [number])[0][0]
    assert "expected March 2027" in main(page("kari", 1, id)) and day > 740_000
    assert page("kari", 1, id, "/journal").status_code == 200
    tell("kari", 1, id, "born", day="3 March 2027")
    words = main(page("kari", 1, id))
    assert "Born: 3 Mar 2027" in words


def test_what_the_family_alone_says_changes_no_register(be, tell):
    """A birth for a few would change what others read of what is shared; so it does not count."""
    before = rows("SELECT family, person, from_day FROM record_adult ORDER BY 1, 2", [])
    from alongside.dates import canonical
    from alongside.doors.practice.people.tests.test_twice import reader_of
    from alongside.families import meeting
    from alongside.families.telling import Told

    kari = reader_of("kari", 1)
    told = Told(kari, to=(numbers()["anne"],), only=True)
    meeting.born(told=told, person=numbers()["mia"], day=canonical("1990"), unborn=False, at=kari.today, once="e" * 32)
    assert rows("SELECT family, person, from_day FROM record_adult ORDER BY 1, 2", []) == before


def test_another_s_page_is_not_sent_in_my_name(be, code, person):
    from alongside.access.models import Account
    from alongside.access.sealed import whose

    mark = whose(Account.objects.get(login="kari"))
    for form in ("name", "asked", "same"):
        sent = be("ingrid").post(f"/f/{code(1)}/people/{person('mia')}/{form}", {"name": "x", "whose": mark})
        assert sent.status_code == 403


def test_signed_out_and_ended(client, code, person, be):
    from django.db import connection

    address = f"/f/{code(1)}/people/{person('mia')}"
    assert client.get(address, HTTP_HOST="127.0.0.1").status_code == 303
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_relationship SET state = 'ended', ended_seq = 60 WHERE person = %s", [numbers()["kari"]]
        )
    assert be("kari").get(address).status_code == 404
