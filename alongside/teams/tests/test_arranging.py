"""Arranging to meet: asked, fixed, moved, cancelled; who may; and where the next ones are listed."""

import pytest

from alongside.cast.said import id_of
from alongside.cast.story import TODAY, numbers
from alongside.promises.tests.test_promise import ACT, reader, refused, settled
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.teams import arranging
from alongside.teams.appointment import KINDS, appointments, asked
from alongside.teams.queries import coming

DAY = TODAY.date().toordinal()
MONDAY = {"on": "2026-11-23T15:00", "until": "16:00", "place": "At school", "text": "About the trip."}


def of(who: str, family: int = 1):
    return appointments(read(reader(who, family), kinds=KINDS))


def fix(who: str = "kari", **more):
    kari, anne = numbers()["kari"], numbers()["anne"]
    how = {**MONDAY, "there": [kari, anne], "readers": [anne], "once": "a" * 32, **more}
    arranging.fix(by=reader(who), **how, **ACT)
    settled()
    return of("kari")[-1]


def listed() -> list[int]:
    return [place for _family, place, _now in coming([1], first=DAY, last=DAY + 7)]


def test_fixed_moved_cancelled(cast):
    one = fix()
    assert (one.state, one.on.text, one.until, one.place) == ("fixed", "2026-11-23T15:00", "16:00", "At school")
    assert one.first.pk in listed() and one.first.id not in [a.first.id for a in of("per")]
    later = {**MONDAY, "on": "2026-11-25T09:00", "until": "", "place": "", "text": "The car broke down."}
    arranging.move(by=reader("kari"), appointment=one.first.id, once="b" * 32, **later, **ACT)
    settled()
    moved = of("anne")[-1]
    assert (moved.state, moved.on.text, moved.until, moved.place) == ("moved", "2026-11-25T09:00", "", "At school")
    arranging.cancel(by=reader("anne"), appointment=one.first.id, text="", once="c" * 32, **ACT)
    settled()
    assert of("kari")[-1].state == "cancelled" and of("kari")[-1].last.body["by_side"] == "family"
    assert one.first.pk not in listed() and all(rebuild(check=True).values())
    assert refused(
        arranging.cancel, by=reader("kari"), appointment=one.first.id, text="x", once="d" * 32, **ACT
    ) == "cancelled-already"  # fmt: skip


def test_only_who_works_here_fixes_a_time_and_says_why_it_is_moved_or_cancelled(cast):
    assert refused(fix, who="anne") == "not-yours"
    how = {"by": reader("kari"), "appointment": id_of(1, 105), "text": " ", "once": "e" * 32, **ACT}
    assert refused(arranging.cancel, **how) == "no-reason"
    assert refused(arranging.move, on="2026-11-25T09:00", until="", place="", **how) == "no-reason"


@pytest.mark.parametrize(
    ("how", "code"),
    [({"on": "2026-11-19T10:00"}, "no-day"), ({"on": "T10:00"}, "no-day"), ({"on": "2026-11-23T25:00"}, "no-time"),
     ({"on": "2026-11-23T"}, "no-time"), ({"until": "14:00"}, "no-time")],
)  # fmt: skip
def test_a_time_that_is_none_is_refused(cast, how, code):
    assert refused(fix, **how) == code


def test_anne_asks_for_another_time_and_only_who_works_here_reads_why(cast):
    how = {"appointment": id_of(1, 105), "text": "I have a night shift.", "once": "f" * 32, **ACT}
    arranging.ask_another_time(by=reader("anne"), **how)
    settled()
    (wish,) = of("kari")[-1].wishes
    assert wish.author == numbers()["anne"] and of("anne")[-1].wishes == (wish,)
    assert all(one.wishes == () for one in of("jonas"))
    arranging.move(
        by=reader("kari"), appointment=id_of(1, 105), on="2026-11-26T12:00", until="", place="", text="Her shift.",
        once="1" * 32, **ACT,
    )  # fmt: skip
    settled()
    assert of("anne")[-1].wishes == () and of("anne")[-1].on.text == "2026-11-26T12:00"


def test_asked_to_meet_and_a_time_found(cast):
    arranging.ask(by=reader("anne"), text="Can we meet about Christmas?", readers=[], once="2" * 32, **ACT)
    settled()
    wish = asked(read(reader("kari"), kinds=KINDS))[-1]
    assert not wish.fixed
    fix(answers=wish.asked.id, readers=[])
    assert asked(read(reader("anne"), kinds=KINDS))[-1].fixed and of("anne")[-1].place == "At school"


def test_cancellings_without_a_fixing_stand_by_themselves_with_their_side(cast):
    found = [one for one in of("marte", 2) if one.state == "cancelled"]
    assert [one.last.body["by_side"] for one in found] == ["service", "family"]
    assert all(not one.steps for one in found)
