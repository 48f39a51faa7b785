"""Words as paragraphs: every line of them, nothing of them as markup, and the marks of their language."""

import pytest

from alongside.look.paragraphs import paragraphs

said = paragraphs(lambda words: "«»")


def test_each_line_that_says_something_is_a_paragraph():
    assert said("  One. \r\n\n Two.\n") == "<p>One.</p><p>Two.</p>"
    assert said(" \n ") == ""


def test_nothing_in_the_words_is_markup():
    assert said("<b>no</b> & 'so'", lang='"x') == '<p lang="&#34;x">&lt;b&gt;no&lt;/b&gt; &amp; &#39;so&#39;</p>'


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("I want sleep.", "", "«I want sleep.»"),
        ("I want sleep.", "en-GB", "“I want sleep.”"),
        ("Jeg vil sove.", "sv", "”Jeg vil sove.”"),
        ("She said “no” to me.", "", "«She said ‘no’ to me.»"),
        ("“I want sleep.”", "", "“I want sleep.”"),
        ("She said: “no”", "", "She said: “no”"),
    ],
)
def test_own_words_stand_in_the_marks_of_their_language_unless_they_carry_some(text, lang, shown):
    open_tag = f'<p lang="{lang}">' if lang else "<p>"
    assert said(text, True, lang) == f"{open_tag}{shown}</p>"


def test_the_marks_stand_round_all_lines_together():
    assert said("One.\nTwo.", True, dir="auto") == '<p dir="auto">«One.</p><p dir="auto">Two.»</p>'
