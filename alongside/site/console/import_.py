"""`alongside import`: notes from another system, first held and looked at, then accepted into the record.

    alongside import notes FILE --map MAP.toml [--dry-run] [--as LOGIN] [--json]
    alongside import accept BATCH --unit "unit North" --worker LOGIN [--worker LOGIN] [--as LOGIN]
    alongside import discard BATCH      alongside import show BATCH [--bad]      alongside import list

What happens is said on standard error, what was found on standard output. docs/running/import.md says more.
"""

import argparse
import datetime as dt
import json
import sys
from pathlib import Path

OFFICE = 1  # the office itself brings notes in when nobody else is named


def add(subparsers):
    """notes, accept, discard, list, show."""
    parser = subparsers.add_parser("import", help="bring notes in from another system")
    todo = parser.add_subparsers(dest="todo", required=True, metavar="what")
    _notes(_one(todo, "notes", "read a file with a map and hold its notes"))
    _accept(_one(todo, "accept", "let the record receive a batch that is held"))
    _batch(_one(todo, "discard", "let go of a batch; only how many lines it had stays"), who=True)
    _one(todo, "list", "the batches there are")
    show = _one(todo, "show", "what a batch holds")
    _batch(show)
    show.add_argument("--bad", action="store_true", help="also every line somebody must look at")
    return parser


def _one(todo, name, words):
    one = todo.add_parser(name, help=words, description=words[:1].upper() + words[1:] + ".")
    one.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    one.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="the data folder")
    return one


def _notes(one):
    one.add_argument("file", type=Path, metavar="FILE", help="CSV, TSV or JSON lines")
    one.add_argument("--map", type=Path, required=True, metavar="MAP.toml", help="which column is what")
    one.add_argument("--dry-run", action="store_true", help="look only; change nothing")
    _who(one)


def _accept(one):
    _batch(one, who=True)
    one.add_argument("--unit", required=True, help="the unit that will work with these families")
    one.add_argument(
        "--worker", action="append", required=True, metavar="LOGIN", help="who works with them; the first is allocated"
    )


def _batch(one, who=False):
    one.add_argument("batch", metavar="BATCH", help='as "alongside import list" names it')
    if who:
        _who(one)


def _who(one):
    one.add_argument("--as", dest="who", metavar="LOGIN", help="who brings them in (default: the office)")


def run(args):
    """Do one of the five; a sentence as a Problem when it cannot be done."""
    from django.db import OperationalError

    from alongside.exchange.notes.facts import Stopped
    from alongside.exchange.notes.mapping import NotAMap
    from alongside.exchange.notes.reading import NotAFile
    from alongside.site.problem import Problem

    try:
        _ready()
        {"notes": _take_in, "accept": _take, "discard": _let_go, "list": _list, "show": _show}[args.todo](args)
    except (Stopped, NotAMap, NotAFile) as why:
        raise Problem(str(why)) from None
    except OperationalError as why:
        if "locked" not in str(why):
            raise
        raise Problem(
            "Somebody else is writing to the record just now. Nothing was lost: the same command goes on "
            "where this one stopped."
        ) from None
    return 0


def _ready():
    """Refuse a folder without a record, rather than begin one in the wrong place."""
    from django.conf import settings
    from django.db import connection

    from alongside.site import prepare
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f'There is no record in {settings.DATA} yet. "alongside init" begins one.')
    if "notes_batch" not in connection.introspection.table_names():
        raise Problem('The tables are older than this program. Start "alongside serve" once, then come back.')


def _take_in(args):
    from alongside.exchange.notes import holding
    from alongside.site.problem import Problem

    for place in (args.file, args.map):
        if not place.is_file():
            raise Problem(f"There is no file {place}.")
    found = holding.take_in(
        args.file, args.map, importer=_person(args.who), at=_now(), told=_progress("lines"), dry=args.dry_run
    )
    if found.again:
        say(f"This file is here already, as batch {found.batch}. Nothing was taken twice.")
    _tell(args, found, bad=True)


def _take(args):
    from alongside.exchange.notes import accepting
    from alongside.exchange.notes.facts import batch_of

    importer = _person(args.who) if args.who else batch_of(args.batch).importer
    found = accepting.accept(
        args.batch, unit=args.unit, workers=[_person(login) for login in args.worker], importer=importer,
        at=_now(), told=_progress("notes"),
    )  # fmt: skip
    if found.again:
        say("This batch is in the record already. Nothing was added.")
    _tell(args, found)


def _let_go(args):
    from alongside.exchange.notes import holding

    _tell(args, holding.discard(args.batch, by=_person(args.who), at=_now()))


def _show(args):
    from alongside.exchange.notes.facts import report

    _tell(args, report(args.batch), bad=args.bad)


def _list(args):
    from alongside.exchange.notes.facts import SENTENCE_OF, batches

    found = batches()
    if args.json:
        print(json.dumps([one.plain() for one in found], ensure_ascii=False, indent=1))
        return
    if not found:
        say("Nothing was brought in yet.")
    for one in found:
        print(f"{one.batch}  {one.file or f'{one.lines} lines'}  {SENTENCE_OF[one.state]}")


def _person(login):
    """The person number behind a sign-in name; the office when nobody is named."""
    from alongside.access.models import Account
    from alongside.record.reading import rows
    from alongside.site.problem import Problem

    if login is not None:
        found = Account.objects.filter(login=login.casefold(), door="practice").first()
        if found is None:
            raise Problem(f'Nobody who works here signs in as "{login}".')
        return found.person
    if not rows("SELECT 1 FROM record_person WHERE number = %s", [OFFICE]):
        raise Problem("Say who brings the notes in: --as LOGIN.")
    return OFFICE


def _now():
    from alongside import clock

    return clock.micros(clock.now())


def _tell(args, found, bad=False):
    if args.json:
        print(json.dumps(found.plain(), ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        print(line)
    for one in found.bad if bad else ():
        print(f"  line {one.line}: {one.reason}")


def _lines(found):
    """The facts as lines to read."""
    from alongside.exchange.notes.facts import SENTENCE_OF

    yield f"Batch {found.batch}: {SENTENCE_OF[found.state]}" if found.batch else SENTENCE_OF[found.state]
    if found.state == "discarded":
        yield f"It had {found.lines} lines."
        return
    yield f"{found.rows} notes of {found.people} people in {found.families} families{_days(found)}"
    yield f"{found.duplicates} twice in the file, {found.here} here from before, {len(found.bad)} to look at"
    if found.left:
        yield f"Columns left behind: {', '.join(found.left)}"
    if found.state == "held":
        yield f'Next: alongside import accept {found.batch} --unit "..." --worker LOGIN'


def _days(found):
    if found.first_day is None:
        return ""
    first, last = (dt.date.fromordinal(day).isoformat() for day in (found.first_day, found.last_day))
    return f", from {first} to {last}"


def _progress(what):
    """Counts up on a terminal; elsewhere says nothing until the end."""

    def told(done, total):
        if sys.stderr.isatty():
            end = "\n" if done >= total else ""
            print(f"\r{done} of about {total} {what}", end=end, file=sys.stderr, flush=True)

    return told


def say(line):
    """What happens goes to standard error, so that standard output holds only what was found."""
    print(line, file=sys.stderr, flush=True)
