"""The account through both doors (R115): agreed, answered, enough or not, an answer owed; the litany."""

import re

import pytest

from alongside import clock
from alongside.cast.story import TODAY, numbers
from alongside.doors.practice.promising.tests.test_pages import chips, newest, settled
from alongside.promises import writing as promising
from alongside.promises.tests.test_promise import ACT, reader, refused
from alongside.record import settling
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.teams import account as noun
from alongside.teams import arranging

N = numbers()
DAY = {"on": "2026-11-20T17:00", "until": "", "place": "At home", "text": "", "lang": "en"}


@pytest.fixture
def agreed(cast):
    """The account is agreed for today."""
    how = {**DAY, "there": [N["kari"], N["lars"], N["anne"]], "readers": [N["anne"]], "what": "account"}
    arranging.fix(by=reader("kari"), once="a" * 32, at=ACT["at"], wait=0, **how)
    settled()


@pytest.fixture
def owed(cast):
    """What Kari promised Anne; the id."""
    promising.make(by=reader("kari"), text="I ring the housing office.", due="2026-11-20", readers=[N["anne"]],
                   once="b" * 32, **ACT)  # fmt: skip
    settled()
    return newest("promises.made")


def post(browser, path: str, field, **form):
    return browser.post(path, {"once": field(browser.get(path), "once"), **form})


def test_agreed_for_a_day_like_any_appointment(be, code, field, main):
    kari, path = be("kari"), f"/f/{code(1)}/appointments/new?for=account"
    page = kari.get(path)
    assert "A day for the account" in main(page) and "No day is agreed yet" in main(kari.get(f"/f/{code(1)}/account"))
    form = {"day": "2026-11-27", "from": "15:00", "place": "At home", "words": "", "there": chips(page, "there")}
    assert post(kari, path, field, **form).status_code == 303
    settled()
    assert "The next one: Friday 27 November 2026, 15:00" in main(kari.get(f"/f/{code(1)}/account"))
    assert "The next one: Friday 27 November 2026, 15:00" in main(be("anne").get("/me/account"))
    assert "The account: we answer for what we promised." in main(kari.get("/today"))
    assert "The account: we answer" in main(be("anne").get("/me/appointments"))
    moved = newest("teams.appointment-set")
    arranging.cancel(by=reader("anne"), appointment=moved, text="", once="c" * 32, **ACT)
    settled()
    assert "No day is agreed yet" in main(be("anne").get("/me/account"))


def ticked(page) -> set[str]:
    """What is ticked under "Who comes", as words."""
    boxes = re.findall(r'<input[^>]*name="there"[^>]*>.*?</label>', page.content.decode(), re.S)
    return {re.sub(r"<[^>]+>", "", one).strip() for one in boxes if "checked" in one.split(">")[0]}


def test_who_owes_and_to_whom_is_ticked_for_the_first_day_and_then_who_came_before(be, code, owed, field):
    lars, path = be("lars"), f"/f/{code(1)}/appointments/new?for=account"
    first = ticked(lars.get(path))
    assert {"Kari", "Anne", "Lars"} <= first
    how = {**DAY, "there": [N["lars"], N["anne"]], "readers": [N["anne"]], "what": "account"}
    arranging.fix(by=reader("lars"), once="d" * 32, at=ACT["at"], wait=0, **how)
    settled()
    assert ticked(lars.get(path)) == {"Lars", "Anne"}


def test_meetings_lead_to_the_account_on_its_day(be, code, agreed):
    page = be("kari").get(f"/f/{code(1)}/meetings").content.decode()
    assert page.count(f'href="/f/{code(1)}/account"') == 2


