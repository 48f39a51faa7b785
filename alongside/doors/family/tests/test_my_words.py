"""My words: one's own and nobody else's, when, unchanged; and a file for whoever wants it."""

import base64
import json
from functools import partial

import pytest

from alongside import clock
from alongside.cast.story import TODAY, numbers
from alongside.record.log import alongside_verify, receipts, sequencer
from alongside.record.log.again import begin_again
from alongside.record.reading import rows
from alongside.record.tests.test_log import owners, without_walls
from alongside.site import keys

NOW = clock.micros(TODAY)
OWN = "select id from record_entry where author = %s and speaker is null and body like %s order by pk limit 1"


@pytest.fixture
def log(settings, tmp_path, cast):
    """Signed one hour before now, in a folder of its own."""
    settings.LOG_EVERY = 3600
    settings.LOG_SIGNER = partial(keys.log_signer, tmp_path, True, "alongside.example")
    return lambda at=NOW - 3600 * sequencer.SECOND: sequencer.run(at=at, every=3600)


def own(who, words):
    return rows(OWN, [numbers()[who], f"%{words}%"])[0][0]


@pytest.fixture
def night(cast):
    """Anne's answer to Kari's sentence."""
    return own("anne", "22 hours")


def test_before_the_first_checkpoint_it_says_how_soon(be, main, night, settings):
    settings.LOG_EVERY = 3600
    words = main(be("anne").get("/me/words"))
    assert "22 hours" in words and "Will be in the log within an hour." in words and "Unchanged" not in words
    page = main(be("anne").get(f"/me/words/{night}"))
    assert "not yet; it will be within an hour" in page and "Save the file" not in page
    assert be("anne").get(f"/me/words/{night}/file").headers["Location"] == f"/me/words/{night}"


@pytest.mark.parametrize(
    ("every", "words"), [(60, "a minute"), (600, "10 minutes"), (3600, "an hour"), (86400, "a day")]
)
def test_how_soon_in_words(every, words, be, main, night, settings):
    settings.LOG_EVERY = every
    assert f"it will be within {words}" in main(be("anne").get(f"/me/words/{night}"))


def test_then_it_says_since_when_and_gives_a_file_that_holds(be, main, night, log):
    signed = log()
    anne = be("anne")
    assert "Unchanged." in main(anne.get("/me/words"))
    page = main(anne.get(f"/me/words/{night}"))
    assert (
        signed.key in page
        and "unchanged" in page
        and "since" in page
        and "can put you in danger" in page
        and "yourself" in page
    )
    file = anne.get(f"/me/words/{night}/file")
    assert (
        file.status_code == 200 and file.headers["Content-Disposition"] == 'attachment; filename="receipt.tlog-proof"'
    )
    assert file.headers["Cache-Control"] == "no-store"
    said = [code for code, _facts in alongside_verify.check(file.content.decode(), signed.key)]
    assert said[-2:] == ["signed", "no-outside"] and "own" in said
    program = anne.get("/me/words/checker")
    assert b"def signature_holds" in program.content and "attachment" in program.headers["Content-Disposition"]


def test_after_the_log_was_begun_again_everything_stands_and_each_file_names_its_key(be, main, night, log, tmp_path):
    signed, anne = log(), be("anne")
    before = anne.get(f"/me/words/{night}/file").content
    (tmp_path / "demo-signer" / "key").unlink()
    at = NOW - 1800 * sequencer.SECOND
    _told, new = begin_again(tmp_path / "demo-signer", by=numbers()["odd"], why="Lost.", once="again", at=at)
    assert new.key != signed.key and sequencer.newest() == new
    page = main(anne.get(f"/me/words/{night}"))
    assert (
        signed.key in page
        and new.key not in page
        and "unchanged" in page
        and "Unchanged." in main(anne.get("/me/words"))
    )
    assert anne.get(f"/me/words/{night}/file").content == before


