"""Choosing what of a story one sees, and keeping that under a name of one's own."""

import re

from alongside.access.models import Account


def _story(browser, code, query=""):
    return browser.get(f"/f/{code(1)}/story{query}")


def test_kinds_and_days_combine_and_are_said(be, code, main):
    kari = be("kari")
    words = main(_story(kari, code, "?what=promises&from=2025-09-01&to=2025-09-30"))
    assert "You see only this: promises; from Monday 1 September 2025; until Tuesday 30 September 2025." in words
    assert "Show everything" in words and "new curtain" not in words
    assert main(_story(kari, code, "?what=zz&from=zz&to=2025-99-01")) == main(_story(kari, code))


def test_said_by_and_about_are_two_things(be, code, main):
    kari = be("kari")
    lea = re.search(r'value="(\w{32})"[^>]*>Lea<', _story(kari, code).content.decode())[1]
    by, about = (main(_story(kari, code, f"?who={lea}&as={part}")) for part in ("by", "about"))
    assert "You see only this: said or written by Lea." in by and by != about
    assert "You see only this: about Lea." in about


def test_what_somebody_said_is_found_in_their_answers(be, code, main):
    kari = be("kari")
    anne = re.search(r'value="(\w{32})"[^>]*>Anne<', _story(kari, code).content.decode())[1]
    assert "Anne was flat today" in main(_story(kari, code, f"?who={anne}&as=by&what=answers&to=2025-12-31"))


def test_nothing_fits(be, code, main):
    words = main(_story(be("kari"), code, "?what=promises&to=1999-01-01"))
    assert "Nothing stands here that fits this and that you may read." in words


def test_only_what_is_read_can_be_chosen(be, code):
    page = be("marit").get(f"/f/{code(3)}/story").content.decode()
    for hidden in ("Aud", "Rypestad", "Turid"):
        assert hidden not in page


def test_a_look_is_kept_used_and_taken_away(be, code, main, field):
    kari = be("kari")
    page = _story(kari, code, "?how=seen&what=talks")
    form = {"called": "For the meeting ☕", "how": "seen", "what": "talks", "once": field(page, "once"),
            "whose": field(page, "whose")}  # fmt: skip
    for _again in range(2):
        done = kari.post(f"/f/{code(1)}/story/looks", form)
        assert done.status_code == 303
    kept = _story(kari, code).content.decode()
    assert kept.count("For the meeting ☕</bdi>") == 1
    assert "For the meeting" not in _story(be("ingrid"), code).content.decode()
    assert "For the meeting" not in be("kari").get(f"/f/{code(3)}/story").content.decode()
    assert "You see only this: seen; visits, calls and talks." in main(kari.get(done["Location"]))
    throw = re.search(r'action="(/f/\w+/story/looks/\w+/throw)"', kept)[1]
    assert be("ingrid").post(throw).status_code == 404
    assert kari.post(throw).status_code == 303 and kari.post(throw).status_code == 404
    assert "For the meeting" not in _story(kari, code).content.decode()


def test_a_name_is_needed_and_what_was_chosen_stays(be, code, main):
    kari = be("kari")
    refused = kari.post(f"/f/{code(1)}/story/looks", {"called": "  ", "how": "seen"})
    assert refused.status_code == 422 and "Give it a name first." in main(refused)
    assert "You see only this: seen." in main(refused)
    for n in range(12):
        kari.post(f"/f/{code(1)}/story/looks", {"called": f"n{n}", "how": "seen", "once": f"{n:032x}"})
    full = kari.post(f"/f/{code(1)}/story/looks", {"called": "one more", "how": "seen"})
    assert full.status_code == 422 and 'value="one more"' in full.content.decode()


def test_strangers_ended_work_and_methods(be, code, client):
    place = f"/f/{code(1)}/story/looks"
    assert be("rune").post(place, {"called": "x", "how": "seen"}).status_code == 404
    assert be("anne").post(place, {"called": "x", "how": "seen"}).status_code == 404
    assert be("kari").get(place).status_code == 405
    assert client.post(place, HTTP_HOST="127.0.0.1").status_code == 403
    assert not Account.objects.exclude(looks="").exists()
