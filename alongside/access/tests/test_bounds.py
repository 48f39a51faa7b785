"""Wrong tries: a pause after five, the end after fifteen, the same for names nobody has."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from alongside.access import bounds
from alongside.access.models import Wrong
from alongside.access.tests.ways import account, later, now, with_pin

pytestmark = pytest.mark.django_db


def test_five_then_a_pause_then_five_more(cast):
    at = now()
    assert [bounds.begin("x", at=at) for _ in range(6)] == [True] * 5 + [False]
    assert not bounds.begin("x", at=at + bounds.PAUSE - 1)
    assert bounds.begin("x", at=at + bounds.PAUSE)


def test_a_right_one_forgets_the_wrong_ones(cast):
    for _ in range(4):
        bounds.begin("x", at=now())
    bounds.right("x")
    assert bounds.wrong_of("x") == 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waits=st.lists(st.integers(0, 3 * bounds.PAUSE), min_size=1, max_size=60))
def test_never_more_than_fifteen_however_long_one_waits(cast, waits):
    Wrong.objects.all().delete()
    at, taken = now(), []
    for wait in waits:
        at += wait
        if bounds.begin("x", at=at):
            taken.append(at)
    assert len(taken) <= 15
    for first, sixth in zip(taken[::5], taken[5::5], strict=False):
        assert sixth - first >= bounds.PAUSE
    assert bounds.locked("x") == (len(taken) == bounds.MOST)


def test_a_name_nobody_has_behaves_alike(client, cast):
    """From the bound nobody learns who has an account: statuses and lengths are the same, try by try."""
    with_pin("anne")
    seen = {}
    for name in ("anne", "annx"):
        seen[name] = []
        for _ in range(20):
            answer = client.post("/sign-in", {"login": name, "password": "000000"}, HTTP_HOST="127.0.0.1")
            seen[name].append((answer.status_code, len(answer.content)))
            if answer.status_code == 429:
                later(minutes=16)
    assert seen["anne"] == seen["annx"]
    assert [status for status, _ in seen["anne"]].count(403) == 15


def test_a_locked_name_does_not_open_with_the_right_pin(client, cast):
    with_pin("anne", "604218")
    for _ in range(3):
        for _ in range(5):
            client.post("/sign-in", {"login": "anne", "password": "111111"}, HTTP_HOST="127.0.0.1")
        later(minutes=16)
    answer = client.post("/sign-in", {"login": "anne", "password": "604218"}, HTTP_HOST="127.0.0.1")
    assert answer.status_code == 429 and "ring us" in answer.content.decode()


def test_only_names_nobody_has_are_forgotten(cast):
    for login in ("anne", "annx"):
        bounds.begin(bounds.name(login), at=now())
    bounds.tidy(at=now() + bounds.FORGOTTEN + 1)
    assert (bounds.wrong_of(bounds.name("anne")), bounds.wrong_of(bounds.name("annx"))) == (1, 0)


class Guessing(RuleBasedStateMachine):
    """An attacker who guesses, waits and comes back; the owner who comes in between. Between two right sign-ins
    nobody gets more than fifteen guesses, ever, and five in each quarter of an hour."""

    def __init__(self):
        super().__init__()
        Wrong.objects.all().delete()
        self.at, self.since_right, self.recent = 1_795_000_000_000_000, 0, []

    @rule()
    def guess(self):
        if bounds.begin("pin", at=self.at):
            self.since_right += 1
            self.recent.append(self.at)

    @rule(minutes=st.integers(0, 40))
    def wait(self, minutes):
        self.at += minutes * 60_000_000

    @precondition(lambda self: self.since_right < bounds.MOST)
    @rule()
    def owner_comes_in(self):
        if bounds.begin("pin", at=self.at):
            bounds.right("pin")
            self.since_right, self.recent = 0, []

    @invariant()
    def bounded(self):
        assert self.since_right <= 15
        assert len([at for at in self.recent if at > self.at - bounds.PAUSE]) <= 2 * bounds.A_ROW - 1


def test_guessing_is_bounded_whatever_comes_between(cast):
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Guessing,
        settings=settings(max_examples=20, stateful_step_count=30),
    )
    assert account("anne")
