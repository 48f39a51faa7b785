"""Beginning the log again, under a new name and with a new key.

After a backup was brought back the log is shorter than what was signed, and the signer rightly signs nothing more under
its name. Somebody who answers for it then begins it again: the tree goes on from the leaves that are here, the first
checkpoint of the new name continues the last one the record holds, and what is known of the earlier log is put aside
in the signer's folder, without the secret half of its key. It is said in the office's own record, for ever.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.record.appending import append
from alongside.record.log import sequencer, signer, stored, tree
from alongside.record.log.begun import AGAIN, Begun, beginnings, following, in_the_record, names
from alongside.record.log.note import Checkpoint, Key, NotANote, key_of, opened, parts, read
from alongside.record.log.signer import LAST, Signer
from alongside.record.reading import rows
from alongside.record.statement import Statement

OFFICE = 0  # the number of the office's own stream


class WillNotBegin(Exception):
    """`str`: in-order (nothing was lost), nothing-signed (there is no log yet), another-log (the signer's folder is of
    another log), another-key (the record's last checkpoint was not signed with the key that is known), changed (the
    leaves that are here are not what was signed)."""


@dataclass(frozen=True, slots=True)
class Before:
    """What there was. `key`: its public half, or None; `note`: what it signed last, or ''; `since`: the last
    checkpoint the record holds; `kept`, `reached`: as in `Begun`. `aside`: it was put aside already, by a run that was
    killed."""

    name: str
    key: Key | None
    note: str
    since: Checkpoint | None
    kept: int
    reached: int | None
    aside: bool


def begin_again(folder: Path, *, by: int, why: str, once: str, at: int) -> tuple[Begun, sequencer.Signed]:
    """Begin the log again. `folder`: the signer's. `by`: who answers for it. `at`: microseconds. Killed anywhere,
    calling it again ends it. Raises WillNotBegin, and Refused: no-words."""
    was = before(folder)
    after = following(was.name)
    said = {
        "before": was.name, "after": after, "key": was.key.text if was.key else "", "kept": was.kept,
        "reached": was.reached,
    }  # fmt: skip
    if not _told(said):
        append([Statement(AGAIN, {**said, "why": why})], family=OFFICE, by=by, once=once, at=at)
    while sequencer.take(at=at, every=0) == sequencer.MOST:
        pass
    new = _under_a_new_name(folder, was, after)
    signed = sequencer.finish(at=at, by=new) or sequencer.newest()
    return _told(said), signed


def _told(said: dict[str, Any]) -> Begun | None:
    """The statement that tells these facts already, by a run that was killed, or None."""
    return next((one for one in beginnings() if all(getattr(one, name) == said[name] for name in said)), None)


def before(folder: Path) -> Before:
    """What there was, once it is sure that it cannot go on and that nothing that is here was changed."""
    last, size = sequencer.newest(), _size()
    since = read(parts(last.note)[0]) if last else None
    memory, name = signer.text(folder / LAST), signer.text(folder / "name").strip()
    name = name or (since.origin if since else _origin(memory))
    if not name:
        raise WillNotBegin("nothing-signed")
    aside = signer.aside(folder, name)
    if aside.exists():
        memory = signer.text(aside / LAST)
    key = _key(folder, name)
    if since is not None:
        _continues(folder, since, last.note, name, key, size)
    known = _opened(memory, key)
    fits = known is not None and _grew(known, size)
    if fits and not aside.exists() and signer.text(folder / "key"):
        raise WillNotBegin("in-order")
    kept = max(since.size if since else 0, known.size if fits else 0)
    if known is not None and not fits and known.size <= kept:
        raise WillNotBegin("changed")
    if since is None and not memory and not aside.exists():
        raise WillNotBegin("nothing-signed")
    return Before(name, key, memory, since, kept, known.size if known else None, aside.exists())


def _size() -> int:
    taken = rows(sequencer.LAST, [])
    return taken[0][0] if taken else 0


def _origin(note: str) -> str:
    """The name in a note nobody has opened; '' where it cannot be read."""
    try:
        return read(parts(note)[0]).origin
    except NotANote:
        return ""


def _key(folder: Path, name: str) -> Key | None:
    """The public key of this name: of what was put aside, of the secret that is there, or of the record."""
    seed, aside = signer.text(folder / "key").strip(), signer.put_aside(folder)
    if name in aside or not seed:
        return aside.get(name) or in_the_record(name)
    return key_of(name, bytes.fromhex(seed))


def _opened(note: str, key: Key | None) -> Checkpoint | None:
    try:
        return opened(note, key) if note and key else None
    except NotANote:
        return None


def _grew(known: Checkpoint, size: int) -> bool:
    """Whether the tree that is here, all of it, begins with this checkpoint's."""
    try:
        proof, root = stored.consistency(known.size, size), stored.growing(size).root()
    except LookupError:  # a part of it is gone
        return False
    return tree.grew(known.size, size, proof, known.root, root)


def _continues(folder: Path, since: Checkpoint, note: str, name: str, key: Key | None, size: int) -> None:
    """Raises WillNotBegin unless the record's last checkpoint is of this log, by its key, and begins what is here."""
    if since.origin not in names(name):
        raise WillNotBegin("another-log")
    if _opened(note, key if since.origin == name else _key(folder, since.origin)) is None:
        raise WillNotBegin("another-key")
    if not _grew(since, size):
        raise WillNotBegin("changed")


def _under_a_new_name(folder: Path, was: Before, after: str) -> Signer:
    """The signer of the new name. Its first checkpoint is signed over a tree that begins with the record's last."""
    size = _size()
    if was.since is not None and not _grew(was.since, size):
        raise WillNotBegin("changed")
    return signer.renamed(
        folder, was.name, after, key=was.key, note=was.note, size=size, root=stored.growing(size).root()
    )  # fmt: skip
