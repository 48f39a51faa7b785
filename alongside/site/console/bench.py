"""`alongside bench`: how fast the record is, as ratios to the least that any program must do (docs/bench.md)."""

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

PROFILES = {"small": "10000,200000", "municipality": "10000,2000000"}
DATABASES = ("sqlite", "postgres")
SERVER = ("shared_buffers=512MB", "max_wal_size=4GB")  # with some room, as a small office would give it
NOT_OURS = ("DATABASE", "DATABASE_OWNER", "DATABASE_POOLED", "DEMO")  # whoever measures does not measure their office
AGAINST = {  # the other side: the scenarios that measure against it
    "bare": ("gate", "page", "growth", "find", "append", "verify"),
    "simple-history": ("history",),
    "pghistory": ("pghistory",),
    "eventsourcing": ("events",),
}


def add(subparsers):
    """--json, --picture, --db, --profile or --entries (sizes), --against or --only (scenarios), --seed, --data (where
    the files may lie meanwhile)."""
    parser = subparsers.add_parser("bench", help="measure this machine's record on invented families")
    parser.add_argument("--json", action="store_true", help="one array of facts instead of the table")
    parser.add_argument(
        "--db", choices=DATABASES, default="sqlite", help="files, or a PostgreSQL begun for this run (default: sqlite)"
    )
    parser.add_argument("--profile", choices=PROFILES, default="small", help="how much they hold (default: small)")
    parser.add_argument("--entries", metavar="N,N,...", help=f"their sizes instead (small: {PROFILES['small']})")
    parser.add_argument("--against", metavar="NAME,...", help=", ".join(AGAINST))
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, other words (default: 1)")
    parser.add_argument(
        "--only", metavar="NAME,...", help="gate, page, history, pghistory, events, growth, find, append, verify"
    )
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw them against their goals, as SVG")
    parser.set_defaults(data=str(_throw_away()), wakes_itself=True)
    return parser


def _throw_away() -> Path:
    """Where the files lie when no folder is named: one for this process, gone when it ends."""
    return Path(tempfile.gettempdir()) / f"alongside-bench-{os.getpid()}"


def run(args):
    """Measure and print; exit code 0 also when a goal is not met: the figures say so."""
    from alongside.site.bench.bench import SCENARIOS
    from alongside.site.console.main import set_up
    from alongside.site.console.thrown import server
    from alongside.site.problem import Problem

    if args.picture and not args.picture.parent.is_dir():
        raise Problem(f"There is no folder {args.picture.parent} for the picture.")
    sizes = _sizes(args.entries or PROFILES[args.profile])  # before anything is made
    only = _only(args.only, SCENARIOS, args.against)
    for name in NOT_OURS:
        os.environ.pop(f"ALONGSIDE_{name}", None)
    cluster = server("tables", SERVER) if args.db == "postgres" else None
    try:
        set_up(args)
        return _measure(args, sizes, only, cluster)
    finally:
        if cluster is not None:
            cluster.stop()


def _measure(args, sizes, only, cluster):
    from django.conf import settings

    from alongside.site.bench.bench import Bench
    from alongside.site.bench.facts import as_json, as_table
    from alongside.site.bench.picture import drawn

    folder = _folder(settings.DATA)
    os.environ["ALONGSIDE_KEY"] = secrets.token_hex(32)  # read when a connection opens; kept nowhere
    bench = Bench(_ground(cluster, folder), folder, sizes, args.seed)
    try:
        facts = list(bench.run(only))
    finally:
        bench.close()
        shutil.rmtree(settings.DATA if _throw_away().resolve() == settings.DATA else folder, ignore_errors=True)
    print(as_json(facts) if args.json else as_table(facts))
    if args.picture:
        args.picture.write_text(drawn(facts, _command(args)), "utf-8")
    if not args.json:
        print(_words(facts, sizes), file=sys.stderr)
    return 0


def _command(args):
    """The words that measure the same again."""
    words = {"db": "sqlite", "profile": "small", "entries": None, "against": None, "only": None, "seed": 1}
    said = [f"--{name} {getattr(args, name)}" for name, usual in words.items() if getattr(args, name) != usual]
    return " ".join(["alongside bench", *said])


def _ground(cluster, folder):
    """Where the stores lie."""
    if cluster is None:
        from alongside.site.bench.files import Files

        return Files(folder)
    from alongside.site.bench.databases import Databases

    return Databases(cluster)


def _sizes(text):
    from alongside.site.bench.filling import SMALLEST
    from alongside.site.problem import Problem

    try:
        sizes = sorted({int(size) for size in text.split(",")})
    except ValueError:
        raise Problem("--entries takes whole numbers with commas between them.") from None
    if sizes[0] < SMALLEST:
        raise Problem(f"--entries: at least {SMALLEST}, or the measured families do not fit.")
    return sizes


def _only(text, scenarios, against=None):
    from alongside.site.problem import Problem

    peers = against.split(",") if against else list(AGAINST)
    if unknown := set(peers) - set(AGAINST):
        raise Problem(f"--against knows {', '.join(AGAINST)}; not {', '.join(sorted(unknown))}.")
    chosen = text.split(",") if text else [one for one in scenarios if any(one in AGAINST[peer] for peer in peers)]
    if unknown := set(chosen) - set(scenarios):
        raise Problem(f"--only knows {', '.join(scenarios)}; not {', '.join(sorted(unknown))}.")
    return chosen


def _folder(data):
    """A folder inside `data` for this run alone; never beside anybody's record."""
    from django.conf import settings

    from alongside.site.problem import Problem

    if settings.DEBUG:
        raise Problem("ALONGSIDE_DEBUG=1 notes down every query, which takes longer than asking it. Unset it.")
    if (data / "alongside.db").exists():
        raise Problem(f"{data} holds a record. Measuring needs a folder of its own: name another --data, or none.")
    return Path(tempfile.mkdtemp(prefix="bench-", dir=data))


def _words(facts, sizes):
    missed = sum(fact.met is False for fact in facts)
    top = "" if sizes[-1] >= 2_000_000 else " The goal of growth speaks of 2,000,000 entries: --profile municipality."
    return f"Goals not met: {missed}.{top}"
