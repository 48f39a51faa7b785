"""The plan's pages through both doors: what works, who sees what, what is refused, and what is not there."""

import io
import re

import pytest
from pypdf import PdfReader

from alongside import clock
from alongside.cast.story import TODAY, numbers
from alongside.doors.family.forms import handle
from alongside.promises.tests.test_promise import reader
from alongside.record import settling
from alongside.record.reading import rows

NOW = clock.micros(TODAY)
FORMS = ("write", "child/write", "needs/new", "strengths/new", "celebrate", "hard-hours/write", "hard-hours/review")


def settled() -> None:
    settling.settle(NOW + 3_600_000_000)


def id_of_person(who: str) -> str:
    return rows("SELECT id FROM record_person WHERE number = %s", [numbers()[who]])[0][0]


@pytest.fixture
def change(be, field):
    """`change(point_1="…")`: Anne writes the next version in her own door."""

    def write(**points):
        anne = be("anne")
        page = anne.get("/me/plan/write")
        form = {f"point-{key}": "Words of before." for key in range(1, 6)} | {"exit": "We ring each other first."}
        form |= {name.replace("_", "-"): text for name, text in points.items()}
        form |= {name: field(page, name) for name in ("base", "once", "room", "whose")}
        answer = anne.post("/me/plan/write", form)
        settled()
        return answer

    return write


def test_the_plan_stands_with_every_answer_in_both_doors(be, code, main):
    for page in (main(be("kari").get(f"/f/{code(1)}/plan")), main(be("anne").get("/me/plan"))):
        assert "Ayeeyo has Mia Tuesday and Thursday" in page and "Kari: yes, with On nights Ali is away" in page
        assert "Kari: not safe, because Jonas is 15" in page and "Jonas agrees partly To point 4" in page
        assert "When this ends we ring each other first and you second." in page
        assert "Mia to know who is in the house" in page and "To change: the family, those who help" in page
        assert "I want my ears to sleep too." in page and "Last evening for me." in page
    assert "I keep Lea's number" not in main(be("per").get("/me/plan"))  # an answer is not his to read (R5)


def test_a_late_promise_says_both_days_and_why(be, code, main, field):
    """R59: the reason and the new day stand on the plan."""
    kari = be("kari")
    kari.post(f"/f/{code(1)}/promises/new", {
        "words": "I ring the housing office.", "due": "2026-11-24", "to": [id_of_person("anne")], "once": "1" * 32,
    })  # fmt: skip
    settled()
    made = rows("SELECT id FROM record_entry WHERE kind = 'promises.made' ORDER BY recorded_at DESC LIMIT 1", [])[0][0]
    kari.post(f"/f/{code(1)}/p/{made}", {
        "act": "moved", "why": "They were closed.", "day": "2026-12-02", "once": "2" * 32,
    })  # fmt: skip
    settled()
    page = main(be("anne").get("/me/plan"))
    assert "Moved from Tuesday 24 November" in page and "They were closed." in page
    assert "by Wednesday 2 December 2026" in page


def test_a_version_is_kept_beside_the_one_before(change, be, code, main):
    assert change(point_1="Ayeeyo has Mia on Tuesday.", point_5="", new_1="Fish on Mondays.").status_code == 303
    page = main(be("kari").get(f"/f/{code(1)}/plan"))
    assert "Fish on Mondays." in page and "20 Mar, to how the point was before" in page
    for address, who in ((f"/f/{code(1)}/plan/versions", "kari"), ("/me/plan/versions", "jonas")):
        page = main(be(who).get(address))
        assert "left out Before: Nobody from the service comes on Sundays." in page
        assert "added Fish on Mondays." in page and "Now: Ayeeyo has Mia on Tuesday." in page
    assert "Fish on Mondays" not in main(be("kari").get(f"/f/{code(1)}/plan?at=2026-11-19"))


