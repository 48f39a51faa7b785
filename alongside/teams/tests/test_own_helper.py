"""Who works with somebody under hazard, and with nobody else there, is not told of it and may write to them: it reaches
them and those who work here, and nobody across the hazard."""

import pytest

from alongside.access.hazards import put_on
from alongside.access.relationship import grant
from alongside.assessment import need
from alongside.cast.story import numbers
from alongside.promises import writing as promising
from alongside.promises.tests.test_promise import ACT, NOW, reader, refused, settled
from alongside.record import settling
from alongside.record.reading import read
from alongside.record.registers import rebuild
from alongside.teams import arranging, crisis, planning
from alongside.teams.crisis import Step

N = numbers()
BOTH = [N["per"], N["anne"]]
KEYS = iter(f"{n:032x}" for n in range(1, 1000))
SAID = {
    "a promise": lambda by, key: promising.make(
        by=by, text="Heron", due="", readers=BOTH, once=key, **ACT),
    "asked for": lambda by, key: promising.ask(
        by=by, of=N["per"], text="Heron", due="", readers=BOTH[1:], once=key, **ACT),
    "his plan": lambda by, key: planning.write(
        by=by, points=[(0, "Heron")], exit="", readers=BOTH[1:], speaker=N["per"], once=key, **ACT),
    "his hard hours": lambda by, key: crisis.write(
        by=by, signs=[], helped=[], steps=[Step("Heron")], readers=BOTH[1:], speaker=N["per"], once=key, **ACT),
    "his need": lambda by, key: need.say(
        by=by, of=N["per"], text="Heron", change=[], readers=BOTH[1:], speaker=N["per"], once=key, **ACT),
    "a time": lambda by, key: arranging.fix(
        by=by, on="2026-11-27T10:00", until="", place="Heron", there=[N["per"]], text="", readers=BOTH,
        once=key, **ACT),
    "to celebrate": lambda by, key: planning.celebrate(by=by, text="Heron", readers=BOTH, once=key, **ACT),
}  # fmt: skip


@pytest.fixture
def his_helper(cast):
    grant(by=N["tone"], family=1, person=N["marit"], kind="allocated", to=N["per"], why="x", at=NOW, once=next(KEYS))
    return reader("marit")


def protected(waits: int = 1) -> None:
    put_on(by=N["kari"], family=1, person=N["per"], ground="x", told=[], lang="en", at=NOW + waits, once=next(KEYS))


def have(text: str) -> set[str]:
    return {who for who in ("per", "anne", "kari", "marit") if any(text in one.body_text for one in read(reader(who)))}


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize("what", SAID)
def test_it_is_taken_and_reaches_nobody_across_the_hazard(his_helper, what, waits):
    """Said after the hazard, and said before it and still waiting when it came."""
    for act in (lambda: SAID[what](his_helper, next(KEYS)), lambda: protected(waits))[:: 1 if waits else -1]:
        act()
    settled()
    assert settling.waiting(N["marit"]) == []
    assert have("Heron") == {"per", "kari", "marit"}
    assert all(rebuild(check=True).values())


@pytest.mark.parametrize("what", SAID)
def test_the_day_before_it_reached_whom_it_named(his_helper, what):
    SAID[what](his_helper, next(KEYS))
    settled()
    assert have("Heron") == {"per", "anne", "kari", "marit"}


@pytest.mark.parametrize("who", ["kari", "lars"])
def test_who_works_with_all_of_them_is_refused_as_ever(his_helper, who):
    protected()
    for what in ("a promise", "a time", "to celebrate"):
        assert refused(SAID[what], by=reader(who), key=next(KEYS)) == "not-to-them"
