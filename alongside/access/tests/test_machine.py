"""Any order of legal acts: after each, for everybody and every entry, the SQL, the code and the oracle agree, and
nobody reads what the oracle refuses.

Grants, accepting, verifying, pausing, ending, closing to a worker, barring, being away and back, hazard on, confirmed,
asked to end and ended, striking out, writing, releasing, the end of the work and its new beginning; opening in an
emergency, asking for more, a second person's yes.
"""

import datetime as dt
from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside import clock, ids
from alongside.access import absence, ending, hazards, openings, relationship, talk, urgent
from alongside.access.policy import MOVES, here, may_move, ties
from alongside.access.standing import office_day, reader_at
from alongside.cast.story import TODAY, number
from alongside.record.appending import append, open_family
from alongside.record.entry import first_pk, last_pk
from alongside.record.gate import gate
from alongside.record.marks import released
from alongside.record.readers import Facts, sees
from alongside.record.reading import read, rows
from alongside.record.registers import rebuild
from alongside.record.statement import Refused, Statement
from alongside.record.tests import oracle

HOUR = 3_600_000_000
WORKERS = ("kari", "lars", "marit", "ingrid", "rune", "tone", "geir")
KIN = ("anne", "per", "mia", "farhiya")
who = st.sampled_from([number(name) for name in WORKERS + KIN])
worker = st.sampled_from([number(name) for name in (*WORKERS, "kari", "kari", "ingrid", "lars")])  # mostly who may
leader = st.sampled_from([number(name) for name in ("tone", "tone", "tone", "ingrid", "kari", "rune", "anne")])
kin = st.sampled_from([number(name) for name in KIN])
place = st.integers(0, 30)
WORK = ("allocated", "co-worker", "coordinator", "supervisor", "consult")
NEAR = ("parent", "child", "network", "partner")
opener = st.sampled_from([number(name) for name in ("geir", "geir", "geir", "rune", "marit", "tone", "anne")])


