"""`alongside verify`: is everything stored what was received? Names every kind of change.

    alongside verify [--checkpoint FILE ...] [--key TEXT] [--json]

A checkpoint that somebody outside has kept (on paper, in a mailbox) proves most: save it to a file and hand it over.
Ends with 0 when nothing was changed, 3 when something was, 1 when it could not look; and 4 when nothing was changed,
but a checkpoint that was handed over reaches further than what was brought back before the log was begun again.
"""

import json
from pathlib import Path

from alongside.site.console.progress import families

CHANGED, LOST = 3, 4
SHOWN = 200  # findings written out; --json has all


def add(subparsers):
    """--checkpoint, --key, --json."""
    parser = subparsers.add_parser("verify", help="look whether anything was changed since it was received")
    parser.add_argument(
        "--checkpoint", action="append", default=[], type=Path, metavar="FILE",
        help="a checkpoint somebody outside has kept; may be given several times",
    )  # fmt: skip
    parser.add_argument("--key", metavar="TEXT", help="the log's public key as it was handed out, one line")
    parser.add_argument("--json", action="store_true", help="what was found, as JSON on standard output")
    return parser


def run(args):
    """0: nothing was changed. 3: something was. 4: something that was received is not here, and that is known."""
    from django.conf import settings

    from alongside.record.log.begun import beginnings, broken_off
    from alongside.record.verify import verify
    from alongside.site import prepare
    from alongside.site.console import beginning
    from alongside.site.problem import Problem

    if not prepare.begun():
        raise Problem(f"There is no record in {settings.DATA}.")
    key, aside, outside = _trusted(args)
    begun = beginnings()
    unchecked = _unchecked(key, aside, begun, outside)
    found = [*_walls(), *map(_plain, verify(families, key=key, aside=aside, outside=outside))]
    changed = [one for one in found if one["code"] != "lost"]
    lost = [one for one in found if one["code"] == "lost"]
    again = [beginning.sentence(one) for one in begun]
    if args.json:
        told = {"changed": bool(changed), "found": found, "erased": _erased(), "begun_again": again,
                "unchecked": unchecked}  # fmt: skip
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for one in _erased():
            print(f"{one['where']}: erased lawfully by {one['by']}")
        for one in again:
            print(one)
        for one in unchecked:
            print(f"The public key of the earlier log {one} is nowhere: who signed its checkpoints was not looked at.")
        for one in lost:
            print(_further(one, broken_off(key.name, begun)[one["of"]]))
        _tell(changed, lost, args.checkpoint)
    return CHANGED if changed else LOST if lost else 0


def _further(one, begun):
    """What a checkpoint of an earlier log says that reaches further than what is here of it. `begun`: where that log
    is broken off."""
    from alongside.access.standing import office_day

    return (
        f"This checkpoint is of the earlier log {one['of']}, which was begun again on {office_day(begun.at)} as "
        f"{begun.after}, and reaches {int(one['where']) - begun.kept} places further: what was received between is "
        f"not here."
    )  # fmt: skip


def _unchecked(key, aside, begun, outside):
    """The earlier names whose key is nowhere. A page of such a one from outside cannot be held against anything."""
    from alongside.record.log.begun import keys
    from alongside.record.log.note import parts, read
    from alongside.site.problem import Problem

    nowhere = [name for name, known in keys(key, aside, begun).items() if not known] if key else []
    for note in outside:
        if (name := read(parts(note)[0]).origin) in nowhere:
            raise Problem(f"A checkpoint is of the earlier log {name}, whose public key is nowhere here. Hand over the "
                          "key as well: --key TEXT.")  # fmt: skip
    return nowhere


def _trusted(args):
    """Whose signatures count, those of earlier names apart, and what is known from elsewhere: files that were handed
    over, the signer's memory."""
    from django.conf import settings

    from alongside.record.log import sequencer
    from alongside.record.log.begun import names
    from alongside.record.log.note import NotANote, read_key
    from alongside.site.problem import Problem

    outside = [_note(path) for path in args.checkpoint]
    try:
        given = read_key(args.key) if args.key else None
    except NotANote:
        raise Problem("This is not a public key. It is one line: name+number+letters.") from None
    if sequencer.newest() is None and not outside:
        return given, {}, outside
    try:
        signer = settings.LOG_SIGNER(begins=False)
    except Problem:
        if given is None:
            raise
        return given, {}, outside
    last = signer.last()
    if not last and not outside:
        raise Problem(f"The signer's memory is gone from {signer.folder}. Put its folder back from its own backup, or "
                      "hand over a checkpoint somebody outside has: --checkpoint FILE.")  # fmt: skip
    outside += filter(None, [last])
    if given and given.name in names(signer.name)[:-1]:
        return signer.key, {**signer.earlier(), given.name: given}, outside
    return given or signer.key, signer.earlier(), outside


def _note(path):
    """The checkpoint in a file: the note alone, or the page it was printed on. What is none is no sign of a change."""
    from alongside.record.log.note import NotANote, parts, read
    from alongside.record.log.printed import note_in
    from alongside.site.problem import Problem

    try:
        text = path.read_text("utf-8")
        note = note_in(text) or text
        read(parts(note)[0])
    except (UnicodeDecodeError, NotANote):
        raise Problem(f"{path} holds no checkpoint, or one that cannot be read. Nothing was looked at.") from None
    return note


def _walls():
    """Walls of the record that are down."""
    from alongside.record.walls import missing

    return [{"code": "wall", "what": "a wall of the record is missing", "where": name} for name in missing()]


def _erased():
    """What was erased by law, and the decision of two persons that stands in its place."""
    from alongside.record.erased import CONFIRMED, ERASED
    from alongside.record.reading import rows

    found = rows("SELECT pk, body FROM record_entry WHERE kind = %s ORDER BY pk", [ERASED])
    decided = dict(rows("SELECT id, pk FROM record_entry WHERE kind = %s", [CONFIRMED]))
    by = {place: decided.get(_read(body).get("by")) for place, body in found}
    return [{"where": _entry(place), "by": f"entry {_entry(one)}"} for place, one in by.items() if one is not None]


def _read(body):
    """What is left of a statement; nothing where it is not what erasing leaves."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _plain(one):
    where = str(one.place) if one.of != "entry" else _entry(one.place)
    return {"code": one.code, "what": one.what, "of": one.of, "where": where}


def _entry(place):
    """Where an entry stands: the family's code and the number in it. Only whoever runs the server sees this."""
    from alongside.record.entry import SEQ_BITS
    from alongside.record.reading import rows

    code = rows("SELECT code FROM record_family WHERE number = %s", [place >> SEQ_BITS])
    return f"{code[0][0] if code else '?'}/{place & ((1 << SEQ_BITS) - 1)}"


def _tell(found, lost, given):
    for one in found[:SHOWN]:
        print(f"{one['where']}: {one['what']}")
    if found[SHOWN:]:
        print("There are more. --json has them all.")
    if found:
        print("Something was changed. Change nothing more, keep a copy, and ring whoever watches over this record.")
        return
    if lost:
        print("Nothing of what is here was changed. But something that was received is not here. Ask when a backup was "
              "brought back and who decided: what was cut off could be hidden in this way.")  # fmt: skip
        return
    print("Nothing was changed.")
    if not given:
        print(
            "Held against the signer's memory only. Most is proved by a checkpoint somebody outside has: --checkpoint"
        )
