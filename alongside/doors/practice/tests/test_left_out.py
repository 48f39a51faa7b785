"""What the family's first page no longer reads makes no difference on it: settled long ago, with nothing beside."""

import datetime as dt

import pytest
from django.conf import settings as configured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside import clock
from alongside.access.grants import granted
from alongside.access.standing import office_day, reader_in
from alongside.cast.story import TODAY, numbers
from alongside.doors.practice import lately, page
from alongside.doors.practice.family_page import family_page
from alongside.record.appending import append, open_family
from alongside.record.marks import beside, remarked, taken_back
from alongside.record.reading import read
from alongside.record.statement import Refused, Statement

NOW = clock.micros(TODAY)
WORDS = {"words": [{"lang": "en", "text": "Words."}]}
ALONE = [
    lambda who, _one: Statement("dialogue.passage", WORDS),
    lambda who, _one: Statement("promises.made", {**WORDS, "owner": who, "due": "2026-01-15"}),
    lambda who, _one: Statement("promises.made", {**WORDS, "owner": who}, mark="professionals"),
]
ON_ONE = [
    lambda who, one: Statement("promises.made", {**WORDS, "owner": who}, answers=one.id, mark=one.mark),
    lambda who, one: Statement("promises.kept", {}, thing=one.id, mark=one.mark),
    lambda who, one: Statement("promises.kept", WORDS, thing=one.id, mark=one.mark),
    lambda who, one: Statement("promises.broken", WORDS, thing=one.id, mark=one.mark),
    lambda who, one: Statement("promises.moved", {**WORDS, "due": "2026-02-15"}, thing=one.id, mark=one.mark),
    lambda who, one: Statement("dialogue.answer", {"form": "differ", **WORDS}, answers=one.id, mark=one.mark),
    lambda who, one: Statement("dialogue.answer", {"form": "agree"}, answers=one.id, mark=one.mark),
    lambda who, one: Statement("dialogue.question", WORDS, answers=one.id, mark=one.mark),
    lambda who, one: Statement("dialogue.pinned", {"on": "good"}, answers=one.id, mark=one.mark),
    lambda who, one: Statement("dialogue.passage", WORDS, within=one.id, mark=one.mark),
    lambda who, one: remarked(one, "persons", "Asked for."),
    lambda who, one: taken_back(one, ()),
]
acts = st.one_of(
    st.tuples(st.sampled_from(ALONE), st.just(0), st.just(0)),
    st.tuples(st.sampled_from(ON_ONE[:6]), st.integers(0, 40), st.just(0)),
    st.tuples(st.sampled_from([*ON_ONE, None]), st.integers(0, 40), st.integers(0, 40)),
)


def _told(some, days: int):
    """A family in which this was said from `days` days ago until today; its worker as a reader."""
    kari, mother = numbers()["kari"], numbers()["anne"]
    family, code = open_family()
    begun = NOW - days * page.DAY
    begins = [granted(kari, "coordinator"), granted(mother, "parent")]
    append(begins, family=family, by=kari, once="begins", at=begun)
    reader = reader_in(kari, code, now=NOW, strength=3)
    for place, (say, first, second) in enumerate(some):
        there = [entry for entry in read(reader) if not entry.kind.startswith("access.")]
        if say not in ALONE and not there:
            continue
        if say in ON_ONE[1:5]:
            there = [entry for entry in there if entry.kind == "promises.made"] or there
        one = there[first % len(there)] if there else None
        said = say(kari, one) if say else beside(one.id, there[second % len(there)].id, mark=one.mark, readers=())
        try:
            append([said], family=family, by=kari, once=str(place), at=begun + place * days * page.DAY // len(some))
        except Refused:
            continue
    return reader


def _shown(reader, entries):
    return family_page(page.opened(reader, entries, now=NOW, today=office_day(NOW)))


@pytest.mark.django_db
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(acts, min_size=8, max_size=40), days=st.sampled_from((10, 40, 400)))
def test_the_page_is_the_same_without_what_was_left_out(cast, monkeypatch, some, days):
    for module, name, number in ((page, "NEWEST", 6), (page, "LATELY", 2), (lately, "LATELY", 2)):
        monkeypatch.setattr(module, name, number)
    reader = _told(some, days)
    whole, lean = page._enough(reader, None), page._enough(reader, None, NOW)
    assert set(lean) <= set(whole)
    assert _shown(reader, lean) == _shown(reader, whole)


PASSAGE, MADE, BESIDE, KEPT, DIFFER, PINNED = ALONE[0], ALONE[1], ON_ONE[0], ON_ONE[1], ON_ONE[5], ON_ONE[8]
LATER = [(PASSAGE, 0, 0)] * 20
KEPT_AND_SHOWN = {
    "ten days ago": ([(MADE, 0, 0), (KEPT, 0, 0), *LATER], 10),
    "and answered": ([(MADE, 0, 0), (KEPT, 0, 0), (DIFFER, 0, 0), *LATER], 400),
    "beside what is pinned": ([(PASSAGE, 0, 0), (BESIDE, 0, 0), (KEPT, 0, 0), (PINNED, 0, 0), *LATER], 400),
    "set beside what is pinned": (
        [(PASSAGE, 0, 0), (MADE, 0, 0), (KEPT, 0, 0), (PINNED, 0, 0), (None, 0, 1), *LATER], 400,
    ),
    "nothing else is news": ([(PASSAGE, 0, 0), (MADE, 0, 0), (KEPT, 0, 0), *[(DIFFER, 0, 0)] * 20], 400),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("case", KEPT_AND_SHOWN)
def test_a_promise_that_was_kept_and_is_shown_all_the_same(cast, monkeypatch, case):
    monkeypatch.setattr(page, "NEWEST", 14)
    reader = _told(*KEPT_AND_SHOWN[case])
    whole, lean = page._enough(reader, None), page._enough(reader, None, NOW)
    assert any(entry.kind == "promises.made" for entry in lean)
    assert _shown(reader, lean) == _shown(reader, whole)


@pytest.mark.django_db
def test_what_was_kept_long_ago_is_not_read(cast, monkeypatch):
    monkeypatch.setattr(page, "NEWEST", 14)
    reader = _told([(MADE, 0, 0), (KEPT, 0, 0), *LATER], 400)
    assert "promises.made" not in {entry.kind for entry in page._enough(reader, None, NOW)}
    assert "promises.made" in {entry.kind for entry in page._enough(reader, None)}


def test_no_zone_takes_what_is_gone_for_one_of_the_last_days():
    first = clock.moment(NOW - page.GONE_AFTER * page.DAY)
    for zone in (configured.OFFICE_ZONE, dt.timezone(dt.timedelta(hours=14)), dt.timezone(dt.timedelta(hours=-12))):
        assert (TODAY.astimezone(zone).date() - first.astimezone(zone).date()).days > 14
