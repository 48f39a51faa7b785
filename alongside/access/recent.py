"""What somebody who works here opened last, so that they find back to it. It belongs to their account, nobody
else reads it, and it is kept nowhere else. What of it can be shown, the gate says anew each time."""

import json

from django.db import connection

from alongside.access.models import Account

MOST = 8


def recent(account: Account) -> list[tuple[str, str]]:
    """Pairs of a family's code and the id of a note ('' for the family's page), the last opened first."""
    return [(code, id) for code, id in json.loads(account.recent or "[]")]


def opened(account: Account, code: str, id: str = "") -> None:
    """Remember that this was opened. Nothing is written when it is the last one already."""
    held = recent(account)
    if held[:1] == [(code, id)]:
        return
    kept = [(code, id), *(one for one in held if one != (code, id))][:MOST]
    account.recent = json.dumps(kept)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE access_account SET recent = %s WHERE id = %s", [account.recent, account.pk])