def test_what_is_refused_keeps_every_box(be, field, main):
    anne = be("anne")
    once = field(anne.get("/me/plan/write"), "once")
    wrong = anne.post("/me/plan/write", {"point-1": " ", "exit": "Half an ending", "base": "", "once": once})
    assert wrong.status_code == 422 and "Half an ending" in wrong.content.decode()
    assert "Write a few words first" in main(wrong)


def test_an_answer_without_its_why_is_kept_and_asked(be, code, main, field):
    lars, path = be("lars"), f"/f/{code(1)}/plan/answer"
    form = {name: field(lars.get(path), name) for name in ("version", "once", "whose")}
    wrong = lars.post(path, {**form, "grade-4": "not-safe", "text-4": " ", "grade-2": "with", "text-2": "A lamp."})
    assert wrong.status_code == 422 and "A lamp." in wrong.content.decode() and "why it is not safe" in main(wrong)
    sent = {**form, "grade-4": "not-safe", "text-4": "He is a boy.", "grade-2": "with", "text-2": "A lamp."}
    assert [lars.post(path, sent).status_code for _n in range(3)] == [303, 303, 303]
    settled()
    page = main(be("jonas").get("/me/plan"))
    assert page.count("He is a boy.") == 1 and "Lars: yes, with A lamp." in page


@pytest.mark.parametrize("form", ["agree", "partly", "must", "differ", "no", "time", "advocate", "add"])
def test_every_grade_stands_unaltered_also_on_paper(form, be, code, field, main):
    """R3: in the plan and in print."""
    per = be("per")
    page = per.get("/me/plan/say?point=4")
    assert re.search(r'value="4" checked', page.content.decode())
    sent = {"point": "4", "form": form, "words": "Mine.", "once": field(page, "once"), "room": field(page, "room")}
    assert per.post("/me/plan/say", sent).status_code == 303
    settled()
    said = {
        "agree": "Per agrees", "partly": "Per agrees partly", "must": "Per: I agree because I feel I must",
        "differ": "Per sees it differently", "no": "Per says no", "time": "Per needs time",
        "advocate": "Per wants an advocate", "add": "Per adds something",
    }[form]  # fmt: skip
    page = main(be("kari").get(f"/f/{code(1)}/plan"))
    assert f"{said} Mine." in page
    paper = PdfReader(io.BytesIO(be("kari").get(f"/f/{code(1)}/plan/plan.pdf").content)).pages[0].extract_text()
    assert said in " ".join(paper.split()) and "Mine." in paper


def test_a_service_is_asked_about_once(be, code, main, field):
    kari, path = be("kari"), f"/f/{code(1)}/plan/needs/new"
    form = {"of": id_of_person("anne"), "words": "A parenting course", "change": ["municipality"],
            "to": [id_of_person("anne")], "once": field(kari.get(path), "once")}  # fmt: skip
    asked = kari.post(path, form)
    assert asked.status_code == 422 and "sounds like a service" in main(asked) and "A parenting course" in main(asked)
    assert kari.post(path, {**form, "sure": field(asked, "sure")}).status_code == 303
    settled()
    page = main(be("anne").get("/me/plan"))
    assert re.search(r"Not ours to change Anne A parenting course", page)  # R112: not among what the family lacks


def test_a_strength_is_listed_until_it_is_used(be, main, field):
    jonas = be("jonas")
    page = jonas.get("/me/plan/strengths/new")
    me = handle(reader("jonas"), numbers()["jonas"])
    form = {"of": me, "words": "I keep my word.", "once": field(page, "once"), "room": field(page, "room")}
    assert jonas.post("/me/plan/strengths/new", form).status_code == 303
    settled()
    page = jonas.get("/me/plan")
    assert "Good at, and not used yet Jonas : I keep my word." in main(page)
    used = re.search(r'href="(/me/plan/strengths/new\?of=[0-9a-f]{32})"', page.content.decode())[1]
    page = jonas.get(used)
    form = {"strength": field(page, "strength"), "points": ["2"], "once": field(page, "once")}
    assert jonas.post("/me/plan/strengths/new", form).status_code == 303
    settled()
    assert "Good at, and used Jonas : I keep my word. Point 2." in main(jonas.get("/me/plan"))


