"""`alongside prove`: every claim that a command can find out, found out now (docs/proofs.md)."""

import sys

PARTS = {"ci": ("tests", "bench"), "full": ("tests", "bench", "postgres", "drill", "monday")}
BENCH = {"ci": ("--entries", "10000", "--only", "gate"), "full": ("--entries", "10000,2000000")}


def add(subparsers):
    """--size, --only, --json."""
    parser = subparsers.add_parser("prove", help="find out again what is claimed: proofs and measurements")
    parser.add_argument("--size", choices=("ci", "full"), default="ci", help="a minute, or a release (default: ci)")
    parser.add_argument("--only", metavar="PART,...", help="some of it, so that a release can be proven bit by bit: "
                        + ", ".join(PARTS["full"]))  # fmt: skip
    parser.add_argument("--json", action="store_true", help="one array of {name, value, goal, held, command}")
    return parser


def run(args):
    """0 when every claim held, 1 when one did not, or a test failed on the way."""
    from importlib.util import find_spec

    from alongside.site.problem import Problem
    from alongside.site.prove.figures import as_json, as_table
    from alongside.site.prove.suites import HOUSE

    if find_spec("pytest") is None or not (HOUSE / "stories").is_dir():
        raise Problem("Proving runs the tests: from a checkout, with what requirements-dev.txt names.")
    parts = args.only.split(",") if args.only else PARTS[args.size]
    if unknown := [part for part in parts if part not in PARTS[args.size]]:
        raise Problem(f"There is no part {unknown[0]} at this size. The parts are: {', '.join(PARTS[args.size])}.")
    figures, failed = _found(args.size, parts)
    print(as_json(figures) if args.json else as_table(figures))
    missed = [one for one in figures if not one.held]
    print(f"Claims: {len(figures)}, not held: {len(missed)}, tests that failed: {len(failed)}.", file=sys.stderr)
    return 1 if missed or failed else 0


def _found(size, parts):
    """The figures of these parts, and the tests that failed."""
    from alongside.site.prove import suites
    from alongside.site.prove.figures import together

    figures, failed = suites.said_by_tests(size) if "tests" in parts else ([], [])
    if "bench" in parts:
        figures += suites.said_by_bench(BENCH[size])
    if "postgres" in parts:
        figures += suites.said_by_bench(("--db", "postgres"))
    figures = together(figures)
    if "drill" in parts:
        figures += suites.said_by_drill()
    if "monday" in parts:
        figures += suites.said_by_monday()
    return figures, failed
