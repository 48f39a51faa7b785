"""What an office still has to do before it is taken away: each as a sentence that says what to do about it.

Nothing here is lost by waiting. Families are named by their codes, people by the name they sign in with, and nobody's
words are read.
"""

from django.conf import settings

from alongside import clock
from alongside.access.closing import last_day, waiting
from alongside.access.erasure import codes
from alongside.access.kept_on import kept_on
from alongside.access.models import Account
from alongside.exchange.pack.asked import owed
from alongside.record.closing import ends
from alongside.record.erasing import families_of, proposals
from alongside.record.reading import rows
from alongside.record.settling import settle


def not_yet(at: int) -> str:
    """Why the office cannot be taken away at all at this moment, or ''."""
    end = ends()
    if not end:
        return (
            "Nobody has decided that this office stops. A leader and a second person decide it on the page "
            "/office/closing."
        )
    if at < end:
        return f"The last day, {last_day(end).isoformat()}, is not over. Until its end people write here."
    return ""


def settled(at: int) -> int:
    """Receive every act whose time is over; how many."""
    done, more = 0, 1
    while more:
        more = settle(at)
        done += more
    return done


def in_the_way(at: int) -> list[str]:
    """Everything that has to be ended first, a sentence each; [] where nothing is."""
    return [*_unsent(), *_asked(), *_proposed()]


def logins() -> dict[int, str]:
    """The name to sign in with, by person; somebody without one is left out."""
    return dict(Account.objects.values_list("person", "login"))


def called(person: int, known: dict[int, str]) -> str:
    return known.get(person, f"person {person}")


def _unsent() -> list[str]:
    known, found = logins(), []
    for author, due, stuck in rows("SELECT author, due_at, stuck FROM record_pending ORDER BY due_at, id", []):
        who = called(author, known)
        if stuck:
            found.append(
                f"Words of {who} could not be received ({stuck}). They stand with them under “Not sent yet”: they "
                "copy them and take them out. Where nobody can any more: --leave-unsent; the sheet then says whose."
            )  # fmt: skip
        else:
            local = clock.moment(due).astimezone(settings.OFFICE_ZONE)
            found.append(f"Words of {who} settle until {local:%Y-%m-%d %H:%M:%S}. Run this again after that.")
    return found


def _asked() -> list[str]:
    code = codes()
    return [
        f"Family {code[one.family]}: somebody asked for everything that is written, owed by {one.due}. Whoever works "
        "with the family hands it over, or the one who asked takes it back."
        for one in owed(code)
    ]  # fmt: skip


def _proposed() -> list[str]:
    code, found = codes(), []
    for one in proposals():
        if one.decided is None:
            which = ", ".join(code.get(number, "the office") for number in families_of(one))
            found.append(f"To erase something of {which} is proposed. A second person answers on /office/erasing.")
    for kept in kept_on():
        if kept.decided is None:
            found.append(
                f"To keep {code.get(kept.family, 'a family')} on is proposed. A second person answers on "
                f"/office/keeping/{code.get(kept.family, '')}."
            )  # fmt: skip
    if waiting() is not None:
        found.append("Another last day, or to go on, is proposed. A second person answers on /office/closing.")
    return found


def unsent_by() -> list[str]:
    """Who still has words here that were begun or could not be received, and how many: they are in no export."""
    known = logins()
    drafts = rows(
        "SELECT author, count(*) FROM dialogue_draft WHERE thrown_at IS NULL GROUP BY author ORDER BY author", []
    )
    stuck = rows("SELECT author, count(*) FROM record_pending GROUP BY author ORDER BY author", [])
    lines = [f"{called(author, known)}: {count} begun and not sent" for author, count in drafts]
    return lines + [f"{called(author, known)}: {count} sent, and not received" for author, count in stuck]
