"""Would the random families find a mistake? Each is planted in a copy of the oracle and must be.

A mistake is one rule of the copy replaced; it counts as found when the copy and the oracle
decide differently somewhere in the first 40,000 decisions.
"""

import sys
from collections import Counter
from dataclasses import replace
from importlib import util
from itertools import chain

import pytest

from . import oracle
from .oracle import EVERYTHING, FRESH, KIN, MARKS, SECOND, SIGNED_IN, STAFF, STATES, Row
from .worlds import BECAUSE, KINDS, decisions


def copy_of_the_oracle():
    """A second, separate oracle module, to be spoiled."""
    spec = util.spec_from_file_location("alongside_planted_oracle", oracle.__file__)
    copy = util.module_from_spec(spec)
    sys.modules[spec.name] = copy  # dataclasses look their module up
    try:
        spec.loader.exec_module(copy)
    finally:
        del sys.modules[spec.name]
    return copy


def also(extra):
    """A ``may_read`` that gives what the oracle gives and, besides, what ``extra`` gives."""

    def may_read(person, ties, now, strength, entry, adults, absences=(), today=0):
        reader = oracle.standing(person, ties, now, strength)
        more = reader and oracle.strong_enough(entry.mark, strength) and extra(person, entry)
        return bool(more) or oracle.may_read(person, ties, now, strength, entry, adults, absences, today)

    return may_read


def last_seq_with(kinds, choose=max):
    """Whoever of ``kinds`` stopped keeps something, and of several ``choose`` counts."""

    def last_seq(giving):
        if any(tie.state == "active" for tie in giving):
            return EVERYTHING
        stopped = [t for t in giving if t.state in ("paused", "ended") and t.kind in kinds]
        return choose((t.ended_seq for t in stopped), default=None)

    return last_seq


def last_seq_active_from(*states):
    """A relationship that is only begun already gives."""

    def last_seq(giving):
        return EVERYTHING if any(t.state in states for t in giving) else oracle.last_seq(giving)

    return last_seq


def ended_wins(giving):
    """An ended relationship cuts an active one short."""
    stopped = last_seq_with(KIN)([tie for tie in giving if tie.state != "active"])
    return oracle.last_seq(giving) if stopped is None else stopped


def one_adult_is_enough(reader, rows, about, adults):
    """Two adults, one of them shared it."""
    others = {p for p in about if p in adults and p != reader.person}
    if others & {row.giver for row in rows if row.because == "shared"}:
        return rows
    return oracle.told_rows(reader, rows, about, adults)


def mine_of(reader, entry):
    return [row for row in map(Row._make, entry.rows) if row.person == reader.person]


def leave_after_hazard(reader, entry, adults):
    """An adult's sharing after the hazard still gives leave to an older sharing."""
    rows = oracle.kept_rows(reader, mine_of(reader, entry))
    return oracle.safe_rows(reader, oracle.told_rows(reader, rows, entry.about, adults))


def leave_after_end(reader, entry, adults):
    """An adult's sharing after the end still gives leave to an older sharing."""
    rows = oracle.safe_rows(reader, mine_of(reader, entry))
    return oracle.kept_rows(reader, oracle.told_rows(reader, rows, entry.about, adults))


def latest_hazard(mine):
    return max((t.hazard_seq for t in mine if t.hazard_seq is not None), default=None)


def hazard_of_the_active(mine):
    return oracle.hazard_at([tie for tie in mine if tie.state == "active"])


def hazard_on_entries(reader, rows):
    """All new rows are shut, letters to him and his own words too."""
    return [row for row in rows if reader.hazard is None or row.since <= reader.hazard]


def hazard_one_late(reader, rows):
    late = None if reader.hazard is None else reader.hazard + 1
    return oracle.safe_rows(replace(reader, hazard=late), rows)


def hazard_lets_present(reader, rows):
    safe = oracle.safe_rows(reader, rows)
    return [row for row in rows if row in safe or row.because == "present"]


def by_mark_whoever(giving, hazard):
    """Staff who work with one person read by mark as well."""
    return hazard is None and any(t.state == "active" and t.kind in STAFF for t in giving)


def by_mark_under_hazard(giving, hazard):
    return oracle.reads_by_mark(giving, None)


def until_one_late(mine, now):
    return [tie for tie in mine if tie.until is None or now <= tie.until]


def anyones_rows(reader, entry, adults):
    mine = [row._replace(person=reader.person) for row in map(Row._make, entry.rows)]
    return oracle.rows_that_count(reader, replace(entry, rows=tuple(mine)), adults)


def own_row(reader, rows):
    return any(row.because == "own" for row in rows)


def everybody_named(reader, rows):
    return not reader.kin and bool(rows)


def about_binds_all(reader, rows, about, adults):
    return oracle.told_rows(replace(reader, kin=True), rows, about, adults)


def about_counts_children(reader, rows, about, adults):
    return oracle.told_rows(reader, rows, about, about)


def about_counts_me(reader, rows, about, adults):
    stranger = replace(reader, person=0)
    return oracle.told_rows(stranger, rows, about, adults)


def marks_open(*marks):
    return lambda reader, mark: reader.by_mark and mark in marks


def nothing(*args):
    return None


def untouched(reader, rows, *rest):
    return rows


