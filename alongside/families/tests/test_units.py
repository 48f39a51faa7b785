"""What a unit is called: in the language of the page where it is known, else as it was typed."""

from django.utils import translation

from alongside.families.units import in_words


def test_in_the_language_of_the_page_and_with_a_capital_in_a_heading():
    assert in_words("unit North") == "unit North" and in_words("unit North", head=True) == "Unit North"
    with translation.override("nb"):
        assert in_words("unit North") == "enhet nord" and in_words("unit North", head=True) == "Enhet nord"
        assert in_words("Barnevernet i Fjordbyen") == "Barnevernet i Fjordbyen" and in_words("") == ""
