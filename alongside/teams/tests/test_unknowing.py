"""Somebody who came under hazard and knows nothing of it: in the rooms of the two teams nothing is refused them for
it, what they say reaches those who work here alone, and what others go on with does not reach them."""

import contextlib
from unittest import mock

import pytest

from alongside import dates
from alongside.access.hazards import put_on
from alongside.assessment import need, strength
from alongside.cast.story import numbers
from alongside.dialogue import writing
from alongside.families import drawn
from alongside.families.telling import Told
from alongside.promises import writing as promising
from alongside.promises.promise import asks, promises
from alongside.promises.tests.test_promise import ACT, NOW, reader, settled
from alongside.record import settling
from alongside.record.marks import chosen_for
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.record.statement import Refused
from alongside.teams import arranging, crisis, holding, invitation, life, planning, private, team
from alongside.teams.appointment import appointments
from alongside.teams.crisis import Step, crisis_plans
from alongside.teams.invitation import invitations
from alongside.teams.meeting import GROUP, meetings
from alongside.teams.plan import plans
from alongside.teams.team import Named, members

N = numbers()
KEYS = iter(f"{n:032x}" for n in range(1, 10_000))
NOW_ACT = {"lang": "en", "at": NOW}


def once() -> str:
    return next(KEYS)


def under_hazard(who: str = "per") -> None:
    put_on(by=N["kari"], family=1, person=N[who], ground="x", told=[], lang="en", at=NOW + 1, once=once())


def texts(who: str) -> str:
    return "\n".join(entry.body_text for entry in read(reader(who)))


def per() -> Told:
    return Told(reader("per"), to=(N["anne"],))


SAID = {
    "the team": lambda: team.name(told=per(), named=[Named(name="Heron")], once=once(), **NOW_ACT),
    "a good life": lambda: life.say(told=per(), what="good-life", text="Heron", once=once(), **NOW_ACT),
    "the mission": lambda: life.agree(told=per(), text="Heron", rules="", once=once(), **NOW_ACT),
    "a circle": lambda: drawn.place(told=per(), of=N["per"], near=[drawn.Near(1, name="Heron")], at=NOW, once=once()),
    "a line": lambda: drawn.draw(told=per(), of=N["per"], name="Heron", strength="thin", at=NOW, once=once()),
    "a plan": lambda: planning.write(
        by=reader("per"), points=[(0, "Heron")], exit="", readers=[N["anne"]], once=once(), **ACT),
    "a crisis plan": lambda: crisis.write(
        by=reader("per"), signs=[], helped=[], steps=[Step("Heron")], readers=[N["anne"]], once=once(), **ACT),
    "to celebrate": lambda: planning.celebrate(by=reader("per"), text="Heron", readers=[N["anne"]], once=once(), **ACT),
    "a need": lambda: need.say(by=reader("per"), of=N["per"], text="Heron", change=[], readers=[N["anne"]],
                               once=once(), **ACT),
    "a strength": lambda: strength.say(by=reader("per"), of=N["per"], text="Heron", points=[], readers=[N["anne"]],
                                       once=once(), **ACT),
    "the agenda": lambda: holding.put(by=reader("per"), text="Heron", readers=[N["anne"]], once=once(), **ACT),
    "the story": lambda: writing.own_words(by=reader("per"), text="Heron", to=[N["anne"]], so=dates.UNSAID, once=once(),
                                           **ACT),
    "a promise": lambda: promising.make(
        by=reader("per"), text="Heron", due="", readers=[N["anne"]], possible=[N["anne"]], once=once(), **ACT),
    "a promise asked for": lambda: promising.ask(
        by=reader("per"), of=N["anne"], text="Heron", due="", readers=[N["mia"]], once=once(), **ACT),
    "to meet": lambda: arranging.ask(by=reader("per"), text="Heron", readers=[N["anne"]], once=once(), **ACT),
}  # fmt: skip

