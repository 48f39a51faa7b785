"""Every look by those who work with a family leaves a line, families leave none, and the officer reads them."""

import re

import pytest
from django.db import connection

from alongside import clock
from alongside.access import looking
from alongside.cast.said import id_of
from alongside.cast.story import TODAY, number
from alongside.record.reading import rows
from stories.worlds import addresses


def test_every_address_of_a_family_leaves_a_look(be, code, looks):
    """A new page is in the log without anybody thinking of it: whatever shows something of a family does."""
    kari, asked = be("kari"), addresses([code(1)], [id_of(1, 62), id_of(1, 30)])
    shown = []
    for address in asked:
        if not address.startswith("/f/"):
            continue
        looking.queue.clear()
        if kari.get(address).status_code == 200:
            shown.append(address)
            found = looks()
            assert [row for row in found if row[:3] == (number("kari"), "allocated", 1)], address
    assert len(shown) > 8


@pytest.mark.parametrize("who", ["anne", "jonas", "per", "morten"])
def test_a_familys_own_looking_is_kept_nowhere(who, be, looks):
    browser = be(who)
    for address in ("/me", "/me/story", "/me/people", "/me/looked", "/me/who-sees-what"):
        assert browser.get(address).status_code == 200
    assert looks() == []


def test_a_partner_is_in_the_log(be, looks):
    be("berg").get("/me/story")
    assert looks()[0][:4] == (number("berg"), "partner", 1, "my-story")


def test_a_note_is_a_look_at_that_entry(be, code, looks):
    be("kari").get(f"/f/{code(1)}/n/{id_of(1, 62)}", follow=True)
    place = looks()[-1][4]
    assert place is not None and place >> 20 == 1


def test_again_within_ten_minutes_is_one_look(be, code, looks, later):
    kari = be("kari")
    for minute in (0, 5, 9):
        later(minute)
        kari.get(f"/f/{code(1)}")
    assert len(looks()) == 1
    later(10)
    kari.get(f"/f/{code(1)}")
    assert len(looks()) == 2


def test_what_is_not_shown_is_no_look(be, code, looks):
    assert be("rune").get(f"/f/{code(1)}").status_code == 404
    be("kari", 0).get(f"/f/{code(1)}")
    assert looks() == []


def test_what_cannot_be_written_waits(be, code, looks, monkeypatch):
    be("kari").get(f"/f/{code(1)}")
    monkeypatch.setattr(looking, "INSERT", "INSERT INTO nowhere VALUES (%s)")
    with pytest.raises(Exception, match="nowhere|parameter|argument|bind"):
        looking.write()
    monkeypatch.undo()
    assert len(looks()) == 1


def test_when_too_much_waits_pages_write_it_themselves(be, code, monkeypatch):
    monkeypatch.setattr(looking, "MOST_WAITING", 1)
    be("kari").get(f"/f/{code(1)}")
    assert rows("SELECT person FROM access_looked", []) == [(number("kari"),)]


@pytest.mark.parametrize("who", ["kari", "ingrid", "tone", "rune", "geir", "anne"])
def test_only_the_privacy_officer_finds_the_log(who, be):
    """An administrator and a leader neither."""
    assert be(who).get("/log").status_code == 404


def test_the_officer_reads_who_and_where_and_never_what(be, code, text, looks):
    kari = be("kari")
    kari.get(f"/f/{code(1)}")
    kari.get(f"/f/{code(1)}/n/{id_of(1, 62)}", follow=True)
    looks()
    page = text(be("odd").get("/log"))
    assert "Kari Moen , the first page, family " + code(1) in page and "one note" in page
    assert "Hansen" not in page.split("Looks", 1)[1]


def test_it_narrows_by_person_family_and_day(be, code, text, looks):
    be("kari").get(f"/f/{code(1)}")
    be("ingrid").get(f"/f/{code(2)}")
    looks()
    odd = be("odd")

    def listed(query: str) -> str:
        return text(odd.get(f"/log?{query}")).split("Looks", 1)[1]

    assert code(2) not in listed(f"family={code(1)}") and "Kari Moen" in listed(f"family={code(1)}")
    assert "Kari Moen" not in listed(f"family={code(2)}")
    handle = rows("SELECT id FROM record_person WHERE number = %s", [number("ingrid")])[0][0]
    assert "Kari Moen" not in listed(f"who={handle}") and "Ingrid" in listed(f"who={handle}")
    assert "Kari Moen" not in listed("day=2026-11-19") and "Kari Moen" in listed("day=2026-11-20")
    assert odd.get("/log?day=soon").status_code == 400
    assert "Nothing stands here." in listed("family=nosuchcode22")
    assert odd.get("/log?before=x").status_code == 404


def test_the_officers_own_reading_is_in_it(be, code, looks, text):
    odd = be("odd")
    odd.get(f"/log?family={code(1)}")
    assert looks() == [(number("odd"), "privacy", 1, "log", None)]
    assert "this log" in text(odd.get("/log"))


def test_nobody_is_joined_to_a_number(be, code, looks):
    """However much is looked at, no page, column or address puts a sum beside a name."""
    for who, family in (("kari", 1), ("kari", 2), ("ingrid", 1), ("lars", 1)):
        for page in ("", "/story", "/people"):
            be(who).get(f"/f/{code(family)}{page}")
    looks()
    page = re.sub(r"<[^>]+>", " ", be("odd").get("/log").content.decode().split("<main", 1)[1])
    assert not re.search(r"(Kari|Lars|Ingrid)( \w+)?\W{1,3}\d+\b", page)
    with connection.cursor() as cursor:
        columns = {
            column.name
            for table in ("access_looked", "access_opening", "access_told", "dialogue_asked_why")
            for column in connection.introspection.get_table_description(cursor, table)
        }
    assert "person" in columns
    assert not {name for name in columns if re.search(r"count|total|sum|times|last|views", name)}


def test_a_long_log_goes_on(be, code, text):
    from django.db import connection

    now = clock.micros(TODAY)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO access_looked (person, role, family, page, at) VALUES (%s, 'allocated', 1, 'story', %s)",
            [(number("kari"), now - n * 1_000_000) for n in range(150)],
        )
    odd = be("odd")
    first = odd.get("/log").content.decode()
    further = re.search(r'href="(/log\?[^"]*before=[^"]*)"', first)[1].replace("&amp;", "&")
    assert "/log?" not in odd.get(further).content.decode().split("Looks</h2>")[1]
