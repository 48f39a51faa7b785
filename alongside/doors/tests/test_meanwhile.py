"""Somebody else settles it, takes it back or answers it while one writes in its form: through both doors one is told
that, and by whom as far as one may know, and one's words come back. The same form sent twice is one act."""

import datetime as dt
import re

import pytest

from alongside import clock, ids
from alongside.access import holds
from alongside.access.erasure import listed
from alongside.cast.story import TODAY, number, numbers
from alongside.dialogue.showing import Showing
from alongside.doors.meanwhile import settled_words
from alongside.doors.office.tests import test_closing as closing
from alongside.doors.office.tests import test_keeping as keeping
from alongside.doors.practice.promising.tests.test_pages import chips
from alongside.exchange.pack import asked as asking
from alongside.exchange.pack.tests.test_pack import given
from alongside.families.person import People
from alongside.promises.promise import promises
from alongside.promises.tests.test_promise import reader
from alongside.record import settling
from alongside.record.reading import read, rows

N = numbers()
NOW = clock.micros(TODAY)
WORDS = "I could not reach the office on Monday."
BOX = re.compile(r"<textarea[^>]*>(.*?)</textarea>", re.S)


def settled() -> None:
    settling.settle(NOW + 3_600_000_000)


def newest(kind: str) -> str:
    return rows("SELECT id FROM record_entry WHERE kind = %s ORDER BY recorded_at DESC, pk DESC LIMIT 1", [kind])[0][0]


def entries() -> int:
    return rows("SELECT count(*) FROM record_entry", [])[0][0] + rows("SELECT count(*) FROM record_pending", [])[0][0]


@pytest.fixture
def send(be, field):
    """`send("kari", form, **fields)`: the form as it stands on its page is sent; what is answered."""

    def act(who: str, path: str, **form):
        browser = be(who)
        return browser.post(path, {"once": field(browser.get(path), "once"), **form})

    return act


@pytest.fixture
def while_writing(be, field, main):
    """`while_writing(who, path, other, says, **form)`: `who` has the form open; `other()` happens; then it is sent.
    They are told what happened, their words come back, and nothing of theirs is in the record."""

    def tried(who: str, path: str, other, says: str, **form):
        browser = be(who)
        assert browser.get(path).status_code == 200
        sent = {"once": field(browser.get(path), "once"), **form}
        other()
        before = entries()
        answer = browser.post(path, sent)
        told = main(answer)
        assert answer.status_code == 422 and "Nothing was sent" in told and says in told, told
        assert [text.strip() for text in BOX.findall(answer.content.decode())] == [WORDS]
        assert entries() == before and WORDS not in str(rows("SELECT body FROM record_entry", []))
        there = re.search(r'<a class="btn plain" href="([^"]+)"', answer.content.decode())[1]
        assert browser.get(there.split("#")[0]).status_code == 200
        return answer

    return tried


# --- promises ------------------------------------------------------------------------------------------------


@pytest.fixture
def said_so(send):
    """Jonas says what he will do; the id."""
    assert send("jonas", "/me/promises/new", words="I ask Ali for fewer hours.").status_code == 303
    settled()
    return newest("promises.made")


@pytest.fixture
def owed(send, be, code):
    """Kari promises Anne something; the id."""
    page = be("kari").get(f"/f/{code(1)}/promises/new").content.decode()
    to = re.findall(r'name="to" value="([0-9a-f]*)" checked', page)
    form = {"words": "I ring the housing office.", "due": "2026-11-24", "to": to}
    assert send("kari", f"/f/{code(1)}/promises/new", **form).status_code == 303
    settled()
    return newest("promises.made")


@pytest.mark.parametrize(
    "form", [{"act": "kept", "words": WORDS}, {"act": "moved", "day": "2026-11-30", "why": WORDS},
             {"act": "broken", "reason": WORDS}], ids=lambda form: form["act"],
)  # fmt: skip
@pytest.mark.parametrize("door", ["family", "practice"])
def test_a_promise_somebody_else_settled(send, while_writing, said_so, code, door, form):
    mine, theirs = f"/me/p/{said_so}", f"/f/{code(1)}/p/{said_so}"

    def other() -> None:
        who, path = ("kari", theirs) if door == "family" else ("jonas", mine)
        assert send(who, path, act="kept", words="It is done.").status_code == 303
        settled()

    who, path, says = ("jonas", mine, "Kari") if door == "family" else ("kari", theirs, "Jonas")
    while_writing(who, path, other, f"Meanwhile {says} said what became of it.", **form)


def test_a_tap_without_words_is_told_too(send, be, field, main, said_so, code):
    jonas, path = be("jonas"), f"/me/p/{said_so}"
    once = field(jonas.get(path), "once")
    send("kari", f"/f/{code(1)}/p/{said_so}", act="kept", words="")
    settled()
    told = main(jonas.post(path, {"act": "kept", "words": "", "once": once}))
    assert "Meanwhile Kari said what became of it." in told and "Your words" not in told
    assert "Nobody else reads" not in told


