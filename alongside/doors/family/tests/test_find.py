"""Finding words in one's own room: without a word in any address, and nothing but one's own share."""

import re

import pytest

from alongside.access.models import Account

TWO = ("anne", "jonas")


def look(browser, words, end="", **more):
    return browser.post(f"/me/find{end}", {"q": words, **more})


def test_anne_finds_what_she_once_wrote(be, main):
    anne = be("anne")
    page = look(anne, "night shift")
    assert page.status_code == 200 and "<mark>night</mark> <mark>shift</mark>" in page.content.decode()
    assert "About: “Anne was flat today" in main(page)
    link = re.search(r'href="(/me/n/[^"]+)"', page.content.decode())[1]
    assert anne.get(link).status_code == 200


def test_no_word_stands_in_an_address(be):
    page = look(be("anne"), "shift")
    assert not re.search(r'(?:href|action)="[^"]*shift', page.content.decode())
    assert b"<mark>" not in be("anne").get("/me/find?q=shift").content
    assert re.search(r"<title>(.*?)</title>", page.content.decode())[1] == "Find: Alongside"


def test_further_ones_come_by_a_button(be, field):
    anne, met, before = be("anne"), [], ""
    while True:
        page = look(anne, "mia", before=before)
        met += re.findall(r'href="(/me/n/[^"]+)"', page.content.decode())
        before = field(page, "before")
        if not before:
            break
    assert len(met) == len(set(met)) and len(met) > 10


def test_each_finds_their_own_share(be):
    found = {who: set(re.findall(r'href="(/me/n/[^"]+)"', look(be(who), "jonas").content.decode())) for who in TWO}
    assert found["jonas"] - found["anne"] and found["anne"] - found["jonas"]
    assert b"<mark>" not in look(be("jonas"), "“paper round”").content, "that is for named people"


@pytest.mark.parametrize("bird", ["Rypestad", "Bekkasinveien", "Trostheim", "Aud", "vaccine"])
def test_morten_finds_no_land_bird(bird, be):
    morten, absent = look(be("morten"), bird), look(be("morten"), "Zzqx")
    assert _plain(morten, bird) == _plain(absent, "Zzqx") and b"Nothing found." in morten.content


def _plain(page, word):
    masked = re.sub(rb'(name="(?:csrfmiddlewaretoken|whose)" value=)"[^"]*"', rb"\1", page.content)
    return masked.replace(word.encode(), b"")


def test_as_known_then(be):
    anne = be("anne")
    assert b"<mark>" in look(anne, "curtain").content
    then = look(anne, "curtain", "?at=2026-03-14")
    assert b"Nothing found." in then.content and b'class="then"' in then.content
    assert anne.get("/me/find?at=zz").status_code == 400


def test_a_card_opens_the_page_and_no_word(be, main):
    page = be("anne", 0).post("/me/find", {"q": "mia"})
    assert page.status_code == 200 and b"<mark>" not in page.content and "card" in main(page)


def test_only_this_door_and_these_methods(be, client):
    assert be("kari").get("/me/find").status_code == 404
    assert client.get("/me/find", HTTP_HOST="127.0.0.1").status_code == 303
    assert be("anne").put("/me/find").status_code == 405


def test_words_come_back_after_signing_in_again(be):
    anne = be("anne")
    session = anne.session
    session["kept"] = {"path": "/me/find", "form": {"q": ["curtain"]}}
    session.save()
    assert b"<mark>curtain</mark>" in anne.get("/me/find").content


def test_of_the_story_one_sees_what_one_chooses(be, main):
    anne = be("anne")
    page = anne.get("/me/story?how=told&what=talks")
    assert "You see only this: what somebody was told; visits, calls and talks." in main(page)
    assert "new curtain" not in main(page)
    you = re.search(r'value="(\w{20})"[^>]*>you<', anne.get("/me/story").content.decode())[1]
    assert "You see only this: said or written by you." in main(anne.get(f"/me/story?who={you}&as=by"))
    assert main(anne.get("/me/story?who=zz&how=zz&what=zz&from=zz")) == main(anne.get("/me/story"))
    assert "There is nothing here that fits this." in main(anne.get("/me/story?to=1999-01-01"))


def test_pages_of_a_chosen_story_stay_chosen(be):
    page = be("anne").get("/me/story?how=own").content.decode()
    assert re.search(r'href="/me/story\?how=own&amp;before=\w{32}"', page)


def test_a_look_is_kept_by_a_person_for_themselves(be, field):
    anne = be("anne")
    page = anne.get("/me/story?how=own")
    form = {"called": "Mine", "how": "own", **{name: field(page, name) for name in ("once", "whose", "room")}}
    assert [anne.post("/me/story/looks", form).status_code for _ in range(2)] == [303, 303]
    kept = anne.get("/me/story").content.decode()
    assert kept.count("<bdi>Mine</bdi>") == 1 and "<bdi>Mine</bdi>" not in be("jonas").get("/me/story").content.decode()
    throw = re.search(r'action="(/me/story/looks/\w+/throw)"', kept)[1]
    assert be("jonas").post(throw).status_code == 404 and anne.post(throw).status_code == 303
    assert anne.post("/me/story/looks", {"called": " ", "how": "own"}).status_code == 422
    assert Account.objects.get(login="anne").looks == "{}"
