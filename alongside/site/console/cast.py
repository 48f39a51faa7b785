"""`alongside cast`: who of the invented people can be visited in the demo, and how."""

import json
import os


def add(subparsers):
    """--json; --data (default var/demo)."""
    parser = subparsers.add_parser("cast", help="who can be visited in the demo, and how")
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    parser.set_defaults(data=os.environ.get("ALONGSIDE_DATA") or "var/demo")
    return parser


def run(args):
    """Print the sign-ins of the demo in this folder. A folder with real people has none, and says so."""
    from django.conf import settings

    from alongside.site.problem import Problem

    if not settings.DEMO or not (settings.DATA / "alongside.db").exists():
        raise Problem(f'There is no demo in {settings.DATA}. "alongside demo" makes one.')
    found = visitors()
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for one in found:
        how = f"password {one['password']}" if "password" in one else f"card {one['card']}"
        print(f"{one['login']:10} {one['name']:22} {one['is']:36} {how}")
    return 0


def visitors():
    """Everybody with a way in: login, name, who they are, door, families, and a password or a card."""
    from alongside.access.models import Account
    from alongside.cast.accounts import PASSWORD, card_of
    from alongside.cast.story import about, persons

    found = []
    for login, door in Account.objects.order_by("door", "login").values_list("login", "door"):
        if login not in persons():
            continue
        families = [int(number) for number, who in about()["relationships"].items() if login in who]
        way = {"password": PASSWORD} if door == "practice" else {"card": card_of(login)}
        found.append(
            {
                "login": login, "name": persons()[login]["name"], "is": about()["people"][login]["en"],
                "door": door, "families": families, **way,
            }
        )  # fmt: skip
    return found
