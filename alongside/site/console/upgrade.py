"""`alongside upgrade`: the tables brought up to date, the record as it was kept; `--back` goes back to it.

    alongside upgrade [--json]                  also done by serve, when it starts
    alongside upgrade --back [--even-so] [--json]

The server must be stopped. Exit codes: 0 done or nothing to do, 1 not done and nothing changed, 2 wrong words.
"""

import json

from alongside.site.console.progress import progress, say


def add(subparsers):
    """--back, --even-so, --json."""
    parser = subparsers.add_parser("upgrade", help="bring the tables up to date, with a way back")
    parser.add_argument("--back", action="store_true", help="go back to the record before the last upgrade")
    parser.add_argument("--even-so", action="store_true", help="also when something was said since; it is kept beside")
    parser.add_argument("--json", action="store_true", help="the facts as JSON on standard output")
    return parser


def run(args):
    """Upgrade or go back; Problem when somebody else is at work in the folder."""
    from django.conf import settings

    from alongside import clock
    from alongside.site import prepare
    from alongside.site.keeping import upgrading
    from alongside.site.keeping.engine import embedded
    from alongside.site.problem import Problem

    database, key = embedded("An upgrade")
    if not database.exists():
        raise Problem(f'There is no record in {settings.DATA} yet. "alongside init" begins one.')
    prepare.hold(settings.DATA)
    at = clock.micros(clock.now())
    with prepare.alone(settings.DATA):
        if args.back:
            _tell_back(args, upgrading.back(database, key, at=at, even_so=args.even_so, told=progress))
        else:
            _tell(args, upgrading.upgraded(database, key, at=at, told=progress))
    return 0


def _tell(args, done):
    if args.json:
        print(json.dumps(done.plain() if done else {"changes": []}, ensure_ascii=False, indent=1))
        return
    if done is None:
        print("The tables are up to date. Nothing was done.")
        return
    print(f"The tables are up to date: {', '.join(done.changes)}")
    print(f"The record as it was: {done.kept}")
    say('Nothing there is deleted by Alongside. The way back, with the server stopped: "alongside upgrade --back".')


def _tell_back(args, done):
    if args.json:
        print(json.dumps(done.plain(), ensure_ascii=False, indent=1))
        return
    print(f"The record is again as it was before the upgrade of {done.at}.")
    print(f"{done.since} statements said since are not in it; they lie in {done.left}.")
    say("Start the earlier program now: this one would bring the tables up to date again.")
