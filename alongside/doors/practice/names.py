"""What a family is called on a page: by its people, with a surname they share said once."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.doors.practice.page import Opened


def family_names(page: Opened, persons: Sequence[int]) -> str:
    """ "Anne, Per, Mia and Jonas Hansen"; "A family" where no name may be known."""
    called = page.showing.names(tuple(persons))
    if not called:
        return _("A family")
    surnames = {_surname(page.people.persons[number].name) for number in persons}
    shared = surnames.pop() if len(surnames) == 1 else ""
    return f"{called} {shared}" if shared and not called.endswith(shared) else called


def _surname(name: str) -> str:
    """The last word of a name before any comma; '' for a single word."""
    words = name.split(",")[0].split()
    return words[-1] if len(words) > 1 else ""
