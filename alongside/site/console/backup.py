"""`alongside backup`: a copy of everything while the server runs, closed for a key that is not on this machine.

    alongside backup --to FOLDER --recipient age1... [--recipient ...] [--write-once] [--json]
    alongside backup --check FILE [--identity PRIVATE-KEY-FILE] [--json]
    alongside backup keys --out FILE

Exit codes: 0 done, 1 not done (a sentence says why), 2 wrong words. docs/running/backup.md says more.
"""

import json
import os
import tempfile
from pathlib import Path

from alongside.site.console.progress import progress, say


def add(subparsers):
    """--to, --recipient, --write-once; --check, --identity; keys --out; --json."""
    parser = subparsers.add_parser("backup", help="copy everything, closed for a key that is not here")
    parser.add_argument("todo", nargs="?", choices=["keys"], help="keys: make a pair of keys instead")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where the backup goes: another disk")
    parser.add_argument(
        "--recipient", action="append", default=[], metavar="KEY", help="a public key (age1...), or a file of them"
    )
    parser.add_argument("--write-once", action="store_true", help="as root: nobody but root can take it away again")
    parser.add_argument("--check", type=Path, metavar="FILE", help="look at a backup instead")
    parser.add_argument("--identity", type=Path, metavar="FILE", help="the private key, to look inside")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the private key goes (keys)")
    parser.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    parser.set_defaults(wakes_itself=True)
    return parser


def run(args):
    """Back up, check or make keys. Problem with a sentence when it cannot be done."""
    from alongside.site.problem import Problem

    if args.todo == "keys":
        return _keys(args)
    if args.check:
        return _check(args)
    if not args.to:
        raise Problem("Say where to: --to FOLDER. A pair of keys: alongside backup keys --out FILE.")
    return _back_up(args)


def _back_up(args):
    from django.conf import settings

    from alongside import clock
    from alongside.site.console.main import set_up
    from alongside.site.keeping import sealing
    from alongside.site.keeping.backup import backup
    from alongside.site.keeping.engine import embedded
    from alongside.site.problem import Problem

    if not (Path(args.data) / "alongside.db").exists() and not os.environ.get("ALONGSIDE_DATABASE"):
        raise Problem(f'There is no record in {args.data} yet. "alongside init" begins one.')
    set_up(args)
    database, key = embedded("A backup")
    recipients = sealing.recipients(args.recipient)
    made = backup(
        data=settings.DATA, database=database, key=key, secret=settings.SECRET_KEY, demo=settings.DEMO, to=args.to,
        recipients=recipients, at=clock.micros(clock.now()), stay=args.write_once, told=progress,
    )  # fmt: skip
    if args.json:
        print(json.dumps(made.plain(), ensure_ascii=False, indent=1))
    else:
        print(f"{made.file}: {made.entries} statements until {made.until or 'nothing yet'}, {made.size >> 10} kB")
        print(f"SHA-256 {made.sum}")
        print("Looked through before it was closed, and read again from the disk.")
    if args.write_once and made.kept != "write-once":
        say("It is there, but not write-once: that needs root and a file system such as ext4, XFS or Btrfs.")
        return 1
    return 0


def _check(args):
    from alongside.site.console.main import set_up
    from alongside.site.keeping import opening, sealing
    from alongside.site.keeping.backup import moment
    from alongside.site.problem import Problem

    if not args.check.is_file():
        raise Problem(f"There is no file {args.check}.")
    if not args.identity:
        return _outside(args)
    keys = sealing.identities(args.identity)
    with tempfile.TemporaryDirectory(prefix=".alongside-check-", dir=args.check.parent) as folder:
        found = opening.opened(args.check, keys, Path(folder), progress)
        args.data, args.demo = Path(folder), bool(found.manifest["demo"])
        os.environ["ALONGSIDE_SECRET"] = found.small["secret"].decode().strip()  # in memory alone
        set_up(args, present=False)
        where = opening.looked_through(found, progress)
    told = {
        "file": str(args.check), "made": found.manifest["made"], "version": found.manifest["version"],
        "entries": found.facts.entries, "until": moment(found.facts.last_at), "looked_inside": True,
        "upgrade": bool(where.pending),
    }  # fmt: skip
    if args.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    print(f"Made {told['made']} by {told['version']}: {told['entries']} statements until {told['until']}.")
    print("Every part, page and statement is whole.")
    return 0


def _outside(args):
    """What can be said without the private key: little, and that is meant."""
    from alongside.site.keeping.sealing import sum_of
    from alongside.site.problem import Problem

    with open(args.check, "rb") as file:
        if not file.read(22).startswith(b"age-encryption.org/v1\n"):
            raise Problem(f"{args.check} is no file of age.")
    told = {"file": str(args.check), "size": args.check.stat().st_size, "sum": sum_of(args.check)}
    if args.json:
        print(json.dumps({**told, "looked_inside": False}, indent=1))
        return 0
    print(f"{told['file']}: {told['size'] >> 10} kB, SHA-256 {told['sum']}")
    print("Whether it is whole inside is seen with the private key alone: --identity FILE.")
    return 0


def _keys(args):
    """A pair: the private key into a file that is not there yet, the public one on standard output."""
    from alongside.site.keeping.sealing import pair
    from alongside.site.problem import Problem

    if not args.out:
        raise Problem("Say where the private key goes: --out FILE, on a disk that leaves this machine.")
    private, public = pair()
    try:
        handle = os.open(args.out, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise Problem(f"{args.out} is there already. A key is never written over.") from None
    with open(handle, "w") as file:
        file.write(
            f"# A private key for backups of Alongside. It opens them all: keep it where no server is.\n"
            f"# public key: {public}\n{private}\n"
        )
        file.flush()
        os.fsync(file.fileno())
    if args.json:
        print(json.dumps({"public": public, "private_in": str(args.out)}, indent=1))
        return 0
    print(public)
    say(f"The private key is in {args.out}. Take it away from this machine, and keep two copies at two places.")
    say("Whoever loses it cannot open the backups; whoever finds it can open them all.")
    return 0
