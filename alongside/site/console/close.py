"""`alongside close`: an office that has stopped is taken along whole, and then destroyed here.

    alongside close --to FOLDER --by LOGIN --with LOGIN --why TEXT [--leave-unsent] [--json]
    alongside close --destroy FOLDER [--yes OFFICE]

The first says what is still in the way, and does nothing while anything is. Else it signs the last checkpoint, takes
everything along, reads it again, and lays a sheet for people beside it. The second looks at that folder once more, and
at whether anything was said since; asks for the office's name; and removes the keys first, then the files.

Exit codes: 0 done, 1 not done (a sentence says why), 2 wrong words. docs/running/leaving.md says more.
"""

import json
import sys
from pathlib import Path

from alongside.site.console.progress import progress, say


def add(subparsers):
    """--to, --by, --with, --why, --leave-unsent; --destroy, --yes; --json."""
    parser = subparsers.add_parser("close", help="take an office along that has stopped, and destroy what is left")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="a folder that is not there yet")
    parser.add_argument("--by", metavar="LOGIN", help="the leader who answers for it")
    parser.add_argument("--with", dest="beside", metavar="LOGIN", help="the other one who does")
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason, kept in the office's record")
    parser.add_argument("--leave-unsent", action="store_true", help="leave behind what could not be received")
    parser.add_argument(
        "--destroy", type=Path, metavar="FOLDER", help="destroy the record here; FOLDER holds all of it"
    )
    parser.add_argument("--yes", metavar="OFFICE", help="the office's name, instead of being asked for it")
    parser.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    return parser


def run(args):
    """Take along, or destroy; Problem with a sentence when it cannot be done."""
    from django.conf import settings

    from alongside.site import prepare
    from alongside.site.closing import destroying
    from alongside.site.problem import Problem

    if bool(args.to) == bool(args.destroy):
        raise Problem("Say one: --to FOLDER takes everything along, --destroy FOLDER destroys what is left here.")
    begun = destroying.mark(settings.DATA)
    if begun is None and not prepare.begun():
        raise Problem(f"There is no record in {settings.DATA}.")
    return _destroy(args, begun) if args.destroy else _take(args, begun)


def _take(args, begun):
    from django.conf import settings

    from alongside import clock
    from alongside.exchange.export import acts
    from alongside.record.log.signer import WillNotSign
    from alongside.record.statement import Refused
    from alongside.site.closing.in_the_way import in_the_way, not_yet, settled
    from alongside.site.closing.taking import taken
    from alongside.site.console import checkpoint, export
    from alongside.site.problem import Problem

    if begun is not None:
        raise Problem(f'Destroying was begun here. "alongside close --destroy {begun.folder}" ends it.')
    if not (args.by and args.beside):
        raise Problem("Say which two people answer for it: --by LOGIN --with LOGIN.")
    at = clock.micros(clock.now())
    if why := not_yet(at):
        raise Problem(why)
    settled(at)
    _nothing_in_the_way(in_the_way(at), args.leave_unsent)
    try:
        found = taken(
            args.to, by=acts.holders(args.by, args.beside), why=args.why, at=at, lang=settings.LANGUAGE_CODE,
            told=progress,
        )  # fmt: skip
    except Refused as why:
        words = export.SENTENCES.get(why.code, why.code)
        raise Problem(words.format(**{"to": args.to, "login": "", **why.facts})) from None
    except WillNotSign as why:
        raise Problem(f"The last checkpoint cannot be signed. {checkpoint.WHY_NOT[str(why)]}") from None
    if args.json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
        return 0
    print(f"{found.folder}. Families: {found.families}, statements: {found.statements}. Read again: everything holds.")
    print("CLOSED.txt in it is for people: what is where, who decided, what lasts and what exists elsewhere.")
    say("It is not encrypted. Take it to where it is kept, and look there: python3 check.py")
    say(f"Then, with the server stopped: alongside close --data {settings.DATA} --destroy FOLDER")
    return 0


def _nothing_in_the_way(found, leave_unsent):
    from alongside.site.problem import Problem

    left = [one for one in found if not (leave_unsent and "could not be received" in one)]
    if left:
        raise Problem("\n".join(["Nothing was taken along. Still in the way:", *(f"- {one}" for one in left)]))


def _destroy(args, begun):
    from django.conf import settings
    from django.db import connection, connections

    from alongside import clock
    from alongside.site import keys, prepare
    from alongside.site.closing import destroying
    from alongside.site.closing.in_the_way import not_yet
    from alongside.site.closing.places import elsewhere
    from alongside.site.problem import Problem

    if connection.vendor != "sqlite":
        name = connection.settings_dict["NAME"]
        raise Problem(
            f'The record is on PostgreSQL. Whoever owns the database drops it there (DROP DATABASE "{name}"), with its '
            f"backups, and then removes {settings.DATA}. Nothing was destroyed."
        )  # fmt: skip
    prepare.hold(settings.DATA)
    destroying.apart(args.destroy, settings.DATA)
    with prepare.alone(settings.DATA):
        if begun is None and (why := not_yet(clock.micros(clock.now()))):
            raise Problem(f"{why} Nothing was destroyed.")
        sums = destroying.whole(args.destroy, progress)
        if begun is None or keys.key_place(settings.DATA, settings.DEMO).exists():  # the key goes first
            destroying.nothing_since(args.destroy)
        if begun is None:
            begun = destroying.Begun(settings.OFFICE_NAME, str(args.destroy), sums)
            stays = elsewhere(settings.DATA)
        else:
            stays = ["what CLOSED.txt in that folder names"]
            if begun.sums != sums:
                raise Problem(f"Destroying was begun with another folder: {begun.folder}.")
        what = destroying.going(settings.DATA, settings.DEMO)
        _tell(what, settings.DATA)
        _asked(args, begun.office)
        destroying.begin(settings.DATA, begun)
        connections.close_all()
        destroying.destroy(settings.DATA, what, progress("destroyed"))
    print(f"Destroyed: the record of {begun.office} on this machine. The folder {args.destroy} holds all of it.")
    say("What no command takes away:")
    for one in [*stays, *(f"{one} (not Alongside's)" for one in what.others)]:
        say(f"- {one}")
    return 0


def _tell(what, data):
    say("This goes, and nothing brings it back:")
    for one in (*what.keys, *what.files):
        say(f"- {one}")
    for one in what.others:
        say(f"Not Alongside's, and stays: {one}")


def _asked(args, office):
    from alongside.site.problem import Problem

    said = args.yes
    if said is None:
        if not sys.stdin.isatty():
            raise Problem("Say the office's name: --yes NAME. Nothing was destroyed.")
        said = input(f"To go on, write the office's name ({office}): ")
    if said.strip() != office:
        raise Problem("That is not the office's name. Nothing was destroyed.")
