"""The clocks of retention: dates that never come too early, files that say what is wrong, and what keeps a family."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.access import clocks
from alongside.access.clocks import HERE, Clock, NotClocks, after_years, read
from alongside.access.running import Child, Facts, may_go, runs

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))
YEARS = st.integers(1, clocks.MOST_YEARS)
SAYS = {"en": "x"}


def clock(begins="closing", years=10, then="erase", **more):
    return Clock("c", SAYS, begins, years, then, SAYS, **more)


def facts(closed=None, last=dt.date(2020, 1, 1), children=(), kinds=()):
    return Facts(1, "code", closed, last, tuple(children), frozenset(kinds))


# --- dates --------------------------------------------------------------------------------------------------


@given(DAYS, YEARS)
def test_so_many_years_later_is_the_same_day_or_the_first_of_march(day, years):
    due = after_years(day, years)
    assert due.year == day.year + years
    assert (due.month, due.day) == ((3, 1) if _no_leap_day(day, due.year) else (day.month, day.day))


def _no_leap_day(day, year):
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (day.month, day.day) == (2, 29) and not leap


@given(DAYS, DAYS, YEARS)
def test_who_began_later_ends_no_sooner(one, other, years):
    assert (one <= other) == (after_years(one, years) <= after_years(other, years)) or after_years(
        one, years
    ) == after_years(other, years)


@pytest.mark.parametrize(
    ("day", "years", "due"),
    [((2020, 2, 29), 1, (2021, 3, 1)), ((2020, 2, 29), 4, (2024, 2, 29)), ((2096, 2, 29), 4, (2100, 3, 1)),
     ((2021, 2, 28), 3, (2024, 2, 28)), ((1999, 12, 31), 1, (2000, 12, 31))],
)  # fmt: skip
def test_leap_days(day, years, due):
    assert after_years(dt.date(*day), years) == dt.date(*due)


@given(DAYS, YEARS, st.integers(-800, 800))
def test_a_clock_is_over_from_its_day_on_and_not_a_day_before(closed, years, around):
    (run,) = runs(facts(closed), [clock(years=years)])
    assert run.over(run.due) and not run.over(run.due - dt.timedelta(days=1))
    day = run.due + dt.timedelta(days=around)
    assert run.over(day) == (around >= 0)
    assert (may_go(facts(closed), [clock(years=years)], day) == "") == (around >= 0)


# --- from when ----------------------------------------------------------------------------------------------


def test_while_the_work_goes_on_no_clock_runs_from_its_end_and_nothing_goes():
    assert runs(facts(), [clock()]) == ()
    old = facts(last=dt.date(1950, 1, 1))
    assert may_go(old, [clock("last-entry", 1)], dt.date(2026, 1, 1)) == "still-open"


CHILDREN = st.lists(st.builds(Child, DAYS, st.none() | DAYS), min_size=1, max_size=5)


@given(CHILDREN, st.integers(1, 25), st.integers(1, 25))
def test_the_last_of_the_children_counts(children, before, years):
    one = clock("birth", 75, died=(before, years))
    (run,) = runs(facts(children=children), [one])
    each = [runs(facts(children=[child]), [one])[0].due for child in children]
    assert run.due == max(each)
    for child, due in zip(children, each, strict=True):
        young = child.died is not None and child.died < after_years(child.born, before)
        assert due == (after_years(child.died, years) if young else after_years(child.born, 75))


@given(CHILDREN, DAYS)
def test_a_birth_nobody_knows_keeps_the_family_for_ever(children, day):
    known = [clock("birth", 1), clock("closing", 1)]
    for some in ([*children, Child(None)], []):
        lost = facts(dt.date(1900, 1, 1), children=some)
        assert runs(lost, known)[0].due is None
        assert may_go(lost, known, day) == "still-running"


@given(st.lists(st.tuples(YEARS, st.sampled_from(clocks.THEN)), max_size=4), DAYS, st.integers(0, 200_000))
def test_a_family_goes_only_when_every_time_to_keep_it_is_over(some, closed, later):
    known, day = [clock(years=years, then=then) for years, then in some], closed + dt.timedelta(days=later)
    over = [after_years(closed, years) <= day for years, _then in some]
    keeps = [done for done, (_years, then) in zip(over, some, strict=True) if then != "look"]
    may = any(over) and all(keeps)
    assert (may_go(facts(closed), known, day) == "") == may


def test_a_clock_runs_only_where_the_family_holds_such_entries():
    one = clock(having=("concerns.received",), lacking=("decisions.court",))
    closed = dt.date(2000, 1, 1)
    assert runs(facts(closed), [one]) == ()
    assert runs(facts(closed, kinds=["concerns.received"]), [one])
    assert runs(facts(closed, kinds=["concerns.received", "decisions.court"]), [one]) == ()


# --- files --------------------------------------------------------------------------------------------------

GOOD = """
[[clock]]
id = "a"
says = { en = "A" }
begins = "closing"
years = 10
then = "look"
source = { en = "B" }
"""


@pytest.mark.parametrize("name", ["clocks_norway.toml", "clocks_scotland.toml", "clocks_wales.toml"])
def test_each_file_that_comes_along_can_be_followed_and_names_its_source(name):
    found = read((HERE / name).read_text("utf-8"), name)
    assert found
    for one in found:
        assert set(one.says) == set(one.source) == {"en", "nb"}
        assert one.checked or "must check" in one.source["en"]
    if name == "clocks_norway.toml":
        assert not [one for one in found if one.then == "erase"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("years = 10", "years = 0"), "years is a whole number"), (("years = 10", "years = true"), "years is a whole"),
        (("years = 10", "years = 10.5"), "years is a whole"), (("years = 10", "years = 1000"), "years is a whole"),
        (('"closing"', '"death"'), "begins is one of"), (('"look"', '"burn"'), "then is one of"),
        (("[[clock]]", "[[clocks]]"), "holds [[clock]]"), (('id = "a"', ""), "id is missing"),
        (("years", "yeras"), "no field yeras"), (('{ en = "B" }', "{}"), "source holds"),
        (('{ en = "A" }', '"A"'), "says holds"), (("[[clock]]", "[[clock"), "is no TOML"),
        (("[[clock]]", "[[clock]]\ndied = { before = 18, years = 15 }"), "died goes with"),
        (("[[clock]]", "[[clock]]\nchecked = 1"), "checked is true or false"),
        (("[[clock]]", '[[clock]]\nwith = "all"'), "with is a list"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_followed_says_why(change, says):
    assert read(GOOD)
    with pytest.raises(NotClocks, match=says.replace("[", r"\[").replace("]", r"\]")):
        read(GOOD.replace(*change))


def test_the_same_id_twice_is_refused():
    with pytest.raises(NotClocks, match="same id"):
        read(GOOD + GOOD)


def test_an_office_may_have_its_own_file(settings, tmp_path):
    settings.DATA = tmp_path
    assert clocks.place().name == "clocks_norway.toml" and len(clocks.clocks()) == 3
    (tmp_path / "clocks.toml").write_text(GOOD, "utf-8")
    assert [one.id for one in clocks.clocks()] == ["a"]
