"""The story by day and its filters; the people and who says what of them."""

import re

from alongside.cast.story import numbers
from alongside.dialogue.looking import GROUPS
from alongside.families.queries import ids


def _id(who: str) -> str:
    return ids([numbers()[who]])[numbers()[who]]


def test_the_newest_first_and_late_learnt_said(be, code, main):
    words = main(be("kari").get(f"/f/{code(1)}/story"))
    assert words.index("the new curtain") < words.index("Midsummer fire")
    assert "Ali to Kari, about October 2025 learnt 12 Jan" in words


def test_earlier_leads_through_everything_once(be, code):
    browser, path, met = be("ingrid"), f"/f/{code(1)}/story", []
    while path:
        page = browser.get(path).content.decode()
        met += re.findall(r'class="(?:tool|on)" href="(/f/\w+/n/[^"]+)"', page)
        onward = re.search(r'href="([^"]+)">\s*Earlier', page)
        path = onward[1].replace("&amp;", "&") if onward else ""
    assert len(met) == len(set(met)) and len(met) > 70


def test_no_sentence_without_its_answers(be, code, main):
    words = main(be("kari").get(f"/f/{code(1)}/story?how=seen"))
    assert re.search(r"Anne was flat today.{0,80}Anne sees it differently", words)


def test_filters_by_person_and_by_source(be, code, main):
    kari = be("kari")
    lea = main(kari.get(f"/f/{code(1)}/story?who={_id('lea')}"))
    assert "Farhiya fell in the kitchen" in lea and "new curtain" not in lea
    told = main(kari.get(f"/f/{code(1)}/story?how=told"))
    assert "dizzy since October" in told and "new curtain" not in told
    none = main(kari.get(f"/f/{code(1)}/story?who={_id('wenche')}&how=view"))
    assert "Nothing you may read of Wenche is known in this way: professional view." in none


def test_odd_filters_show_the_whole_story(be, code, main):
    kari = be("kari")
    whole = main(kari.get(f"/f/{code(1)}/story"))
    for odd in ("who=zz&how=zz&before=zz", "before=" + "0" * 32, "who=%00", f"who={_id('elin')}"):
        assert main(kari.get(f"/f/{code(1)}/story?{odd}")) == whole


def test_person_numbers_never_leave(be, code):
    page = be("kari").get(f"/f/{code(1)}/story").content.decode()
    assert all(len(value) in (0, 32) for value in re.findall(r'<option value="(\w*)"', page) if value not in _WAYS)


_WAYS = ("own", "seen", "told", "view", "act", "by", "about", *GROUPS)


def test_two_versions_stand_side_by_side(be, code, main):
    words = main(be("kari").get(f"/f/{code(1)}/people"))
    assert "In their own words, side by side" in words
    assert "She is my ayeeyo" in words and "She is not related to Mia" in words
    assert "Per: Ring or text" not in words and "Mia: child of Anne and Per" in words and "Anne says so" in words


def test_people_of_family_three_for_each_of_its_workers(be, code, main):
    kari, marit = (main(be(who).get(f"/f/{code(3)}/people")) for who in ("kari", "marit"))
    assert "Rypestad" in kari or "Bekkasinveien" in kari
    for hidden in ("Rypestad", "Bekkasinveien", "Trostheim", "000 00 337", "Aud", "vaccine"):
        assert hidden not in marit


def test_strangers_and_methods(be, code, client):
    for page in ("story", "people"):
        assert be("rune").get(f"/f/{code(1)}/{page}").status_code == 404
        assert be("kari").post(f"/f/{code(1)}/{page}").status_code == 405
        assert client.get(f"/f/{code(1)}/{page}", HTTP_HOST="127.0.0.1").status_code == 303
