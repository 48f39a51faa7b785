"""Everything written, through both doors: asked on a phone, gone through at a desk, read from front to back."""

import datetime as dt
import re

import pytest
from django.db import connection

from alongside import clock
from alongside.cast.story import TODAY, numbers
from alongside.exchange.pack import asked as asking
from alongside.exchange.pack import erasing, handing
from alongside.exchange.pack.deciding import Choice
from alongside.exchange.pack.tests.test_pack import decided, given, say, waits, who
from alongside.record.erased import Going
from alongside.record.reading import read

N = numbers()


def post(browser, path, field, form_of=None, **form):
    """A form as it stands on `form_of` (or on the page itself), with these fields."""
    return browser.post(path, {"once": field(browser.get(form_of or path), "once"), **form})


@pytest.fixture
def asked(be, field):
    """Anne asked, on her phone."""
    anne = be("anne")
    assert post(anne, "/me/everything", field, words="How it was before Mia.").status_code == 303
    (one,) = asking.mine(N["anne"], 1)
    return one


@pytest.fixture
def desk(code, asked):
    return f"/f/{code(1)}/everything/{asked.id}"


def test_asked_on_a_phone_with_the_day_it_comes(be, asked, main):
    page = main(be("anne").get("/me/everything"))
    assert "It comes by Sunday 20 December 2026." in page and "You asked on Friday 20 November 2026." in page
    for place in ("/me/ask", "/me/words", "/me/who-sees-what", "/me/story"):
        assert b'"/me/everything"' in be("anne").get(place).content


def test_asked_twice_is_asked_once(be, asked, field):
    anne = be("anne")
    post(anne, "/me/everything", field, "/me/settings", words="again")
    assert len(asking.mine(N["anne"], 1)) == 1


def test_not_any_more_and_asked_again(be, asked, field):
    anne = be("anne")
    path = f"/me/everything/{asked.id}/withdraw"
    answer = post(anne, path, field, "/me/everything")
    assert answer.status_code == 303 and asking.of(asked.id).state == "withdrawn"
    assert post(anne, "/me/everything", field).status_code == 303
    assert [one.state for one in asking.mine(N["anne"], 1)] == ["open", "withdrawn"]


def test_late_is_said(be, asked, main):
    clock.install(lambda: TODAY + dt.timedelta(days=40))
    page = main(be("anne").get("/me/everything"))
    assert "It was to come by Sunday 20 December 2026. It is late, and that is not your doing." in page


def test_it_stands_in_today_as_an_answer_owed(be, asked, desk, main):
    page = main(be("kari").get("/today"))
    assert "To Anne:" in page and "everything written about them" in page
    assert f'"{desk}"'.encode() in be("kari").get("/today").content
    assert "everything written about" not in main(be("tone").get("/today"))
    assert "How it was before Mia." in main(be("kari").get(desk))


def test_decided_some_at_a_time_and_kept(be, asked, desk, field, main):
    one, two = say("The kestrel was about Anne."), say("The plover was about Anne and Gerd.")
    kari, sent = be("kari"), waits(asked)
    rest = {f"here-{id}": "yes" for id in sent[:8]}
    assert post(kari, desk, field, **rest, **{f"what-{sent[0]}": "give"}).status_code == 303
    assert waits(asked) == sent[1:]
    some = {f"here-{id}": "yes" for id in sent[1:] if id != two}
    assert post(kari, desk, field, rest="yes", **some).status_code == 303
    few = waits(asked)
    assert two in few and one not in few
    each = {f"{what}-{id}": "yes" if what == "here" else "give" for id in few if id != two for what in ("here", "what")}
    assert post(kari, desk, field, **each).status_code == 303 and waits(asked) == [two]
    wrong = post(kari, desk, field, **{f"here-{two}": "yes", f"what-{two}": "keep", f"why-{two}": "About her."})
    assert wrong.status_code == 422 and "Say on which ground." in main(wrong) and "About her." in wrong.content.decode()
    answer = post(kari, desk, field, **{f"here-{two}": "yes", f"what-{two}": "keep", f"why-{two}": "About her.",
                                        f"ground-{two}": "others"})  # fmt: skip
    assert answer.status_code == 303 and not waits(asked)
    assert "Everything is decided" in main(kari.get(desk))
    assert post(kari, desk, field, f"{desk}?of={two}", of=two, **{f"here-{two}": "yes", f"what-{two}": "without",
                f"ground-{two}": "others", f"words-{two}": "Gerd"}).status_code == 303  # fmt: skip
    assert post(kari, f"{desk}/given", field, desk).status_code == 303
    text = "\n".join(line["text"] for part in handing.given(asked)[1:] for line in part)
    assert "The plover was about Anne and […]." in text and "The kestrel" in text


