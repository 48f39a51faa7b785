"""`alongside erasures`: what was erased by law, to be kept outside the backups; and erased again after a restore.

    alongside erasures --data DIR              the list, as JSON on standard output; no words and no names are in it
    alongside erasures --data DIR --again FILE erase again what a restored backup still holds
    alongside erasures --data DIR --sweep      write the database anew, where somebody was reading at the time

The server writes the same list to a file outside the data folder after each erasure (ALONGSIDE_ERASURES, or beside
the database key). A backup made before an erasure holds the words until it expires: restore it, and run --again first.
"""

import json
from pathlib import Path


def add(subparsers):
    """--again, --sweep."""
    parser = subparsers.add_parser("erasures", help="what was erased by law; erase it again after a restore")
    parser.add_argument("--again", type=Path, metavar="FILE", help="a list of erasures: erase again what is here still")
    parser.add_argument("--sweep", action="store_true", help="write the database anew without what was freed")
    return parser


def run(args):
    """0: done. 1: the file is not such a list, or somebody is reading the database."""
    from django.conf import settings
    from django.db import connection

    from alongside import clock
    from alongside.record import erasing
    from alongside.site import prepare
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f"There is no record in {settings.DATA}.")
    if (args.again or args.sweep) and connection.vendor != "sqlite":
        raise Problem("On this database nothing can be erased by law yet. Nothing was changed.")
    if args.again:
        again = erasing.reapply(_lines(args.again), at=clock.micros(clock.now()))
        print(f"Erased again: {', '.join(again)}." if again else "Nothing of these erasures is here any more.")
    elif args.sweep:
        if not erasing.sweep():
            raise Problem("Somebody is reading. Stop the server, and try again.")
        print("Written anew.")
    else:
        print(json.dumps(erasing.journal(), indent=1))
    return 0


def _lines(path):
    from alongside.site.problem import Problem

    try:
        found = json.loads(path.read_text("utf-8"))
        if all(
            {"decision", "entries", "proposed_by", "decided_by", "ground", "scope", "on"} <= one.keys() for one in found
        ):
            return found
    except (ValueError, AttributeError, TypeError):
        pass
    raise Problem(f'{path} is no list of erasures. "alongside erasures" prints one.')
