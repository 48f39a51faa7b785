"""Any order of what happens in the rooms of the two teams, on top of every legal act of standing: after each nobody
reads what the oracle refuses, nobody who works here reads what is from private time, and sealed words are on no page
of anybody off their list.

An emergency is no exception to that, however far it was asked.
"""

from unittest import mock

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from alongside import clock
from alongside.access import hazards
from alongside.access.models import Account
from alongside.access.policy import here
from alongside.access.standing import office_day, reader_at
from alongside.access.tests.test_machine import KIN, WORKERS, Standing, place, who
from alongside.access.visit import stand_in
from alongside.cast.story import number, numbers
from alongside.families.telling import Told
from alongside.promises import writing as promising
from alongside.promises.promise import promises
from alongside.record import gate, settling
from alongside.record.appending import append
from alongside.record.entry import first_pk, last_pk
from alongside.record.reading import read, rows
from alongside.record.sealing import SealedWords
from alongside.record.statement import Statement
from alongside.teams import account, holding, invitation, planning, private, safety, team
from alongside.teams.invitation import invitations
from alongside.teams.meeting import GROUP, meetings
from alongside.teams.plan import plans
from alongside.teams.team import Named, members

BIRD = "Snøspurvlia"
PAGES = ("/me", "/me/story", "/me/team", "/me/plan", "/me/meetings"), ("", "/story", "/team", "/plan", "/meetings")
NAMES = {person: name for name, person in numbers().items()}
near = st.sampled_from([number(name) for name in ("anne", "anne", "per", "mia")])
helper = st.sampled_from([number(name) for name in ("kari", "lars", "lars", "ingrid")])
anybody = st.one_of(near, helper, who)
some = st.lists(near, max_size=2, unique=True)