def test_read_from_front_to_back_in_the_own_room(be, asked, main):
    say("The kestrel was about Anne.")
    parts = given(asked)
    anne, path = be("anne"), f"/me/everything/{asked.id}"
    first = main(anne.get(path))
    assert "The people in it" in first and "Social worker, unit North." in first and "Kari" in first
    seen = "".join(main(anne.get(f"{path}?part={n}")) for n in range(1, len(parts)))
    for line in parts[1] + parts[-1]:
        assert line["text"][:20].split("\n")[0] in seen
    assert "The kestrel" in seen and "That was the last part." in seen
    assert anne.get(f"{path}?part={len(parts)}").status_code == 404 == anne.get(f"{path}?part=x").status_code
    made = anne.get(f"{path}/everything.pdf")
    assert made.status_code == 200 and made.content.startswith(b"%PDF")
    assert b"anne" not in str(made.headers).lower().encode()


def test_nobody_else_and_not_before_they_show_that_it_is_them(be, asked, desk, code):
    given(asked)
    path = f"/me/everything/{asked.id}"
    for name in ("per", "jonas", "elin"):
        assert be(name).get(path).status_code == 404 == be(name).get(f"{path}/everything.pdf").status_code
    assert be("anne", 1).get(path).status_code == 303 == be("anne", 1).get(f"{path}/everything.pdf").status_code
    for name in ("rune", "marit", "tone"):
        assert be(name).get(desk).status_code == 404 == be(name).get(f"{desk}/everything.pdf").status_code
        assert be(name).get(f"{desk}/read").status_code == 404
    assert be("kari", 2).get(desk).status_code == 303
    assert be("anne").post(f"{path}").status_code == 405 == be("kari").get(f"{desk}/given").status_code


def test_before_it_is_handed_over_there_is_nothing_to_read(be, asked):
    assert be("anne").get(f"/me/everything/{asked.id}").status_code == 404


def test_signed_out(client, asked, desk):
    assert client.get("/me/everything").status_code == 303 == client.get(desk).status_code


def test_the_desk_sees_of_it_what_it_reads_itself(be, asked, desk, main):
    """What Anne alone reads is in hers, and neither on the worker's page nor on the paper that is printed there."""
    secret = say("The wryneck is Anne's and Lars's.", by="lars", mark="persons", readers=("anne",))
    given(asked)
    assert "wryneck" in str(handing.given(asked))
    kari = be("kari")
    pages = [main(kari.get(f"{desk}/read?part={n}")) for n in range(len(handing.given(asked)))]
    assert "wryneck" not in "".join(pages)
    desk_reads = handing.for_worker(handing.given(asked), who("kari"))
    assert secret not in {one["id"] for part in desk_reads[1:] for one in part}
    assert kari.get(f"{desk}/everything.pdf").content.startswith(b"%PDF")
    assert "It stands as it was on that day." in main(kari.get(desk))


