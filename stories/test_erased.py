"""One entry of every kind is erased by law, one after the other: every page of everybody still stands, and says it."""

import pytest

from alongside import ids
from alongside.access import erasure
from alongside.cast.story import number
from alongside.record.erased import ERASED
from alongside.record.reading import rows
from alongside.record.registers import rebuild
from alongside.record.statement import Refused
from alongside.record.verify import verify
from stories.worlds import addresses

AT = 1_795_200_000_000_000
PEOPLE = ("kari", "anne", "jonas")


def kinds():
    return rows(
        "SELECT e.id, e.kind FROM record_entry e WHERE e.pk >= 1048576 AND e.kind NOT LIKE 'access.%%' "
        "AND e.kind NOT LIKE 'record.%%' "
        "AND e.pk IN (SELECT MIN(pk) FROM record_entry WHERE pk >= 1048576 GROUP BY kind, pk >> 20)",
        [],
    )


@pytest.mark.django_db
def test_every_page_stands_when_one_entry_of_each_kind_is_erased(be):
    for id, kind in kinds():
        try:
            (one,) = erasure.propose(
                by=number("odd"), strength=3, ids=[id], ground="asked", words="x", lang="en", at=AT, once=ids.new()
            )
        except Refused:  # it went with another one
            assert rows("SELECT kind FROM record_entry WHERE id = %s", [id]) == [(ERASED,)], kind
            continue
        erasure.confirm(by=number("tone"), strength=3, proposal=one.id, at=AT, once=ids.new())
    assert list(verify()) == [] and all(rebuild(check=True).values())
    said, gone = 0, [id for (id,) in rows("SELECT id FROM record_entry WHERE kind = %s ORDER BY pk", [ERASED])]
    codes = [code for (code,) in rows("SELECT code FROM record_family WHERE number > 0 ORDER BY number LIMIT 1", [])]
    for who in PEOPLE:
        browser = be(who)
        for address in addresses(codes, gone[::40]):
            page = browser.get(address)
            assert page.status_code in (200, 302, 303, 404, 405), (who, address, page.status_code)
            said += "were erased by law" in page.content.decode()
    assert said
