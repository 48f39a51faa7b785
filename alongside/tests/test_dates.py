"""Partial dates: what people say is understood, kept and said again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import dates
from alongside.dates import NotADate, Partial, canonical, parse, show

TODAY = dt.date(2026, 11, 20)  # a Friday


def text_of(said: str) -> str:
    return parse(said, today=TODAY, lang="nb").text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("", ""),
        ("  ", ""),
        ("2026", "2026"),
        ("2026-03", "2026-03"),
        ("2026-03-14", "2026-03-14"),
        ("2026-03-14T16:30", "2026-03-14T16:30"),
        ("2026-03-14 16:30:10", "2026-03-14T16:30"),
        ("2026-3-4", "2026-03-04"),
        ("2026-W12", '2026-03-16/2026-03-22 "2026-W12"'),
        ("1960~", "1960~"),
        ("about 1960", "1960~"),
        ("ca. 1960", "1960~"),
        ("omkring mars 2021", "2021-03~"),
        ("14.3.2026", "2026-03-14"),
        ("14.03.26", "2026-03-14"),
        ("1.2.94", "1994-02-01"),
        ("14/3/2026", "2026-03-14"),
        ("14. mars 2026", "2026-03-14"),
        ("lørdag 14. mars 2026", "2026-03-14"),
        ("14 March 2026", "2026-03-14"),
        ("March 14, 2026", "2026-03-14"),
        ("the 14th of March 2026", "2026-03-14"),
        ("March 2026", "2026-03"),
        ("i mars 2026", "2026-03"),
        ("in 2019", "2019"),
        ("14. nov.", "2026-11-14"),
        ("14 Dec", "2026-12-14"),
        ("i går", "2026-11-19"),
        ("Yesterday", "2026-11-19"),
        ("i forgårs", "2026-11-18"),
        ("i natt", "2026-11-19/2026-11-20"),
        ("on Tuesday", "2026-11-17"),
        ("tirsdag", "2026-11-17"),
        ("tirsdag kveld", "2026-11-17"),
        ("Friday", "2026-11-20"),
        ("last Friday", "2026-11-13"),
        ("på fredag", "2026-11-27"),
        ("tirsdag kl. 16.30", "2026-11-17T16:30"),
        ("14 March 2026 at 4 pm", "2026-03-14T16:00"),
        ("for tre uker siden", "2026-10-30~"),
        ("two days ago", "2026-11-18"),
        ("2 months ago", "2026-09~"),
        ("last week", "2026-11-09/2026-11-15"),
        ("i fjor", "2025"),
        ("våren 2019", '2019-03/2019-05 "våren 2019"'),
        ("Spring 2019", '2019-03/2019-05 "Spring 2019"'),
        ("winter 2019", '2018-12/2019-02 "winter 2019"'),
        ("i fjor sommer", '2025-06/2025-08 "sommer 2025"'),
        ("jula 2024", '2024-12-20/2025-01-02 "jula 2024"'),
        ("Christmas 2024", '2024-12-20/2025-01-02 "Christmas 2024"'),
        ("påsken 2025", '2025-04-12/2025-04-21 "påsken 2025"'),
        ("uke 12", '2026-03-16/2026-03-22 "uke 12 2026"'),
        ("60-tallet", '1960/1969 "60-tallet"'),
        ("2018/19", '2018/2019 "2018/19"'),
        ("since March 2026", "2026-03/.."),
        ("fram til mars 2026", "../2026-03"),
        ("before 2020", "../2019-12-31"),
        ("March to May 2026", "2026-03/2026-05"),
        ("14.–16. mars 2026", "2026-03-14/2026-03-16"),
        ("November to February 2025", "2024-11/2025-02"),
        ("siden våren 2019", '2019-03/.. "siden våren 2019"'),
        ("when the boat sank", '"when the boat sank"'),
        ('the "big" day', '"the "big" day"'),
        ("..", '".."'),
        ("10.30", '"10.30"'),
    ],
)
def test_people_say_it_in_many_ways(said, text):
    assert text_of(said) == text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("31.2.2026", "no-such-day"),
        ("2026-02-30", "no-such-day"),
        ("31. februar", "no-such-day"),
        ("32.13.2020", "no-such-month"),
        ("3/14/2026", "no-such-month"),
        ("0000", "no-such-year"),
        ("uke 60 2026", "no-such-week"),
        ("14.3.2026 kl. 25.00", "no-such-time"),
        ("Sunday 14 March 2026", "another-weekday"),
        ("Monday 20 November", "another-weekday"),
        ("mandag 20. november", "another-weekday"),
        ("2026-03/2025", "ends-before-it-begins"),
        ("x" * 200, "too-long"),
    ],
)
def test_what_cannot_be_is_said_plainly(said, code):
    with pytest.raises(NotADate) as wrong:
        parse(said, today=TODAY)
    assert wrong.value.code == code
    assert wrong.value.value == said[:60]
    assert str(wrong.value).endswith(".")


@pytest.mark.parametrize(
    ("text", "en", "nb", "long"),
    [
        ("", "", "", ""),
        ("2026-11-14", "14 Nov", "14. nov.", "Saturday 14 November 2026"),
        ("2024-11-14", "14 Nov 2024", "14. nov. 2024", "Thursday 14 November 2024"),
        ("2026-11-14T16:30", "14 Nov, 16:30", "14. nov. kl. 16.30", "Saturday 14 November 2026, 16:30"),
        ("2024-11", "November 2024", "november 2024", "November 2024"),
        ("1960~", "about 1960", "ca. 1960", "about 1960"),
        ("2026-03/..", "from March 2026", "fra mars 2026", "from March 2026"),
        ("../2019", "until 2019", "fram til 2019", "until 2019"),
        (
            "2026-11-14/2027-01-02",
            "14 Nov 2026 to 2 Jan 2027",
            "14. nov. 2026 til 2. jan. 2027",
            "Saturday 14 November 2026 to Saturday 2 January 2027",
        ),
        ('2019-03/2019-05 "spring 2019"', "spring 2019", "spring 2019", "spring 2019"),
    ],
)
def test_shown_for_people(text, en, nb, long):
    so = canonical(text)
    assert show(so, "en", TODAY) == en
    assert show(so, "nb", TODAY) == nb
    assert show(so, "en", TODAY, long=True) == long


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("yesterday at 4", "16:00"),
        ("i går kl. 4", "16:00"),
        ("i går klokka 4.30", "16:30"),
        ("yesterday at 4 am", "04:00"),
        ("yesterday at 4 in the night", "04:00"),
        ("i går kl. 4 om natta", "04:00"),
        ("this morning at 6", "06:00"),
        ("yesterday at 04:00", "04:00"),
        ("yesterday at 7", "07:00"),
        ("yesterday at 8 in the evening", "20:00"),
    ],
)
def test_a_bare_hour_of_a_visit_is_in_the_afternoon(said, time):
    assert parse(said, today=TODAY, daytime=True).text.endswith(f"T{time}")


@pytest.mark.parametrize(
    ("said", "en", "nb"),
    [
        ("våren 2019", "spring 2019", "våren 2019"),
        ("Fall 2020", "autumn 2020", "høsten 2020"),
        ("winter 2019", "winter 2019", "vinteren 2019"),
        ("sommer 2020", "summer 2020", "sommeren 2020"),
        ("jul 2024", "Christmas 2024", "julen 2024"),
        ("Easter 2025", "Easter 2025", "påsken 2025"),
        ("when the boat sank", "", ""),
        ("14 March", "", ""),
    ],
)
def test_a_season_in_the_language_of_who_reads(said, en, nb):
    so = parse(said, today=TODAY)
    assert (dates.season(so, "en"), dates.season(so, "nb")) == (en, nb)


def test_elsewhere_an_hour_is_as_it_is_said():
    assert text_of("yesterday at 4") == "2026-11-19T04:00"


def test_a_year_far_ahead_is_written():
    assert show(canonical("2026-12-14"), "en", dt.date(2026, 1, 5)) == "14 Dec 2026"
    assert parse("14 Dec", today=dt.date(2026, 1, 5)).text == "2025-12-14"


def test_leap_day_without_a_year():
    assert parse("29 Feb 2024", today=TODAY).text == "2024-02-29"
    with pytest.raises(NotADate):
        parse("29 Feb", today=TODAY)


def test_late_is_said_and_not_shamed():
    tuesday = dt.date(2026, 11, 17)

    def phrase(so, lang="en"):
        return dates.weekday_phrase(tuesday, canonical(so), lang)

    assert phrase("2026-11-14") == "written Tuesday about Saturday"
    assert phrase("2026-11-14", "nb") == "skrevet tirsdag om lørdag"
    assert phrase("2026-10-14") == "written 17 Nov about 14 Oct"
    assert phrase("2021~") == "written 17 Nov about 2021"
    assert phrase("2026-11-17") == phrase("2026-11") == phrase("2026-12-01") == phrase("") == ""
    assert dates.weekday_phrase(dt.datetime(2026, 11, 17, 9, 0), canonical("2026-11-16"), "en")


def test_learnt_late_counts_days():
    assert dates.learnt_late(canonical("2025-01-22"), canonical("2025-02-18")) == 27
    assert dates.learnt_late(canonical("2025-01"), canonical("2025-01-30")) == 0
    assert dates.learnt_late(canonical(""), canonical("2025-01-30")) == 0


@pytest.mark.parametrize(
    ("text", "kind", "asked"),
    [
        ("1899-12-31", "birth", False),
        ("1899-12-31", "visit", True),
        ("2026-11-21", "visit", True),
        ("2026-11-21", "birth", True),
        ("2026-11-20", "visit", False),
        ("2026", "visit", True),
        ("2026-03/..", "visit", True),
        ("2026", "birth", False),
        ("2026-11-21", "due", False),
        ("2026-11-19", "due", True),
        ("", "visit", False),
        ('"long ago"', "visit", True),
        ('"long ago"', "birth", False),
    ],
)
def test_ask_again_once(text, kind, asked):
    assert dates.ask_again(canonical(text), kind, today=TODAY) is asked


def test_easter_as_the_almanacs_have_it():
    known = {1961: (4, 2), 2000: (4, 23), 2008: (3, 23), 2024: (3, 31), 2026: (4, 5), 2038: (4, 25)}
    assert {year: dates.easter(year) for year in known} == {year: dt.date(year, *day) for year, day in known.items()}


def test_taking_apart_ends():
    assert parse("i " * 50 + "~" * 15, today=TODAY).first is None


# Properties

days = st.dates(dt.date(1700, 1, 1), dt.date(2300, 12, 31))
todays = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
languages = st.sampled_from(["en", "nb"])
times = st.times().map(lambda t: f"T{t:%H:%M}")


@st.composite
def atoms(draw):
    day = draw(days).isoformat()
    cut = draw(st.sampled_from([day[:4], day[:7], day, day + draw(times)]))
    return cut + draw(st.sampled_from(["", "~"]))


@st.composite
def partials(draw):
    a, b = draw(atoms()), draw(atoms())
    if canonical(a).first > canonical(b).first:
        a, b = b, a
    forms = [a, f"{a}/..", f"../{b}"]
    if canonical(a).last < canonical(b).first:
        forms.append(f"{a}/{b}")
    return canonical(draw(st.sampled_from(forms)))


@given(partials(), languages, todays, st.booleans())
def test_said_again_it_means_the_same(so, lang, today, long):
    again = parse(show(so, lang, today, long=long), today=today, lang=lang)
    assert (again.first, again.last) == (so.first, so.last)
    assert again.text == so.text


PIECES = """
    i på den about ca. ~ 14 14. 3 3. mars March 2026 2019 26 våren jula last fjor summer uke week
    12 fra til to from - – / .. kl. 16.30 16:30 at pm tirsdag Friday siden ago for tre before 9999
    0001 31.12.9999 00 s tallet winter 60-tallet " '
"""
near = st.sampled_from(PIECES.split())
sayings = st.text(max_size=60) | st.lists(near, max_size=7).map(" ".join) | st.lists(near, max_size=5).map("".join)


@given(sayings, todays, languages)
def test_any_text_is_a_date_words_or_not_a_date(said, today, lang):
    try:
        so = parse(said, today=today, lang=lang)
    except NotADate as wrong:
        assert wrong.code in dates.SENTENCES
        return
    assert so.first is None or so.last is None or so.first <= so.last
    assert canonical(so.text) == so
    assert parse(so.text, today=today, lang=lang) == so
    show(so, lang, today)
    if not so.words:
        again = parse(show(so, lang, today), today=today, lang=lang)
        assert (again.first, again.last) == (so.first, so.last)


@given(st.lists(partials(), max_size=6))
def test_total_order_by_first(many):
    ordered = sorted(many)
    assert [p.first or 0 for p in ordered] == sorted(p.first or 0 for p in many)
    for p in many:
        assert (p < Partial()) + (p > Partial()) + (p == Partial()) == 1
