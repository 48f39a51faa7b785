"""The identity provider as the environment names it: all of it, or a plain sentence about what is missing."""

import logging

import pytest

from alongside.access.provider import asking
from alongside.site.problem import Problem
from alongside.site.provider import read

ISSUER = "https://login.example.org/realm"


@pytest.fixture
def said(tmp_path):
    place = tmp_path / "secret-of-the-client"
    place.write_text("four-birds\n")
    place.chmod(0o600)
    return {
        "ALONGSIDE_PROVIDER": ISSUER, "ALONGSIDE_PROVIDER_CLIENT": "alongside", "ALONGSIDE_PROVIDER_SECRET": str(place),
        "ALONGSIDE_ORIGIN": "https://alongside.example.org",
    }  # fmt: skip


def test_nothing_said_is_no_provider(said):
    assert read({}) is None and read({"ALONGSIDE_ORIGIN": said["ALONGSIDE_ORIGIN"]}) is None


def test_all_of_it(said):
    one = read(said)
    assert (one.issuer, one.client, one.secret, one.claim, one.every, one.beside) == (
        ISSUER, "alongside", "four-birds", "sub", 300, False,
    )  # fmt: skip
    assert "four-birds" not in repr(one) and "four-birds" not in str(one)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("ALONGSIDE_PROVIDER", r"Missing: ALONGSIDE_PROVIDER\."),
        ("ALONGSIDE_PROVIDER_CLIENT", r"Missing: ALONGSIDE_PROVIDER_CLIENT\."),
        ("ALONGSIDE_PROVIDER_SECRET", r"Missing: ALONGSIDE_PROVIDER_SECRET\."),
        ("ALONGSIDE_ORIGIN", "set ALONGSIDE_ORIGIN"),
    ],
)
def test_half_set_is_said(missing, words, said):
    del said[missing]
    with pytest.raises(Problem, match=words):
        read(said)


def test_only_what_belongs_to_it_is_half_set():
    with pytest.raises(Problem, match="half set"):
        read({"ALONGSIDE_PROVIDER_BESIDE": "1"})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ALONGSIDE_PROVIDER", "http://login.example.org", "https"),
        ("ALONGSIDE_PROVIDER", "login.example.org", "https"),
        ("ALONGSIDE_PROVIDER", "https://login.example.org/?a=b", "without"),
        ("ALONGSIDE_PROVIDER_CLAIM", "email", "pass to somebody else"),
        ("ALONGSIDE_PROVIDER_CLAIM", "upn", "pass to somebody else"),
        ("ALONGSIDE_PROVIDER_SCOPE", "profile", "openid"), ("ALONGSIDE_PROVIDER_EVERY", "0", "seconds"),
        ("ALONGSIDE_PROVIDER_EVERY", "often", "seconds"), ("ALONGSIDE_PROVIDER_SECRET", "/not/there", "cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said(name, value, words, said):
    with pytest.raises(Problem, match=words) as why:
        read({**said, name: value})
    assert "four-birds" not in str(why.value)


def test_a_secret_is_one_line_that_not_everybody_reads(said, tmp_path):
    place = tmp_path / "secret-of-the-client"
    place.chmod(0o644)
    with pytest.raises(Problem, match="Everybody can read"):
        read(said)
    place.chmod(0o600)
    for wrong in ("", "two words"):
        place.write_text(wrong)
        with pytest.raises(Problem, match="holds no secret"):
            read(said)


@pytest.mark.parametrize(
    "says",
    [
        {"issuer": "https://elsewhere.example"}, {"token_endpoint": "http://login.example.org/token"},
        {"token_endpoint": 7}, {"jwks_uri": "file:///etc/passwd"}, {"authorization_endpoint": "javascript:alert(1)"},
        {"id_token_signing_alg_values_supported": "none"},
    ],
)  # fmt: skip
def test_a_provider_that_says_something_else_of_itself_is_not_used(says, said, monkeypatch, caplog):
    told = {
        "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/a", "token_endpoint": f"{ISSUER}/t",
        "jwks_uri": f"{ISSUER}/k", **says,
    }  # fmt: skip
    known = asking.Known(read(said))
    monkeypatch.setattr(known, "_ask", lambda request: (200, told))
    with caplog.at_level(logging.WARNING), pytest.raises(asking.Away):
        known.doors()
    assert "four-birds" not in caplog.text and "elsewhere" not in caplog.text
    asking.forget()
