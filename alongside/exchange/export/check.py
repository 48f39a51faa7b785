#!/usr/bin/env python3
"""Is a folder that `alongside close` made whole, and is it what the record committed to?

    python3 check.py [FOLDER]

Every file against its sum in SHA256SUMS; every statement against its commitment, worked out as README.txt tells it;
every statement against its leaf in the log; the log against the last checkpoint that was signed. It knows nothing of
Alongside and needs Python 3.8 or newer and nothing else: it lies in the folder, and may be passed on (EUPL-1.2).

Not looked at: whose key signed the checkpoint. It stands in tables/record_checkpoint.jsonl and on every page that was
printed of one; where somebody outside kept one, compare the line with its root.

Ends with 0 when everything holds, 1 when something does not, and says what.
"""

import base64
import hashlib
import json
import os
import sys

SUMS, STATEMENTS, MANIFEST = "SHA256SUMS", "statements.jsonl", "manifest.json"
LEAVES, CHECKPOINTS = "tables/record_leaf.jsonl", "tables/record_checkpoint.jsonl"
ERASED, CONFIRMED = "record.erased", "record.erasure-confirmed"
SAID = "author speaker via basis so so_first so_last learnt_at written_at recorded_at".split()
KEPT = "thing within answers saw about mark readers once".split()
PIECE = 1 << 20


class Wrong(Exception):
    """What does not hold, as a sentence."""


def check(folder, told=None):
    """Look at all of it. Returns {statements, erased, families, leaves, root}. `told(done, all)`: bytes summed.

    Raises Wrong with what does not hold.
    """
    listed = sums(folder)
    _every_sum(folder, listed, told)
    statements, erased, hashes = _commitments(os.path.join(folder, STATEMENTS))
    leaves, root = _log(os.path.join(folder, LEAVES), hashes)
    _signed(os.path.join(folder, CHECKPOINTS), leaves, root)
    with open(os.path.join(folder, MANIFEST), encoding="utf-8") as file:
        manifest = json.load(file)
    if manifest["statements"] != statements:
        raise Wrong("manifest.json says {} statements, and there are {}.".format(manifest["statements"], statements))
    gone = [name for name in manifest["families"] if name not in listed]
    if gone:
        raise Wrong(f"A page is missing: {gone[0]}.")
    families = len(manifest["families"]) - 1
    return {"statements": statements, "erased": erased, "families": families, "leaves": leaves, "root": root}


def sums(folder):
    """The list of sums: {name: sum}. Raises Wrong where there is none, or it cannot be read."""
    try:
        with open(os.path.join(folder, SUMS), encoding="utf-8") as file:
            pairs = [line.rstrip("\n").split("  ", 1) for line in file]
        return {name: found for found, name in pairs}
    except (OSError, ValueError):
        raise Wrong(f"There is no list of sums that can be read: {SUMS}.") from None


def sum_of(place, told=None):
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with open(place, "rb") as file:
        for piece in iter(lambda: file.read(PIECE), b""):
            found.update(piece)
            if told:
                told(len(piece))
    return found.hexdigest()


def _every_sum(folder, listed, told):
    there = {
        os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")
        for above, _folders, names in os.walk(folder)
        for name in names
    } - {SUMS}
    for name in sorted(set(listed) ^ there):
        raise Wrong("{} {}.".format(name, "is missing" if name in listed else "is in the folder, and in no list"))
    size, done = sum(os.path.getsize(os.path.join(folder, name)) for name in there), [0]

    def heard(count):
        done[0] += count
        if told:
            told(done[0], size)

    for name in sorted(there):
        if sum_of(os.path.join(folder, name), heard) != listed[name]:
            raise Wrong(f"{name} is not as it was written: its sum is another.")


def spelt(value):
    """JSON with sorted keys and no blanks."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def as_text(value):
    """Numbers as text, inside lists too."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return [as_text(one) for one in value] if isinstance(value, list) else str(value)


