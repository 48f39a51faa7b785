"""Finding in one's own families: what is found, what is not there, and that both look alike to everybody."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access.models import Account
from alongside.record.reading import rows


def test_a_word_is_found_marked_and_leads_to_its_note(be, main):
    kari = be("kari")
    page = kari.get("/find?q=the+thing+about+the+bed")
    assert "<mark>bed</mark>" in page.content.decode() and "Anne, Per, Mia and Jonas Hansen" in main(page)
    link = re.search(r'class="tool" href="(/f/\w+/n/[^"]+)"', page.content.decode())[1]
    assert kari.get(link, follow=True).status_code == 200


def test_no_sentence_without_its_answers(be, main):
    words = main(be("kari").get("/find?q=%22flat+today%22"))
    assert re.search(r"Anne was flat today.{0,90}Anne sees it differently", words)


def test_an_answer_says_what_it_answers(be, main):
    words = main(be("kari").get("/find?q=awake+hours"))
    assert "About: “Anne was flat today" in words and "22 hours" in words


def test_people_are_found_by_name(be, main, code):
    page = be("kari").get("/find?q=farhiya")
    assert "Everything by or about Farhiya" in main(page)
    link = re.search(r'href="(/f/\w+/story\?who=\w{32})"', page.content.decode())[1]
    assert "You see only this: said by or about Farhiya." in main(be("kari").get(link))


def test_both_languages_and_phrases(be):
    kari = be("kari")
    assert b"<mark>" in kari.get("/find?q=morfar").content
    assert b"<mark>new</mark> <mark>curtain</mark>" in kari.get("/find", {"q": "“new curtain”"}).content
    assert b"Nothing found." in kari.get("/find", {"q": "“curtain new”"}).content


def test_further_pages_lead_through_everything_once(be, code):
    ingrid, met, path = be("ingrid"), [], f"/find?q=anne&in={code(1)}"
    while path:
        page = ingrid.get(path).content.decode()
        met += re.findall(r'class="tool" href="(/f/\w+/n/[^"]+)"', page)
        onward = re.search(r'href="(/find\?[^"]+before=[^"]+)"', page)
        path = onward[1].replace("&amp;", "&") if onward else ""
    assert len(met) == len(set(met)) and len(met) > 20


def test_nothing_found_is_the_same_for_hidden_and_absent_and_for_everybody(be, plain, main):
    marit = be("marit")
    hidden, absent = marit.get("/find?q=Rypestad"), marit.get("/find?q=Zypestaq")
    assert plain(hidden).replace(b"Rypestad", b"") == plain(absent).replace(b"Zypestaq", b"")
    rune = [plain(be("rune").get(f"/find?q={word}")).replace(word.encode(), b"") for word in ("Anne", "Zanneq")]
    assert rune[0] == rune[1] and b"Nothing found." in rune[0] and b"Nothing found." in hidden.content


def test_no_number_is_said(be, main):
    words = main(be("ingrid").get("/find?q=anne"))
    assert not re.search(r"\b\d+ (results?|found|hits?|times)\b|\bof \d+\b|page \d+", words)


def test_another_family_and_another_worker(be, code, client):
    assert be("lars").get(f"/find?q=x&in={code(2)}").status_code in (200, 404)
    for who, family in (("rune", 1), ("kari", 99)):
        place = code(1) if family == 1 else "nosuchcode22"
        assert be(who).get(f"/find?q=x&in={place}").status_code == 404
    assert be("kari").post("/find", {"q": "x"}).status_code == 405
    assert be("anne").get("/find?q=bed").status_code == 404
    assert client.get("/find?q=bed", HTTP_HOST="127.0.0.1").status_code == 303


def test_ended_work_finds_nothing(be, code):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_relationship SET state = 'ended', ended_seq = 400 WHERE kind <> 'parent'")
    page = be("kari").get("/find?q=bed")
    assert b"Nothing found." in page.content and be("kari").get(f"/find?q=bed&in={code(1)}").status_code == 404


def test_as_known_then(be, code, main):
    kari = be("kari")
    then = kari.get(f"/find?q=curtain&in={code(1)}&at=2026-03-14")
    assert b"Nothing found." in then.content and b'class="then"' in then.content
    assert b"<mark>" in kari.get(f"/find?q=curtain&in={code(1)}").content
    early = kari.get(f"/find?q=flat&in={code(1)}&at=2025-12-01").content
    assert b"<mark>" in early and b"at=2025-12-01" in early
    assert kari.get(f"/find?q=curtain&in={code(1)}&at=zz").status_code == 404


def test_the_way_to_find_from_a_family_leads_into_it(be, code):
    page = be("kari").get(f"/f/{code(1)}?at=2026-03-14").content.decode()
    assert f"/find?in={code(1)}&amp;at=2026-03-14" in page


def test_whatever_is_typed_is_only_words(be):
    kari = be("kari")
    for odd in ("<script>alert(1)</script>", "%' OR 1=1 --", "{{ 7*7 }}", "\0", "😀", "a" * 9000, '"' * 9, "%_"):
        page = kari.get("/find", {"q": odd})
        assert page.status_code == 200 and b"<script>alert" not in page.content
    bed = kari.get("/find", {"q": "bed & <b>"}).content
    assert b"<b>" not in bed.split(b"<h1>")[1].split(b"found")[0]


def test_found_words_are_escaped(be, cast):
    from alongside.cast.story import numbers
    from alongside.record.appending import append
    from alongside.record.statement import Statement

    text = 'zzrail <img src=x onerror=1> & "quoted" <mark>'
    said = Statement("dialogue.passage", {"words": [{"lang": "en", "text": text}]})
    append([said], family=1, by=numbers()["kari"], once="x", at=1_795_186_800_000_000)
    page = be("kari").get("/find?q=zzrail+img").content.decode()
    assert "<mark>zzrail</mark> &lt;<mark>img</mark> src=x" in page and "<img src=x" not in page


def test_questions_to_the_database_grow_with_families_only(be, code):
    kari, most = be("kari"), 4 + 4 * len(rows("SELECT 1 FROM record_family WHERE number > 0", []))
    kari.get("/find?q=the+a")
    with CaptureQueriesContext(connection) as asked:
        kari.get("/find?q=anne")
    assert len(asked) <= most, [one["sql"][:90] for one in asked]


def test_what_was_opened_lately_is_ones_own_and_goes_with_the_work(be, code, said, main):
    kari = be("kari")
    assert "Opened lately" not in main(kari.get("/find"))
    kari.get(f"/f/{code(1)}"), kari.get(f"/f/{code(1)}/n/{said(1, 62)}", follow=True)
    words = main(kari.get("/find"))
    assert (
        words.index("Opened lately") < words.rindex(": Anne, Per, Mia and Jonas Hansen") < words.index("What you began")
    )
    assert "Opened lately" not in main(be("ingrid").get("/find"))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_relationship SET state = 'ended', ended_seq = 400 WHERE family = 1")
    assert "Hansen" not in main(kari.get("/find"))


def test_at_most_eight_are_kept_and_a_look_back_is_not(be, code, said):
    kari = be("kari")
    for n in range(1, 30):
        kari.get(f"/f/{code(1)}/n/{said(1, n)}", follow=True)
    kari.get(f"/f/{code(1)}?at=2026-03-14")
    from alongside.access.recent import recent

    held = recent(Account.objects.get(login="kari"))
    assert len(held) == 8 and (code(1), "") not in held


@pytest.mark.parametrize("on", ["on", "off"])
def test_single_keys_can_be_switched_off(be, on, main):
    kari = be("kari")
    assert kari.post("/settings", {"language": "en", "text_size": "100", "light": "", "keys": on}).status_code == 303
    assert (b"data-key-find" in kari.get("/families").content) is (on == "on")
    assert f"Single keys are {on}." in main(kari.get("/keys"))
    assert kari.post("/settings", {"language": "en", "text_size": "100", "light": "", "keys": "x"}).status_code == 400


def test_write_leads_into_the_family_one_looks_at(be, code):
    assert f'data-key-write="/f/{code(1)}/write"' in be("kari").get(f"/f/{code(1)}/story").content.decode()
    assert "data-key-write" not in be("kari").get(f"/f/{code(1)}?at=2026-03-14").content.decode()