PLANTED = {
    "the stand-in a day early": ("away", lambda one, today: one.first - 1 <= today <= one.last),
    "the stand-in a day late": ("away", lambda one, today: one.first <= today <= one.last + 1),
    "the stand-in reads what is sealed": (
        "for_the_one_away",
        lambda entry, absent: (
            entry.mark in ("persons", "sealed") and any(Row(*row).person in absent for row in entry.rows)
        ),
    ),
    "somebody who works here no more is stood in for": (
        "stood_in_for",
        lambda person, ties, now, absences, today: (
            {one.person for one in absences if one.stand_in == person and oracle.away(one, today)}
            if oracle.works_by_mark(person, ties, now)
            else set()
        ),
    ),
    "anybody may stand in": (
        "stood_in_for",
        lambda person, ties, now, absences, today: {
            one.person
            for one in absences
            if one.stand_in == person and oracle.away(one, today) and oracle.works_by_mark(one.person, ties, now)
        },
    ),
    "speaker reads": ("may_read", also(lambda person, entry: entry.speaker == person)),
    "author reads without a row": ("may_read", also(lambda person, e: e.author == person)),
    "whom it is about reads": ("may_read", also(lambda person, entry: person in entry.about)),
    "strength is ignored": ("strong_enough", lambda mark, strength: True),
    "a card reads team": ("NEEDED", {**oracle.NEEDED, "team": oracle.CARD}),
    "professionals by signing in": ("NEEDED", {**oracle.NEEDED, "professionals": SIGNED_IN}),
    "professionals need fresh": ("NEEDED", {**oracle.NEEDED, "professionals": FRESH}),
    "persons by second factor": ("NEEDED", {**oracle.NEEDED, "persons": SECOND}),
    "sealed by second factor": ("NEEDED", {**oracle.NEEDED, "sealed": SECOND}),
    "barring is forgotten": ("closed", lambda mine: False),
    "excluded closes only itself": ("closed", lambda m: any(t.state == "barred" for t in m)),
    "staff and kin at once": ("both_sides", lambda mine: False),
    "until is ignored": ("in_time", lambda mine, now: mine),
    "until is one late": ("in_time", until_one_late),
    "ended staff keep": ("last_seq", last_seq_with(KIN | STAFF)),
    "ended others keep": ("last_seq", last_seq_with(KIN | oracle.OTHERS)),
    "ended kin lose all": ("last_seq", last_seq_with(())),
    "the first ending counts": ("last_seq", last_seq_with(KIN, min)),
    "an ending cuts an active one": ("last_seq", ended_wins),
    "invited reads": ("last_seq", last_seq_active_from("active", "invited")),
    "verified reads": ("last_seq", last_seq_active_from("active", "verified")),
    "paused goes on": ("last_seq", last_seq_active_from("active", "paused")),
    "rows after the end count": ("kept_rows", untouched),
    "hazard is forgotten": ("hazard_at", nothing),
    "the last hazard counts": ("hazard_at", latest_hazard),
    "hazard goes with its relationship": ("hazard_at", hazard_of_the_active),
    "hazard shuts letters too": ("safe_rows", hazard_on_entries),
    "hazard is one late": ("safe_rows", hazard_one_late),
    "hazard lets present pass": ("safe_rows", hazard_lets_present),
    "hazard only stops marks": ("safe_rows", untouched),
    "staff under hazard read by mark": ("reads_by_mark", by_mark_under_hazard),
    "one-person staff read by mark": ("reads_by_mark", by_mark_whoever),
    "nobody reads by mark": ("reads_by_mark", lambda giving, hazard: False),
    "persons opens by mark": ("mark_is_enough", marks_open("team", "professionals", "persons")),
    "sealed opens by mark": ("mark_is_enough", marks_open("team", "professionals", "sealed")),
    "professionals only by name": ("mark_is_enough", marks_open("team")),
    "family author of a professional view": ("named_professional", own_row),
    "anybody named under professionals": ("named_professional", everybody_named),
    "anybody's row will do": ("rows_that_count", anyones_rows),
    "about is forgotten": ("told_rows", untouched),
    "one adult is enough": ("told_rows", one_adult_is_enough),
    "about binds partners": ("told_rows", about_binds_all),
    "about counts children": ("told_rows", about_counts_children),
    "about counts the reader": ("told_rows", about_counts_me),
    "a sharing after the hazard gives leave": ("rows_that_count", leave_after_hazard),
    "a sharing after the end gives leave": ("rows_that_count", leave_after_end),
}


@pytest.fixture(scope="module")
def decided():
    """40,000 decisions (the first seeds of ``test_readers``) with the oracle's answers."""
    asked = chain.from_iterable(decisions(seed, 10_000) for seed in range(4))
    return [(one, oracle.may_read(*one)) for one in asked]


@pytest.mark.parametrize("mistake", PLANTED)
def test_mistake_is_found(mistake, decided, monkeypatch, proven):
    rule, wrong = PLANTED[mistake]
    spoiled = copy_of_the_oracle()
    assert hasattr(spoiled, rule)
    monkeypatch.setattr(spoiled, rule, wrong)
    found = any(spoiled.may_read(*one) != right for one, right in decided)
    proven("mistakes planted in the rule of reading that are found", int(found), goal=1, least=True, of=1)
    assert found


def test_an_honest_copy_agrees(decided):
    honest = copy_of_the_oracle()
    assert all(honest.may_read(*one) == right for one, right in decided)


def test_the_families_are_various(decided):
    """Every kind, state, mark, because and strength is asked about, and both answers are common."""
    assert len(decided) == 40_000
    ties = {tie for one, _ in decided for tie in one.relationships}
    assert {tie.kind for tie in ties} == set(KINDS)
    assert {tie.state for tie in ties} == set(STATES)
    assert {r.because for one, _ in decided for r in one.entry.rows} == set(BECAUSE)
    yes = Counter((one.entry.mark, one.strength) for one, right in decided if right)
    assert {mark for mark, _ in yes} == set(MARKS)
    assert {strength for _, strength in yes} == {SIGNED_IN, SECOND, FRESH}
    assert 0.05 < yes.total() / 40_000 < 0.6
