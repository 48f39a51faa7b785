"""Somebody whose time here ended, or who came under hazard, keeps what they had, and opens nothing to anybody."""

import re

from django.db import connection

from alongside.cast.story import numbers
from alongside.record.appending import append
from alongside.record.reading import rows
from alongside.record.statement import Statement

TOKEN = re.compile(rb'name="(csrfmiddlewaretoken|once|whose)" value="[^"]*"')


def test_who_only_keeps_what_they_had_shares_nothing(be):
    sql = (
        "SELECT id FROM record_entry WHERE (pk >> 20) = 1 AND author = %s AND answers IS NULL AND mark = 'team' "
        "AND basis = 'own-words'"
    )
    (id,) = rows(sql, [numbers()["anne"]])[0]
    browser = be("anne")
    assert browser.get(f"/me/n/{id}/share").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE record_relationship SET state = 'ended', ended_seq = 1000 WHERE family = 1 AND person = %s",
            [numbers()["anne"]],
        )
    assert browser.get(f"/me/n/{id}").status_code == 200
    assert browser.get(f"/me/n/{id}/share").status_code == 404
    assert browser.post(f"/me/n/{id}/share", {"to": "x", "once": "4" * 32}).status_code == 404


def test_a_hazard_changes_no_byte_of_what_somebody_had(be):
    """The loudest trace would be a page that speaks otherwise from one day to the next (docs/record)."""
    per = numbers()["per"]
    sql = (
        "SELECT e.id FROM record_entry e JOIN record_reader r ON r.entry = e.pk WHERE r.person = %s "
        "AND (e.pk >> 20) = 1 ORDER BY e.pk"
    )
    paths = ["/me", "/me/story", "/me/people", "/me/who-sees-what", "/me/write", "/me/team", "/me/team/name"]
    paths += [f"/me/n/{id}" for (id,) in rows(sql, [per])]
    browser = be("per")
    before = {path: TOKEN.sub(b"", browser.get(path).content) for path in paths}
    act = Statement("access.hazard-on", {"person": per}, mark="sealed")
    append([act], family=1, by=numbers()["kari"], once="hazard", at=0)
    assert [path for path in paths if TOKEN.sub(b"", browser.get(path).content) != before[path]] == []
