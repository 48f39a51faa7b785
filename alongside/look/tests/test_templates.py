"""Every frame and part renders with the least it may be given, and asks nothing
that the content security policy forbids."""

import re
from pathlib import Path

import jinja2
import pytest

from alongside.look.paragraphs import paragraphs
from alongside.look.signs import signs

LOOK = Path(__file__).resolve().parents[1]
ICONS = set(re.findall(r'id="i-([\w-]+)"', (LOOK / "static/look/icons.svg").read_text()))
FRAMES = sorted(p.name for p in (LOOK / "templates/look").glob("*.jinja") if p.name != "parts.jinja")


def _static(path):
    return "/static/" + path


@pytest.fixture
def env():
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(LOOK / "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_null_translations(newstyle=True)
    made.globals.update(static=_static, sign=signs(_static), paragraphs=paragraphs(str))
    return made


@pytest.fixture
def parts(env):
    return env.get_template("look/parts.jinja").module


@pytest.mark.parametrize("name", FRAMES)
def test_frame_needs_no_context(env, name):
    page = env.get_template(f"look/{name}").render()
    assert page.startswith("<!doctype html>")
    assert page.count('id="page"') == (0 if name == "base.jinja" else 1)


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("then", [None, {"says": "4 November", "back_href": "/now"}])
def test_no_inline_style_script_or_third_party(env, name, then):
    page = env.get_template(f"look/{name}").render(then=then)
    assert "style=" not in page
    assert not re.search(r"\son[a-z]+=", page)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert ('class="then"' in page) is bool(then)


def test_every_icon_named_in_a_template_exists():
    for template in (LOOK / "templates/look").glob("*.jinja"):
        text = template.read_text()
        named = re.findall(r'icon(?:_name=|\()"([\w-]+)"', text)
        assert set(named) <= ICONS, template.name


def test_own_words_get_the_quotation_marks_of_their_language(parts):
    assert "“I slept.”" in parts.said("I slept.", quoted=True)
    assert "«Jeg sov.»" in parts.said("Jeg sov.", quoted=True, lang="nb")
    assert parts.said("“I slept.”", quoted=True).count("“") == 1
    assert parts.said("You said: “I slept.”", quoted=True).count("“") == 1
    assert "“" not in parts.said("Mia fell asleep.")


def test_words_are_escaped_and_paragraphs_kept(parts):
    html = parts.said("One <b>.\n\nTwo.")
    assert html == "<p>One &lt;b&gt;.</p><p>Two.</p>"


@pytest.mark.parametrize("basis", ["own", "own-words", "seen", "told", "view", "professional-view", "act"])
def test_statement_says_how_we_know(parts, basis):
    html = parts.statement({"basis": basis, "text": "x"})
    assert 'class="know"' in html and "#i-" in html


def test_field_ties_hint_and_error_to_its_control(parts):
    html = parts.area("In your words", "words", hint="Any language", error="Write a word")
    assert 'aria-describedby="f-words-hint f-words-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'for="f-words"' in html and 'id="f-words"' in html
