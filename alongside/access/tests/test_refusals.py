"""The key in a line of the log: of one day, of one account, and nobody's to guess."""

import argparse
import datetime as dt
import logging

import pytest

from alongside.access import refusals
from alongside.access.models import Account
from alongside.site import prepare
from alongside.site.console import whose
from alongside.site.problem import Problem

DAY = dt.date(2026, 11, 20)


@pytest.mark.django_db
def test_a_key_is_of_one_account_on_one_day(cast, settings):
    kari, rune = (Account.objects.get(login=who) for who in ("kari", "rune"))
    keys = {refusals.key(one.pk, day) for one in (kari, rune) for day in (DAY, DAY + dt.timedelta(1))}
    assert len(keys) == 4 and all(len(one) == 16 for one in keys)
    found = refusals.key(kari.pk, DAY)
    assert refusals.whose(found, DAY) == kari and refusals.whose(found, DAY + dt.timedelta(1)) is None
    settings.SECRET_KEY = "another"
    assert refusals.whose(found, DAY) is None


@pytest.mark.django_db
def test_the_command_names_one_and_says_when_it_cannot(cast, capsys, monkeypatch):
    monkeypatch.setattr(prepare, "begun", lambda: True)
    found = refusals.key(Account.objects.get(login="morten").pk, DAY)
    assert whose.run(argparse.Namespace(key=found, day=None)) == 0
    assert capsys.readouterr().out == "morten (family door)\n"
    with pytest.raises(Problem, match="nobody's"):
        whose.run(argparse.Namespace(key=found, day=DAY - dt.timedelta(1)))
    with pytest.raises(Problem, match="nobody's"):
        whose.run(argparse.Namespace(key="3f0c9a1be2d4775ø", day=None))


@pytest.mark.django_db
def test_a_wrong_password_is_noted_without_the_name(cast, client, caplog):
    caplog.set_level(logging.INFO, "alongside.refused")
    client.post("/sign-in", {"login": "kari", "password": "four birds on a wire"}, HTTP_HOST="127.0.0.1")
    assert [one.getMessage() for one in caplog.records] == ["refused: sign-in, no door, by nobody"]
