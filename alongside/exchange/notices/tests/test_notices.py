"""Being told: off until chosen, once a day, one neutral sentence, and only of what one reads."""

import datetime as dt
import json

import pytest

from alongside import clock
from alongside.access import closing
from alongside.cast.story import TODAY, numbers
from alongside.exchange.notices import gateway, telling
from alongside.exchange.notices.models import Wish
from alongside.record.appending import append
from alongside.record.statement import Statement

HOUR = 3_600_000_000
NOW = clock.micros(TODAY)
TEXT = {"way": "text", "to": "000 00 114", "hour": "16"}


@pytest.fixture(autouse=True)
def empty(settings, tmp_path):
    settings.DATA = tmp_path


def out() -> list[dict]:
    """What the gateway would take."""
    return [json.loads(one.read_text("utf-8")) for one in sorted(gateway.folder().glob("*.json"))]


def say(by: str, *to: str, mark: str = "team", family: int = 1, at: int = NOW + HOUR) -> None:
    body = {"words": [{"lang": "en", "text": "Herring on Sunday."}]}
    readers = tuple((numbers()[who], "addressed") for who in to)
    said = Statement("dialogue.passage", body, mark=mark, readers=readers)
    append([said], family=family, by=numbers()[by], once=f"{by}/{to}/{at}", at=at)


def tomorrow(hour: int = 17) -> int:
    local = (TODAY + dt.timedelta(days=1)).replace(hour=hour)
    return clock.micros(local)


def test_nobody_is_told_who_did_not_ask(cast):
    say("kari", "anne")
    assert telling.tell(tomorrow()) == 0 and out() == []


@pytest.mark.parametrize(("who", "path"), [("anne", "/me/settings/notices"), ("kari", "/settings/notices")])
def test_chosen_kept_and_taken_away(be, who, path):
    browser = be(who)
    assert "There is something new for you to read." in browser.get(path).content.decode()
    assert browser.post(path, TEXT).status_code == 303
    assert "000 00 114" in browser.get(path).content.decode()
    assert browser.post(path, {"way": "none", "to": "000 00 114", "hour": "16"}).status_code == 303
    assert not Wish.objects.exists()
    assert "000 00 114" not in browser.get(path).content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"way": "text", "to": "Kari", "hour": "16"}, "telephone number"),
        ({"way": "mail", "to": "x", "hour": "8"}, "e-mail"),
        ({"way": "dove", "to": "x", "hour": "8"}, "Choose one"),
        ({"way": "text", "to": "00011", "hour": "3"}, "Choose one"),
        ({}, "Choose one"),
    ],
)
def test_what_cannot_be_keeps_what_was_typed(be, typed, says):
    answer = be("anne").post("/me/settings/notices", typed)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert typed.get("to", "") in answer.content.decode()
    assert not Wish.objects.exists()


def test_once_a_day_at_their_hour_without_a_word_of_it(be):
    be("anne").post("/me/settings/notices", TEXT)
    say("kari", "anne")
    assert telling.tell(NOW + 2 * HOUR) == 0  # today's hour had come when she chose
    assert telling.tell(tomorrow(9)) == 0
    assert telling.tell(tomorrow(16)) == 1
    assert out() == [{"way": "text", "to": "000 00 114", "words": "There is something new for you to read."}]
    assert telling.tell(tomorrow(18)) == 0 and len(out()) == 1
    assert telling.tell(tomorrow(16) + 24 * HOUR) == 0 and len(out()) == 1  # nothing new since


def test_in_their_own_language(be):
    be("marte").post("/me/settings/notices", TEXT)
    say("kari", "marte", family=2)
    telling.tell(tomorrow())
    assert out()[0]["words"] == "Det er noe nytt du kan lese."


@pytest.mark.parametrize(
    ("by", "to", "mark"),
    [("kari", ("mia",), "persons"), ("kari", (), "professionals"), ("anne", ("anne",), "team"), ("kari", (), "team")],
)
def test_what_she_does_not_read_or_said_herself_tells_nothing(be, by, to, mark):
    be("anne").post("/me/settings/notices", TEXT)
    say(by, *to, mark=mark)
    assert telling.tell(tomorrow()) == 0 and out() == []


def test_he_is_not_told_of_what_is_hidden_from_him(be):
    """Not by a notice, and not by one that comes on another day than it would have."""
    be("morten").post("/me/settings/notices", TEXT)
    say("kari", "elin", mark="sealed", family=3)
    assert telling.tell(tomorrow()) == 0 and out() == []
    say("kari", "morten", family=3, at=tomorrow(20))
    assert telling.tell(tomorrow() + 24 * HOUR) == 1
    assert len(out()) == 1


def test_who_left_is_told_nothing(be):
    from alongside.access.models import Account

    be("anne").post("/me/settings/notices", TEXT)
    say("kari", "anne")
    Account.objects.filter(login="anne").update(is_active=False)
    assert telling.tell(tomorrow()) == 0 and out() == []


def test_that_the_office_stops_is_told_once_to_everybody_who_asked(be):
    for who in ("anne", "berg"):
        be(who).post("/me/settings/notices", TEXT)
    how = {"strength": 3, "lang": "en", "at": NOW + HOUR}
    one = closing.propose(by=numbers()["odd"], last=dt.date(2027, 1, 31), words="Nordby.", once="p", **how)[0]
    assert telling.tell(tomorrow()) == 0  # nobody has decided
    closing.answer(by=numbers()["tone"], proposal=one.id, yes=True, words="", once="y", **{**how, "at": tomorrow(20)})
    assert telling.tell(tomorrow() + 24 * HOUR) == 2
    assert {one["words"] for one in out()} == {"There is something new for you to read."}
    assert telling.tell(tomorrow() + 48 * HOUR) == 0


def test_a_second_try_is_one_notice(be):
    be("anne").post("/me/settings/notices", TEXT)
    say("kari", "anne")
    telling.tell(tomorrow())
    Wish.objects.update(asked_on=0, since=NOW)
    telling.tell(tomorrow())
    assert len(out()) == 1