class Rooms(Standing):
    """The family of Standing, and what is said and done in the rooms of its two teams."""

    def __init__(self):
        super().__init__()
        anne, per, lars = number("anne"), number("per"), number("lars")
        self.sealed = self._seal_a_home(number("kari"), anne)
        self._begin(lars, [anne, per])
        self._by(lars, lambda reader, at, once: promising.make(
            by=reader, owner=lars, text="x", due="", readers=[anne, per], lang="en", at=at, once=once, wait=0,
        ))  # fmt: skip

        self._by(anne, lambda reader, at, once: team.name(
            told=Told(reader, to=(per,)), named=[Named(per), Named(name="Siv")], lang="en", at=at, once=once
        ))  # fmt: skip
        self._by(anne, lambda reader, at, once: planning.write(
            by=reader, points=[(0, "x")], exit="", readers=[per], lang="en", at=at, once=once, wait=0,
        ))  # fmt: skip
        one = self._meeting(anne, 0)
        self._by(anne, lambda reader, at, once: private.begin(by=reader, meeting=one.id, at=at, once=once))
        self._by(anne, lambda reader, at, once: private.write(
            by=reader, meeting=one.id, text="ours", to=[per], lang="en", at=at, once=once, wait=0))  # fmt: skip
        self._by(anne, lambda reader, at, once: private.end(by=reader, meeting=one.id, at=at, once=once))

    def _settle(self):
        settling.settle(self.at)

    def _do(self, verb, **how):
        try:
            return super()._do(verb, **how)
        except SealedWords:
            return []  # whoever knows the word is told so

    def _by(self, person, verb, **how):
        """The verb, by somebody who stands here; `told` where it wants one."""
        reader = reader_at(person, self.family, now=self.at, strength=3)
        if reader is None:
            return
        self._do(lambda family, at, once: verb(reader, at=at, once=once, **how))
        self._settle()

    @rule(by=anybody, person=who, speaker=near, to=some)
    def join(self, by, person, speaker, to):
        self._by(by, lambda reader, at, once: team.name(
            told=Told(reader, None if reader.kin else speaker, to=tuple(to)), named=[Named(person), Named(name="Vera")],
            lang="en", at=at, once=once,
        ))  # fmt: skip

    @rule(by=anybody, last=place, gone=st.booleans(), words=st.sampled_from(["Sings", BIRD]))
    def another_role_or_none(self, by, last, gone, words):
        reader = reader_at(by, self.family, now=self.at, strength=3)
        team_ = members(read(reader)) if reader else []
        if team_:
            how = {"told": Told(reader), "member": team_[last % len(team_)], "lang": "en"}
            verb, more = (team.leave, {"why": words}) if gone else (team.say_role, {"role": words, "until": ""})
            self._by(by, lambda _reader, at, once: verb(**how, **more, at=at, once=once))

    @rule(by=anybody, last=place, caller=who)
    def ask_in_and_answer(self, by, last, caller):
        reader = reader_at(by, self.family, now=self.at, strength=3)
        team_ = members(read(reader)) if reader else []
        if team_:
            one, told = team_[last % len(team_)], Told(reader)
            self._by(by, lambda _reader, at, once: invitation.invite(
                told=told, member=one, way="call", caller=caller, text="x", lang="en", at=at, once=once
            ))  # fmt: skip
            asked = invitations(read(reader)).get(one.person)
            if asked:
                self._by(by, lambda _reader, at, once: invitation.answer(
                    told=told, one=asked, answer="yes", again="", text="", lang="en", at=at, once=once
                ))  # fmt: skip

    @rule(by=helper, of=near, last=place, sure=st.booleans())
    def the_others_are_protected_and_go_on(self, by, of, last, sure):
        """Somebody comes under hazard, and what they read together is gone on with: they are named on it still."""
        if sure:
            self._do(hazards.put_on, by=by, person=of, ground="x", told=[], lang="en")
        other = next(one for one in (number("anne"), number("per")) if one != of)
        reader, text = reader_at(other, self.family, now=self.at, strength=3), {"text": "y", "lang": "en", "wait": 0}
        if reader is None:
            return
        for plan in plans(read(reader))[-1:]:
            how = {"base": plan.newest.id, "points": [(1, "y")], "exit": "", "lang": "en", "wait": 0}
            self._by(other, lambda reader, at, once, how=how: planning.write(by=reader, at=at, once=once, **how))
        for one in promises(read(reader))[: last % 3]:
            if one.open:
                self._by(one.owner, lambda reader, at, once, one=one: promising.move(
                    by=reader, promise=one.made.id, due="2026-12-24", at=at, once=once, **text))  # fmt: skip

    def _begin(self, by, there, form=GROUP):
        how = {"on": "2026-11-20T15:00", "place": "", "interpreter": "", "form": form, "text": "", "readers": ()}
        self._by(by, lambda reader, at, once: holding.begin(
            by=reader, there=there, lang="en", at=at, once=once, **how
        ))  # fmt: skip

    @rule(by=helper, there=some, form=st.sampled_from([GROUP, ""]))
    def hold_a_meeting(self, by, there, form):
        self._begin(by, there, form)

    def _meeting(self, by, last):
        reader = reader_at(by, self.family, now=self.at, strength=3)
        found = meetings(read(reader)) if reader else []
        return found[-1 - last % min(len(found), 3)] if found else None

    @rule(by=helper, last=place, there=some, speaker=near, words=st.sampled_from(["x", BIRD]))
    def somebody_comes_or_says_something(self, by, last, there, speaker, words):
        one = self._meeting(by, last)
        if one:
            self._by(by, lambda reader, at, once: holding.came(
                by=reader, meeting=one.id, there=there, interpreter="", at=at, once=once))  # fmt: skip
            self._by(by, lambda reader, at, once: holding.say(
                by=reader, meeting=one.id, speaker=speaker, text=words, lang="en", at=at, once=once))  # fmt: skip

    @rule(by=anybody, last=place, to=some)
    def private_time(self, by, last, to):
        """Begun, written in and ended, as far as each may."""
        one = self._meeting(by, last)
        if one is None:
            return
        if not one.in_private:
            self._by(by, lambda reader, at, once: private.begin(by=reader, meeting=one.id, at=at, once=once))
        for chosen in (to, []):
            self._by(by, lambda reader, at, once, to=chosen: private.write(
                by=reader, meeting=one.id, text="ours", to=to, lang="en", at=at, once=once, wait=0))  # fmt: skip
        if last % 2:
            self._by(by, lambda reader, at, once: private.end(by=reader, meeting=one.id, at=at, once=once))

    @rule(by=helper, to=some, speaker=near)
    def a_plan_for_safety(self, by, to, speaker):
        review = office_day(self.at + 86_400_000_000 * 10).isoformat()
        self._by(by, lambda reader, at, once: safety.write(
            by=reader, text="x", review=review, to=to, speaker=speaker, lang="en", at=at, once=once))  # fmt: skip

    def _seal_a_home(self, by, to):
        body = {"name": BIRD, "who": [to], "terms": [BIRD]}
        said = Statement("families.home", body, mark="sealed", about=(to,)).to(to)
        self._do(lambda **how: append([said], by=by, **how))
        sql = "SELECT pk FROM record_entry WHERE pk BETWEEN %s AND %s AND kind = 'families.home'"
        return rows(sql, self._ends())[0][0]

    @rule(by=anybody, last=place, enough=st.booleans(), speaker=near)
    def an_account_is_judged(self, by, last, enough, speaker):
        reader = reader_at(by, self.family, now=self.at, strength=3)
        made = promises(read(reader)) if reader else []
        if made:
            self._by(by, lambda reader, at, once: account.judge(
                by=reader, promise=made[last % len(made)].made.id, enough=enough, text="x", lang="en", at=at, once=once,
                today=office_day(self.at), wait=0, speaker=None if reader.kin else speaker,
            ))  # fmt: skip

    def _ends(self):
        return [first_pk(self.family), last_pk(self.family)]

    @invariant()
    def what_is_from_private_time_is_read_by_nobody_who_works_here(self):
        sql = "SELECT pk FROM record_entry WHERE pk BETWEEN %s AND %s AND kind = 'teams.private-words'"
        theirs = {pk for (pk,) in rows(sql, self._ends())}
        for person in map(number, WORKERS) if theirs else ():
            reader = reader_at(person, self.family, now=self.at, strength=3)
            if reader is not None:
                assert not theirs & self._sql(reader)

    @rule(by=helper, to=near, further=who)
    def a_sealed_word_slips_and_is_on_no_page_of_anybody_off_the_list(self, by, to, further):
        """Whoever knows it is told so; to whoever does not it is a word like any other, until it leaves."""
        if here(by, self.family, self.at):
            words = [{"lang": "en", "text": f"They are in {BIRD}."}]
            said = Statement("dialogue.passage", {"words": words}).to(to, number("per"), because="addressed")
            self._do(lambda **how: append([said], by=by, **how))
        for one in {to, further, number("per")}:
            reader = reader_at(one, self.family, now=self.at, strength=3)
            if reader is not None and not self._knows(reader):
                for content in self._pages(one):
                    assert b"spurvlia" not in content.lower()

    def _knows(self, reader) -> bool:
        """On the list, or has the word from before it was sealed, or said it."""
        listed = {person for (person,) in rows("SELECT person FROM record_reader WHERE entry = %s", [self.sealed])}
        early = [one for one in read(reader) if BIRD in one.body_text and one.pk < self.sealed]
        sql = "SELECT author, body FROM record_entry WHERE pk BETWEEN %s AND %s"
        said = {author for author, body in rows(sql, self._ends()) if BIRD in body}
        return reader.person in listed | said or bool(early) or self.sealed in self._sql(reader)

    def _pages(self, person):
        moment, family = clock.moment(self.at), person in map(number, KIN)
        clock.install(lambda: moment)
        login = Account.objects.filter(login=NAMES[person]).first()
        if login is None:
            return
        client = Client(HTTP_HOST="127.0.0.1")
        session = client.session
        stand_in(session, login, 3)
        session["room"] = self.code
        session.save()
        for path in PAGES[0] if family else PAGES[1]:
            yield client.get(path if family else f"/f/{self.code}{path}").content


def run(**how):
    quick = settings(stateful_step_count=50, suppress_health_check=list(HealthCheck), **how)
    run_state_machine_as_test(Rooms, settings=quick)


@pytest.mark.django_db
def test_any_order_of_what_happens_in_the_rooms(cast):
    run(max_examples=14)


@pytest.mark.django_db
def test_a_gate_that_forgets_the_hazard_is_noticed(cast):
    """Planted: whoever is named reads on after a hazard was put on them, whatever they were named because."""
    clause = "AND (r.since <= %(hazard)s OR r.because IN ('own', 'addressed', 'released'))"
    assert clause in gate.NAMED
    with mock.patch.object(gate, "NAMED", gate.NAMED.replace(clause, "")), pytest.raises(AssertionError):
        run(max_examples=100, database=None, phases=[Phase.generate])  # until it is found, mostly within ten
