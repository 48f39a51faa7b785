"""What our scripts may do in a browser: words go in as text, and nothing is kept there."""

import re
from pathlib import Path

import pytest

SCRIPTS = sorted(Path(__file__).resolve().parents[1].glob("static/**/*.js"))
AS_MARKUP = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
AS_CODE = r"\beval\b|new Function|setTimeout\(\s*[\"'`]|\bimport\("
KEPT = r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b|serviceWorker"
FROM_OTHERS = r"postMessage|onmessage|[\"'`]message[\"'`]|WebSocket|EventSource|https?://(?!www\.w3\.org/)"


def found(words: str) -> list[str]:
    return re.findall("|".join((AS_MARKUP, AS_CODE, KEPT, FROM_OTHERS)), words)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.name)
def test_words_go_in_as_text_and_nothing_stays(script):
    assert found(script.read_text("utf-8")) == []


def test_there_are_scripts_and_a_planted_one_is_found():
    assert len(SCRIPTS) >= 3
    assert found("box.innerHTML = said; localStorage.x = said") == ["innerHTML", "localStorage"]
    assert found("line.textContent = said") == []
