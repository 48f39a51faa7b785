"""The environment of the pages: what it keeps stays right in every language and escaped."""

import pytest
from django.template import engines
from django.utils import translation


def shown(source, **context):
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize("again", range(2))
def test_words_follow_the_language_of_the_page(again):
    for language in ("en", "nb", "en"):
        with translation.override(language):
            assert shown('{{ _("Main") }}') == translation.gettext("Main")
    with translation.override("nb"):
        assert shown('{{ _("Skip to the page") }}') != "Skip to the page"


def test_what_is_put_into_words_is_escaped_each_time():
    source = '{{ _("Reach %(who)s", who=who) }}'
    with translation.override("en"):
        assert shown(source, who="<b>") == "Reach &lt;b&gt;"
        assert shown(source, who="Anne") == "Reach Anne"
        assert shown('{{ _("100 %%") }}') == "100 %"


def test_macros_are_called_with_what_they_are_given():
    source = (
        "{% macro box(words, tag='p') %}<{{ tag }}>{{ words }}{% if caller is defined %}{{ caller() }}{% endif %}"
        "</{{ tag }}>{% endmacro %}{{ box('<') }}{% for w in 'ab' %}{{ box(w, tag='i') }}{% endfor %}"
        "{% call box('x') %}{{ inner }}{% endcall %}"
    )
    assert shown(source, inner=">") == "<p>&lt;</p><i>a</i><i>b</i><p>x&gt;</p>"
