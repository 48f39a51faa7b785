"""What is said in the rooms of the two teams, in the third family: the man's own side, and what is hidden from him.

Each act has its own seed and moment, so that a world in which the hidden was never said differs by nothing else.
"""

from collections.abc import Callable

from alongside import clock, dates, ids
from alongside.access.hazards import put_on
from alongside.access.relationship import grant
from alongside.access.standing import reader_at
from alongside.assessment import need, strength
from alongside.cast.story import TODAY
from alongside.cast.story import numbers as numbers_of
from alongside.dialogue import writing
from alongside.families import drawn
from alongside.families.telling import Told
from alongside.promises import writing as promising
from alongside.record import settling
from alongside.record.appending import append
from alongside.record.marks import released
from alongside.record.reading import read
from alongside.record.statement import Statement
from alongside.teams import account, arranging, crisis, holding, invitation, life, planning, private, safety, team
from alongside.teams.crisis import Step
from alongside.teams.meeting import GROUP, meetings
from alongside.teams.plan import ANSWERED, plans
from alongside.teams.team import Named, members

FAMILY = 3
START = clock.micros(TODAY) - 3_600_000_000
BIRD = "Snøspurv"  # in everything that is hidden here, and not sealed: no fence helps
SEALED = "Gråsisik"


class Says:
    """One act after the other, `family` at a time."""

    def __init__(self, family: int = FAMILY) -> None:
        self.family, self.at = family, START

    def by(self, who: str):
        return reader_at(numbers_of()[who], self.family, now=self.at, strength=3)

    def __call__(self, seed: str, verb: Callable, **how) -> object:
        """The verb, received at once."""
        self.at += 1_000_000
        with ids.seeded(f"rooms/{seed}"):
            made = verb(at=self.at, once=ids.new(), **how)
            settling.settle(self.at)
        return made

    def waits(self, seed: str, verb: Callable, **how) -> object:
        return self(seed, verb, lang="en", wait=0, **how)


def his_side() -> None:
    """What Morten says of his own team, and what is answered to him."""
    says, numbers = Says(), numbers_of()
    told = Told(says.by("morten"))
    says("his team", team.name, told=told, named=[Named(name="Stian Berg", role="Drives")], lang="en")
    stian = members(read(says.by("morten")))[-1]
    says("his letter", invitation.invite, told=told, member=stian, way="letter", caller=numbers["morten"],
         text="Dear Stian,\nWarm wishes, Morten", lang="en")  # fmt: skip
    says("his life", life.say, told=told, what="good-life", text="To know they are well.", lang="en")
    says("his rules", life.agree, told=told, text="To own it.", rules="No buts.", lang="en")
    near = [drawn.Near(1, who=stian.person), drawn.Near(3, name="the evening group")]
    says("his circle", drawn.place, told=told, of=numbers["morten"], near=near)
    says("his line", drawn.draw, told=told, of=numbers["morten"], name="the evening group", strength="strong")
    says.waits("his plan", planning.write, by=says.by("morten"), points=[(0, "I go on Tuesdays."), (0, "I own it.")],
               exit="When nobody is afraid.")  # fmt: skip
    says.waits("his hard hours", crisis.write, by=says.by("morten"), signs=["Loud"], helped=["To go out"],
               steps=[Step("Rings", name="Stian")])  # fmt: skip


def hidden_side() -> None:
    """What Elin says in the same rooms, and what workers say that is not for him."""
    says, numbers = Says(), numbers_of()
    says.at += 60_000_000
    elin, kari = numbers["elin"], numbers["kari"]
    told = Told(says.by("elin"))
    says("her team", team.name, told=told, named=[Named(name=f"Sunniva {BIRD}", role="Sings")], lang="en")
    friend = members(read(says.by("elin")))[-1]
    says("her letter", invitation.invite, told=told, member=friend, way="letter", caller=elin,
         text=f"Dear Sunniva {BIRD},", lang="en")  # fmt: skip
    says("her life", life.say, told=told, what="good-life", text=f"{BIRD} at the window.", lang="en")
    says("her rules", life.agree, told=told, text=f"To sleep, {BIRD}.", rules="No shouting.", lang="en")
    says("her circle", drawn.place, told=told, of=elin, near=[drawn.Near(1, who=friend.person)])
    says.waits("her plan", planning.write, by=says.by("elin"), points=[(0, f"{BIRD} has the key.")], exit="")
    says.waits("her hard hours", crisis.write, by=says.by("elin"), signs=[], helped=[], steps=[Step(BIRD)])
    says("for safety", safety.write, by=says.by("kari"), text=f"The word is {SEALED}.", review="2026-12-10", to=[elin],
         speaker=elin, terms=[SEALED], lang="en")  # fmt: skip
    says("a meeting", holding.begin, by=says.by("kari"), on="2026-11-20T15:00", place="", there=[elin], readers=(),
         interpreter="", form=GROUP, text="", lang="en")  # fmt: skip
    one = meetings(read(says.by("elin")))[-1].id
    says("private", private.begin, by=says.by("elin"), meeting=one)
    says.waits("private words", private.write, by=says.by("elin"), meeting=one, text=f"{BIRD}, ours.", to=[])
    says("over", private.end, by=says.by("elin"), meeting=one)
    says.waits("account", arranging.fix, by=says.by("kari"), on="2026-11-27T10:00", until="", place="",
               there=[elin, kari], text="", readers=[elin], what=account.ACCOUNT)  # fmt: skip
    his = next(one for one in plans(read(says.by("kari"))) if one.first.author == numbers["morten"])
    body = {"points": [{"key": 1, "grade": "not-safe", "text": BIRD}], "words": [{"lang": "en", "text": f"1 {BIRD}."}]}
    said = Statement(ANSWERED, body, mark="professionals", answers=his.newest.id)
    says("an answer", append, statements=[said], family=FAMILY, by=kari)


