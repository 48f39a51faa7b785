"""The last day of the calendar: after it there is none, and much here ends at the beginning of the next."""

import datetime as dt

import pytest

from alongside.doors.office.clock_words import a_day
from alongside.doors.practice.who.form import day
from alongside.record.statement import Refused


class Sent:
    """A form in which one day was typed."""

    def __init__(self, text):
        self.text = text

    def one(self, name):
        return self.text


@pytest.mark.parametrize("read", [a_day, lambda text: day(Sent(text), "until")], ids=["office", "practice"])
def test_it_is_no_day_that_can_be_chosen(read):
    for text in ("9999-12-31", "10000-01-01", "tomorrow", ""):
        with pytest.raises(Refused, match="no-day"):
            read(text)
    assert read(" 9999-12-30 ") == dt.date(9999, 12, 30)
