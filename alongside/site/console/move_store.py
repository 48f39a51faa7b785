"""`alongside move-store --to ADDRESS`: everything into another database, verified there before it counts.

    alongside move-store --data DIR --to postgresql://ROLE@HOST/DATABASE
    ALONGSIDE_DATABASE=postgresql://... alongside move-store --data DIR --to sqlite:

The server must be stopped. What is moved from stays as it was. Passwords stay off the command line: PostgreSQL's own
password file (PGPASSFILE), and ALONGSIDE_DATABASE_OWNER for the role that owns the tables.
"""

import json
import os
import sys

SQLITE = "sqlite:"
HALF = "alongside.db.moving"


def add(subparsers):
    """--to ADDRESS, --json."""
    parser = subparsers.add_parser("move-store", help="move everything into another database")
    parser.add_argument(
        "--to", metavar="ADDRESS", required=True,
        help="postgresql://ROLE@HOST/DATABASE, or sqlite: for the file in the data folder",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="what was moved, as JSON on standard output")
    return parser


def run(args):
    """Move; a Problem where it cannot be done, and then nothing was moved."""
    from django.conf import settings

    from alongside.site import prepare
    from alongside.site.problem import Problem

    if settings.DEMO:
        raise Problem("The demo stays in its folder.")
    if not prepare.begun():
        raise Problem(f'There is no office in {settings.DATA} yet. "alongside init" begins one.')
    prepare.hold(settings.DATA)
    if args.to == SQLITE:
        moved = _into_the_file(settings.DATA)
    else:
        with prepare.alone(settings.DATA):
            moved = _to_the_address(args.to)
    if args.json:
        print(json.dumps({name: getattr(moved, name) for name in moved.__slots__}))
        return 0
    print(f"Moved {moved.tables} tables and {moved.rows} rows; {moved.entries} entries verified on the far side.")
    print("What was moved from is as it was. Keep it until you have a backup of the new one; never serve both.")
    if args.to == SQLITE:
        print("Now unset ALONGSIDE_DATABASE and start the server.")
    else:
        print("Now set ALONGSIDE_DATABASE to this address and start the server.")
    return 0


def _to_the_address(address):
    from urllib.parse import urlsplit

    from alongside.site import moving, stores
    from alongside.site.problem import Problem

    if urlsplit(address).password:
        raise Problem("A password does not belong on the command line: others on this machine can read it there. "
                      "Put it into PostgreSQL's password file (PGPASSFILE).")  # fmt: skip
    owner = os.environ.get("ALONGSIDE_DATABASE_OWNER", "")
    if not owner:
        raise Problem("Set ALONGSIDE_DATABASE_OWNER to the address of the role that owns the tables.")
    return moving.move(stores.at_address(address, owner), progress)


def _into_the_file(data):
    """Into a file beside, which gets its name when everything in it was verified."""
    from alongside.site import moving, stores
    from alongside.site.engine.creation import remove
    from alongside.site.problem import Problem

    if (data / stores.FILE).exists():
        raise Problem(f"There is a database in {data} already. Nothing was moved.")
    remove(data / HALF)  # of a move that was cut short
    try:
        moved = moving.move(stores.in_file(data, False, HALF), progress)
    except BaseException:
        remove(data / HALF)
        raise
    _kept(data)
    os.replace(data / HALF, data / stores.FILE)
    _kept(data)
    return moved


def _kept(data):
    """The folder's own list of names on the disk, not only in memory."""
    place = os.open(data, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def progress(what, done, total):
    """How far the move is: counts up on a terminal, else one line for each part."""
    if sys.stderr.isatty():
        print(f"\r{done} of {total} {what}", end="\n" if done == total else "", file=sys.stderr, flush=True)
    elif done == total:
        print(f"{total} {what}", file=sys.stderr, flush=True)
