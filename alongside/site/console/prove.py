"""`alongside prove`: every claim that a command can find out, found out now (docs/proofs.md)."""

import sys

BENCH = {
    "ci": (("--entries", "10000", "--only", "gate"),),
    "full": (("--entries", "10000,2000000"), ("--db", "postgres")),
}


def add(subparsers):
    """--size, --json."""
    parser = subparsers.add_parser("prove", help="find out again what is claimed: proofs and measurements")
    parser.add_argument("--size", choices=("ci", "full"), default="ci", help="a minute, or a release (default: ci)")
    parser.add_argument("--json", action="store_true", help="one array of {name, value, goal, held, command}")
    return parser


def run(args):
    """0 when every claim held, 1 when one did not, or a test failed on the way."""
    from importlib.util import find_spec

    from alongside.site.problem import Problem
    from alongside.site.prove.figures import as_json, as_table, together
    from alongside.site.prove.suites import HOUSE, said_by_bench, said_by_drill, said_by_monday, said_by_tests

    if find_spec("pytest") is None or not (HOUSE / "stories").is_dir():
        raise Problem("Proving runs the tests: from a checkout, with what requirements-dev.txt names.")
    figures, failed = said_by_tests(args.size)
    figures = together([*figures, *(one for arguments in BENCH[args.size] for one in said_by_bench(arguments))])
    if args.size == "full":
        figures += [*said_by_drill(), *said_by_monday()]
    print(as_json(figures) if args.json else as_table(figures))
    missed = [one for one in figures if not one.held]
    print(f"Claims: {len(figures)}, not held: {len(missed)}, tests that failed: {len(failed)}.", file=sys.stderr)
    return 1 if missed or failed else 0
