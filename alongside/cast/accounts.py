"""Ways in for the cast: a name and the password "demo" for those who work here, a card's code for families."""

from django.contrib.auth.hashers import make_password

from alongside.access.models import Account
from alongside.access.visit import card_key
from alongside.cast.story import about, numbers, persons

PASSWORD = "demo"
NO_ROOM_HERE = {"samira", "bjorn"}  # the expert group's door comes later
CHILDREN = {
    "mia",
    "emil",
    "oda",
    "theo",
    "nora",
}  # a child's page is on a handed-over tablet, and comes later


def card_of(who: str) -> str:
    """The code on somebody's card: the same in every demo, so that it can be printed in its README."""
    return f"{who}-demo-card"


def make() -> None:
    """An account for everybody of the cast who has a door today."""
    password = make_password(PASSWORD)
    standing = {who for kinds in about()["relationships"].values() for who in kinds}
    accounts = []
    for who, person in persons().items():
        if who in NO_ROOM_HERE | CHILDREN:
            continue
        works = person["group"] in ("staff", "stranger")
        if not works and who not in standing:
            continue
        nb = "nb" in person.get("languages", ()) and 2 in person["families"] and not works
        accounts.append(
            Account(
                login=who, person=numbers()[who], door="practice" if works else "family", password=password if works
                else "!", card="" if works else card_key(card_of(who)), language="nb" if nb else "en",
            )
        )  # fmt: skip
    Account.objects.bulk_create(accounts, ignore_conflicts=True)


def signins() -> list[str]:
    """What the demo prints: how to be somebody."""
    return [
        "On the first page choose whom to be: Kari, Anne, Jonas, Ms Berg, Ingrid, Rune or Morten.",
        f'Or sign in: those who work here by first name and the password "{PASSWORD}" (kari, lars, ingrid, marit, '
        "tone, odd, geir, rune),",
        f'families by a card, such as "{card_of("anne")}" (anne, jonas, per, farhiya, lea, marte, elin, morten).',
    ]
