"""What the environment and the command line say: what cannot be followed is refused in a plain sentence."""

import os

import pytest

from alongside.site import environment, keys, office, prepare
from alongside.site.console import init
from alongside.site.console import main as console
from alongside.site.keeping import folders
from alongside.site.problem import Problem


@pytest.mark.parametrize(
    "wrong",
    ["alongside.example.org", "https://", "ftp://alongside.example.org", "https://alongside.example.org/here",
     "https://alongside.example.org?x=1", "https://kari@alongside.example.org", "https://alongside.example.org:99999"],
)  # fmt: skip
def test_an_address_people_use_is_an_address(wrong):
    with pytest.raises(Problem, match="such as https://alongside.example.org"):
        environment.origin({"ALONGSIDE_ORIGIN": wrong})


def test_an_address_without_the_stroke_behind_it():
    assert environment.origin({}) == "" and environment.origin({"ALONGSIDE_ORIGIN": " "}) == ""
    assert environment.origin({"ALONGSIDE_ORIGIN": "https://alongside.example.org/"}) == "https://alongside.example.org"
    assert environment.origin({"ALONGSIDE_ORIGIN": "http://127.0.0.1:8000"}) == "http://127.0.0.1:8000"


def test_seconds_between_two_checkpoints():
    assert environment.log_every({}, 3600) == 3600 and environment.log_every({"ALONGSIDE_LOG_EVERY": "60"}, 3600) == 60
    for wrong in ("x", "0", "-5", "1.5", "86401", "9" * 5000):
        with pytest.raises(Problem, match="seconds from 1 to 86400"):
            environment.log_every({"ALONGSIDE_LOG_EVERY": wrong}, 3600)


def test_a_folder_is_a_folder(tmp_path):
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(Problem, match="is no folder"):
        environment.open_folder(file)
    environment.open_folder(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_a_closed_folder_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(environment.os, "access", lambda place, how: False)  # root may open every folder
    with pytest.raises(Problem, match="is not open to this account"):
        environment.open_folder(tmp_path)


def test_the_demo_never_takes_an_office_s_folder(tmp_path):
    assert not environment.demo({}, tmp_path) and environment.demo({"ALONGSIDE_DEMO": "1"}, tmp_path)
    (tmp_path / office.FILE).write_text("")
    with pytest.raises(Problem, match="is an office's"):
        environment.demo({"ALONGSIDE_DEMO": "1"}, tmp_path)
    (tmp_path / keys.DEMO_KEY).write_text("")
    assert environment.demo({}, tmp_path)


def test_a_secret_that_can_be_guessed_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_SECRET", "x" * 31)
    with pytest.raises(Problem, match="at least 32 signs"):
        keys.signing_secret(tmp_path)
    monkeypatch.setenv("ALONGSIDE_SECRET", "x" * 32)
    assert keys.signing_secret(tmp_path) == "x" * 32


@pytest.fixture
def given(monkeypatch):
    """What is given to whom, played: no test gives anything away."""
    found = []
    monkeypatch.setattr(
        folders.os, "chown",
        lambda place, uid, gid, *, dir_fd=None, follow_symlinks=True: found.append(
            (os.path.basename(place), uid, gid, follow_symlinks)
        ),
    )  # fmt: skip
    return found


def plays(monkeypatch, root):
    monkeypatch.setattr(folders.os, "geteuid", lambda: 0 if root else 1000)


def test_what_root_makes_in_a_folder_is_its_owner_s(tmp_path, monkeypatch, given):
    """A backup by root, as write-once asks for, must not shut the server out of its own folder."""
    plays(monkeypatch, root=False)
    os.close(prepare.hold(tmp_path))
    assert given == []
    plays(monkeypatch, root=True)
    os.close(prepare.hold(tmp_path))
    prepare.present(tmp_path)
    own = tmp_path.stat()
    assert given == [(name, own.st_uid, own.st_gid, False) for name in ("server.lock", "folder.lock")]


@pytest.mark.parametrize("take", [prepare.hold, prepare.present])
def test_a_link_in_the_folder_leads_root_nowhere(tmp_path, monkeypatch, given, take):
    """Whoever has the folder could put one there, and be given the file it leads to or have one made."""
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    data.mkdir()
    for name in ("server.lock", "folder.lock"):
        (data / name).symlink_to(elsewhere)
    plays(monkeypatch, root=True)
    with pytest.raises(Problem, match="is a link"):
        take(data)
    assert given == [] and not elsewhere.exists()


def test_what_root_puts_in_the_place_of_a_folder_is_its_owner_s(tmp_path, monkeypatch, given):
    """A record brought back by root must open for the account that had the empty folder. What is within goes first:
    until the folder itself is handed over, nobody can change what its names mean."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "new" / "inner").mkdir(parents=True)
    (tmp_path / "new" / "inner" / "secret").write_text("")
    (tmp_path / "away").mkdir()
    (tmp_path / "away" / "not-ours").write_text("")
    (tmp_path / "new" / "inner" / "link").symlink_to(tmp_path / "away")
    plays(monkeypatch, root=False)
    folders.as_was(tmp_path / "empty", tmp_path / "new")
    assert given == []
    plays(monkeypatch, root=True)
    folders.as_was(tmp_path / "empty", tmp_path / "new")
    assert [name for name, *_ in given] in (["link", "secret", "inner", "new"], ["secret", "link", "inner", "new"])
    assert not any(followed for *_, followed in given)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["serve", "--port", "99999"], "from 1 to 65535"),
        (["serve", "--port", "0"], "from 1 to 65535"),
        (["serve", "--port", "9" * 5000], "from 1 to 65535"),
        (["serve", "--threads", "0"], "from 1 to 256"),
        (["demo", "--port", "x"], "from 1 to 65535"),
        (["monday", "--port", "0"], "from 1 to 65535"),
        (["whose", "0" * 16, "--day", "tomorrow"], "a day is written as 2026-11-20"),
    ],
)
def test_wrong_words_are_said_at_once(words, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        console.main(words)
    assert ended.value.code == 2 and sentence in capsys.readouterr().err


def test_at_the_keyboard_a_wrong_answer_is_asked_again(monkeypatch, capsys):
    answers = iter(["", "Skjelvika", "", "unit North", "Tone Bakke", "", "Tone Bakke", "tone.bakke", "", "nb"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    said = {name: init._asked(name, words) for name, words in init.ASKED.items()}
    assert said == {
        "office": "Skjelvika", "line": "", "unit": "unit North", "leader": "Tone Bakke", "login": "tone.bakke",
        "zone": "Europe/Oslo", "languages": "nb",
    }  # fmt: skip
    assert capsys.readouterr().out.count("small letters from a to z") == 2


def test_whoever_goes_away_from_the_keyboard_has_begun_nothing(monkeypatch):
    def gone(prompt):
        raise EOFError

    monkeypatch.setattr("builtins.input", gone)
    with pytest.raises(Problem, match="Nothing was begun"):
        init._asked("office", "Name of the office")


def test_every_command_says_of_itself_what_it_is_for(capsys):
    for module in console.subcommands():
        name = module.__name__.rpartition(".")[2].strip("_").replace("_", "-")
        with pytest.raises(SystemExit):
            console.main([name, "--help"])
        assert f"`alongside {name}" in capsys.readouterr().out
