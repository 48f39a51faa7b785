"""`alongside keeping`: whose time is over, by the office's clocks; what keeps them; and the clocks with their source.

    alongside keeping --data DIR [--year YEAR] [--json]    the list of a year (this one), as on the page
    alongside keeping --data DIR --clocks [--json]         the clocks in force, and whether their file can be followed

Nothing is erased by it, and nothing by itself: two persons decide on the page, /office/keeping. No words and no names
are in what it prints. The clocks stand in clocks.toml in the data folder, or are those that come with Alongside.
"""

import json
from typing import Any


def add(subparsers):
    """--year, --clocks, --json."""
    parser = subparsers.add_parser("keeping", help="whose time to be kept is over, and by which clock")
    parser.add_argument("--year", type=int, metavar="YEAR", help="the list of this year")
    parser.add_argument("--clocks", action="store_true", help="the clocks in force and their source")
    parser.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    return parser


def run(args):
    """0: printed, whether anything is due or not. 1: the file of clocks cannot be followed (a sentence says why)."""
    from django.conf import settings

    from alongside import clock
    from alongside.access import keeping
    from alongside.access.clocks import NotClocks, clocks, place
    from alongside.site import prepare
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f"There is no record in {settings.DATA}.")
    if args.year is not None and not 1900 <= args.year <= 9000:
        raise Problem("Write the year as 2031.")
    try:
        if args.clocks:
            found = [_clock(one) for one in clocks()]
        else:
            found = [_line(one) for one in keeping.everybody(at=clock.micros(clock.now()), year=args.year)]
    except NotClocks as why:
        raise Problem(str(why)) from None
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif args.clocks:
        print(f"{place()}:")
        print("\n".join(f"{one['id']}: {one['years']} years from {one['begins']}, then {one['then']}. {one['source']}"
                        for one in found))  # fmt: skip
    else:
        print("\n".join(map(_sentence, found)) or "No family’s time is over.")
    return 0


def _clock(one) -> dict[str, Any]:
    from alongside.access.clocks import said

    return {
        "id": one.id, "says": said(one.says, "en"), "begins": one.begins, "years": one.years, "then": one.then,
        "source": said(one.source, "en"), "checked": one.checked, "with": list(one.having),
        "without": list(one.lacking), "died": list(one.died) if one.died else None,
    }  # fmt: skip


def _line(one) -> dict[str, Any]:
    return {
        "family": one.code,
        "clocks": [
            _clock(run.clock) | {"from": _said(run, run.began), "over": _said(run, run.due)} for run in one.over
        ],
        "held": [hold.until.isoformat() for hold in one.held],
        "kept_until": _iso(one.kept.until if one.kept else None),
        "waits": "keeping on" if one.waits else "erasing" if one.erasing else "",
        "archived": one.archived,
        "unknown_birth": one.unknown,
    }


def _said(run, day) -> str:
    """Of a birth and of the newest entry only the year, as on the page."""
    return _iso(day) if run.clock.begins == "closing" else str(day.year)


def _iso(day) -> str:
    return day.isoformat() if day else ""


def _sentence(one) -> str:
    said = [f"{clock['id']} (over {clock['over']}, then {clock['then']})" for clock in one["clocks"]]
    if one["unknown_birth"]:
        said.append("a clock that cannot run out: a birth is not known")
    if one["held"]:
        said.append("HELD: look at it again by " + ", ".join(one["held"]))
    if one["kept_until"]:
        said.append(f"kept on until {one['kept_until']}")
    if one["waits"]:
        said.append(f"{one['waits']} waits for a second person")
    if one["archived"]:
        said.append("an archive has it")
    return f"{one['family']}: {'; '.join(said)}"
