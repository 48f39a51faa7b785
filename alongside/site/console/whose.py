"""`alongside whose`: whose a key in the log is, when a page was refused that should never have been asked for.

    alongside whose KEY [--day 2026-11-20]

It takes one key and gives one name to sign in with. The secret of the installation must be the one of that day.
"""

import datetime as dt

from alongside.site.console.words import day


def add(subparsers):
    """KEY; --day (default: today)."""
    parser = subparsers.add_parser("whose", help="whose a key in a line of the log is")
    parser.add_argument("key", help="sixteen signs, at the end of the line")
    parser.add_argument("--day", type=day, metavar="DAY", help="of the line, in UTC (default: today)")
    return parser


def run(args):
    """Print the name. Problem when there is no record, or when it is nobody's of that day."""
    from django.conf import settings

    from alongside import clock
    from alongside.access import refusals
    from alongside.site import prepare
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f"There is no record in {settings.DATA}.")
    when = args.day or clock.now().astimezone(dt.UTC).date()
    found = refusals.whose(args.key, when)
    if found is None:
        raise Problem(f"On {when} this was nobody's. Keys are of one day, in UTC: look at --day.")
    print(f"{found.login} ({found.door} door)")
    return 0
