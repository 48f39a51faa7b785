"""`alongside restore`: a data folder made again from a backup and the private key. Only into an empty folder.

    alongside restore FILE --identity PRIVATE-KEY-FILE --data FOLDER [--json]

Exit codes: 0 done, 1 not done and nothing changed (a sentence says why), 2 wrong words.
"""

import json
import os
from pathlib import Path

from alongside.site.console.progress import progress, say


def add(subparsers):
    """FILE, --identity, --json."""
    parser = subparsers.add_parser("restore", help="make a data folder again from a backup")
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument("--identity", type=Path, required=True, metavar="FILE", help="the private key")
    parser.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    parser.set_defaults(wakes_itself=True)
    return parser


def run(args):
    """Restore, and say from what day. Problem when the folder is not empty or the backup is not whole."""
    from alongside.site.console.main import set_up
    from alongside.site.keeping import sealing
    from alongside.site.keeping.restore import restore
    from alongside.site.problem import Problem

    data = Path(args.data).absolute()

    def wake(folder, secret):
        if os.environ.setdefault("ALONGSIDE_SECRET", secret) != secret:
            raise Problem("ALONGSIDE_SECRET is another than the one in the backup. Unset it, and try again.")
        args.data = folder
        set_up(args, present=False)

    os.umask(0o077)
    found = restore(args.file, sealing.identities(args.identity), data, wake=wake, told=progress)
    if args.json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
        return 0
    print(f"{found.data} is the record of {found.made}: {found.entries} statements until {found.until}.")
    print("Every part, page and statement was looked at. What was said after that is not in it.")
    if found.key:
        print(f"Its key: {found.key}")
    if found.aside:
        print(f"A key lay there already; it is now {found.aside}.")
    if found.signer:
        print(f"The log's key is in no backup. Put your copy of the signer's folder here: {found.signer}")
        print('Where the record went on after this backup, or that folder is lost: "alongside checkpoint begin-again", '
              "and why in docs/running/backup.md.")  # fmt: skip
    if found.upgrade:
        print('Its tables are of an earlier program: "alongside upgrade" brings them up to date, with a way back.')
    say(f"Next: alongside serve --data {os.path.relpath(found.data)}. Take the private key away from this machine.")
    return 0