def test_ones_own_word_in_another_tab(send, while_writing, said_so):
    path = f"/me/p/{said_so}"
    says = "Meanwhile you said what became of it."
    while_writing("jonas", path, lambda: send("jonas", path, act="kept", words="Done."), says, act="broken",
                  reason=WORDS)  # fmt: skip


def test_what_one_was_asked_for_and_answered_in_another_tab(send, while_writing, be, code):
    of = be("anne").get("/me/promises/ask").content.decode().split('name="of" value="')[1].split('"')[0]
    assert send("anne", "/me/promises/ask", words="Ring me first.", of=of).status_code == 303
    settled()
    path = f"/f/{code(1)}/p/{newest('promises.asked')}"

    def other() -> None:
        assert send("kari", path, act="promise", words="I do.", due="").status_code == 303
        settled()

    while_writing("kari", path, other, "Meanwhile you answered it.", act="decline", reason=WORDS)


def test_on_the_page_of_the_account(send, while_writing, owed, code):
    path = f"/f/{code(1)}/account"

    def other() -> None:
        assert send("kari", f"/f/{code(1)}/p/{owed}", act="kept", words="").status_code == 303
        settled()

    while_writing("kari", path, other, "Meanwhile you said", promise=owed, act="broken", words=WORDS)


def test_sent_twice_it_is_one_act_whatever_became_of_it_since(be, field, said_so, code, send):
    jonas, path = be("jonas"), f"/me/p/{said_so}"
    form = {"act": "moved", "day": "2026-11-30", "why": WORDS, "once": field(jonas.get(path), "once")}
    assert jonas.post(path, form).status_code == 303
    settled()
    assert send("kari", f"/f/{code(1)}/p/{said_so}", act="kept", words="").status_code == 303
    settled()
    before = entries()
    assert jonas.post(path, form).status_code == 303 and entries() == before


def test_whose_name_one_may_not_know_is_not_said(send, said_so, code):
    send("kari", f"/f/{code(1)}/p/{said_so}", act="kept", words="")
    settled()
    (it,) = [one for one in promises(read(reader("jonas"))) if one.made.id == said_so]
    nobody = Showing(People({}), "en", TODAY.date(), TODAY.tzinfo or dt.UTC, me=N["jonas"])
    assert settled_words(it, nobody, reader("jonas")) == "Meanwhile someone said what became of it."


# --- appointments, questions, words --------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["time", "cancel"])
def test_an_appointment_that_kari_cancels(send, while_writing, said, code, form):
    def other() -> None:
        cancel = f"/f/{code(1)}/appointments/{said(1, 105)}/cancel"
        assert send("kari", cancel, words="I am ill.", why="I am ill.").status_code == 303
        settled()

    path = f"/me/appointments/{said(1, 105)}/{form}"
    while_writing("anne", path, other, "Meanwhile Kari cancelled it.", words=WORDS)


@pytest.mark.parametrize("form", ["move", "cancel"])
def test_an_appointment_that_anne_cancels(send, while_writing, said, code, form):
    def other() -> None:
        assert send("anne", f"/me/appointments/{said(1, 105)}/cancel", words="").status_code == 303
        settled()

    path = f"/f/{code(1)}/appointments/{said(1, 105)}/{form}"
    sent = {"day": "2026-11-30", "from": "10:00", "words": WORDS}
    while_writing("kari", path, other, "Meanwhile Anne cancelled it.", **sent)


def test_a_wish_to_meet_for_which_a_colleague_sets_a_time(be, send, while_writing, code):
    assert send("anne", "/me/appointments/ask", words="Can we meet?").status_code == 303
    settled()
    path = f"/f/{code(1)}/appointments/new?asked={newest('teams.appointment-asked')}"
    form = {"day": "2026-11-27", "from": "15:00", "place": "", "there": chips(be("lars").get(path), "there")}

    def other() -> None:
        assert send("lars", path, **form, words="").status_code == 303
        settled()

    while_writing("kari", path, other, "Meanwhile Lars set a time.", **form, words=WORDS)


def test_a_question_that_a_colleague_answers(send, while_writing, said, code):
    assert send("anne", f"/me/n/{said(1, 105)}/answer", form="ask", words="May Per come?").status_code == 303
    settled()
    path = f"/f/{code(1)}/n/{newest('dialogue.question')}/heard"

    def other() -> None:
        assert send("lars", path, words="About Per.", due="2026-11-24").status_code == 303
        settled()

    while_writing("kari", path, other, "Meanwhile Lars answered it.", words=WORDS, due="2026-11-24")