def test_only_ones_own(be, main, night, log, person_id, client):
    """What others said is no word of mine, even where I read it."""
    log()
    kari_s = rows("SELECT id FROM record_entry WHERE body LIKE %s ORDER BY pk LIMIT 1", ["%answered in single words%"])
    kari_s = kari_s[0][0]
    for who, id, status in (("anne", kari_s, 404), ("per", night, 404), ("lea", night, 404), ("morten", night, 404)):
        for end in ("", "/file"):
            assert be(who).get(f"/me/words/{id}{end}").status_code == status, who
    assert "single words" not in main(be("anne").get("/me/words"))
    assert be("kari").get("/me/words").status_code == 404 and be("rune").get(f"/me/words/{night}").status_code == 404
    assert client.get("/me/words", HTTP_HOST="127.0.0.1").status_code == 303
    assert (
        be("anne").post("/me/words").status_code == 405
        and be("anne").post(f"/me/words/{night}/file").status_code == 405
    )
    assert "22 hours" not in be("anne", 0).get("/me/words").content.decode()
    assert be("anne", 0).get(f"/me/words/{night}/file").status_code == 404


def test_everything_listed_was_said_by_its_reader(be, log):
    """All the cast who have a room, all they are shown: each line is their own, and each file opens only that."""
    import re

    log()
    files = 0
    for who in ("anne", "per", "jonas", "morten", "elin", "berg", "lea"):
        browser, before, seen = be(who), "", []
        while True:
            page = browser.get(f"/me/words{before}").content.decode()
            seen += re.findall(r'href="/me/words/([0-9a-f]{32})"', page)
            further = re.search(r'href="(/me/words\?before=[0-9a-f]+)"', page)
            if not further:
                break
            before = further[1].removeprefix("/me/words")
        assert len(seen) == len(set(seen))
        for id in seen:
            found = rows("SELECT author, COALESCE(speaker, author), body, basis FROM record_entry WHERE id = %s", [id])[
                0
            ]
            assert found[1] == numbers()[who] and (found[0] == found[1] or found[3] == "own-words")
            file = browser.get(f"/me/words/{id}/file")
            if file.status_code != 200:
                continue
            extra = json.loads(base64.b64decode(file.content.decode().split("\n")[1][6:]))
            files += 1
            assert ("said" in extra["opened"]) is (found[0] == numbers()[who]) and "kept" not in extra["opened"]
            body = json.loads(extra["opened"]["body"]["text"])
            assert set(body) <= receipts.PLAIN and body["v"] == 1
    assert files > 20


def test_words_somebody_else_wrote_down_keep_closed_who_it_was(be, main, log):
    log()
    id = rows(
        "SELECT id FROM record_entry WHERE speaker = %s AND author = %s AND body NOT LIKE '%%review%%' AND kind = "
        "'dialogue.passage' AND pk IN (SELECT entry FROM record_reader WHERE person = %s) LIMIT 1",
        [numbers()["anne"], numbers()["kari"], numbers()["anne"]],
    )[0][0]
    page = main(be("anne").get(f"/me/words/{id}"))
    assert "Written down by Kari" in page and "Who said them is not" in page
    text = be("anne").get(f"/me/words/{id}/file").content.decode()
    assert "closed" in [code for code, _facts in alongside_verify.check(text)]


@owners
def test_what_was_changed_is_said_and_gets_no_file(be, main, night, log):
    log()
    without_walls(f"UPDATE record_entry SET saw = 1 WHERE id = '{night}'")
    anne = be("anne")
    assert "not the words that were received" in main(anne.get("/me/words"))
    page = main(anne.get(f"/me/words/{night}"))
    assert "not as they were received" in page and "somebody outside this office" in page and "Save" not in page


def test_ended_help_keeps_them_and_the_file(be, main, night, log):
    from django.db import connection

    with connection.cursor() as cursor:
        sql = "UPDATE record_relationship SET state = 'ended', ended_seq = 1000 WHERE person = %s"
        cursor.execute(sql, [numbers()["anne"]])
    log()
    anne = be("anne")
    assert "22 hours" in main(anne.get("/me/words")) and anne.get(f"/me/words/{night}/file").status_code == 200


def test_it_is_reached_from_the_room(be):
    for page in ("/me/settings", "/me/looked"):
        assert 'href="/me/words"' in be("anne").get(page).content.decode()


def test_sealed_words_do_not_leave_in_a_file(be, main, night, log, monkeypatch):
    """Where the fence would take a word out of the text, there is no file: a proof cannot be mended."""
    from alongside.doors.family import own_words

    log()
    monkeypatch.setattr(own_words, "cleared", lambda text, **_more: text.replace("22", "…"))
    assert be("anne").get(f"/me/words/{night}/file").status_code == 303
    assert "it would hold more than the words" in main(be("anne").get(f"/me/words/{night}"))