class Standing(RuleBasedStateMachine):
    """One new family. Every act may be refused; none may open what the oracle does not."""

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint()
        self.at = clock.micros(TODAY)
        self.family, self.code = open_family()
        kari, anne = number("kari"), number("anne")
        for name, kind in (("kari", "allocated"), ("ingrid", "supervisor"), ("lars", "coordinator")):
            self._do(relationship.grant, by=number("tone"), person=number(name), kind=kind, why="x")
        self._do(talk.hold, by=kari, said={anne: "Ask me."}, there=[anne], day="2026-11-20", first=1, lang="en")
        for name in ("anne", "per"):
            self._do(relationship.grant, by=kari, person=number(name), kind="parent", why="x")

    def _do(self, verb, **how):
        self.at += 1000
        try:
            with transaction.atomic():
                return verb(family=self.family, at=self.at, once=ids.new(), **how)
        except Refused:
            return []

    def _tie(self, place):
        here = ties(self.family)
        return here[place % len(here)]

    def _entry(self, by, place, kinds=()):
        reader = here(by, self.family, self.at)
        found = read(reader, kinds=kinds) if reader else []
        return found[place % len(found)] if found else None

    @rule(by=leader, person=who, kind=st.sampled_from(WORK + NEAR[:1]), asked=st.booleans())
    def give_a_worker_a_place(self, by, person, kind, asked):
        self._do(relationship.grant, by=by, person=person, kind=kind, why="x", asked=asked)

    @rule(by=worker, person=kin, kind=st.sampled_from(NEAR + ("allocated",)), asked=st.booleans())
    def give_one_of_the_family_a_place(self, by, person, kind, asked):
        self._do(relationship.grant, by=by, person=person, kind=kind, why="x", asked=asked)

    @rule(by=worker, place=place, last=st.integers(0, 30))
    def move(self, by, place, last):
        """One of the changes that are possible now, by somebody who may."""
        tie, until = self._tie(place), self.at + 30 * HOUR
        may = [
            (one, act)
            for one in dict.fromkeys((by, tie.person, number("kari"), number("tone")))
            for act in MOVES
            if act not in ("exclude", "bar") and may_move(by=one, family=self.family, tie=tie, act=act, at=self.at)
        ]
        if may:
            by, act = may[last % len(may)]
            self._do(relationship.move, by=by, grant=tie.id, act=act, why="x", until=until)

    @rule(by=who, place=place, act=st.sampled_from(["exclude", "bar"]), sure=st.integers(0, 3))
    def close_to_somebody(self, by, place, act, sure):
        if sure == 0:
            self._do(relationship.move, by=by, grant=self._tie(place).id, act=act, why="x")

    @rule(by=who, place=place)
    def say_yes(self, by, place):
        tie = self._tie(place)
        self._do(ending.take_over, by=tie.person if place % 2 else by, grant=tie.id)

    @rule(by=worker, other=worker, begins=st.integers(0, 2), days=st.integers(0, 3))
    def be_away(self, by, other, begins, days):
        first = office_day(self.at) + dt.timedelta(days=begins)
        last = first + dt.timedelta(days=days)
        self._do(
            lambda family, at, once: absence.say(
                by=by, stand_ins={family: other}, first=first, last=last, words="", lang="en", at=at, once=once
            )
        )

    @rule(by=worker)
    def come_back(self, by):
        sql = "SELECT e.id FROM access_away a JOIN record_entry e ON e.pk = a.entry WHERE a.family = %s"
        for (id_,) in rows(sql, [self.family]):
            self._do(absence.come_back, by=by, absence=id_)

    @rule(by=worker, person=who, told=st.lists(kin, max_size=1))
    def protect(self, by, person, told):
        self._do(hazards.put_on, by=by, person=person, ground="x", told=told, lang="en")

    @rule(by=worker, act=st.sampled_from(["confirmed", "reviewed", "lift-asked", "lifted"]))
    def say_of_a_protection(self, by, act):
        entry = self._entry(by, 0, ["access.hazard-on"])
        if entry:
            self._do(hazards.say, by=by, hazard=entry.id, act=act, words="x", lang="en")

    @rule(by=worker, person=kin, place=place)
    def strike_out(self, by, person, place):
        entry = self._entry(by, place)
        if entry:
            self._do(hazards.strike_out, by=by, entry=entry.id, person=person, why="x")

    @rule(by=worker, mark=st.sampled_from(oracle.MARKS), about=st.lists(kin, max_size=2, unique=True),
          to=st.lists(who, max_size=3, unique=True), because=st.sampled_from(["present", "addressed"]))  # fmt: skip
    def write(self, by, mark, about, to, because):
        if here(by, self.family, self.at):
            said = Statement("dialogue.passage", {}, mark=mark, about=tuple(about)).to(*to, because=because)
            self._do(lambda **how: append([said], by=by, **how))

    @rule(by=worker, place=place, to=who, because=st.sampled_from(["released", "shared"]))
    def open_to_more(self, by, place, to, because):
        entry = self._entry(by, place, ["dialogue.passage"])
        if entry:
            self._do(lambda **how: append([released(entry, to, because=because, giver=by)], by=by, **how))

    @rule(by=worker, to=worker, place=place)
    def hand_over(self, by, to, place):
        last, grant = office_day(self.at), self._tie(place).id
        self._do(ending.hand_over, by=by, grant=grant, to=to, why="x", goodbye="x", last=last, lang="en")

    @rule(by=worker, sure=st.integers(0, 3))
    def end_the_work(self, by, sure):
        if sure == 0:
            self._do(ending.close, by=by, why="x", goodbye="x", lang="en")

    @rule(by=leader, new=worker)
    def begin_again(self, by, new):
        self._do(ending.reopen, by=by, worker=new, why="x")

    @rule(by=opener)
    def open_in_an_emergency(self, by):
        how = {"reason": "harm", "why": "x", "lang": "en", "sought": urgent.Sought(code=self.code)}
        self._urgently(urgent.open_urgently, by=by, strength=3, **how)

    @rule(by=opener, what=st.sampled_from(["persons", "sealed"]))
    def ask_for_more(self, by, what):
        for one in openings.running(by, now=self.at):
            how = {"why": "x", "second": number("ingrid"), "lang": "en", "opening": one.id, "what": what}
            self._urgently(urgent.ask_further, by=by, strength=3, **how)

    @rule(by=st.sampled_from([number("ingrid"), number("geir"), number("kari")]))
    def say_yes_as_the_second(self, by):
        for one in openings.waiting_for(number("ingrid"), now=self.at):
            self._urgently(urgent.agree_further, by=by, strength=3, asked=one.id)

    @rule(by=opener, place=place)
    def nothing_is_done_in_an_emergency(self, by, place):
        """Who reads in an emergency alone writes nothing, gives nobody a place and protects nobody."""
        reader = reader_at(by, self.family, now=self.at, strength=3)
        if reader is None or not reader.urgent:
            return
        assert not reader.writes and here(by, self.family, self.at) is None
        for verb, how in (
            (relationship.grant, {"person": number("farhiya"), "kind": "network", "why": "x"}),
            (hazards.put_on, {"person": number("per"), "ground": "x", "told": [], "lang": "en"}),
            (ending.close, {"why": "x", "goodbye": "x", "lang": "en"}),
        ):
            assert self._do(verb, by=by, **how) == []

    def _urgently(self, verb, **how):
        """A verb that finds the family itself."""
        return self._do(lambda family, **more: verb(**more, **how))

    @rule(hours=st.sampled_from([1, 12, 26]))
    def time_goes(self, hours):
        self.at += hours * HOUR

    @invariant()
    def gate_code_and_oracle_agree(self):
        entries, known = self._facts()
        for person in {*map(number, WORKERS + KIN)}:
            for strength in (3, 1 + self.at // 1000 % 2):
                reader = reader_at(person, self.family, now=self.at, strength=strength)
                asked = (person, known, self.at, strength)
                wanted = {pk for pk, entry in entries.items() if oracle.may_read(*asked, entry, *self.more)}
                assert (set() if reader is None else self._sql(reader)) == wanted
                code = {pk for pk, e in entries.items() if reader and sees(reader, _facts(e), self.more[0])}
                assert code == wanted

    @invariant()
    def nobody_gave_it_to_themselves(self):
        sql = (
            "SELECT e.author, r.person FROM record_relationship r JOIN record_entry e ON e.pk = r.entry "
            "WHERE r.family = %s AND r.kind <> 'emergency' AND r.kind <> 'emergency-named'"
        )
        assert all(author != person for author, person in rows(sql, [self.family]))

    @invariant()
    def no_protection_is_known_to_its_person(self):
        sql = "SELECT entry, person FROM access_hazard WHERE family = %s"
        for entry, person in rows(sql, [self.family]):
            reader = reader_at(person, self.family, now=self.at, strength=3)
            assert reader is None or (entry not in self._sql(reader) and not reader.by_mark)

    def _sql(self, reader):
        shape, values = gate(reader)
        return {pk for (pk,) in rows(f"SELECT e.pk{shape.format(narrow='')}", values)}

    def _facts(self):
        """The entries and relationships as the oracle takes them, straight from the tables."""
        ends = [first_pk(self.family), last_pk(self.family)]
        named, about = defaultdict(list), defaultdict(set)
        sql = "SELECT entry, person, because, giver, since FROM record_reader WHERE entry BETWEEN %s AND %s"
        for entry, person, why, giver, since in rows(sql, ends):
            named[entry].append(oracle.Row(person, why, giver, since & 0xFFFFF))
        for entry, person in rows("SELECT entry, person FROM record_about WHERE entry BETWEEN %s AND %s", ends):
            about[entry].add(person)
        columns = "pk, mark, author, kind, thing, within, answers"
        sql = f"SELECT {columns} FROM record_entry WHERE pk BETWEEN %s AND %s ORDER BY pk"
        entries, private = {}, set()
        for pk, mark, author, kind, *stands_on in rows(sql, ends):
            if kind == "teams.private-words" or private & set(stands_on):
                private.add(pk)
            rest = frozenset(about[pk]), tuple(named[pk])
            entries[pk] = oracle.Entry(pk & 0xFFFFF, mark, author, *rest, private=pk in private)
        sql = (
            'SELECT person, kind, "to", state, ended_seq, hazard_seq, until FROM record_relationship WHERE family = %s'
        )
        known = [oracle.Relationship(*row) for row in rows(sql, [self.family])]
        sql = "SELECT person, stand_in, first_day, last_day FROM access_away WHERE family = %s"
        away = [oracle.Absence(*row) for row in rows(sql, [self.family])]
        self.more = (frozenset(), away, office_day(self.at).toordinal())
        return entries, known

    def teardown(self):
        assert all(rebuild(check=True).values())
        transaction.savepoint_rollback(self.before)


def _facts(entry: oracle.Entry) -> Facts:
    return Facts(
        entry.seq, entry.mark, entry.author, entry.about, tuple(tuple(row) for row in entry.rows), entry.private
    )


@pytest.mark.django_db
def test_any_order_of_legal_acts(cast):
    quick = settings(max_examples=12, stateful_step_count=40, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Standing, settings=quick)