AT_ONCE = {"the team", "a good life", "the mission", "a circle", "a line"}  # what does not wait


@pytest.mark.parametrize("what", SAID)
def test_what_they_say_is_taken_as_from_anybody_and_reaches_workers_only(cast, what):
    under_hazard()
    SAID[what]()
    settled()
    assert settling.waiting(N["per"]) == [] and "Heron" in texts("per") and "Heron" in texts("kari")
    assert all("Heron" not in texts(who) for who in ("anne", "mia", "jonas", "lea"))
    assert all(rebuild(check=True).values())


@pytest.mark.parametrize("what", [one for one in SAID if one not in AT_ONCE])
def test_what_waited_when_the_hazard_came_goes_in_for_workers_and_is_the_same_act(cast, what):
    key = once()
    with mock.patch(f"{__name__}.once", lambda: key):
        SAID[what]()
        under_hazard()
        settled()
        assert settling.waiting(N["per"]) == [] and "Heron" in texts("per") and "Heron" in texts("kari")
        assert all("Heron" not in texts(who) for who in ("anne", "mia", "jonas", "lea"))
    assert all(rebuild(check=True).values())


def own(text: str, who: str = "per", also: str = "anne"):
    writing.own_words(by=reader(who), text=text, to=[N[also]], so=dates.UNSAID, once=once(), **ACT)
    settled()
    return next(one for one in read(reader(who)) if one.author == N[who] and text in one.body_text)


def test_what_they_share_is_told_to_workers_and_opens_to_nobody(cast):
    said = own("Heron", also="kari")
    under_hazard()
    key = once()
    for _twice in range(2):
        writing.share(by=reader("per"), entry_id=said.id, to=[N["anne"]], reason="", at=NOW, once=key, wait=60)
    settled()
    opened = [one for one in read(reader("per")) if one.kind == "record.released" and one.author == N["per"]]
    assert [chosen_for(one.body) for one in opened] == [(N["anne"],)] and opened[0] in read(reader("kari"))
    assert "Heron" not in texts("anne") and settling.waiting(N["per"]) == []


def test_somebody_who_does_not_stand_there_is_refused_as_before(cast):
    answers = []
    for _day in range(2):
        for verb, how in ((writing.own_words, {"so": dates.UNSAID}), (writing.only_for, {})):
            with pytest.raises(Refused) as why:
                verb(by=reader("per"), text="x", to=[N["elin"]], once=once(), **how, **ACT)
            answers.append(why.value.code)
        under_hazard() if len(answers) == 2 else None
    assert answers == ["not-to-them"] * 4


