"""What a unit is called: as the office typed it, and in the language of the page where the catalogues know it."""

from django.utils.translation import pgettext


def in_words(name: str, *, head: bool = False) -> str:
    """The name of a unit, "unit North" as "enhet nord" in bokmål; '' for none. `head`: it stands as a heading."""
    said = pgettext("unit", name) if name else ""
    return said[:1].upper() + said[1:] if head else said