def test_how_it_ends_is_asked_for_from_the_first_version(be, code, main):
    elin = main(be("elin").get("/me/plan"))
    assert "No plan stands here" in elin and "How this ends" not in elin
    write = main(be("elin").get("/me/plan/write"))
    assert "How this ends" in write and "It can wait." in write


def test_a_plan_without_an_end_says_so(change, be, main):
    change(exit="")
    assert "Nobody has said yet how this ends." in main(be("jonas").get("/me/plan"))


def test_in_words_for_a_child(be, code, main, field, change):
    kari, path = be("kari"), f"/f/{code(1)}/plan/child/write"
    form = {"words": "Ayeeyo fetches you on Tuesday.", "once": field(kari.get(path), "once")}
    assert kari.post(path, form).status_code == 303
    settled()
    page = main(be("jonas").get("/me/plan/child"))
    assert "Ayeeyo fetches you on Tuesday. Written by Kari." in page and "was changed after" not in page
    change(point_1="Ayeeyo has Mia on Monday.")
    assert "The plan was changed after this." in main(be("jonas").get("/me/plan/child"))


def test_hard_hours_are_one_tap_from_home(be, code, main):
    assert 'href="/me/plan/hard-hours"' in be("anne").get("/me").content.decode()
    assert f'href="/f/{code(1)}/plan/hard-hours"' in be("kari").get(f"/f/{code(1)}").content.decode()
    page = main(be("anne").get("/me/plan/hard-hours"))
    assert "Mia is in the hall in her socks" in page and "Last, when nothing else helped: The duty line" in page


def test_a_number_is_there_for_those_who_may_read_it(be, code, main, field):
    """A number nobody typed is looked up in the safe way, and that is for its person and the helpers."""
    path = f"/f/{code(1)}/plan/hard-hours/write"
    kari = be("kari")
    base = field(kari.get(path), "base")
    form = {"what-1": "comes in her slippers", "who-1": id_of_person("per"), "what-2": "Ring the night bus",
            "number-2": "000 00 199", "base": base, "speaker": id_of_person("anne"), "once": "3" * 32}  # fmt: skip
    assert kari.post(path, form).status_code == 303
    settled()
    hers, pers, lea = (
        main(be(who).get(where))
        for who, where in (
            ("kari", f"/f/{code(1)}/plan/hard-hours"),
            ("per", "/me/plan/hard-hours"),
            ("lea", "/me/plan/hard-hours"),
        )
    )
    assert "000 00 108" in hers and "000 00 108" in pers and "Per" in lea and "000 00 108" not in lea
    assert all("000 00 199" in page for page in (hers, pers, lea))


def test_we_used_it_opens_three_questions_about_the_plan(be, code, main, field):
    jonas = be("jonas")
    page = jonas.get("/me/plan/hard-hours")
    answer = jonas.post("/me/plan/hard-hours/used", {"once": field(page, "once"), "room": field(page, "room")})
    assert answer.status_code == 303 and answer["Location"] == "/me/plan/hard-hours/review"
    questions = main(jonas.get("/me/plan/hard-hours/review"))
    assert questions.count("?") >= 3 and "We look at the plan, not at you." in questions
    assert "Used, and not looked at yet" in main(be("kari").get(f"/f/{code(1)}/plan/hard-hours"))


def test_a_plan_for_safety_is_a_page_for_its_readers_alone(be, code, main, plain):
    kari, path = be("kari"), f"/f/{code(3)}/plan/safety"
    assert "The bag is in the boat shed." in main(kari.get(path)) and path in kari.get(path[:-7]).content.decode()
    elin = be("elin")
    assert "SVALE" in main(elin.get("/me/plan/safety")) and "Exit page" in elin.get("/me/plan/safety").content.decode()
    assert "SVALE" not in elin.get("/me/plan").content.decode()
    for who, where in (("morten", "/me"), ("anne", "/me"), ("marit", f"/f/{code(3)}"), ("rune", f"/f/{code(3)}")):
        browser = be(who)
        assert browser.get(f"{where}/plan/safety").status_code == 404
        assert "safety" not in plain(browser.get(f"{where}/plan")).decode()
    weak = be("elin", 2)
    assert weak.get("/me/plan/safety").status_code == 404 and "safety" not in weak.get("/me/plan").content.decode()