def commitment(one, previous):
    """The hash of a statement, from everything that stands in its line. `previous`: of the family's one before."""
    salts = hashlib.shake_256(b"alongside.salts.v1\0" + bytes.fromhex(one["salt"])).digest(96)
    kept = dict(
        {name: one[name] for name in KEPT}, family=one["pk"] >> 20, seq=one["pk"] % (1 << 20), previous=previous
    )
    parts = (
        ("body", one["body"]),
        ("said", {name: as_text(one[name]) for name in SAID}),
        ("kept", {name: as_text(value) for name, value in kept.items()}),
    )
    closed = {}
    for n, (name, part) in enumerate(parts):
        data = b"alongside.part.v1\0" + salts[32 * n : 32 * n + 32] + name.encode() + b"\0" + spelt(part)
        closed[name] = hashlib.sha256(data).hexdigest()
    head = {"v": 1, "id": one["id"], "kind": one["kind"], "parts": closed}
    return hashlib.sha256(b"alongside.entry.v1\0" + spelt(head)).hexdigest()


def _commitments(place):
    """(statements, those erased by law, {place in the record: hash}). Of erased words the hash alone is left."""
    previous, hashes, erased, last, decided = {}, {}, 0, {}, set()
    with open(place, encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            family = one["pk"] >> 20
            if one["pk"] != last.get(family, family << 20) + 1:
                raise Wrong("A statement is missing before {}.".format(one["id"]))
            if one["kind"] == CONFIRMED:
                decided.add(one["id"])
            if one["kind"] == ERASED and one["salt"] == "" and one["body"]["by"] in decided:
                erased += 1  # the office's own statements, the decisions among them, come first
            elif commitment(one, previous.get(family, "")) != one["hash"]:
                raise Wrong("Statement {} is not what was received.".format(one["id"]))
            previous[family] = hashes[one["pk"]] = one["hash"]
            last[family] = one["pk"]
    return len(hashes), erased, hashes


def _log(place, hashes):
    """(how many leaves, the root of RFC 6962 in hex): every leaf is a statement's or opens as padding."""
    waits, leaves, left = [], 0, set(hashes)
    with open(place, encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            if one["number"] != leaves:
                raise Wrong(f"Leaf {leaves} of the log is missing.")
            if one["place"] is not None:
                right = hashes.get(one["place"])
                left.discard(one["place"])
            else:
                right = hashlib.sha256(b"alongside.padding.v1\0" + bytes.fromhex(one["opens"])).hexdigest()
            if one["hash"] != right:
                raise Wrong(f"Leaf {leaves} of the log is neither a statement nor its own padding.")
            leaves += 1
            node, height = hashlib.sha256(b"\0" + bytes.fromhex(one["hash"])).digest(), 0
            while waits and waits[-1][0] == height:
                node, height = hashlib.sha256(b"\1" + waits.pop()[1] + node).digest(), height + 1
            waits.append((height, node))
    if left:
        raise Wrong(f"{len(left)} statements are in no leaf of the log.")
    root = waits.pop()[1] if waits else hashlib.sha256(b"").digest()
    while waits:
        root = hashlib.sha256(b"\1" + waits.pop()[1] + root).digest()
    return leaves, root.hex()


def _signed(place, leaves, root):
    """The last checkpoint says this size and this root."""
    with open(place, encoding="utf-8") as file:
        notes = sorted((json.loads(line) for line in file), key=lambda one: one["size"])
    if not notes or notes[-1]["size"] != leaves:
        raise Wrong("The last checkpoint does not reach to the end of the log.")
    lines = notes[-1]["note"].split("\n")
    if lines[1] != str(leaves) or base64.b64decode(lines[2]).hex() != root:
        raise Wrong("The log is not what was signed.")


def main(argv=None):
    """Look, and say it."""
    words = sys.argv[1:] if argv is None else argv
    folder = words[0] if words else os.path.dirname(os.path.abspath(__file__))
    try:
        found = check(folder)
    except Wrong as why:
        print(f"Does not hold: {why}")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as why:
        print(f"Does not hold: something cannot be read ({type(why).__name__}).")
        return 1
    print("Everything holds: {statements} statements of {families} families and the office.".format(**found))
    print("Erased by law, so that their hash alone is left: {erased}. Leaves of the log: {leaves}.".format(**found))
    print(
        "Its root, to be compared with a page somebody kept: {}".format(
            base64.b64encode(bytes.fromhex(found["root"])).decode()
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
