"""Keys, logs, ticker, headers, templates: the small parts around the rooms."""

import logging
import stat
import threading

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from jinja2 import UndefinedError

from alongside.site import keys, ticker
from alongside.site.jinja import environment
from alongside.site.logs import ReticentFormatter
from alongside.site.middleware import QuietHeaders
from alongside.site.problem import Problem

# Keys


def test_a_secret_is_made_once_and_is_the_owners_alone(tmp_path):
    place = tmp_path / "new" / "secret"
    first = keys.kept(place, lambda: "first")
    assert (first, keys.kept(place, lambda: "second")) == ("first", "first")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert [file.name for file in place.parent.iterdir()] == ["secret"]


def test_two_who_come_at_once_get_one_secret(tmp_path):
    meet, got = threading.Barrier(4), []

    def come(name):
        def make():
            meet.wait(10)
            return name

        got.append(keys.kept(tmp_path / "secret", make))

    threads = [threading.Thread(target=come, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(got) == 4
    assert set(got) == {(tmp_path / "secret").read_text()}


def test_the_key_lies_outside_the_data_except_in_the_demo(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    data = tmp_path / "data"
    data.mkdir()
    assert data not in keys.key_place(data, demo=False).parents
    assert keys.key_place(data, demo=False) != keys.key_place(tmp_path, demo=False)
    assert keys.key_place(data, demo=True).parent == data


def test_a_lost_key_is_not_made_anew(tmp_path, monkeypatch):
    monkeypatch.delenv("ALONGSIDE_KEY")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    key = keys.database_key(tmp_path, demo=False)
    assert len(bytes.fromhex(key)) == 32
    (tmp_path / "alongside.db").touch()
    assert keys.database_key(tmp_path, demo=False) == key
    keys.key_place(tmp_path, demo=False).unlink()
    with pytest.raises(Problem, match="missing"):
        keys.database_key(tmp_path, demo=False)


# Logs


def logged(name, message, *values, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, values, info)
    return ReticentFormatter().format(record)


def test_others_may_not_fill_in_values():
    line = logged("django.request", "Not Found: %s", "/f/abcdefghjkmn/plan")
    assert "Not Found" in line
    assert "abcdefghjkmn" not in line


def test_what_a_strange_request_said_is_not_written():
    line = logged("django.security.DisallowedHost", "Invalid HTTP_HOST header: 'sung by a bird'.")
    assert "strange request" in line and "bird" not in line


def test_of_an_exception_only_class_and_place_are_kept():
    try:
        raise ValueError("what somebody wrote")
    except ValueError as error:
        line = logged("gunicorn.error", "Error handling request %s", "/f/abcdefghjkmn", error=error)
    assert "ValueError at test_surroundings.py:" in line
    assert "somebody" not in line
    assert "abcdefghjkmn" not in line
    assert "\n" not in line


def test_a_line_says_its_moment_in_utc():
    line = ReticentFormatter().format(logging.makeLogRecord({"name": "x", "msg": "y", "created": 1.5, "msecs": 500.0}))
    assert line.startswith("1970-01-01T00:00:01.500Z ")


def test_our_own_words_are_kept():
    assert logged("alongside.ticker", "%s failed", "settle").endswith("alongside.ticker: settle failed")


# The ticker


@pytest.mark.django_db
def test_one_failure_neither_stops_the_others_nor_tells_content(caplog):
    done = []

    def clumsy():
        raise RuntimeError("what somebody wrote")

    ticker.tick([clumsy, lambda: done.append(1)])
    assert done == [1]
    assert "clumsy failed: RuntimeError" in caplog.text
    assert "somebody" not in caplog.text


def test_the_ticker_goes_on_until_it_is_stopped():
    thrice, calls = threading.Event(), []

    def count():
        calls.append(threading.current_thread().name)
        if len(calls) == 3:
            thrice.set()

    running = ticker.Ticker([count], pause=0.001)
    running.start()
    assert thrice.wait(20)
    assert running.stop(20)
    assert set(calls) == {"ticker"}


def test_a_ticker_that_never_started_stops():
    assert ticker.Ticker([]).stop()


# Headers


def test_a_page_is_not_kept_and_gets_no_sensors():
    response = QuietHeaders(lambda request: HttpResponse("x"))(RequestFactory().get("/"))
    assert response["Cache-Control"] == "no-store"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_a_view_may_say_otherwise():
    response = QuietHeaders(lambda r: HttpResponse(headers={"Cache-Control": "max-age=60"}))(RequestFactory().get("/"))
    assert response["Cache-Control"] == "max-age=60"


@pytest.mark.django_db
def test_headers_of_a_page(client):
    response = client.get("/there/is/no/such/page")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cache-Control"] == "no-store"
    assert "Server" not in response
    assert "X-Powered-By" not in response


# Templates


def rendered(source, **values):
    return environment(autoescape=True).from_string(source).render(**values)


def test_a_missing_name_is_an_error():
    with pytest.raises(UndefinedError):
        rendered("{{ nobody }}")


def test_everything_is_escaped():
    assert rendered("{{ said }}", said="<b>") == "&lt;b&gt;"
    assert rendered("{{ _('%(who)s said', who=said) }}", said="<b>") == "&lt;b&gt; said"


def test_words_are_counted():
    assert rendered("{{ ngettext('%(num)d note', '%(num)d notes', 2) }}") == "2 notes"


def test_addresses_of_files():
    assert rendered("{{ static('a.css') }}") == "/static/a.css"
