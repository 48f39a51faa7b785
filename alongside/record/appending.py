"""The one write.

`append` takes whole acts: the family's lock, places, times, the commitment, registers, all in one
transaction. Replaying a key adds nothing; the same key with other words is refused.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from django.db import connection, transaction

from alongside import ids
from alongside.record.canonical import canonical
from alongside.record.closing import ENDS, taken_still
from alongside.record.commitment import hash_of
from alongside.record.entry import SEQ_BITS, STORED, Apart, Entry
from alongside.record.inheriting import inherit
from alongside.record.kinds import KINDS
from alongside.record.registers import index
from alongside.record.sealing import refuse_sealed
from alongside.record.statement import BASES, MARKS, REASONS, Earlier, Receipt, Refused, Statement
from alongside.record.terms import READ_BY, terms

LARGEST_TEXT = 1_000_000  # characters in one text of a body
LAST = f"""
COALESCE((SELECT e.hash FROM record_entry e WHERE e.pk = (CAST(number AS bigint) << {SEQ_BITS}) | last_seq), '')
"""
LOCK = f"""
UPDATE record_family SET last_at = last_at WHERE number = %s RETURNING last_seq, last_at, {LAST}, {ENDS}
"""
# A replay is known by its key: those of an act's entries begin with it. They are put in order here, or a server would
# go through every entry in their order to find them.
REPLAYED = "SELECT pk, once, id, kind, recorded_at FROM record_entry WHERE author = %s AND once >= %s AND once < %s"
GOES_ON = "UPDATE record_family SET last_seq = %s, last_at = %s WHERE number = %s"
# The same where nobody asked before: it gives a row where the answers to LOCK, REPLAYED and READ_BY are as expected.
AS_EXPECTED = f"""
{GOES_ON} AND last_seq = %s AND last_at = %s AND {LAST} = %s AND {ENDS} IS NULL
  AND NOT EXISTS ({REPLAYED}) AND NOT EXISTS ({READ_BY}) RETURNING number
"""
INSERT = f"INSERT INTO record_entry ({', '.join(STORED)}) VALUES ({', '.join(['%s'] * len(STORED))})"


def person() -> int:
    """A new anchor for a person: their number. Names are entries."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO record_person (id) VALUES (%s) RETURNING number", [ids.new()])
        return cursor.fetchone()[0]


def open_family(number: int | None = None) -> tuple[int, str]:
    """A new, empty stream: its number and its code. Number 0 is the office's own record."""
    code = ids.code()
    with transaction.atomic(), connection.cursor() as cursor:
        if number is None:
            cursor.execute("SELECT COALESCE(MAX(number), 0) + 1 FROM record_family")
            number = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO record_family (number, code, last_seq, last_at) VALUES (%s, %s, 0, 0)",
            [number, code],
        )
    return number, code


def act_digest(statements: Sequence[Statement]) -> str:
    """One spelling of what an act says, so that a replay is recognised and other words are not."""
    return hashlib.sha256(canonical([_plain(s) for s in statements])).hexdigest()[:32]


def spell(statement: Statement) -> dict[str, Any]:
    """A statement as plain JSON values."""
    return json.loads(canonical(_plain(statement)))


def _plain(statement: Statement) -> dict[str, Any]:
    plain = {name: getattr(statement, name) for name in Statement.__slots__}
    for link in ("thing", "within", "answers"):
        if isinstance(plain[link], Earlier):
            plain[link] = {"place": plain[link].place}
    return plain


def unspell(plain: dict[str, Any]) -> Statement:
    """The statement that `spell` wrote down."""
    for link in ("thing", "within", "answers"):
        if isinstance(plain[link], dict):
            plain[link] = Earlier(plain[link]["place"])
    listed = {name: tuple(plain[name]) for name in ("via", "about")}
    return Statement(**{**plain, **listed, "readers": tuple((p, b) for p, b in plain["readers"])})


def append(
    statements: Sequence[Statement], *, family: int, by: int, once: str, at: int,
    sent: Sequence[Statement] | None = None, saved: int | None = None,
) -> list[Receipt]:  # fmt: skip
    """Add one act to a family's record and return a receipt for each statement.

    `by`: the person whose act this is (the author of every statement). `once`: a key of the writer's
    choosing. `at`: microseconds; the record never goes back behind its own last moment. `sent`: the act as its writer
    sent it, where fewer people read what is received of it: sent again it is the same act. `saved`: when it was
    written, where it waited since (microseconds): what was written before the office stopped is received.
    Raises Refused: unknown-kind, no-words, too-long, not-text, other-words, full, not-here (a link to an
    entry that is not in this family), wider-than-parent, not-as-its-thing, parent-not-read. Raises SealedWords;
    Closed after the office's last day.
    """
    for statement in statements:
        _shape(statement)
    act = _Act(
        statements, family, by, f"{family}/{once}/", act_digest(statements if sent is None else sent), at,
        at if saved is None else saved, [(ids.new(), ids.salt()) for _ in statements],
    )  # fmt: skip
    return connection.as_expected((("family", family), ("author", by)), partial(_received, act))


