#!/usr/bin/env python3
"""alongside-verify: does a proof of somebody's own words hold?

    python3 alongside-verify.py FILE --key "THE LOG'S PUBLIC KEY" [--checkpoint PAGE] [--lang en|nb]
    python3 alongside-verify.py --self-test

FILE is what was saved from a room of Alongside. The key is one line; the office hands it out, and it stands on every
checkpoint the office prints. PAGE is such a checkpoint, kept by somebody outside: with it the proof is strongest.
Nothing is sent anywhere. This file needs Python 3.8 or newer and nothing else; it may be passed on (EUPL-1.2).

Ends with 0 when everything holds, 1 when something does not or was not checked, 2 when called wrongly.
"""

import argparse
import base64
import datetime
import hashlib
import json
import re
import sys

# --- the words -----------------------------------------------------------------------------------------------

WORDS = {
    "en": {
        "words": "The words:",
        "own": "Said and written down by the same person. The record received them on {when} (UTC).",
        "own-by": "Written down by one person as the words of another. The record received them on {when} (UTC).",
        "closed": "Who said them and when is not opened in this file.",
        "form": "It is an answer: {form}.",
        "unchanged": "Holds: the words are those the record committed to.",
        "included": "Holds: they were in the office's log when it had {size} places.",
        "signed": "Holds: that log was signed with the key you gave ({name}).",
        "outside": "Holds: it is the checkpoint that was kept outside the office.",
        "other-size": "Not checked: the checkpoint you gave has {other} places, this proof goes with one of {size}.",
        "other-log": "Not checked: the checkpoint you gave is of the log {other}, this proof goes with {name}. An "
        "office that lost its log begins it again under a new name: ask about that, and for a page of the right one.",
        "no-key": "Not checked: who signed. Ask the office, or whoever keeps its checkpoints, for the public key.",
        "no-outside": "Weaker without a checkpoint kept outside: whoever has the office's keys could make all anew.",
        "not": "What this does not prove: that the words are true, or that nothing else was said.",
        "all": "Everything holds.",
        "some": "What was checked holds. Something was not checked.",
        "bad-file": "Fails: this is not a proof, or it was changed. ({what})",
        "bad-part": "Fails: the {part} is not what the record committed to. It was changed.",
        "bad-place": "Fails: the words are not in the log this checkpoint speaks of.",
        "bad-key": "Fails: this is not a public key of a log.",
        "bad-signer": "Fails: the checkpoint was not signed with the key you gave.",
        "bad-signature": "Fails: the signature does not hold. The checkpoint was changed.",
        "two-logs": "Fails: the office signed another log than the one kept outside. Somebody made it anew.",
        "bad-outside": "Fails: the page you gave holds no checkpoint, or one that was changed.",
    },
    "nb": {
        "words": "Ordene:",
        "own": "Sagt og skrevet ned av samme person. Journalen tok imot dem {when} (UTC).",
        "own-by": "Skrevet ned av en person som en annens ord. Journalen tok imot dem {when} (UTC).",
        "closed": "Hvem som sa dem, og når, er ikke åpnet i denne filen.",
        "form": "Det er et svar: {form}.",
        "unchanged": "Holder: ordene er de samme som journalen bandt seg til.",
        "included": "Holder: de sto i kontorets logg da den hadde {size} plasser.",
        "signed": "Holder: loggen ble signert med nøkkelen du oppga ({name}).",
        "outside": "Holder: det er det kontrollpunktet som er tatt vare på utenfor kontoret.",
        "other-size": "Ikke sjekket: kontrollpunktet du oppga, har {other} plasser. Beviset hører til et med {size}.",
        "other-log": "Ikke sjekket: kontrollpunktet du oppga, er fra loggen {other}. Beviset hører til {name}. Et "
        "kontor som har mistet loggen, begynner den på nytt under et nytt navn: spør om det, og om en side fra den "
        "rette.",
        "no-key": "Ikke sjekket: hvem som signerte. Be kontoret, eller den som har kontrollpunktene, om den offentlige "
        "nøkkelen.",
        "no-outside": "Svakere uten et kontrollpunkt fra utsiden: den som har kontorets nøkler, kan lage alt på nytt.",
        "not": "Dette beviser ikke at ordene er sanne, eller at ikke noe annet ble sagt.",
        "all": "Alt holder.",
        "some": "Det som ble sjekket, holder. Noe ble ikke sjekket.",
        "bad-file": "Holder ikke: dette er ikke et bevis, eller det er endret. ({what})",
        "bad-part": "Holder ikke: {part} er ikke det journalen bandt seg til. Det er endret.",
        "bad-place": "Holder ikke: ordene står ikke i den loggen kontrollpunktet gjelder.",
        "bad-key": "Holder ikke: dette er ikke en logs offentlige nøkkel.",
        "bad-signer": "Holder ikke: kontrollpunktet er ikke signert med nøkkelen du oppga.",
        "bad-signature": "Holder ikke: signaturen stemmer ikke. Kontrollpunktet er endret.",
        "two-logs": "Holder ikke: kontoret har signert en annen logg enn den som er tatt vare på utenfor. Noen har "
        "laget den på nytt.",
        "bad-outside": "Holder ikke: siden du oppga har ikke noe kontrollpunkt, eller ett som er endret.",
    },
}  # fmt: skip


