"""Receipts: own words only, body and said at most, and the file that checks them with nothing but Python."""

import base64
import json
import random
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from alongside.record.log import alongside_verify, note, printed, receipts, sequencer, tree, witness
from alongside.record.log.signer import Signer
from alongside.record.reading import find, rows
from alongside.record.statement import Statement
from alongside.record.tests.test_append import AT, Home
from alongside.record.tests.test_log import owners, without_walls

HOUR = 3600 * sequencer.SECOND
KEY_BYTES = bytes(range(32))


@pytest.fixture
def home(db):
    return Home()


@pytest.fixture
def signer(tmp_path):
    return Signer(tmp_path / "signer", "alongside.example/log/test", KEY_BYTES)


@pytest.fixture
def run(signer):
    return lambda hours=0: sequencer.run(at=AT + (100 + hours) * HOUR, every=3600, by=signer)


def own(text, **more):
    return Statement("dialogue.passage", {"words": [{"lang": "en", "text": text}], **more}, basis="own-words")


def read_by(home, who, receipt):
    return find(home.reader(who), receipt.id)


@pytest.fixture
def said(home):
    """The mother's own words, and words of hers that the worker wrote down."""
    mine = home.say(own("I had been awake 22 hours."), by=home.mother)[0]
    theirs = home.say(
        Statement("dialogue.passage", {"words": [{"lang": "en", "text": "That is a night shift."}]},
                  basis="own-words", speaker=home.mother, readers=((home.mother, "present"),)))[0]  # fmt: skip
    return [read_by(home, home.mother, one) for one in (mine, theirs)]


def checked(text, *more, capsys, tmp_path):
    """What the file that checks says of a proof, and its exit code."""
    place = tmp_path / "receipt.tlog-proof"
    place.write_text(text, "utf-8")
    code = alongside_verify.main([str(place), *more])
    return code, capsys.readouterr().out


def test_before_a_checkpoint_it_waits_and_then_it_is_there(home, said, run):
    assert [receipts.held(said)[one.pk] for one in said] == [receipts.Held(True, None)] * 2
    assert receipts.proof(said[0], of=home.mother) == ""
    signed = run()
    assert receipts.held(said)[said[0].pk] == receipts.Held(True, signed.at)
    assert receipts.proof(said[0], of=home.mother).endswith(signed.note)


def test_it_is_the_same_file_ever_after(home, said, run):
    run()
    first = receipts.proof(said[0], of=home.mother)
    home.say(own("later"), by=home.mother)
    run(1), run(2)
    assert receipts.proof(said[0], of=home.mother) == first


def test_it_goes_with_the_checkpoint_somebody_outside_has(home, said, run):
    run()
    second, _third = run(1), run(2)
    assert witness.has(size=second.size, by="The ombud", at=AT) and witness.has(size=second.size, by="The ombud", at=AT)
    assert not witness.has(size=second.size + 1, by="The ombud", at=AT)
    assert receipts.proof(said[0], of=home.mother).endswith(second.note)
    assert witness.newest().size == second.size and witness.newest().signed == second.at
    assert len(rows("SELECT 1 FROM record_witness", [])) == 1


def test_what_it_opens_and_what_stays_closed(home, said, run):
    run()
    for entry, opens in zip(said, ({"body", "said"}, {"body"}), strict=True):
        extra = json.loads(base64.b64decode(receipts.proof(entry, of=home.mother).split("\n")[1][6:]))
        assert set(extra["opened"]) == opens and set(extra["header"]["parts"]) == {"body", "said", "kept"}
        text = json.dumps(extra)
        for closed in ("readers", "previous", '"mark"', '"about"', "within", "once"):
            assert closed not in text
    salts = [part["salt"] for part in extra["opened"].values()]
    stored = rows("SELECT salt FROM record_entry WHERE pk = %s", [entry.pk])[0][0]
    assert bytes(stored).hex() not in text and len(set(salts)) == len(salts)


def test_no_file_of_other_peoples_words_or_of_more_than_words(home, run):
    of_worker = home.say(own("flat").to(home.mother))[0]
    more = home.say(own("between us", review="2026-12-24", why="x"), by=home.mother)[0]
    named = home.say(Statement("dialogue.passage", {"words": [{"lang": "en", "text": "x", "by": 5}]}), by=home.mother)[
        0
    ]
    run()
    for one in (of_worker, more, named):
        entry = read_by(home, home.mother, one)
        assert receipts.proof(entry, of=home.mother) == "" and receipts.held([entry])[entry.pk].unchanged


@owners
@pytest.mark.parametrize("column", ["saw", "recorded_at", "salt", "hash", "readers"])
def test_a_changed_row_is_not_called_unchanged(column, home, said, run):
    run()
    without_walls()
    new = {"saw": 7, "recorded_at": 5, "salt": bytes(32), "hash": "0" * 64, "readers": "[not json"}[column]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE record_entry SET {column} = %s WHERE pk = %s", [new, said[0].pk])
    assert not receipts.held(said[:1])[said[0].pk].unchanged
    assert receipts.proof(said[0], of=home.mother) == ""


@owners
def test_a_changed_leaf_or_tree_gives_no_file(home, said, run):
    run()
    without_walls("UPDATE record_node SET hash = zeroblob(32)")
    assert receipts.proof(said[0], of=home.mother) == "" or sequencer.newest().size == 64
    without_walls(f"UPDATE record_leaf SET hash = zeroblob(32) WHERE place = {said[0].pk}")
    assert not receipts.held(said[:1])[said[0].pk].unchanged


