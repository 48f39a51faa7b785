"""The journal of a child: what is about that child, nothing of a sibling or a parent only."""

from alongside.access.standing import office_day
from alongside.dialogue.journal import of_one
from alongside.doors.practice.page import opened
from alongside.doors.practice.people.tests.test_twice import NOW, reader_of
from alongside.record.reading import read


def woven():
    reader = reader_of("kari", 1)
    return opened(reader, read(reader), now=NOW, today=office_day(NOW)).woven


def test_everything_about_the_child_and_nothing_of_others_only(cast):
    from alongside.cast.story import numbers

    whole, mia = woven(), numbers()["mia"]
    shown = {one.id for _root, some in of_one(whole.roots, mia) for one in some}
    for said in whole.by_place.values():
        if said.id in shown:
            assert mia in said.entry.about or (not said.entry.about and said.of == mia)
    stands = [one for root in whole.roots for one in (root, *root.inside) if one.text and mia in one.entry.about]
    assert {one.id for one in stands} == {i for i in shown if i in {one.id for one in stands}}
    assert len(shown) > 20


def test_on_the_page(page, main):
    mia, jonas = main(page("kari", 1, "mia", "/journal")), main(page("kari", 1, "jonas", "/journal"))
    assert "science test" in jonas and "science test" not in mia
    assert "Made on Friday 20 November 2026 by Kari Moen" in mia and "Not everything that is held is shown here" in mia
    assert "When Mum is at work I listen for the car" in mia
    assert mia.index("December 2024") < mia.index("March 2026")
    then = main(page("kari", 1, "mia", "/journal?at=2025-01-15"))
    assert len(then) < len(mia) and "December 2024" in then


def test_only_children_have_one_and_only_their_helpers_read_it(page, client, code, person):
    assert page("kari", 1, "anne", "/journal").status_code == 404
    assert page("rune", 1, "mia", "/journal").status_code == 404
    assert "quiet like a fish" in page("kari", 1, "mia", "/journal").content.decode()
    assert "quiet like a fish" not in page("lars", 1, "mia", "/journal").content.decode()
    assert client.get(f"/f/{code(1)}/people/{person('mia')}/journal", HTTP_HOST="127.0.0.1").status_code == 303