def both_sides() -> None:
    his_side()
    hidden_side()


def first_family() -> None:
    """In the first family Per has had a meeting, a plan and drawings together with the others, and a helper of his
    own, who works with nobody else there."""
    says, numbers = Says(1), numbers_of()
    anne, per, marit = numbers["anne"], numbers["per"], numbers["marit"]
    says("his helper", grant, by=numbers["tone"], family=1, person=marit, kind="allocated", to=per, why="x")
    for met in (one for one in read(says.by("kari"), kinds=["families.met"]) if one.body["person"] in (anne, per)):
        how = {"because": "released", "giver": numbers["kari"], "reason": "x"}
        says(f"named {met.pk}", append, statements=[released(met, marit, **how)], family=1, by=numbers["kari"])
    words = [{"lang": "en", "text": "I am Marit. I work with Per."}]
    said = Statement("dialogue.letter", {"words": words}, about=(per,)).to(per, because="addressed")
    says("her letter", append, statements=[said], family=1, by=marit)
    told = Told(says.by("per"), to=(anne,))
    says("per's team", team.name, told=told, named=[Named(name="Stian Berg")], lang="en")
    says("per's circle", drawn.place, told=told, of=per, near=[drawn.Near(2, name="Stian")])
    says.waits("per's plan", planning.write, by=says.by("per"), points=[(0, "We ring.")], exit="", readers=[anne])
    said = Statement("dialogue.passage", {"words": words}, about=(per,)).to(marit, per, because="present")
    says("of the plan", append, statements=[said], family=1, by=numbers["lars"])
    says.waits("per's promise", promising.make, by=says.by("per"), text="I bring the boots.", due="2026-11-23",
               readers=[anne])  # fmt: skip
    says.waits("asked of him", promising.ask, by=says.by("anne"), of=per, text="Will you ring on Sundays?", due="",
               readers=[])  # fmt: skip
    says.waits("his words", writing.own_words, by=says.by("per"), text="I hear you.", to=[], so=dates.UNSAID)
    says.waits("a visit", arranging.fix, by=says.by("lars"), on="2026-11-27T10:00", until="", place="",
               there=[anne, per], text="", readers=[anne, per])  # fmt: skip
    says("their meeting", holding.begin, by=says.by("lars"), on="2026-11-20T15:00", place="", there=[anne, per],
         readers=(), interpreter="", form=GROUP, text="", lang="en")  # fmt: skip
    says("their private time", private.begin, by=says.by("anne"), meeting=meetings(read(says.by("anne")))[-1].id)


def first_family_protected() -> None:
    """The same, and then the others are protected from Per, and go on without him."""
    first_family()
    says, numbers = Says(1), numbers_of()
    says.at += 60_000_000
    says("hazard", put_on, by=numbers["kari"], family=1, person=numbers["per"], ground="x", told=[], lang="en")
    one = meetings(read(says.by("anne")))[-1].id
    says("no more", private.end, by=says.by("anne"), meeting=one)
    says("said", holding.say, by=says.by("lars"), meeting=one, speaker=numbers["anne"], text=BIRD, lang="en")
    says("a life", life.say, told=Told(says.by("anne")), what="good-life", text=BIRD, lang="en")
    says("to her", safety.write, by=says.by("kari"), text=SEALED, review="2026-12-10", to=[numbers["anne"]],
         speaker=numbers["anne"], terms=[SEALED], lang="en")  # fmt: skip


