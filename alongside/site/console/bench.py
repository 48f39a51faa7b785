"""`alongside bench`: how fast the record is, as ratios to the least that any program must do (docs/bench.md)."""

import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path

SIZES = "10000,200000"


def add(subparsers):
    """--json, --entries (sizes), --seed, --only (scenarios), --data (where the files may lie meanwhile)."""
    parser = subparsers.add_parser("bench", help="measure this machine's record on invented families")
    parser.add_argument("--json", action="store_true", help="one array of facts instead of the table")
    parser.add_argument("--entries", default=SIZES, metavar="N,N,...", help="sizes of the files (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, other words (default: 1)")
    parser.add_argument("--only", metavar="NAME,...", help="gate, page, history, growth, find, append")
    parser.set_defaults(data=str(_throw_away()))
    return parser


def _throw_away() -> Path:
    """Where the files lie when no folder is named: one for this process, gone when it ends."""
    return Path(tempfile.gettempdir()) / f"alongside-bench-{os.getpid()}"


def run(args):
    """Measure and print; exit code 0 also when a goal is not met: the figures say so."""
    from django.conf import settings

    from alongside.site.bench.bench import SCENARIOS, Bench
    from alongside.site.bench.facts import as_json, as_table

    sizes, only = _sizes(args.entries), _only(args.only, SCENARIOS)
    folder = _folder(settings.DATA)
    os.environ["ALONGSIDE_KEY"] = secrets.token_hex(32)  # read when a connection opens; kept nowhere
    bench = Bench(folder, sizes, args.seed)
    try:
        facts = list(bench.run(only))
    finally:
        bench.close()
        shutil.rmtree(settings.DATA if _throw_away().resolve() == settings.DATA else folder, ignore_errors=True)
    print(as_json(facts) if args.json else as_table(facts))
    if not args.json:
        print(_words(facts, sizes), file=sys.stderr)
    return 0


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


def _only(text, scenarios):
    from alongside.site.problem import Problem

    chosen = text.split(",") if text else list(scenarios)
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
    top = "" if sizes[-1] >= 2_000_000 else " The goal of growth speaks of 2,000,000 entries: --entries 10000,2000000."
    return f"Goals not met: {missed}.{top}"
