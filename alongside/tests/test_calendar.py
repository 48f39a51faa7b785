"""Working days: the public holidays of Norway against days that are known."""

import datetime as dt

import pytest

from alongside.calendar import easter, holidays, working_day, works


@pytest.mark.parametrize("day", ["1961-04-02", "2000-04-23", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25"])
def test_easter(day):
    known = dt.date.fromisoformat(day)
    assert easter(known.year) == known


def test_the_holidays_of_2026():
    days = "01-01 04-02 04-03 04-05 04-06 05-01 05-14 05-17 05-24 05-25 12-25 12-26"
    assert holidays(2026) == {dt.date.fromisoformat(f"2026-{day}") for day in days.split()}


@pytest.mark.parametrize(
    ("day", "after", "due"),
    [
        ("2026-11-20", 3, "2026-11-25"),  # over a weekend
        ("2026-04-01", 3, "2026-04-09"),  # over Easter
        ("2026-12-23", 1, "2026-12-24"),
        ("2026-12-24", 2, "2026-12-29"),
        ("2026-11-20", 0, "2026-11-20"),
    ],
)
def test_so_many_working_days_later(day, after, due):
    assert working_day(dt.date.fromisoformat(day), after) == dt.date.fromisoformat(due)


def test_no_sunday_works():
    first = dt.date(2026, 1, 1)
    days = [first + dt.timedelta(days=n) for n in range(365)]
    assert not any(works(day) for day in days if day.weekday() > 4)
    assert sum(works(day) for day in days) == 253  # 261 from Monday to Friday, less eight holidays
