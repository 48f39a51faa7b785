"""The agenda from open matters: what is not agreed and points of the plan that are open come by themselves."""

from alongside.cast.said import id_of
from alongside.cast.story import numbers
from alongside.promises.tests.test_promise import ACT, reader, settled
from alongside.teams import planning

OURS = id_of(1, 87)
NOT_SAFE = "If Anne must sleep, Jonas is in charge."


def agenda(main, page) -> str:
    return main(page).partition("For the agenda")[2].partition("Held")[0]


def answer(grades) -> None:
    planning.answer(by=reader("lars"), version=OURS, grades=grades, once="a" * 32, **ACT)
    settled()


def test_a_point_that_is_not_safe_is_on_it_until_an_answer_says_otherwise(be, main, code):
    seen = agenda(main, be("lars").get(f"/f/{code(1)}/meetings"))
    assert NOT_SAFE in seen and "Point 4. Kari: Not safe, because: Jonas is 15" in seen
    assert "boatyard on Fridays" not in seen, "what was answered with yes is no matter"
    answer({4: ("with", "Lea has the key.")})
    assert NOT_SAFE not in agenda(main, be("lars").get(f"/f/{code(1)}/meetings"))


def test_a_point_nobody_has_answered_is_on_it(be, main, code):
    planning.write(by=reader("anne"), points=[(2, "Jonas works, also on Sundays."), (0, "Fish on Mondays.")],
                   exit="", base=OURS, once="b" * 32, **ACT)  # fmt: skip
    settled()
    seen = agenda(main, be("kari").get(f"/f/{code(1)}/meetings"))
    for words in ("also on Sundays", "Fish on Mondays."):
        assert words in seen
    assert seen.count("Not answered yet.") == 2 and NOT_SAFE not in seen


def test_what_is_not_agreed_stands_there_with_both_sides(be, main, code):
    page = be("kari").get(f"/f/{code(1)}/meetings")
    seen = agenda(main, page)
    assert "Not agreed" in seen and "Both sides, side by side" in seen
    assert "Jonas agrees partly" in seen


def test_it_is_on_the_screen_on_which_a_meeting_is_held_and_not_on_the_shared_one(be, main, code, field):
    where, kari = f"/f/{code(1)}/meetings/new", be("kari")
    page = kari.get(where)
    from alongside.families.queries import ids

    there = [ids([numbers()[who]])[numbers()[who]] for who in ("anne", "kari")]
    form = {"once": field(page, "once"), "whose": field(page, "whose"), "there": there, "place": "", "form": ""}
    one = kari.post(where, form)["Location"].split("?")[0]
    words = main(kari.get(one))
    assert NOT_SAFE in words and "Not agreed" in words
    assert NOT_SAFE not in kari.get(f"{one}/show").content.decode()


def test_others_find_nothing_of_it(be, code):
    for who in ("rune", "morten"):
        assert be(who).get(f"/f/{code(1)}/meetings").status_code == 404
