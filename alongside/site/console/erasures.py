"""`alongside erasures`: what was erased by law, to be kept outside the backups; and erased again after a restore.

    alongside erasures --data DIR              the list, as JSON on standard output; no words and no names are in it
    alongside erasures --data DIR --again FILE erase again what a restored backup still holds
    alongside erasures --data DIR --sweep      write the database anew, where somebody was reading at the time

On PostgreSQL whoever serves cannot write the tables anew. There --sweep is the owner's (ALONGSIDE_DATABASE_OWNER), and
until it is done the server's files hold what was erased; what of the server holds it even then is said. Where nothing
was erased since, nothing is written anew.

The server writes the same list to a file outside the data folder after each erasure (ALONGSIDE_ERASURES, or beside
the database key). A backup made before an erasure holds the words until it expires: restore it, and run --again first.
"""

import json
from contextlib import nullcontext
from pathlib import Path

HOLDS = {
    "owner": "The tables belong to another role than the one ALONGSIDE_DATABASE_OWNER names. Nothing was swept.",
    "reading": "Somebody is reading, so something of it may be left. Stop the server, and try again.",
    "statistics": "Samples the planner keeps hold some of it still: the owner of the tables has to own the database.",
    "segment": "The newest segment of the write-ahead log holds some of it until the server has filled it: grant "
    "EXECUTE on pg_switch_wal() to the owner.",
    "checkpoint": "The write-ahead log holds it until the server's next checkpoint: grant pg_checkpoint to the owner.",
    "recycled": "Segments of the write-ahead log that are used again hold it until they are written over: set "
    "wal_recycle = off.",
    "kept": "The write-ahead log is kept for an archive, a standby or a slot, and holds it as long as it is kept.",
}  # fmt: skip
AFTER = {
    "sqlite": (),
    "postgresql": ("Backups of the server and archived log from before hold it until you throw them away.",),
}


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
    if args.again:
        again = erasing.reapply(_lines(args.again), at=clock.micros(clock.now()))
        print(f"Erased again: {', '.join(again)}." if again else "Nothing of these erasures is here any more.")
    elif args.sweep:
        if connection.vendor == "postgresql" and not erasing.unswept():
            print("Nothing was erased since it was last swept.")
            return 0
        owner = connection.as_owner if hasattr(connection, "as_owner") else nullcontext
        with owner():
            left = erasing.sweep()
        for code in ("owner", "reading"):
            if code in left:
                raise Problem(HOLDS[code])
        print("\n".join(["Written anew.", *(HOLDS[code] for code in left), *AFTER[connection.vendor]]))
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