class Fails(Exception):
    """The first thing that does not hold. `code`: one of WORDS; `facts` for its sentence."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


# --- Ed25519, verification only (RFC 8032, 5.1) --------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def _x_of(y, sign):
    """The x of a point, or None where there is none."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def _point(data):
    """A point from its 32 bytes, as (X, Y, Z, T), or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def _add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def _times(count, point):
    found = (0, 1, 1, 0)
    while count:
        if count & 1:
            found = _add(found, point)
        point = _add(point, point)
        count >>= 1
    return found


def signature_holds(public, message, signature):
    """Whether an Ed25519 signature is right."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    one, other = _times(s, BASE), _add(r, _times(k, key))
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


RFC_8032 = [  # section 7.1: public key, message, signature
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe2"
     "4655141438e7a100b"),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302ae"
     "eb00d291612bb0c00"),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28"
     "dc027beceea1ec40a"),
]  # fmt: skip


def self_test():
    """Whether this file's own arithmetic is right: the vectors hold, and fail when one bit differs."""
    for public, message, signature in RFC_8032:
        public, message, signature = (bytes.fromhex(one) for one in (public, message, signature))
        if not signature_holds(public, message, signature) or signature_holds(public, message + b"x", signature):
            return False
        if any(signature_holds(public, message, _flipped(signature, bit)) for bit in (0, 255, 256, 511)):
            return False
    return True


