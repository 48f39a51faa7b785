"""`alongside export`: everything in open formats, for leaving; or one family, as one person may read it.

    alongside export --to FOLDER --by LOGIN --with LOGIN --why TEXT [--json]
    alongside export --to FOLDER --family CODE --as LOGIN --why TEXT [--json]
    alongside export --to FOLDER --archive CODE --receiver NAME --by LOGIN --with LOGIN --why TEXT [--json]

Everything needs two people who answer for it: a leader, and another leader, an administrator or a privacy officer. So
does everything of one family for an archive. All three ways are said in the office's own record.

Exit codes: 0 done, 1 not done (a sentence says why), 2 wrong words.
"""

import json
from pathlib import Path

from alongside.site.console.progress import progress, say

SENTENCES = {
    "nobody": 'Nobody signs in as "{login}".',
    "the-same": "It takes two different people.",
    "not-a-leader": '"{login}" is no leader. A leader takes everything along, with another beside.',
    "not-beside": '"{login}" is no leader, administrator or privacy officer.',
    "no-words": "Say why: --why TEXT.",
    "not-empty": "{to} is not empty. Only an empty folder, or one that is not there yet, is taken.",
    "no-place": "There is no folder to put {to} into.",
    "not-found": "There is no such family for that person.",
    "no-receiver": "Say which archive gets it: --receiver NAME.",
    "fenced": "A sealed word stands across two fields and cannot be taken out. Nothing was written.",
}


def add(subparsers):
    """--to, --why, --by, --with; --family, --as; --json."""
    parser = subparsers.add_parser("export", help="take everything along in open formats, or one family")
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a folder that is not there yet")
    parser.add_argument("--why", default="", metavar="TEXT", help="the reason, kept in the office's record")
    parser.add_argument("--by", metavar="LOGIN", help="the leader who answers for it")
    parser.add_argument("--with", dest="beside", metavar="LOGIN", help="the other one who does")
    parser.add_argument("--family", metavar="CODE", help="one family instead")
    parser.add_argument("--as", dest="reader", metavar="LOGIN", help="for whose eyes; never more than they may read")
    parser.add_argument("--archive", metavar="CODE", help="everything of one family, for an archive")
    parser.add_argument("--receiver", default="", metavar="NAME", help="which archive gets it")
    parser.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    return parser


def run(args):
    """Export; Problem with a sentence when it cannot be done."""
    from django.conf import settings

    from alongside.record.statement import Refused
    from alongside.site import prepare
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f'There is no record in {settings.DATA} yet. "alongside init" begins one.')
    if args.family and args.archive:
        raise Problem("Choose one: --family CODE or --archive CODE.")
    if args.family and not args.reader:
        raise Problem("Say for whose eyes: --as LOGIN.")
    if not args.family and not (args.by and args.beside):
        raise Problem(
            "Say which two people answer for it: --by LOGIN --with LOGIN. One family: --family CODE --as LOGIN."
        )
    try:
        found = _family(args) if args.family else _archive(args) if args.archive else _everything(args)
    except Refused as why:
        words = SENTENCES.get(why.code, why.code)
        raise Problem(words.format(**{"to": args.to, "login": "", **why.facts})) from None
    if args.json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
        return 0
    print(f"{found.folder}: {found.statements} statements. README.txt in it says how to read it.")
    for line in _left_out(getattr(found, "left", {})):
        say(line)
    say("It is not encrypted. Keep it as you would keep the paper.")
    return 0


def _left_out(left):
    """A line for each reason: which tables did not come along by themselves, and why."""
    by_reason = {}
    for table, reason in left.items():
        by_reason.setdefault(reason, []).append(table)
    return [f"Not as a table, {reason}: {', '.join(tables)}" for reason, tables in by_reason.items()]


def _everything(args):
    from django.conf import settings

    from alongside import clock, ids
    from alongside.exchange.export import acts
    from alongside.exchange.export.everything import everything

    return everything(
        args.to, by=acts.holders(args.by, args.beside), why=args.why, at=clock.micros(clock.now()), once=ids.new(),
        lang=settings.LANGUAGE_CODE, heard=progress("families"),
    )  # fmt: skip


def _archive(args):
    from django.conf import settings

    from alongside import clock, ids
    from alongside.exchange.export import acts
    from alongside.exchange.export.archive import archive

    return archive(
        args.to, args.archive, by=acts.holders(args.by, args.beside), receiver=args.receiver, why=args.why,
        at=clock.micros(clock.now()), once=ids.new(), lang=settings.LANGUAGE_CODE,
    )  # fmt: skip


def _family(args):
    from django.conf import settings

    from alongside import clock, ids
    from alongside.exchange.export import acts
    from alongside.exchange.export.family import family

    return family(
        args.to, args.family, reader=acts.person_of(args.reader), why=args.why, at=clock.micros(clock.now()),
        once=ids.new(), lang=settings.LANGUAGE_CODE,
    )  # fmt: skip
