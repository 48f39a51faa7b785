"""`alongside monday`: a municipality's Monday against one server of this machine, on invented people."""

import sys
from collections import Counter

from alongside.site.console.words import number_to


def add(subparsers):
    """--db, --minutes, --workers, --kin, --families, --pause, --port, --seed, --json."""
    parser = subparsers.add_parser(
        "monday", help="let a whole office work against one server, and count what goes wrong"
    )
    parser.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite",
                        help="a file, or a PostgreSQL begun for this run (default: sqlite)")  # fmt: skip
    parser.add_argument("--minutes", type=float, default=10, metavar="N", help="how long (default: 10)")
    parser.add_argument("--workers", type=int, default=200, metavar="N", help="who work here (default: 200)")
    parser.add_argument("--kin", type=int, default=50, metavar="N", help="who read at home (default: 50)")
    parser.add_argument("--families", type=int, default=300, metavar="N", help="families there are (default: 300)")
    parser.add_argument("--pause", type=float, default=10, metavar="SECONDS",
                        help="between two pages of one person, give or take half (default: 10)")  # fmt: skip
    parser.add_argument("--port", type=number_to(65_535), default=8790, metavar="N",
                        help="where the server listens (default: 8790)")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another seed, another day (default: 1)")
    parser.add_argument("--json", action="store_true", help="one array of figures")
    parser.set_defaults(wakes_itself=True)
    return parser


def run(args):
    """Make the town, let the day pass, say what came of it. Exit code 1 when anything went wrong or was lost."""
    from alongside.site.console.thrown import thrown_away
    from alongside.site.problem import Problem

    if args.workers < 2 or args.kin < 1 or args.families < max(args.kin, (args.workers + 1) // 2) or args.minutes <= 0:
        raise Problem("Everybody needs a family: at least as many as --kin, and half as many as --workers.")
    with thrown_away(args, "monday", db=args.db):
        return _day(args)


def _day(args):
    from alongside.site import prepare
    from alongside.site.bench.bench import Progress
    from alongside.site.monday import day, town

    visitors = town.settle(args.workers, args.kin, args.families, args.seed, Progress("families"))
    prepare.settle()
    lived = day.live(
        visitors, port=args.port, minutes=args.minutes, pause=args.pause, seed=args.seed, told=_telling()
    )  # fmt: skip
    figures = _figures(lived, " ".join(["alongside monday", *_given(args)]))
    from alongside.site.prove.figures import as_json, as_table

    print(as_json(figures) if args.json else as_table(figures))
    _more(lived)
    return 0 if not lived.wrong and not lived.lost else 1


def _given(args):
    names = {"minutes": 10, "workers": 200, "kin": 50, "families": 300, "pause": 10}
    many = [f"--{name} {getattr(args, name):g}" for name, default in names.items() if getattr(args, name) != default]
    return [*(["--db postgres"] if args.db == "postgres" else []), *many]


def _telling():
    """A line each half minute, on standard error."""
    last = [-1]

    def told(minutes, answers, wrong, megabytes):
        if int(minutes * 2) > last[0]:
            last[0] = int(minutes * 2)
            print(f"{minutes:4.1f} minutes: {answers:,} answers, {wrong} wrong, {megabytes:.0f} MB", file=sys.stderr,
                  flush=True)  # fmt: skip

    return told


def _figures(lived, command):
    from alongside.site.prove.figures import Figure

    slope = None if lived.slope is None else round(lived.slope, 3)
    return [
        Figure("answers of a Monday that were wrong or did not come", len(lived.wrong), 0, command, of=len(lived.took)),
        Figure("acknowledged words of a Monday that are nowhere", lived.lost, 0, command, of=lived.said),
        Figure("memory that a server takes more on a Monday", slope, 1, command, unit="MB a minute after the second"),
    ]


def _more(lived):
    """How it felt, on standard error: by the clock, so it says as much of the machine as of us."""
    if len(lived.took) > 1:
        kinds = ", ".join(f"{kind}: {many}" for kind, many in Counter(lived.wrong).most_common(5))
        print(
            f"{len(lived.took):,} answers in {lived.minutes:g} minutes. Half of them within {lived.slowest(50):.3f} s, "
            f"95 in 100 within {lived.slowest(95):.3f} s, 99 within {lived.slowest(99):.3f} s. The server worked "
            f"{lived.cpu:.0f} s of CPU. {kinds}",
            file=sys.stderr,
        )  # fmt: skip