def test_a_plan_for_safety_changed_by_her_who_lives_it(be, main, field):
    elin = be("elin")
    address = re.search(r'href="(/me/plan/safety/write\?plan=\w+)"', elin.get("/me/plan/safety").content.decode())[1]
    page = elin.get(address)
    form = {"words": "The bag is with Aud.", "review": "2026-12-10", "plan": field(page, "plan"),
            "once": field(page, "once"), "room": field(page, "room")}  # fmt: skip
    assert elin.post("/me/plan/safety/write", {**form, "review": "2027-12-10"}).status_code == 422
    assert elin.post("/me/plan/safety/write", form).status_code == 303
    assert "The bag is with Aud." in main(elin.get("/me/plan/safety"))
    assert "with Aud" not in be("aud").get("/me/plan").content.decode()


@pytest.mark.parametrize("where", ["", "/versions", "/child", "/hard-hours", *(f"/{form}" for form in FORMS)])
def test_the_litany(where, be, code, client):
    """Another worker, ended work, ended help, signed out, the wrong method."""
    page = f"/f/{code(1)}/plan{where}"
    assert be("rune").get(page).status_code == 404
    assert client.get(page).status_code == 303 and client.get(f"/me/plan{where}").status_code == 303
    assert be("kari").delete(page).status_code == 405 and be("anne").put(f"/me/plan{where}").status_code == 405
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_relationship SET state = 'ended', ended_seq = 900 WHERE family = 1")
    assert be("kari").get(page).status_code == 404
    left = be("anne").get(f"/me/plan{where}")
    if where.lstrip("/") in FORMS:
        assert left.status_code == 303
    else:
        assert left.status_code == 200 and (where or "Ayeeyo has Mia" in left.content.decode())


def test_as_known_then_nothing_is_written(be, code, main):
    page = be("ingrid").get(f"/f/{code(1)}/plan?at=2026-03-14T15:00")
    assert "Not answered yet." in main(page) and "Answer the points" not in main(page)
    assert be("ingrid").get(f"/f/{code(1)}/plan/answer?at=2026-03-14T15:00").status_code == 303
    assert "No plan" in main(be("kari").get(f"/f/{code(1)}/plan?at=2026-03-13"))
    assert be("kari").get(f"/f/{code(1)}/plan?at=yesterday").status_code == 400
    assert be("anne").get("/me/plan?at=yesterday").status_code == 400


def test_who_helps_reads_no_plan_and_writes_none(be, main):
    berg = be("berg")
    assert "Ayeeyo" not in main(berg.get("/me/plan")) and berg.get("/me/plan/write").status_code == 303


def test_words_taken_out_stand_in_their_boxes_again(be, main, field):
    anne = be("anne")
    page = anne.get("/me/plan/write")
    form = {"point-1": "Ayeeyo has Mia.", "new-1": "Fish on Mondays.", "exit": "We ring."}
    form |= {name: field(page, name) for name in ("base", "once", "room")}
    assert anne.post("/me/plan/write", form).status_code == 303
    page = anne.get("/me/plan")
    assert "Not sent yet" in main(page) and "Fish on Mondays." in main(page)
    undo = re.search(r'action="(/me/waiting/\w+/undo)"', page.content.decode())[1]
    back = anne.post(undo, {"room": field(page, "room")})
    assert back["Location"].startswith("/me/plan/write")
    again = anne.get(back["Location"]).content.decode()
    assert "Fish on Mondays." in again and "We ring." in again and "Nobody from the service" not in again
