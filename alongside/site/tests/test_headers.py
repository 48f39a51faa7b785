"""What every answer says to the browser, of whichever kind it is; and what a site behind TLS says besides."""

import runpy

import pytest
from django.test import Client

from alongside.access.views import place_of
from alongside.site import settings as house

HOST = "alongside.example.org"
# As a browser would ask: (method, address, status). One of each kind of answer.
ANSWERS = [
    ("get", "/", 200), ("get", "/me", 303), ("post", "/sign-in", 403), ("get", "/no/such/page", 404),
    ("put", "/", 405), ("get", "/static/look/alongside.js", 200),
]  # fmt: skip


@pytest.fixture
def at_a_site(settings, monkeypatch, cast):
    """The settings of a site that has an address with TLS, as they follow from its environment."""
    monkeypatch.setenv("ALONGSIDE_ORIGIN", f"https://{HOST}")
    made = runpy.run_path(house.__file__)
    begins = ("SESSION_", "CSRF_", "SECURE", "LANGUAGE_COOKIE", "ALLOWED_HOSTS", "ORIGIN", "DEBUG")
    for name, value in made.items():
        if name.isupper() and name.startswith(begins):
            setattr(settings, name, value)
    return Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_PROTO="https")


def asked(browser, method, address):
    return getattr(browser, method)(address, headers={"origin": "https://elsewhere.example"})


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_every_kind_of_answer_is_closed_to_others(method, address, status, cast):
    answer = asked(Client(HTTP_HOST="127.0.0.1"), method, address)
    assert answer.status_code == status
    policy = dict(one.strip().split(" ", 1) for one in answer["Content-Security-Policy"].split(";") if " " in one)
    closed = {"default-src", "base-uri", "frame-ancestors"}
    assert {name: policy[name] for name in closed} == dict.fromkeys(closed, "'none'")
    assert policy["script-src"] == policy["form-action"] == "'self'"
    assert "object-src" not in policy  # so default-src holds for it
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_every_page_says_how_it_is_written(method, address, status, cast):
    answer = asked(Client(HTTP_HOST="127.0.0.1"), method, address)
    said = answer["Content-Type"]
    assert said == ('text/javascript; charset="utf-8"' if "static" in address else "text/html; charset=utf-8")


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_a_site_is_asked_for_by_tls_alone_for_a_year(method, address, status, at_a_site):
    answer = asked(at_a_site, method, address)
    assert answer.status_code == status
    assert "max-age=31536000" in answer["Strict-Transport-Security"]


def test_cookies_of_a_site_are_for_this_host_and_no_script(at_a_site):
    at_a_site.get("/")
    at_a_site.post("/language", {"language": "nb"})
    at_a_site.post("/leave")
    assert set(at_a_site.cookies) == {"__Host-a", "__Host-b", "__Host-c"}
    for cookie in at_a_site.cookies.values():
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
        assert cookie["path"] == "/" and not cookie["domain"]


def test_the_chosen_language_is_heard_at_a_site(at_a_site):
    at_a_site.post("/language", {"language": "nb"})
    assert '<html lang="nb"' in at_a_site.get("/").content.decode()


@pytest.mark.parametrize("origin", [f"https://{HOST}", "https://elsewhere.example", ""])
def test_a_form_without_its_token_or_from_elsewhere_is_refused(origin, at_a_site):
    browser = Client(HTTP_HOST=HOST, HTTP_X_FORWARDED_PROTO="https", enforce_csrf_checks=True)
    token = browser.get("/").content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    said = {"origin": origin} if origin else {"referer": f"https://{HOST}/"}
    assert browser.post("/language", {"language": "nb"}, headers=said).status_code == 403
    sent = browser.post("/language", {"language": "nb", "csrfmiddlewaretoken": token}, headers=said)
    assert sent.status_code == (403 if "elsewhere" in origin else 303)


def test_what_a_request_says_of_itself_is_not_said_back(cast):
    answer = Client(HTTP_HOST="127.0.0.1").trace("/", headers={"x-mine": "sung by a bird"})
    assert answer.status_code == 405
    assert b"bird" not in answer.content and "bird" not in str(answer.headers)


@pytest.mark.parametrize("address", ["/static/", "/static/look/", "/static/../settings.py", "/.git/config", "/secret"])
def test_no_folder_is_listed_and_no_file_of_the_house_is_given(address, cast):
    assert Client(HTTP_HOST="127.0.0.1").get(address).status_code == 404


def test_a_mistake_of_ours_tells_nothing_of_itself(cast, monkeypatch, settings):
    assert settings.DEBUG is False

    def breaks(*args, **kwargs):
        raise RuntimeError("a sentence somebody wrote")

    monkeypatch.setattr("alongside.access.views.gate_page", breaks)
    browser = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
    answer = browser.get("/")
    words = answer.content.decode()
    assert answer.status_code == 500 and "<h1" in words
    assert not [one for one in ("RuntimeError", "sentence somebody", "Traceback", ".py") if one in words]


def test_where_somebody_is_follows_from_the_proxy_and_not_from_them(at_a_site, settings, rf):
    said = {"x-forwarded-for": "198.51.100.1, 203.0.113.9"}  # the first was sent by whoever asks, the last is ours
    assert place_of(rf.get("/", headers=said)) == "203.0.113.9"
    settings.SECURE = False
    assert place_of(rf.get("/", headers=said)) == "127.0.0.1"
