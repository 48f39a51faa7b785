"""`alongside checkpoint`: the last checkpoint of the log, for somebody outside to keep.

    alongside checkpoint [--now] [--mail ADDRESS] [--json]
    alongside checkpoint witnessed --by "who has it"
    alongside checkpoint begin-again --by LOGIN --why TEXT

The first prints it on one page; with --mail the page waits in the folder of outgoing notices for the site's own
gateway. The second notes that somebody outside has it; the office's page says how old that is. The third is for after
a backup was brought back, or the signer's folder was lost: it begins the log again under a new name, and that is told
for ever, here, in `alongside verify` and on the office's page. docs/running/backup.md says when.
"""

import json


def add(subparsers):
    """--now, --mail, --json; witnessed --by."""
    parser = subparsers.add_parser("checkpoint", help="the log's last checkpoint, for somebody outside to keep")
    parser.add_argument(
        "act", nargs="?", choices=("show", "witnessed", "begin-again"), default="show", help="default: show"
    )
    parser.add_argument("--by", metavar="WHO", help="with witnessed: who outside has it now; with begin-again: the "
                        "leader or administrator who answers for it, by the name to sign in with")  # fmt: skip
    parser.add_argument("--why", default="", metavar="TEXT", help="with begin-again: the reason, kept for ever")
    parser.add_argument("--size", type=int, metavar="N", help="with witnessed: which one (default: the last)")
    parser.add_argument("--now", action="store_true", help="make one first, without waiting for its time")
    parser.add_argument("--mail", metavar="ADDRESS", help="leave the page for the gateway, to this address")
    parser.add_argument("--json", action="store_true", help="as JSON on standard output")
    return parser


def run(args):
    """0. Problem when there is no record or no checkpoint, or when the log cannot be signed."""
    from django.conf import settings

    from alongside.record.log import sequencer
    from alongside.site import prepare
    from alongside.site.console import beginning
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f"There is no record in {settings.DATA}.")
    if args.act == "begin-again":
        return beginning.begin_again(args)
    if args.now:
        _make()
    last = sequencer.newest()
    if last is None:
        raise Problem("There is no checkpoint yet. The server makes one at its time, --now makes one now.")
    return _witnessed(args, last) if args.act == "witnessed" else _show(args, last)


WHY_NOT = {
    "shorter": "The log is shorter than what was signed before. It was cut, or put back from an older copy. After a "
    "restore it may be begun again: docs/running/backup.md.",
    "another-tree": "The log does not begin with what was signed before. It was changed, or put back from an older "
    "copy and grew since. After a restore it may be begun again: docs/running/backup.md.",
    "no-memory": "The signer's memory is gone. Put its folder back from its own backup. Where there is none: "
    "docs/running/backup.md.",
    "not-its-own": "The signer's memory was not signed by its key. Put its folder back from its own backup. Where "
    "there is none: docs/running/backup.md.",
}


def _make():
    from alongside import clock
    from alongside.record.log import sequencer
    from alongside.record.log.signer import WillNotSign
    from alongside.site.problem import Problem

    try:
        sequencer.run(at=clock.micros(clock.now()), every=0)
    except WillNotSign as why:
        raise Problem(f"Nothing is signed. {WHY_NOT[str(why)]}") from None


def _show(args, last):
    from django.conf import settings

    from alongside import clock
    from alongside.record.log.note import read_key
    from alongside.record.log.printed import printed
    from alongside.site.console import beginning

    key = read_key(last.key)
    when = clock.moment(last.at).astimezone(settings.OFFICE_ZONE).strftime("%Y-%m-%d %H:%M")
    again = beginning.sentences()
    page = printed(last.note, key, when, settings.OFFICE_NAME, again)
    if args.mail:
        from alongside.exchange.notices.gateway import put

        place = put(way="mail", to=args.mail, words=page, key=f"checkpoint/{last.size}/{args.mail}")
        print(f"It waits for the gateway: {place}")
    elif args.json:
        told = {"size": last.size, "signed": when, "note": last.note, "key": key.text, "begun_again": again}
        print(json.dumps(told, indent=1))
    else:
        print(page, end="")
    return 0


def _witnessed(args, last):
    from alongside import clock
    from alongside.record.log import witness
    from alongside.site.problem import Problem

    who = " ".join((args.by or "").split())
    if not who:
        raise Problem('Say who has it: --by "name, organisation".')
    if not witness.has(size=args.size or last.size, by=who, at=clock.micros(clock.now())):
        raise Problem("There is no checkpoint of this size.")
    print(f"Noted: {who} has the checkpoint.")
    return 0
