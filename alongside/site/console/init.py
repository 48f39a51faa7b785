"""`alongside init`: an office begins, with its first leader. What is not given is asked.

    alongside init --data DIR [--office NAME] [--line NUMBER] [--unit NAME] [--leader NAME] [--login NAME]
                   [--zone NAME] [--languages nb,en] [--origin ADDRESS] [--json]

It runs once for a folder. At the end it prints an address and a code; with them the leader chooses a password and
sets up the second factor. The code works once, for seven days.
"""

import json
import os
import sys
from dataclasses import dataclass

ASKED = {
    "office": "Name of the office",
    "line": "Number families ring (may be empty)",
    "unit": "Name of the first unit",
    "leader": "Name of the first leader",
    "login": "Name to sign in with (small letters)",
    "zone": "Time zone",
    "languages": "Languages, the first for strangers",
}
LOGIN_IS = "The name to sign in with: small letters from a to z, and dots; at least three signs."
OFFERED = {"line": "", "zone": "Europe/Oslo", "languages": "nb,en"}


def add(subparsers):
    """One option for each thing that is asked; --origin; --json."""
    parser = subparsers.add_parser("init", help="begin an office: its first leader and unit")
    for name, words in ASKED.items():
        parser.add_argument(f"--{name}", metavar="TEXT", help=words[:1].lower() + words[1:])
    parser.add_argument("--origin", metavar="ADDRESS", help="the address people will use (default: ALONGSIDE_ORIGIN)")
    parser.add_argument("--json", action="store_true", help="what was made, as JSON on standard output; asks nothing")
    return parser


@dataclass(frozen=True, slots=True)
class Begun:
    """What is printed. `code` is secret until it is used."""

    office: str
    unit: str
    leader: str
    login: str
    address: str
    code: str
    days: int


def run(args):
    """Begin the office. Problem when there is one, when it is a demo, or when something is missing."""
    from django.conf import settings

    from alongside.site import prepare

    _refuse(settings)
    said = _said(args)
    office = _office(said)
    prepare.hold(settings.DATA)
    prepare.tables()
    _refuse_a_record(settings.DATA)
    begun = _begin(settings.DATA, office, said, args.origin or settings.ORIGIN or "http://127.0.0.1:8000")
    _tell(begun, settings.DATA, args.json)
    return 0


def _refuse(settings):
    from alongside.site import keys
    from alongside.site.problem import Problem

    if settings.DEMO or keys.is_demo(settings.DATA):
        raise Problem(f"{settings.DATA} belongs to the demo. An office needs a folder of its own: --data DIR.")


def _refuse_a_record(data):
    from alongside.record.reading import rows
    from alongside.site.problem import Problem

    if rows("SELECT 1 FROM record_entry WHERE pk < 1048576 LIMIT 1", []):
        raise Problem(f'There is an office in {data} already. "alongside serve --data {data}" opens it.')


def _said(args):
    """Everything that is needed, from the options or from the person at the keyboard."""
    from alongside.site.problem import Problem

    said = {name: getattr(args, name) for name in ASKED}
    for name, words in ASKED.items():
        if said[name] is None and (args.json or not sys.stdin.isatty()):
            if name not in OFFERED:
                raise Problem(f"Still needed: --{name}, {words[:1].lower() + words[1:]}.")
            said[name] = OFFERED[name]
        elif said[name] is None:
            said[name] = _asked(name, words)
    return {name: " ".join(value.split()) for name, value in said.items()}


def _asked(name, words):
    """One answer at the keyboard; asked again until there is one that will do."""
    from alongside.access.accounts import LOGIN
    from alongside.site.problem import Problem

    offered = OFFERED.get(name, "")
    while True:
        try:
            answer = input(f"{words}{f' [{offered}]' if offered else ''}: ").strip() or offered
        except EOFError:
            raise Problem("Nothing was begun: not everything was answered.") from None
        if name == "login" and not LOGIN.fullmatch(answer):
            print(LOGIN_IS)
        elif answer or name in OFFERED:
            return answer


def _office(said):
    from alongside.access.accounts import LOGIN
    from alongside.site.office import Office, checked
    from alongside.site.problem import Problem

    for name in ("unit", "leader"):
        if not said[name]:
            raise Problem(f"Still needed: --{name}, {ASKED[name][:1].lower() + ASKED[name][1:]}.")
    if not LOGIN.fullmatch(said["login"]):
        raise Problem(LOGIN_IS)
    languages = tuple(one for one in said["languages"].replace(",", " ").split())
    return checked(Office(said["office"], said["line"], said["zone"], languages))


def _begin(data, office, said, origin):
    """The office's own record with its first three statements, and the leader's way in: all or nothing."""
    from django.db import transaction

    from alongside.access import beginning
    from alongside.access.codes import DAYS
    from alongside.site.office import write

    with transaction.atomic():
        code = beginning.found(
            name=office.name, zone=office.zone, languages=office.languages, line=office.line, unit=said["unit"],
            leader=said["leader"], login=said["login"], at=_now(),
        )  # fmt: skip
        write(data, office)
    address = f"{origin.rstrip('/')}/invited"
    return Begun(office.name, said["unit"], said["leader"], said["login"], address, code, DAYS)


def _now():
    from alongside import clock

    return clock.micros(clock.now())


def _tell(begun, data, as_json):
    if as_json:
        print(json.dumps({name: getattr(begun, name) for name in Begun.__slots__}, ensure_ascii=False, indent=1))
        return
    print(f"{begun.office} begins, with {begun.unit} and {begun.leader}.")
    print(f"1. Start the server: alongside serve --data {_shown(data)}")
    print(f"2. Open {begun.address}")
    print(f"3. Type this code: {begun.code}")
    print(f"It works once, for {begun.days} days. There {begun.leader} chooses a password, and sets up a telephone.")


def _shown(data):
    """The folder as short as it can be said from here."""
    near = os.path.relpath(data)
    return data if near.startswith("..") else near
