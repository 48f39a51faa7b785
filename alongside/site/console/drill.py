"""`alongside drill`: a backup and the way back from it, for earnest, timed; nothing is left behind.

    alongside drill [--work FOLDER] [--json]
    alongside drill --invented GB           the same on an invented record of this size, to see how long it takes here

Exit codes: 0 what came back is what there was, 1 not (a sentence says why), 2 wrong words.
"""

import json
import tempfile
from pathlib import Path

from alongside.site.console.progress import progress


def add(subparsers):
    """--work, --invented, --json."""
    parser = subparsers.add_parser("drill", help="try a backup and the way back, and time both")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="where there is room for three copies meanwhile")
    parser.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    parser.add_argument("--invented", type=float, metavar="GB", help="on an invented record of this size instead")
    parser.set_defaults(wakes_itself=True)
    return parser


def run(args):
    """Do both and print how long they took."""
    from alongside.site.console.main import set_up
    from alongside.site.console.thrown import thrown_away
    from alongside.site.problem import Problem

    if args.invented is None:
        set_up(args)
        return _drill(args)
    if args.invented <= 0:
        raise Problem("--invented takes a size in GB, such as 1 or 0.05.")
    with thrown_away(args, "drill"):
        from alongside.site.keeping import invented

        invented.fill(int(args.invented * 1e9), progress("an invented record"))
        return _drill(args)


def _drill(args):
    from django.conf import settings

    from alongside import clock
    from alongside.site.keeping.drill import drill
    from alongside.site.keeping.engine import embedded
    from alongside.site.problem import Problem

    database, key = embedded("A drill")
    if not database.exists():
        raise Problem(f'There is no record in {settings.DATA} yet. "alongside init" begins one.')
    found = drill(
        data=settings.DATA, database=database, key=key, secret=settings.SECRET_KEY, demo=settings.DEMO,
        work=args.work or Path(tempfile.gettempdir()), at=clock.micros(clock.now()), told=progress,
    )  # fmt: skip
    if args.json:
        print(json.dumps(found.plain(), indent=1))
    else:
        print(f"{found.entries} statements, {found.size >> 10} kB closed.")
        print(f"Backup {found.backup_seconds} s, the way back {found.restore_seconds} s, each looked through.")
        print(f"Comparing with what there was took {found.compared_seconds} s more.")
        print("What came back is what there was." if found.same else "What came back is NOT what there was.")
        print("It can be served." if found.serves else "It could NOT be served.")
    return 0 if found.same and found.serves else 1