def said_since() -> None:
    """What Per says for Anne afterwards, whether or not she is protected from him meanwhile; he is told of nothing."""
    says, numbers = Says(1), numbers_of()
    says.at += 1_000_000_000  # after the moments of the cast, so that it is not taken for what settles still
    per, anne = numbers["per"], numbers["anne"]
    told = Told(says.by("per"), to=(anne,))
    by, to = says.by("per"), {"readers": [anne]}
    says("since: a team", team.name, told=told, named=[Named(name="Heron"), Named(person=anne)], lang="en")
    says("since: a life", life.say, told=told, what="good-life", text="Heron, a life", lang="en")
    says("since: rules", life.agree, told=told, text="Heron, rules", rules="", lang="en")
    says("since: a circle", drawn.place, told=told, of=per, near=[drawn.Near(1, name="Heron")])
    says("since: a line", drawn.draw, told=told, of=per, name="Heron", strength="thin")
    says.waits("since: a plan", planning.write, by=by, points=[(0, "Heron, a plan")], exit="", **to)
    says.waits("since: hard hours", crisis.write, by=by, signs=[], helped=[], steps=[Step("Heron, a step")], **to)
    says.waits("since: to celebrate", planning.celebrate, by=by, text="Heron, to celebrate", **to)
    says.waits("since: a need", need.say, by=by, of=per, text="Heron, a need", change=[], **to)
    says.waits("since: a strength", strength.say, by=by, of=per, text="Heron, a strength", points=[], **to)
    says.waits("since: the agenda", holding.put, by=by, text="Heron, to talk about", **to)
    says.waits("since: the story", writing.own_words, by=by, text="Heron, a story", to=[anne], so=dates.UNSAID)
    says.waits("since: for two", writing.own_words, by=by, text="Heron, for two", to=[anne, numbers["kari"]],
               so=dates.UNSAID)  # fmt: skip
    says.waits("since: a promise", promising.make, by=by, text="Heron, a promise", due="", possible=[anne], **to)
    says.waits("since: asked", promising.ask, by=by, of=anne, text="Heron, asked", due="", readers=[])
    says.waits("since: to meet", arranging.ask, by=by, text="Heron, to meet", **to)
    words, story, boots, letter = (_newest("per", text) for text in ("I hear you.", "a story", "the boots", "Marit. I"))
    for step in ("on", "further", "with a helper", "after her"):
        goes = {"by": says.by("kari"), "speaker": per} if "helper" in step else {"by": by}
        says.waits(f"since: their plan {step}", planning.write, points=[(1, f"Heron, {step}")], exit="",
                   base=_goes_on(plans, "We ring."), **goes)  # fmt: skip
        says.waits(f"since: their hard hours {step}", crisis.write, signs=[], helped=[], steps=[Step(f"Heron, {step}")],
                   base=_goes_on(crisis.crisis_plans, "Signs: Anne"), **goes)  # fmt: skip
    says("since: shared", writing.share, by=by, entry_id=words, to=[anne], reason="", wait=0)
    says.waits("since: kept", promising.keep, by=by, promise=boots, text="Heron, kept")
    says("since: put right", writing.correct, by=by, entry_id=story, text="Heron, put right", lang="en")
    says("since: taken back", writing.take_back, by=by, entry_id=story, why="Heron, not so.")
    says.waits("since: answered", writing.answer, by=by, to=letter, form="", text="Heron, answered")


def said_by_his_helper() -> None:
    """What Marit, who works with him alone and is told of nothing, says for him, and for him and Anne."""
    says, numbers = Says(1), numbers_of()
    says.at += 1_300_000_000
    by, per, anne = says.by("marit"), numbers["per"], numbers["anne"]
    says.waits("helper: a promise", promising.make, by=by, text="Heron, hers", due="", readers=[per])
    says.waits("helper: a need", need.say, by=by, of=per, text="Heron, his need", change=[], readers=[per])
    says.waits("helper: for both", planning.celebrate, by=by, text="Heron, for both", readers=[per, anne])
    says.waits("helper: for her and him", planning.celebrate, by=by, text="Heron, for her first", readers=[anne, per])
    says.waits("helper: praise", writing.praise, by=by, text="Heron, praise", to=[per])
    says.waits("helper: a time", arranging.fix, by=by, on="2026-11-29T10:00", until="", place="", there=[per],
               text="Heron, a time", readers=[per])  # fmt: skip


def _goes_on(folded: Callable, words: str) -> str:
    """The id of the newest version, as Per reads it, of the plan that began with these words."""
    per = Says(1).by("per")
    return next(one for one in folded(read(per), per.person) if words in one.first.body_text).newest.id


def _newest(who: str, words: str) -> str:
    """The id of the newest statement with these words that this person reads in the first family."""
    return next(one.id for one in reversed(read(Says(1).by(who))) if words in one.body_text)
