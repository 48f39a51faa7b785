"""Nobody is counted: no column, address, page or log line joins a person who works here to a number (R92)."""

import logging
import re

import pytest
from django.db import connection

from alongside.site.logs import ReticentFormatter
from stories.worlds import patterns

COUNTS = re.compile(
    r"(^|_)(count|counts|total|totals|score|scores|rank|ranking|rating|average|mean|median|number_of|unread|seen|"
    r"views|hits|speed|duration|last_changed|overdue|caseload|performance)($|_)"
)


@pytest.mark.django_db
def test_no_column_counts_anybody():
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        columns = {
            (table, column.name)
            for table in tables
            for column in connection.introspection.get_table_description(cursor, table)
        }
    assert len(columns) > 60
    assert {pair for pair in columns if COUNTS.search(pair[1])} == set()


def test_no_address_is_about_a_worker():
    routes = [route for route, _ in patterns()]
    assert routes
    assert not [route for route in routes if re.search(r"worker|staff|stats|statistic|report|ranking|export", route)]


def test_planted_columns_would_be_found():
    assert COUNTS.search("note_count") and COUNTS.search("risk_score") and not COUNTS.search("once")


def test_a_log_line_holds_no_person_and_no_address():
    record = logging.LogRecord("django.request", logging.ERROR, "", 1, "%s: %s", ("Not found", "/f/abc/n/def"), None)
    assert "abc" not in ReticentFormatter("%(message)s").format(record)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["kari", "ingrid", "tone", "odd"])
def test_no_page_counts_what_a_colleague_did(who, be):
    """Leaders and supervisors get pages without a number beside a worker's name."""
    browser = be(who)
    for path in ("/today", "/families", "/unit", "/waiting", "/settings"):
        words = re.sub(r"<[^>]+>", " ", browser.get(path).content.decode().split("<main", 1)[1])
        assert not re.search(r"(Kari|Lars|Marit|Ingrid)\W{1,3}\d+\b(?! (Nov|Oct|Sep|Jan|Feb|Mar))", words), path