def test_each_helper_answers_for_their_own_in_their_words(be, code, owed, agreed, field, main):
    path, kari = f"/f/{code(1)}/account", be("kari")
    assert "Kari answers" in main(kari.get(path)) and "Answer for it" in main(kari.get(path))
    assert f'name="promise" value="{owed}"' not in re.sub(r"What the family says.*?</details>", "", be("lars").get(
        path).content.decode(), flags=re.S)  # fmt: skip
    refused = post(kari, path, field, promise=owed, act="broken", words="")
    assert refused.status_code == 422 and "Say why" in main(refused)
    assert post(kari, path, field, promise=owed, act="broken", words="They were closed.").status_code == 303
    assert settling.waiting(N["kari"]) == []
    for who, page in (("kari", path), ("anne", "/me/account")):
        words = main(be(who).get(page))
        assert "I ring the housing office." in words and "They were closed." in words and "not kept, 20 Nov" in words
    assert post(be("lars"), path, field, promise=owed, act="kept", words="").status_code == 422


def test_not_enough_is_an_answer_owed(be, code, owed, agreed, field, main):
    path = f"/f/{code(1)}/account"
    post(be("kari"), path, field, promise=owed, act="kept", words="I rang.")
    anne = be("anne")
    refused = post(anne, "/me/account", field, promise=owed, answer="not-enough", words="")
    assert refused.status_code == 422 and "Say in a few words what is not enough" in main(refused)
    because = "You rang. Nobody rang me."
    assert post(anne, "/me/account", field, promise=owed, answer="not-enough", words=because).status_code == 303
    assert "You: not enough, because" in main(anne.get("/me/account")) and "Not sent yet" in main(
        anne.get("/me/account")
    )
    settled()
    words = main(be("kari").get(path))
    assert "Anne: not enough, because" in words and because in words
    assert because in main(be("kari").get("/today")) and because not in main(be("lars").get("/today"))
    home = main(anne.get("/me"))
    assert "You said it is not enough:" in home and "An answer is owed by Friday 27 November 2026" in home
    assert because not in main(be("jonas").get("/me/account")) + main(be("per").get("/me/account"))
    assert all(rebuild(check=True).values())


def test_enough_is_received(be, code, owed, agreed, field, main):
    post(be("kari"), f"/f/{code(1)}/account", field, promise=owed, act="kept", words="")
    assert post(be("anne"), "/me/account", field, promise=owed, answer="enough", words="").status_code == 303
    settled()
    assert "Anne: enough" in main(be("kari").get(f"/f/{code(1)}/account"))
    assert "Anne: enough" in main(be("kari").get("/today"))


def test_at_the_table_a_worker_writes_it_down_as_told(be, code, owed, agreed, field, main):
    path, lars = f"/f/{code(1)}/account", be("lars")
    page = lars.get(path).content.decode()
    anne = re.search(r'name="speaker" value="([0-9a-f]{32})"[^>]*><span>(?:(?!</svg>).)*</svg>Anne<', page)[1]
    form = {"promise": owed, "act": "judged", "answer": "not-enough", "words": "Four weeks."}
    assert post(lars, path, field, **form).status_code == 422
    assert post(lars, path, field, speaker=anne, **form).status_code == 303
    assert "Anne: not enough, because" in main(lars.get(path)) and "Four weeks." in main(be("anne").get("/me/account"))
    entry = next(e for e in read(reader("kari")) if e.body.get("form") == "not-enough")
    assert (entry.basis, entry.speaker, entry.author, entry.body["to"]) == ("told", N["anne"], N["lars"], N["kari"])


def test_only_the_family_says_whether_it_is_enough(cast, owed):
    how = {"promise": owed, "enough": False, "text": "x", "today": TODAY.date(), "once": "d" * 32, **ACT}
    assert refused(noun.judge, by=reader("kari"), **how) == "not-yours"
    assert refused(noun.judge, by=reader("kari"), speaker=N["lars"], **how) == "not-yours"
    assert refused(noun.judge, by=reader("anne"), speaker=N["jonas"], **how) == "not-yours"
    assert refused(noun.judge, by=reader("per"), **how) == "not-found"
    for _ in range(10):
        noun.judge(by=reader("anne"), **how)
    assert len(settling.waiting(N["anne"])) == 1


