"""The signs of the look, as every template shows them."""

from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

TURNS = {"chevron-left", "chevron-right", "log-out", "undo-2"}  # where one reads from right to left


def signs(static: Callable[[str], str]) -> Callable[[str], Markup]:
    """What `icon(name)` is in a template: one sign, which says nothing that the words beside it do not. `static`: the
    address of a file of the look."""

    @lru_cache(maxsize=1024)
    def sign(name: str) -> Markup:
        place = f"{static('look/icons.svg')}#i-{name}"
        turns = " turns" if name in TURNS else ""
        return Markup('<svg class="i{}" aria-hidden="true"><use href="{}"/></svg>').format(turns, place)

    return sign