STEPS = {
    "kept": lambda id: promising.keep(by=reader("per"), promise=id, text="Tern", once=once(), **ACT),
    "moved": lambda id: promising.move(by=reader("per"), promise=id, text="Tern", due="2026-11-30", once=once(), **ACT),
    "broken": lambda id: promising.break_with_reason(by=reader("per"), promise=id, text="Tern", once=once(), **ACT),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("waits", [False, True])
def test_what_becomes_of_their_promise_is_so_in_their_world_and_for_workers(cast, step, waits):
    promising.make(by=reader("per"), text="Heron", due="", readers=[N["anne"]], once=once(), **ACT)
    settled()
    one = next(one for one in promises(read(reader("per"))) if one.owner == N["per"])
    before = read(reader("anne"))
    if waits:
        STEPS[step](one.made.id)
        under_hazard()
    else:
        under_hazard()
        STEPS[step](one.made.id)
    settled()
    assert settling.waiting(N["per"]) == [] and read(reader("anne")) == before
    for who in ("per", "kari"):
        assert next(p for p in promises(read(reader(who))) if p.made.id == one.made.id).state == step
    with pytest.raises(Refused, match="settled-already") if step != "moved" else contextlib.nullcontext():
        STEPS[step](one.made.id)
    assert all(rebuild(check=True).values())


def test_an_appointment_they_cancel_is_cancelled_for_them_and_for_workers(cast):
    there = [N["anne"], N["per"], N["kari"]]
    arranging.fix(by=reader("kari"), on="2026-11-27T10:00", until="", place="", there=there, text="",
                  readers=[N["anne"], N["per"]], once=once(), **ACT)  # fmt: skip
    settled()
    one = appointments(read(reader("per")))[-1]
    under_hazard()
    before = read(reader("anne"))
    arranging.cancel(by=reader("per"), appointment=one.first.id, text="Tern", once=once(), **ACT)
    settled()
    states = {who: appointments(read(reader(who)))[-1].state for who in ("per", "kari", "anne")}
    assert states == {"per": "cancelled", "kari": "cancelled", "anne": "fixed"} and read(reader("anne")) == before
    assert all(rebuild(check=True).values())


def test_a_promise_they_are_asked_for_and_decline(cast):
    promising.ask(by=reader("anne"), of=N["per"], text="Heron", due="", readers=[], once=once(), **ACT)
    settled()
    asked = asks(read(reader("per")))[-1].asked
    under_hazard()
    promising.decline(by=reader("per"), ask=asked.id, text="Tern", once=once(), **ACT)
    settled()
    assert asks(read(reader("per")))[-1].state == asks(read(reader("kari")))[-1].state == "declined"
    assert asks(read(reader("anne")))[-1].state == "open" and all(rebuild(check=True).values())


def meeting():
    how = {"on": "2026-11-20T15:00", "place": "", "interpreter": "", "form": GROUP, "text": "", "readers": ()}
    there = [N[who] for who in ("anne", "per", "mia")]
    holding.begin(by=reader("lars"), there=there, once=once(), **how, **NOW_ACT)
    return meetings(read(reader("lars")))[-1]


def test_private_time_is_begun_written_in_and_ended_in_their_world_and_in_no_other_of_the_family(cast):
    one = meeting()
    under_hazard()
    anne = read(reader("anne"))
    private.begin(by=reader("per"), meeting=one.id, at=NOW, once=once())
    assert meetings(read(reader("per")))[-1].in_private
    words = {"by": reader("per"), "meeting": one.id, "text": "Heron", "once": once(), **ACT}
    private.write(to=[N["anne"], N["mia"]], **words)
    settled()
    assert "Heron" in texts("per") and all("Heron" not in texts(who) for who in ("anne", "mia", "kari", "lars"))
    private.end(by=reader("per"), meeting=one.id, at=NOW, once=once())
    assert not meetings(read(reader("per")))[-1].in_private and read(reader("anne")) == anne


def test_a_plan_others_wrote_too_is_gone_on_with_and_stays_theirs(cast):
    points = {"points": [(0, "One")], "exit": ""}
    planning.write(by=reader("per"), readers=[N["anne"]], once=once(), **points, **ACT)
    crisis.write(by=reader("per"), signs=[], helped=[], steps=[Step("One")], readers=[N["anne"]], once=once(), **ACT)
    settled()
    under_hazard()
    plan, hard = plans(read(reader("per")))[-1], crisis_plans(read(reader("per")))[-1]
    planning.write(
        by=reader("per"), points=[(1, "Heron")], exit="", base=plan.newest.id, once=once(), **ACT)  # fmt: skip
    said = {"signs": [], "helped": [], "steps": [Step("Heron")]}
    crisis.write(by=reader("per"), base=hard.newest.id, once=once(), **said, **ACT)
    settled()
    mine = plans(read(reader("per")))[-1]
    assert [point.text for point in mine.points] == ["Heron"] and "Heron" not in texts("anne")
    assert crisis_plans(read(reader("per")))[-1].steps[0].what == "Heron"
    assert [len(one.versions) for one in plans(read(reader("kari"))) if one.first.speaker == N["per"]] == [1, 1]


def test_who_is_in_their_team_and_what_they_answered_goes_on_as_before(cast):
    told = Told(reader("per"), to=(N["anne"],))
    team.name(told=told, named=[Named(person=N["silje"], role="Sings")], once=once(), **NOW_ACT)
    one = next(one for one in members(read(reader("per"))) if one.person == N["silje"])
    invitation.invite(told=told, member=one, way="letter", caller=N["per"], text="x", once=once(), **NOW_ACT)
    under_hazard()
    told = Told(reader("per"))
    team.say_role(told=told, member=one, role="Heron", until="", once=once(), **NOW_ACT)
    asked = invitations(read(reader("per")))[N["silje"]]
    invitation.answer(told=told, one=asked, answer="yes", again="", text="Heron", once=once(), **NOW_ACT)
    assert invitations(read(reader("per")))[N["silje"]].answer == "yes"
    one = next(one for one in members(read(reader("per"))) if one.person == N["silje"])
    assert one.role[0] == "Heron" and "Heron" not in texts("anne") and "Heron" in texts("kari")
    team.leave(told=told, member=one, why="Heron", once=once(), **NOW_ACT)
    assert next(one for one in members(read(reader("per"))) if one.person == N["silje"]).left is not None
    assert "Heron" not in texts("anne") and all(rebuild(check=True).values())


@pytest.mark.parametrize("who", ["anne", "per"])
def test_a_drawing_both_read_is_gone_on_with_across_no_hazard(cast, who):
    """Whoever drew it: the other has what was drawn before, and nothing that came since."""
    other = "per" if who == "anne" else "anne"
    told = Told(reader(who), to=(N[other],))
    drawn.place(told=told, of=N[who], near=[drawn.Near(2, name="Heron")], at=NOW, once=once())
    under_hazard()
    before = read(reader(other))
    one = drawn.drawn(read(reader(who)))[-1]
    drawn.move(by=reader(who), one=one, ring=1, words="the tern", at=NOW, once=once())
    assert drawn.drawn(read(reader(who)))[-1].words == "the tern" and "tern" in texts("kari")
    drawn.take_out(by=reader(who), one=drawn.drawn(read(reader(who)))[-1], at=NOW, once=once())
    assert "Heron" not in [one.name for one in drawn.drawn(read(reader(who)))] and read(reader(other)) == before
    assert all(rebuild(check=True).values())


VERSIONS = {
    "a plan": (
        plans,
        lambda who, **more: planning.write(by=reader(who), points=[(0, more.pop("text"))], exit="", **more, **ACT),
    ),
    "a crisis plan": (
        crisis_plans,
        lambda who, **more: crisis.write(
            by=reader(who), signs=[], helped=[], steps=[Step(more.pop("text"))], **more, **ACT
        ),
    ),
}


@pytest.mark.parametrize("what", VERSIONS)
def test_a_version_that_waited_when_the_hazard_came_does_not_reach_the_other_side(cast, what):
    """Anne's next version of what they both read waits; then others are protected from Per. She keeps her words and is
    told; sent again it goes on for her, and he has the version of before. His own that waited goes to workers."""
    fold, write = VERSIONS[what]
    write("per", text="One", readers=[N["anne"]], once=once())
    settled()
    base = fold(read(reader("anne")))[-1].newest.id
    write("anne", text="Heron", base=base, once=once())
    write("per", text="Osprey", base=base, once=once())
    under_hazard()
    settled()
    (kept,) = settling.waiting(N["anne"])
    assert kept.stuck == "not-to-them" and "Heron" in str(kept.statements)
    assert "Heron" not in texts("per") and "Osprey" not in texts("anne")
    assert settling.waiting(N["per"]) == [] and "Osprey" in texts("per") and "Osprey" in texts("kari")
    settling.undo(kept.id, by=N["anne"], at=NOW + 5)
    write("anne", text="Heron", base=base, once=once())
    settled()
    assert settling.waiting(N["anne"]) == []
    assert "Heron" in texts("anne") and "Heron" in texts("kari") and "Heron" not in texts("per")
    assert all(rebuild(check=True).values())