def test_a_partner_sees_only_what_they_promised(be, code, owed, main):
    how = {"by": reader("kari"), "owner": N["berg"], "text": "A note in the bag.", "due": "", "readers": [N["anne"]]}
    promising.make(once="e" * 32, **how, **ACT)
    settled()
    theirs = main(be("berg").get("/me/account"))
    assert "A note in the bag." in theirs and "housing office" not in theirs and "Enough?" not in theirs
    assert "Ms Berg answers" in main(be("kari").get(f"/f/{code(1)}/account"))
    assert post_of(be("berg"), newest("promises.made")).status_code == 422


def post_of(browser, promise: str):
    return browser.post("/me/account", {"promise": promise, "answer": "enough", "words": "", "once": "7" * 32})


def test_what_belongs_to_an_account_begins_where_the_last_one_ended(cast, owed):
    every = read(reader("anne"))
    assert noun.account(every, TODAY.date()).since.isoformat() == "2026-08-22"
    clock.install(lambda: TODAY)
    promising.keep(by=reader("kari"), promise=owed, text="", once="f" * 32, **ACT)
    settled()
    owners, every = {N["kari"]}, read(reader("anne"))
    today = TODAY.date()
    assert owed in {item.promise.made.id for item in noun.items(every, owners, today)}
    later = today.replace(day=28)
    assert owed not in {item.promise.made.id for item in noun.items(every, owners, later)}


def test_the_paper_has_lines_for_a_pen(be, code, owed, agreed):
    for who, path in (("kari", f"/f/{code(1)}/account"), ("anne", "/me/account")):
        page = be(who).get(path).content.decode()
        assert "print-only pen" in page and "Enough / not enough, because:" in page


def test_nothing_of_it_reaches_somebody_under_hazard(be, code, cast):
    promising.make(by=reader("kari", 3), text="The tern.", due="", readers=[N["elin"]], once="1" * 32, **ACT)
    settled()
    strip = re.compile(rb'value="[^"]{20,}"')
    before = strip.sub(b"", be("morten").get("/me/account").content)
    how = {"promise": newest("promises.made"), "enough": False, "text": "Late.", "today": TODAY.date()}
    noun.judge(by=reader("elin", 3), once="2" * 32, **how, **ACT)
    settled()
    assert strip.sub(b"", be("morten").get("/me/account").content) == before
    assert refused(noun.judge, by=reader("morten", 3), once="3" * 32, **how, **ACT) == "not-found"


def test_the_litany(be, code, client, owed, field):
    path = f"/f/{code(1)}/account"
    for who, one in (("kari", path), ("anne", "/me/account")):
        assert be(who).get(one).status_code == 200 and be(who).put(one).status_code == 405
        assert client.get(one, HTTP_HOST="127.0.0.1").status_code == 303
    assert be("rune").get(path).status_code == 404 and be("anne").get(path).status_code == 404
    assert be("kari").get("/me/account").status_code == 404
    then = be("kari").get(f"{path}?at=2026-11-01").content.decode()
    assert "I ring the housing office." not in then and "Answer for it" not in then
    assert be("kari").post(f"{path}?at=2026-11-01", {"act": "kept", "promise": owed}).status_code == 404
    assert be("kari").post(path, {"act": "nothing", "promise": owed}).status_code == 404
    kept = post(be("kari"), path, field, promise=owed, act="moved", words="Wait.", day="2026-01-01")
    assert kept.status_code == 422 and "Wait." in kept.content.decode()


def test_ended_help_keeps_what_the_family_had(be, owed, main):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_relationship SET state = 'ended', ended_seq = 1000000 WHERE person = %s", [N["anne"]]
        )
    words = main(be("anne").get("/me/account"))
    assert "I ring the housing office." in words and "Enough?" not in words