def test_words_that_are_taken_back_while_one_answers_them(send, while_writing, said, code):
    def other() -> None:
        assert send("anne", f"/me/n/{said(1, 98)}/take-back", why="Too soon.").status_code == 303

    path = f"/f/{code(1)}/n/{said(1, 98)}/answer"
    while_writing("kari", path, other, "Meanwhile Anne took these words back.", words=WORDS, text=WORDS)


@pytest.mark.parametrize(("who", "by"), [("anne", "you"), ("kari", "Anne")])
def test_somebody_who_is_taken_out_of_the_team(send, while_writing, code, who, by):
    assert send("anne", "/me/team/name", **{"name-1": "Torill", "role-1": "Walks the dog"}).status_code == 303
    mine = f"/me/team/{newest('teams.joined')}"
    path = f"{mine}/role" if who == "anne" else f"{mine.replace('/me', '/f/' + code(1))}/role"

    def other() -> None:
        assert send("anne", f"{mine}/leave", why="Too much now.").status_code == 303

    while_writing(who, path, other, f"Meanwhile {by} took Torill out of the team.", role=WORDS)


def test_what_was_handed_over_while_one_decides(be, send, field, while_writing, code):
    assert send("anne", "/me/everything", words="How it was.").status_code == 303
    (asked,) = asking.mine(N["anne"], 1)
    path = f"/f/{code(1)}/everything/{asked.id}"
    while_writing("kari", path, lambda: given(asked), "handed it over.", why=WORDS)


def test_points_of_a_plan_that_are_not_there_any_more(be, field, code, main):
    """Somebody wrote the next version while it was answered: what was written to a point stays on the page."""
    path, kari, anne = f"/f/{code(1)}/plan/answer", be("kari"), be("anne")
    shown, form = kari.get(path), anne.get("/me/plan/write")
    (key, *rest) = re.findall(r'name="(point-\d+)"', form.content.decode())
    sent = {"once": field(shown, "once"), "version": field(shown, "version"), key.replace("point", "text"): WORDS}
    kept = {one: "We go on." for one in rest} | {key: ""}
    assert (
        anne.post("/me/plan/write", {"once": field(form, "once"), "base": field(form, "base"), **kept}).status_code
        == 303
    )
    settled()
    answer = kari.post(path, sent)
    assert answer.status_code == 422 and "changed it while you wrote" in main(answer)
    assert WORDS in [text.strip() for text in BOX.findall(answer.content.decode())]
    stale = {"once": field(answer, "once"), "version": sent["version"], "gone": WORDS}
    assert WORDS in [text.strip() for text in BOX.findall(kari.post(path, stale).content.decode())]  # refused once more


def test_for_whoever_never_could_nothing_is_different(be, said, code):
    """A form for what is hidden, and one that is not theirs to send: as for nothing."""
    for who, path in (("rune", f"/f/{code(1)}/n/{said(1, 98)}/answer"), ("per", f"/me/p/{'0' * 32}"),
                      ("kari", f"/f/{code(1)}/n/{'0' * 32}/answer")):  # fmt: skip
        assert be(who).post(path, {"words": WORDS, "once": "1" * 32, "act": "kept"}).status_code == 404


# --- the office ----------------------------------------------------------------------------------------------


def test_a_last_day_that_the_second_person_decides(be, while_writing):
    assert closing.propose(be("odd")).status_code == 303
    one = closing.closing.waiting().id
    form = {"once": ids.new(), "words": WORDS}
    assert closing.yes(be("tone")).status_code == 303
    answer = be("odd").post(f"/office/closing/{one}", form)
    assert answer.status_code == 422 and re.search(r"Meanwhile Tone[^<]* decided\.", answer.content.decode())
    assert [text.strip() for text in BOX.findall(answer.content.decode())] == [WORDS]


home = keeping.home


def test_what_is_erased_kept_on_or_held_is_decided_by_another(be, home):
    odd, tone, code = be("odd"), be("tone"), home[1]
    address = f"/office/keeping/{code}"
    keeping.send(odd, address, what="keep", words="An appeal runs.", until="2060-01-01")
    (kept,) = set(re.findall(r'action="(/office/keeping/[^"]+/[0-9a-f]{32})"', tone.get(address).content.decode()))
    keeping.send(odd, "/office/erasing/family", family=code, ground="order", words="The court said so.")
    erasing = f"/office/erasing/{listed(number('tone'))[0].id}"
    keeping.hold(odd, code)
    held = f"/office/holds/{holds.holds()[0].id}"
    for path, form, says in ((kept, {"words": "No."}, "decided"), (erasing, {"words": "No."}, "decided"),
                             (held, {"what": "lift", "words": "Over."}, "lifted it")):  # fmt: skip
        assert keeping.send(tone, path, **form).status_code == 303
        answer = keeping.send(odd, path, **{**form, "words": WORDS})
        assert answer.status_code == 422 and re.search(rf"Meanwhile Tone[^<]* {says}\.", answer.content.decode()), path
        assert [text.strip() for text in BOX.findall(answer.content.decode())] == [WORDS]