# --- the file that checks ------------------------------------------------------------------------------------


@pytest.fixture
def proved(home, said, run, signer):
    signed = run()
    page = printed.printed(signed.note, signer.key, "2026-11-20 17:00", "The office")
    return receipts.proof(said[0], of=home.mother), receipts.proof(said[1], of=home.mother), signer.key.text, page


def test_it_says_what_holds(proved, capsys, tmp_path):
    mine, theirs, key, page = proved
    paper = tmp_path / "paper.txt"
    paper.write_text("\n".join("   " + line for line in page.split("\n")).replace("\n", "\r\n"))
    code, out = checked(mine, "--key", key, "--checkpoint", str(paper), capsys=capsys, tmp_path=tmp_path)
    assert code == 0 and "    I had been awake 22 hours." in out and "Everything holds." in out
    assert "2023-11-14 22:13:24 (UTC)" in out and "kept outside the office" in out
    code, out = checked(theirs, "--key", key, "--lang", "nb", capsys=capsys, tmp_path=tmp_path)
    assert code == 0 and "Alt holder." in out and "ikke åpnet" in out


def test_what_was_not_checked_is_not_called_right(proved, capsys, tmp_path):
    code, out = checked(proved[0], capsys=capsys, tmp_path=tmp_path)
    assert code == 1 and "Not checked: who signed" in out and "Everything holds" not in out


def test_another_log_than_the_one_outside(proved, signer, capsys, tmp_path):
    paper = tmp_path / "paper"
    size = note.read(sequencer.newest().note).size
    for root, other, words in ((bytes(32), size, "another log"), (bytes(32), size + 64, "Not checked")):
        paper.write_text(note.sign(note.Checkpoint(signer.name, other, root), signer.name, KEY_BYTES))
        code, out = checked(proved[0], "--key", proved[2], "--checkpoint", str(paper), capsys=capsys, tmp_path=tmp_path)
        assert code == 1 and words in out


@pytest.mark.parametrize("seed", range(6))
def test_any_changed_sign_is_found(proved, seed):
    """Hundreds of proofs with one sign changed, doubled or gone: none holds, none breaks the program."""
    dice, text = random.Random(seed), proved[0]
    for _turn in range(60):
        place = dice.randrange(len(text))
        sign = dice.choice(["", dice.choice("abcXYZ019+/=\n "), text[place] * 2])
        other = text[:place] + sign + text[place + 1 :]
        if other == text:
            continue
        with pytest.raises(alongside_verify.Fails):
            list(alongside_verify.check(other, proved[2]))


def test_another_key_does_not_pass(proved):
    for key in (
        note.key_of("alongside.example/log/test", bytes(32)).text,
        note.key_of("x", KEY_BYTES).text,
        "x",
        "a+b+c",
    ):
        with pytest.raises(alongside_verify.Fails):
            list(alongside_verify.check(proved[0], key))


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 511))
def test_its_signatures_are_those_of_the_library(seed, message, bit):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert alongside_verify.signature_holds(public, message, signature)
    assert not alongside_verify.signature_holds(public, message + b"x", signature)
    assert not alongside_verify.signature_holds(public, message, alongside_verify._flipped(signature, bit))


def test_every_published_signature_and_root():
    from alongside.record.tests.test_log_tree import LEAVES, MANY, PUBLISHED, naive, naive_path

    for one in PUBLISHED["rfc8032"]:
        public, message, signature = (bytes.fromhex(one[name]) for name in ("public", "message", "signature"))
        assert alongside_verify.signature_holds(public, message, signature)
    assert alongside_verify.check_signature(PUBLISHED["ours"]["checkpoint"], PUBLISHED["ours"]["vkey"])
    assert LEAVES and tree.root(LEAVES).hex() == PUBLISHED["rfc6962"]["roots"][8]
    for size in range(1, 20):
        for index in range(size):
            path, root = naive_path(index, MANY[:size]), naive(MANY[:size])
            assert alongside_verify.included(index, size, MANY[index], path, root)
            assert not alongside_verify.included(index + 1, size, MANY[index], path, root)


def test_it_runs_alone_with_nothing_but_python(proved, tmp_path):
    """In an empty folder, isolated from every installed library."""
    program, place = tmp_path / "alongside-verify.py", tmp_path / "receipt"
    with open(alongside_verify.__file__, encoding="utf-8") as file:
        program.write_text(file.read())
    place.write_text(proved[0])
    alone = [sys.executable, "-I", "-S", str(program)]
    done = subprocess.run([*alone, str(place), "--key", proved[2]], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0 and "Everything holds." in done.stdout, done.stderr
    assert subprocess.run([*alone, "--self-test"], capture_output=True).returncode == 0
    assert subprocess.run(alone, capture_output=True).returncode == 2
    assert set(alongside_verify.WORDS["en"]) == set(alongside_verify.WORDS["nb"])


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["not there", "no text"])
def test_a_file_that_cannot_be_read_is_said_and_nothing_is_judged(content, tmp_path, capsys):
    place = tmp_path / "receipt.tlog-proof"
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        alongside_verify.main([str(place)])
    said = capsys.readouterr()
    assert ended.value.code == 2 and "cannot be read" in said.err and said.out == ""