def test_asked_by_word_and_written_down(be, code, field, main):
    kari, path = be("kari"), f"/f/{code(1)}/everything"
    id = next(iter(re.findall(r'name="person" value="([0-9a-f]{32})"', kari.get(path).content.decode())))
    assert post(kari, path, field, person=id, words="All of it").status_code == 303
    assert "asked on Friday 20 November 2026 to read everything about themselves" in main(kari.get(path))
    again = post(kari, path, field, person=id)
    assert again.status_code == 422 and "They have asked already" in main(again)
    assert post(kari, path, field).status_code == 422
    assert be("marit").get(path).status_code in (303, 404)


def test_more_time_is_told(be, asked, desk, field, main):
    kari = be("kari")
    wrong = post(kari, f"{desk}/more-time", field, desk, until="2027-05-01", why="It is much.")
    assert wrong.status_code == 422 and "at the latest Saturday 20 February 2027" in main(wrong)
    assert post(kari, f"{desk}/more-time", field, desk, until="2027-01-20", why="It is much.").status_code == 303
    page = main(be("anne").get("/me/everything"))
    assert "They need more time, because:" in page and "It is much." in page and "20 January 2027" in page


def test_a_parent_asks_for_a_small_child_and_not_for_what_it_told_alone(be, field, cast):
    alone = say("Mia told me alone about the twite.", about=("mia",), mark="persons", readers=("mia",))
    heard = say("Mia drew a dunlin.", about=("mia",))
    anne = be("anne")
    page = anne.get("/me/everything").content.decode()
    value = re.search(r'name="about" value="(\w+)"', page)[1]
    assert post(anne, "/me/everything", field, about=value).status_code == 303
    (one,) = asking.mine(N["anne"], 1)
    assert one.about == N["mia"] and alone not in waits(one) and heard in waits(one)
    parts = given(one)
    assert "dunlin" in str(parts) and "twite" not in str(parts)
    assert 'name="about" value="\\w' not in be("jonas").get("/me/everything").content.decode()


def test_what_ended_does_not_end_the_right(be, field, cast):
    last = max(entry.pk for entry in read(who("anne"))) & 0xFFFFF
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_relationship SET state = 'ended', ended_seq = %s WHERE person = %s",
                       [last, N["anne"]])  # fmt: skip
    say("The siskin came later.")
    anne = be("anne")
    assert post(anne, "/me/everything", field).status_code == 303
    (one,) = asking.mine(N["anne"], 1)
    given(one)
    assert anne.get(f"/me/everything/{one.id}?part=1").status_code == 200
    assert "siskin" in str(handing.given(one))


def test_erased_by_law_is_erased_there_too(asked):
    one = say("The kestrel was about Anne, and so was the plover.")
    given(asked)
    entry = next(entry for entry in read(who("kari")) if entry.id == one)
    assert "kestrel" in str(handing.given(asked))
    erasing._erased(None, Going((entry,), frozenset()))
    assert "kestrel" not in str(handing.given(asked)) and not handing.unchanged(asked)
    assert one in str(handing.given(asked))


def test_what_a_child_told_alone_is_not_given_with_the_rest(be, asked, desk, field, main):
    alone = say("Mia told me about Anne and the twite.", about=("anne", "mia"), mark="persons", readers=("mia",))
    kari, some = be("kari"), [alone, *waits(asked)[:3]]
    post(kari, desk, field, rest="yes", **{f"here-{id}": "yes" for id in some})
    assert alone in waits(asked)
    page = main(kari.get(f"{desk}?of={alone}"))
    assert "Told to a few: Kari and Mia." in page
    post(kari, desk, field, **{f"here-{alone}": "yes", f"what-{alone}": "keep", f"ground-{alone}": "others",
                               f"why-{alone}": "Mia said no."})  # fmt: skip
    assert "twite" not in str(given(asked)) and "Something is not given" not in str(handing.given(asked))


def test_decided_is_nothing_the_family_meets(be, asked, main):
    one = say("About Anne.")
    decided(asked, {one: Choice(False, "harm", "The reason is ours.")})
    for page in ("/me/story", "/me", "/me/everything"):
        assert "The reason is ours" not in main(be("anne").get(page))
