"""A wish to be told goes with the way in of whoever had it, when a family is erased whole."""

from typing import Any

from alongside.exchange.notices.models import Wish
from alongside.record.erased import Going, forgets
from alongside.record.reading import rows


@forgets
def _erased(cursor: Any, going: Going) -> None:
    """Numbers and addresses of people who have no way in any more."""
    if going.families:
        known = {person for (person,) in rows("SELECT person FROM access_account", [])}
        Wish.objects.exclude(person__in=known).delete()
