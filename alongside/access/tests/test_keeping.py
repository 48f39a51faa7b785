"""The yearly list: what stands on it, two persons for each line, holds at any time, and nothing goes by itself."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import clock, ids
from alongside.access import ending, erasure, holds, keeping, kept_on
from alongside.access.clocks import NotClocks
from alongside.access.relationship import place
from alongside.access.roles import OFFICE
from alongside.cast.story import number
from alongside.record.appending import append
from alongside.record.erased import ERASED
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Refused, Statement
from alongside.record.verify import verify

pytestmark = pytest.mark.django_db
MAY, OTHERS = ("odd", "tone"), ("kari", "ingrid", "rune", "anne", "berg")


def at(year, month=1, day=2):
    return clock.micros(dt.datetime(year, month, day, 12, tzinfo=dt.UTC))


@pytest.fixture
def home(cast):
    """(number, code) of the Hansens, whose work ended on 2 December 2026."""
    family, code = rows(
        "SELECT f.number, f.code FROM record_relationship r JOIN record_family f ON f.number = r.family "
        "WHERE r.person = %s AND r.kind = 'parent'", [number("anne")],
    )[0]  # fmt: skip
    ending.close(
        by=number("kari"), family=family, why="Done", goodbye="Take care.", lang="en", at=at(2026, 12, 2),
        once=ids.new(),
    )  # fmt: skip
    return family, code


def how(who, when, **more):
    return {"by": number(who), "strength": 3, "lang": "en", "at": when, "once": ids.new(), **more}


def erase(who, code, when, ground="clock"):
    return keeping.erase(code=code, ground=ground, words="Its time is over.", **how(who, when))[0].id


def not_erased(why, *args, **more):
    """To propose it is refused because of this."""
    with pytest.raises(Refused, match=why):
        erase(*args, **more)


def confirm(who, proposal, when):
    return erasure.confirm(by=number(who), strength=3, proposal=proposal, at=when, once=ids.new())


def newest(family):
    return rows("SELECT last_at FROM record_family WHERE number = %s", [family])[0][0]


def words_left(family):
    return erasure.places_of_family(family) != []


def listed(when, who="odd", **more):
    return {line.code: [run.clock.id for run in line.over] for line in keeping.yearly(number(who), at=when, **more)}


def test_a_family_comes_onto_the_list_in_the_year_its_clock_runs_out(home):
    code = home[1]
    assert code not in listed(at(2030))
    assert listed(at(2031))[code] == ["silent-look"] and listed(at(2036))[code] == ["closed-look", "silent-look"]
    assert listed(at(2051))[code] == ["closed-archive", "closed-look", "silent-look"]
    assert listed(at(2030), year=2031)[code] == ["silent-look"]


def test_work_that_never_ended_is_looked_at_and_never_goes(cast):
    code = rows("SELECT code FROM record_family WHERE number = 2", [])[0][0]
    assert "silent-look" in listed(at(2060))[code]
    not_erased("still-open", "odd", code, at(2060))


def test_the_list_erases_nothing_and_two_persons_do(home):
    family, code = home
    for year in range(2027, 2070):
        keeping.yearly(number("odd"), at=at(year))
    assert words_left(family)
    one = erase("odd", code, at(2052))
    assert words_left(family) and next(line for line in keeping.yearly(number("tone"), at=at(2052)) if line.erasing)
    with pytest.raises(Refused, match="not-a-second"):
        confirm("odd", one, at(2052))
    confirm("tone", one, at(2052))
    assert not words_left(family) and code not in listed(at(2053))
    assert list(verify()) == [] and all(rebuild(check=True).values())


@pytest.mark.parametrize("first", MAY)
def test_neither_can_be_the_other_and_a_leader_alone_cannot(home, first):
    family, code = home
    (one,) = keeping.keep(code=code, until=dt.date(2060, 1, 1), words="An appeal.", **how(first, at(2052)))
    with pytest.raises(Refused, match="not-a-second"):
        keeping.answer(code=code, proposal=one.id, yes=True, words="", **how(first, at(2052)))
    assert not any(line.kept for line in keeping.yearly(number(first), at=at(2052)))
    second = MAY[1 - MAY.index(first)]
    keeping.answer(code=code, proposal=one.id, yes=True, words="", **how(second, at(2052)))
    (line,) = [line for line in keeping.yearly(number(first), at=at(2052)) if line.code == code]
    assert line.kept.until == dt.date(2060, 1, 1) and line.kept.words == "An appeal."
    with pytest.raises(Refused, match="decided"):
        keeping.answer(code=code, proposal=one.id, yes=False, words="No", **how(second, at(2052)))
    (line,) = [line for line in keeping.yearly(number(first), at=at(2060)) if line.code == code]
    assert line.kept is None  # on that day it is asked again


def test_a_yes_of_the_one_who_proposed_counts_for_nothing_even_in_the_record(home):
    family, code = home
    (one,) = keeping.keep(code=code, until=dt.date(2060, 1, 1), words="x", **how("odd", at(2052)))
    append([Statement(kept_on.AGREED, {}, thing=one.id)], family=OFFICE, by=number("odd"), once="x", at=at(2052))
    assert not any(line.kept for line in keeping.yearly(number("tone"), at=at(2052)))


@pytest.mark.parametrize("who", OTHERS)
def test_for_everybody_else_there_is_no_list_and_no_verb(home, who):
    family, code = home
    assert keeping.yearly(number(who), at=at(2052)) == [] and keeping.holds_for(number(who)) == []
    for act in (
        lambda: keeping.one(number(who), code, at=at(2052)),
        lambda: erase(who, code, at(2052)),
        lambda: keeping.keep(code=code, until=dt.date(2060, 1, 1), words="x", **how(who, at(2052))),
        lambda: hold(who, code, at(2052)),
    ):
        with pytest.raises(Refused, match="not-yours"):
            act()


def test_a_weak_visit_decides_nothing(home):
    weak = {**how("odd", at(2052)), "strength": 2}
    with pytest.raises(Refused, match="too-weak"):
        keeping.erase(code=home[1], ground="clock", words="x", **weak)
    with pytest.raises(Refused, match="too-weak"):
        keeping.hold(code=home[1], why="x", source="", until=dt.date(2060, 1, 1), **weak)


def test_whoever_belongs_to_a_family_decides_nothing_about_it(home):
    family, code = home
    tie = place(family, number("odd"), "network", to=None, why="x", state="active", until=None)
    append([tie], family=family, by=number("kari"), once="kin", at=at(2027))
    assert code not in listed(at(2052)) and code in listed(at(2052), "tone")
    with pytest.raises(Refused, match="not-found"):
        hold("odd", code, at(2052))
    not_erased("not-found", "odd", code, at(2052))
    if connection.vendor == "sqlite":
        one = erase("tone", code, at(2052))
        with pytest.raises(Refused, match="not-found"):
            confirm("odd", one, at(2052))
        assert erasure.listed(number("odd")) == []


# --- holds --------------------------------------------------------------------------------------------------


def hold(who, code, when, until=dt.date(2090, 1, 1)):
    return keeping.hold(code=code, why="An inquiry.", source="Letter of 3 May", until=until, **how(who, when))[0].id


def test_a_hold_beats_every_clock_until_it_is_lifted_and_its_day_ends_nothing(home):
    family, code = home
    one = hold("odd", code, at(2030), until=dt.date(2031, 1, 1))
    (line,) = [line for line in keeping.yearly(number("tone"), at=at(2052)) if line.code == code]
    assert line.held[0].waits(dt.date(2052, 1, 1)) and line.held[0].source == "Letter of 3 May"
    not_erased("held", "odd", code, at(2052))
    keeping.look_again(hold=one, until=dt.date(2060, 1, 1), why="Still.", **how("tone", at(2052)))
    assert not holds.lasting(family)[0].waits(dt.date(2052, 1, 3))
    keeping.lift(hold=one, why="It is over.", **how("tone", at(2053)))
    assert holds.lasting(family) == ()
    with pytest.raises(Refused, match="ended"):
        keeping.lift(hold=one, why="Again.", **how("odd", at(2053)))


@given(st.lists(st.sampled_from(["hold", "lift", "propose", "confirm"]), max_size=10))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hold_at_any_time_keeps_the_words(home, steps):
    """Whatever order: nothing goes while a hold lasts, and two persons are needed for what goes."""
    from django.db import transaction

    family, code = home
    with transaction.atomic():
        try:
            now, on, proposed, gone = at(2052), [], [], False
            for step in steps:
                now += 1_000_000
                if step == "hold" and not gone:
                    on.append(hold("tone", code, now))
                elif step == "lift" and on:
                    keeping.lift(hold=on.pop(), why="Over.", **how("odd", now))
                elif step == "propose":
                    may = not on and not gone
                    try:
                        proposed.append(erase("odd", code, now))
                        assert may
                    except Refused as why:
                        assert why.code in (("held",) if on else ("not-found",)) and not may
                elif step == "confirm" and proposed:
                    try:
                        confirm("tone", proposed.pop(), now)
                        assert not on and not gone
                        gone = True
                    except Refused as why:  # of two proposals the first took everything
                        assert why.code == "held" if on else gone and why.code == "not-over"
                assert words_left(family) != gone
        finally:
            transaction.set_rollback(True)


# --- what a clock says is asked again -------------------------------------------------------------------------


def test_before_its_day_and_while_a_time_to_keep_runs_nothing_goes(home):
    code = home[1]
    not_erased("still-running", "odd", code, at(2051, 12, 1))
    with pytest.raises(Refused, match="no-ground"):
        erase("odd", code, at(2052), ground="asked")


def test_what_was_written_since_or_begun_again_stops_the_second_person(home):
    family, code = home
    one = erase("odd", code, at(2052))
    said = Statement("access.wants-to-talk", {}, basis="own-words", about=(number("anne"),))
    append([said], family=family, by=number("anne"), once="talk", at=at(2052, 2))
    with pytest.raises(Refused, match="written-since"):
        confirm("tone", one, at(2052, 3))
    two = erase("odd", code, at(2052, 3))
    ending.reopen(by=number("tone"), family=family, worker=number("kari"), why="x", at=at(2052, 4), once=ids.new())
    with pytest.raises(Refused, match="written-since"):
        confirm("tone", two, at(2052, 5))
    with pytest.raises(Refused, match="still-open"):
        erase("odd", code, at(2052, 5))
    assert words_left(family)


def test_kept_on_stops_the_second_person_too(home):
    family, code = home
    one = erase("odd", code, at(2052))
    (keep,) = keeping.keep(code=code, until=dt.date(2060, 1, 1), words="x", **how("odd", at(2052)))
    keeping.answer(code=code, proposal=keep.id, yes=True, words="", **how("tone", at(2052)))
    with pytest.raises(Refused, match="kept-on"):
        confirm("tone", one, at(2052))


def test_because_an_archive_has_it_needs_that_it_has(home):
    family, code = home
    with pytest.raises(Refused, match="not-archived"):
        erase("odd", code, at(2052), ground="archive")
    kept_on.say_handed(
        by=number("tone"), holders=[number("tone"), number("odd")], family=family, to="The archive", sums="0" * 64,
        upto=newest(family), at=at(2052), once=ids.new(),
    )  # fmt: skip
    said = Statement("access.wants-to-talk", {}, basis="own-words", about=(number("anne"),))
    append([said], family=family, by=number("anne"), once="talk", at=at(2052, 2))
    with pytest.raises(Refused, match="not-archived"):  # not its newest entry
        erase("odd", code, at(2053), ground="archive")
    kept_on.say_handed(
        by=number("tone"), holders=[number("tone"), number("odd")], family=family, to="The archive", sums="1" * 64,
        upto=newest(family), at=at(2052, 3), once=ids.new(),
    )  # fmt: skip
    confirm("tone", erase("odd", code, at(2053), ground="archive"), at(2053))
    assert rows("SELECT DISTINCT kind FROM record_entry WHERE pk >> 20 = %s", [family]) == [(ERASED,)]


def test_a_file_that_cannot_be_read_keeps_everything(home, settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "clocks.toml").write_text("years = 1", "utf-8")
    with pytest.raises(NotClocks):
        keeping.yearly(number("odd"), at=at(2052))
    not_erased("no-clocks", "odd", home[1], at(2052))
