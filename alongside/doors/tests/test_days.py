"""The last day of the calendar: after it there is none, and much here ends at the beginning of the next."""

import datetime as dt

import pytest

from alongside.doors.days import a_day
from alongside.record.statement import Refused


def test_it_is_no_day_that_can_be_chosen():
    for text in ("9999-12-31", "10000-01-01", "tomorrow", ""):
        with pytest.raises(Refused, match="no-until"):
            a_day(text, "no-until")
    assert a_day(" 9999-12-30 ") == dt.date(9999, 12, 30)