def _flipped(data, bit):
    return bytes(one ^ (1 << bit % 8 if n == bit // 8 else 0) for n, one in enumerate(data))


# --- the proof -----------------------------------------------------------------------------------------------


def _b64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Fails("bad-file", what="base64") from None
    if base64.b64encode(data).decode() != text:
        raise Fails("bad-file", what="base64")
    return data


def canonical(value):
    """JSON in its one spelling (RFC 8785 without floats)."""
    if isinstance(value, float):
        raise Fails("bad-file", what="JSON")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return b"{" + b",".join(canonical(key) + b":" + canonical(value[key]) for key in keys) + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(canonical, value)) + b"]"
    return json.dumps(value, ensure_ascii=False).encode()


def read_proof(text):
    """(extra, index, path, note) of a tlog-proof."""
    head, gap, note = text.partition("\n\n")
    lines = head.split("\n")
    if not gap or len(lines) < 3 or lines[0] != "c2sp.org/tlog-proof@v1":
        raise Fails("bad-file", what="tlog-proof")
    if not lines[1].startswith("extra ") or not re.fullmatch(r"index (0|[1-9][0-9]{0,17})", lines[2]):
        raise Fails("bad-file", what="extra, index")
    path = [_b64(line) for line in lines[3:]]
    if any(len(one) != 32 for one in path):
        raise Fails("bad-file", what="path")
    try:
        extra = json.loads(_b64(lines[1][6:]).decode("utf-8"))
        parts = extra["header"]["parts"]
        opened = extra["opened"]
        right = set(extra) == {"header", "opened"} and set(extra["header"]) == {"v", "id", "kind", "parts"}
        right = right and extra["header"]["v"] == 1 and set(parts) == {"body", "said", "kept"}
        right = right and "body" in opened and set(opened) <= {"body", "said"}
    except (ValueError, KeyError, TypeError, AttributeError):
        right = False
    if not right:
        raise Fails("bad-file", what="extra")
    return extra, int(lines[2][6:]), path, note


def check_parts(extra):
    """The opened parts against the commitments of the header."""
    for name, part in extra["opened"].items():
        try:
            salt, data = bytes.fromhex(part["salt"]), part["text"].encode("utf-8")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Fails("bad-file", what=name) from None
        made = hashlib.sha256(b"alongside.part.v1\0" + salt + name.encode() + b"\0" + data).hexdigest()
        if len(salt) != 32 or made != extra["header"]["parts"][name]:
            raise Fails("bad-part", part=name)


def leaf_of(header):
    """The leaf of an entry, from its header."""
    entry = hashlib.sha256(b"alongside.entry.v1\0" + canonical(header)).digest()
    return hashlib.sha256(b"\0" + entry).digest()


def included(index, size, leaf, path, root):
    """Whether the leaf lies at `index` under this root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last = index, size - 1
    for one in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            leaf = hashlib.sha256(b"\1" + one + leaf).digest()
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            leaf = hashlib.sha256(b"\1" + leaf + one).digest()
        place, last = place >> 1, last >> 1
    return last == 0 and leaf == root


def read_note(note, wrong="bad-file"):
    """(name, size, root, signed text, signatures) of a checkpoint."""
    text, gap, rest = note.rpartition("\n\n")
    lines = (text + "\n").split("\n")
    if not gap or not rest.endswith("\n") or len(lines) < 4 or not re.fullmatch(r"0|[1-9][0-9]{0,17}", lines[1]):
        raise Fails(wrong, what="checkpoint")
    signatures = []
    for line in rest[:-1].split("\n"):
        found = re.fullmatch("\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)", line)
        if not found:
            raise Fails(wrong, what="signature")
        signatures.append((found.group(1), _b64(found.group(2))))
    return lines[0], int(lines[1]), _b64(lines[2]), (text + "\n").encode(), signatures


def check_signature(note, key):
    """The signature of a checkpoint by this key, a C2SP vkey in one line. Returns the name of the log."""
    name, _plus, rest = key.strip().partition("+")
    id_, _plus, spelt = rest.partition("+")
    try:
        data = _b64(spelt)
    except Fails:
        data = b""
    if len(data) != 33 or data[0] != 1 or hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8] != id_:
        raise Fails("bad-key")
    origin, _size, _root, text, signatures = read_note(note)
    mine = [one[4:] for who, one in signatures if who == name and one[:4].hex() == id_]
    if not mine or origin != name:
        raise Fails("bad-signer")
    if not all(signature_holds(data[1:], text, one) for one in mine):
        raise Fails("bad-signature")
    return name


def note_on_page(page):
    """The checkpoint on a page the office printed, or the page itself."""
    lines = [line.strip() for line in page.replace("\r\n", "\n").split("\n")]
    if "---- checkpoint ----" not in lines or "---- end ----" not in lines:
        return page
    inner = lines[lines.index("---- checkpoint ----") + 1 : lines.index("---- end ----")]
    said = [line for line in inner if line and not line.startswith("\u2014 ")]
    return "\n".join([*said, "", *(line for line in inner if line.startswith("\u2014 ")), ""])


def check(text, key="", page=""):
    """Everything, in order: yields (code, facts) of what holds and what was not checked. Raises Fails."""
    extra, index, path, note = read_proof(text)
    check_parts(extra)
    yield from _words_of(extra)
    yield "unchanged", {}
    name, size, root, _text, _signatures = read_note(note)
    if not included(index, size, leaf_of(extra["header"]), path, root):
        raise Fails("bad-place")
    yield "included", {"size": size}
    if key:
        yield "signed", {"name": check_signature(note, key)}
    else:
        yield "no-key", {}
    if not page:
        yield "no-outside", {}
    else:
        yield from _outside(note_on_page(page), key, name, size, root)


def _outside(note, key, name, size, root):
    origin, other, kept, _text, _signatures = read_note(note, "bad-outside")
    if origin != name:
        yield "other-log", {"name": name, "other": origin}
        return
    if key:
        check_signature(note, key)
    if other == size and kept != root:
        raise Fails("two-logs")
    if other == size:
        yield "outside", {}
    else:
        yield "other-size", {"size": size, "other": other}


def _words_of(extra):
    """What the opened parts say."""
    try:
        body = json.loads(extra["opened"]["body"]["text"])
        texts = [one["text"] for one in body["words"]]
        said = json.loads(extra["opened"]["said"]["text"]) if "said" in extra["opened"] else None
        moment = int(said["recorded_at"]) if said else 0
        other = bool(said and said["speaker"] not in (None, said["author"]))
    except (ValueError, KeyError, TypeError):
        raise Fails("bad-file", what="words") from None
    yield "words", {"texts": texts}
    if "form" in body:
        yield "form", {"form": body["form"]}
    if said is None:
        yield "closed", {}
        return
    when = datetime.datetime(1970, 1, 1) + datetime.timedelta(microseconds=moment)
    yield "own-by" if other else "own", {"when": when.strftime("%Y-%m-%d %H:%M:%S")}


# --- the command ---------------------------------------------------------------------------------------------


def main(argv=None):
    parser = argparse.ArgumentParser(prog="alongside-verify", description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", help="the proof that was saved from a room")
    parser.add_argument("--key", default="", help="the log's public key, one line")
    parser.add_argument("--checkpoint", metavar="PAGE", help="a checkpoint that was kept outside the office")
    parser.add_argument("--lang", choices=sorted(WORDS), default="en")
    parser.add_argument("--self-test", action="store_true", help="whether this file itself is right")
    args = parser.parse_args(argv)
    if args.self_test:
        right = self_test()
        print("This file is right." if right else "This file is broken. Get it anew.")
        return 0 if right else 1
    if not args.file:
        parser.error("name the file")
    proof, page = (_read(path, parser) if path else "" for path in (args.file, args.checkpoint))
    return tell(WORDS[args.lang], proof, args.key, page)


def _read(path, parser):
    """The text of a file. Ends with 2 where it cannot be read: then nothing was looked at."""
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read().replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as why:
        parser.error(f"{path} cannot be read ({getattr(why, 'strerror', None) or 'it is no text'})")


def tell(words, text, key, page):
    """Say what holds, line by line, and stop at the first that does not. 0: everything holds."""
    unchecked = False
    try:
        for code, facts in check(text, key, page):
            print(words[code].format(**facts))
            for one in facts.get("texts", ()):
                print("".join("    " + line for line in one.splitlines(True)))
            unchecked = unchecked or code in ("no-key", "other-size", "other-log")
    except Fails as why:
        print(words[why.code].format(**why.facts))
        return 1
    print(words["not"])
    print(words["some"] if unchecked else words["all"])
    return 1 if unchecked else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