class _Act(NamedTuple):
    """What `append` was given. `key`: how the keys of its entries begin; `said`: the moment at which it must not be
    too late; `drawn`: (id, salt) of each entry, the same however often it is tried."""

    statements: Sequence[Statement]
    family: int
    by: int
    key: str
    digest: str
    at: int
    said: int
    drawn: list[tuple[str, bytes]]


def _received(act: _Act, expected: Any) -> tuple[list[Receipt], tuple]:
    """The act in one transaction: its receipts, and what it leaves: the answers to LOCK for its family and to READ_BY
    for its author, or None where the next act had better ask. `expected`: the same as the last act left them; None: it
    asks."""
    with connection.gathering(), transaction.atomic(), connection.cursor() as cursor:
        there, sealed, before = (*expected.found, []) if expected else _asked(act)
        if not there:
            raise Refused("no-family")
        if before:
            return _replayed(before, act.key + act.digest), (None, None)
        last, earlier, previous, end = there[0]
        taken_still(act.statements, end=end, at=act.said)
        moment = max(act.at, earlier + 1)
        goes_on = [last + len(act.statements), moment, act.family]
        if expected:
            expected.only_if(AS_EXPECTED, [*goes_on, last, earlier, previous, *_key(act), act.by])
        else:
            cursor.execute(GOES_ON, goes_on)
        refuse_sealed(act.statements, family=act.family, by=act.by, now=moment, known=terms(sealed))
        written: list[Entry] = []
        for place in range(len(act.statements)):
            entry, previous = _insert(cursor, act, place, last + place + 1, moment, previous, written)
            written.append(entry)
    left = (None if end else [(*goes_on[:2], previous, end)], None if sealed else sealed)
    return [Receipt(e.id, e.kind, e.recorded_at) for e in written], left


def _asked(act: _Act) -> tuple[list, list, list]:
    """In one journey: the turn; the lock (on SQLite the transaction is IMMEDIATE already, elsewhere this row is
    held); and with both of them held which words are sealed, and whether the key was used."""
    return connection.together([(LOCK, [act.family]), (READ_BY, [act.by]), (REPLAYED, _key(act))], one_plan=True)


def _key(act: _Act) -> list[Any]:
    return [act.by, act.key, act.key + "\x7f"]


def _shape(statement: Statement) -> None:
    if statement.kind not in KINDS:
        raise Refused("unknown-kind", kind=statement.kind)
    if statement.basis not in BASES or statement.mark not in MARKS:
        raise Refused("unknown-mark")
    if any(because not in REASONS for _, because in statement.readers):
        raise Refused("unknown-reason")
    _texts(statement.body)


def _texts(value: Any) -> None:
    if isinstance(value, str):
        if len(value) > LARGEST_TEXT:
            raise Refused("too-long", length=len(value), largest=LARGEST_TEXT)
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise Refused("not-text") from error
    elif isinstance(value, dict):
        for inner in value.values():
            _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _texts(inner)


def _replayed(before: Sequence[tuple], key: str) -> list[Receipt]:
    """The receipts of the act that was received under this key. Raises Refused: other-words."""
    if not all(once.startswith(f"{key}/") for _place, once, *_ in before):
        raise Refused("other-words")
    return [Receipt(*rest) for _place, _once, *rest in sorted(before)]


def _link(cursor: Any, family: int, target: str | Earlier | None, written: list[Entry]) -> int | None:
    if target is None:
        return None
    if isinstance(target, Earlier):
        return written[target.place].pk
    cursor.execute("SELECT pk FROM record_entry WHERE id = %s", [target])
    found = cursor.fetchone()
    if found is None or found[0] >> SEQ_BITS != family:
        raise Refused("not-here")
    return found[0]


def _insert(cursor, act, place, seq, moment, previous, written):
    """One entry: links, inheritance, commitment, row, registers. Returns (entry, its hash)."""
    if seq >= 1 << SEQ_BITS:
        raise Refused("full")
    statement, family, by, (id, salt) = act.statements[place], act.family, act.by, act.drawn[place]
    pk, once = (family << SEQ_BITS) | seq, f"{act.key}{act.digest}/{place}"
    thing = _link(cursor, family, statement.thing, written) or pk
    within = _link(cursor, family, statement.within, written)
    answers = _link(cursor, family, statement.answers, written)
    readers = list(dict.fromkeys(((by, "own"), *(r for r in statement.readers if r[0] != by))))
    speaker = None if statement.speaker in (None, by) else statement.speaker
    entry = Entry(
        pk, id, thing, within, answers, statement.kind, by, speaker, _text(statement.via), statement.basis,
        statement.mark, statement.so, statement.learnt_at, moment,
        _text({"v": KINDS[statement.kind].version, **statement.body}),
        _text(list(dict.fromkeys(statement.about))), _text(readers),
    )  # fmt: skip
    inherit(cursor, entry, family, moment)
    apart = Apart(statement.saw, statement.so_first, statement.so_last, statement.written_at)
    digest = hash_of(entry, apart, once=once, previous=previous, salt=salt)
    cursor.execute(INSERT, [*entry, *apart, salt, digest, once])
    index(cursor, entry)
    return entry, digest


def _text(value: Any) -> str:
    """The one spelling of a value, as a column holds it."""
    return canonical(value).decode()
