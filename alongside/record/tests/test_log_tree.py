"""The tree against known roots and a naive oracle, and signed notes against published ones."""

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from alongside.record.canonical import KEPT, SAID, canonical, commit, hash_header, header_of, part_salts
from alongside.record.log import note, tree

PUBLISHED = json.loads((Path(__file__).resolve().parents[3] / "docs/log-vectors.json").read_text("utf-8"))
LEAVES = [tree.leaf(bytes.fromhex(one)) for one in PUBLISHED["rfc6962"]["leaves"]]


def naive(leaves):
    """MTH of RFC 6962 2.1, word for word."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + naive(leaves[:half]) + naive(leaves[half:])).digest()


def naive_path(index, leaves):
    """PATH of RFC 6962 2.1.1, word for word."""
    if len(leaves) < 2:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if index < half:
        return [*naive_path(index, leaves[:half]), naive(leaves[half:])]
    return [*naive_path(index - half, leaves[half:]), naive(leaves[:half])]


def naive_proof(old, leaves, known=True):
    """SUBPROOF of RFC 6962 2.1.2, word for word."""
    if old == len(leaves):
        return [] if known else [naive(leaves)]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if old <= half:
        return [*naive_proof(old, leaves[:half], known), naive(leaves[half:])]
    return [*naive_proof(old - half, leaves[half:], False), naive(leaves[:half])]


def kept(leaves):
    return lambda first, count: naive(leaves[first : first + count])


MANY = [tree.leaf(bytes([n])) for n in range(70)]


def test_known_roots():
    found = [tree.root(LEAVES[:size]).hex() for size in range(9)]
    assert found == PUBLISHED["rfc6962"]["roots"]


def test_every_proof_of_every_size_is_the_oracles_and_holds():
    for size in range(1, len(MANY) + 1):
        leaves = MANY[:size]
        top = tree.root(leaves)
        assert top == naive(leaves)
        for index in range(size):
            path = tree.inclusion(index, size, kept(leaves))
            assert path == naive_path(index, leaves)
            assert tree.included(index, size, leaves[index], path, top)
        for old in range(1, size + 1):
            proof = tree.consistency(old, size, kept(leaves))
            assert proof == naive_proof(old, leaves)
            assert tree.grew(old, size, proof, naive(leaves[:old]), top)


@given(st.data())
def test_a_wrong_inclusion_never_holds(data):
    size = data.draw(st.integers(1, 20))
    index = data.draw(st.integers(0, size - 1))
    path, top = naive_path(index, MANY[:size]), naive(MANY[:size])
    other = data.draw(st.integers(-1, 25))
    if other != index:
        assert not tree.included(other, size, MANY[index], path, top)
    assert not tree.included(index, size, tree.leaf(b"other"), path, top)
    assert not tree.included(index, size, MANY[index], [*path, top], top)
    assert not tree.included(index, size, MANY[index], path, bytes(32))
    if path:
        assert not tree.included(index, size, MANY[index], path[:-1], top)
        place = data.draw(st.integers(0, len(path) - 1))
        path[place] = bytes([path[place][0] ^ 1]) + path[place][1:]
        assert not tree.included(index, size, MANY[index], path, top)


@given(st.data())
def test_a_wrong_growth_never_holds(data):
    new = data.draw(st.integers(1, 20))
    old = data.draw(st.integers(1, new))
    proof, before, after = naive_proof(old, MANY[:new]), naive(MANY[:old]), naive(MANY[:new])
    assert not tree.grew(old, new, proof, bytes(32), after)
    assert not tree.grew(old, new, proof, before, bytes(32))
    assert not tree.grew(old, new, [*proof, before], before, after)
    assert old == new or not tree.grew(old, new, proof, after, before)
    if proof:
        assert not tree.grew(old, new, proof[:-1], before, after)
        place = data.draw(st.integers(0, len(proof) - 1))
        proof[place] = bytes([proof[place][0] ^ 1]) + proof[place][1:]
        assert not tree.grew(old, new, proof, before, after)


def test_of_an_empty_tree_nothing_is_proved():
    nothing = tree.root([])
    assert not tree.grew(0, 0, [], nothing, nothing) and not tree.grew(0, 5, [], nothing, naive(MANY[:5]))
    assert not tree.included(0, 0, nothing, [], nothing)
    for wrong in ((0, 0), (0, 3), (4, 3)):
        with pytest.raises(ValueError):
            tree.consistency(*wrong, kept(MANY))
    with pytest.raises(ValueError):
        tree.inclusion(3, 3, kept(MANY))


def test_what_a_leaf_completes():
    growing, found = tree.Growing(), {}
    for one in MANY:
        found |= {(level, number): hash for level, number, hash in growing.add(one)}
    for (level, number), hash in found.items():
        assert hash == naive(MANY[number << level : (number + 1) << level])
    assert len(found) == sum(70 >> level for level in range(1, 7)) and growing.root() == naive(MANY)


# --- signatures and notes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", range(len(PUBLISHED["rfc8032"])))
def test_rfc_8032_by_the_library(n):
    one = PUBLISHED["rfc8032"][n]
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(one["secret"]))
    assert key.public_key().public_bytes_raw().hex() == one["public"]
    assert key.sign(bytes.fromhex(one["message"])).hex() == one["signature"]


def test_the_note_of_the_specification_is_read():
    """The example of c2sp.org/signed-note gives no key; its form is read, and its id stands before the signature."""
    text, signatures = note.parts(PUBLISHED["signed_note"])
    assert text.endswith("ed è subito sera.\n") and signatures[0][0] == "quasimodo.example/salvatore"
    assert len(signatures[0][1]) == 68
    with pytest.raises(note.NotANote, match="another-key"):
        note.opened(PUBLISHED["signed_note"], note.read_key(PUBLISHED["ours"]["vkey"]))


def test_the_note_of_the_go_library_holds():
    known = PUBLISHED["go_note"]
    assert note.text_of(known["note"], note.read_key(known["vkey"])).startswith("If you think cryptography")
    with pytest.raises(note.NotANote, match="bad-signature"):
        note.text_of(known["note"].replace("cryptography", "cryptographi"), note.read_key(known["vkey"]))


OURS = PUBLISHED["ours"]
SEED = hashlib.sha256(b"alongside test key").digest()
NAME = "alongside.example/log/demo"


def entry(n):
    """One of the five entries of our vectors, made of nothing but hashlib and canonical JSON: its salts, parts, E."""
    salts = part_salts(hashlib.sha256(f"test-salt-{n}".encode()).digest())
    given = OURS["entries"][n]
    parts = {
        name: commit(name, salt, canonical(given[name]))
        for name, salt in zip(("body", "said", "kept"), salts, strict=True)
    }
    header = {"v": 1, "id": hashlib.sha256(f"id{n}".encode()).hexdigest()[:32], "kind": given["kind"], "parts": parts}
    return header, hashlib.sha256(b"alongside.entry.v1\0" + canonical(header)).hexdigest()


LISTS = st.lists(st.text() | st.lists(st.text()).map(tuple))
VALUES = st.none() | st.text() | LISTS | LISTS.map(tuple)


@given(st.dictionaries(st.sampled_from([*SAID, *KEPT]), VALUES), st.text(), st.text())
def test_an_entry_is_spelt_as_anything_is(values, id, kind):
    """What `header_of` writes down without sorting is what RFC 8785 asks for."""
    said, kept = ({name: values.get(name) for name in names} for names in (SAID, KEPT))
    salt = bytes(32)
    header = header_of(id=id, kind=kind, salt=salt, body=b"{}", said=said, kept=kept)
    parts = zip(("body", "said", "kept"), part_salts(salt), (b"{}", canonical(said), canonical(kept)), strict=True)
    by_hand = {"v": 1, "id": id, "kind": kind, "parts": {name: commit(name, one, data) for name, one, data in parts}}
    assert header == by_hand
    assert hash_header(header) == hashlib.sha256(b"alongside.entry.v1\0" + canonical(by_hand)).hexdigest()


def test_our_vectors():
    hashes = []
    for n, known in enumerate(OURS["entries"]):
        header, digest = entry(n)
        assert header["parts"] == known["parts"] and digest == known["E"]
        hashes.append(tree.leaf(bytes.fromhex(digest)))
    assert tree.root(hashes).hex() == OURS["root"]
    assert [one.hex() for one in tree.inclusion(2, 5, kept(hashes))] == OURS["path_of_2"]
    signed = note.sign(note.Checkpoint(NAME, 5, tree.root(hashes)), NAME, SEED)
    assert signed == OURS["checkpoint"]
    assert note.opened(signed, note.read_key(OURS["vkey"])).size == 5


def test_the_known_answers_of_the_older_construction():
    """A checkpoint computed elsewhere, before the parts were three: key, id and signature are the same."""
    known = PUBLISHED["one_part"]
    assert note.key_of(NAME, SEED).text == known["vkey"] == OURS["vkey"]
    assert note.sign(note.Checkpoint(NAME, 5, bytes.fromhex(known["root"])), NAME, SEED) == known["checkpoint"]


SIGNED = note.sign(note.Checkpoint(NAME, 64, bytes(32)), NAME, SEED)
KEY = note.key_of(NAME, SEED)


@given(st.integers(0, len(SIGNED) - 1), st.characters(codec="utf-8"))
def test_any_other_sign_in_a_note_is_found(place, sign):
    other = SIGNED[:place] + sign + SIGNED[place + 1 :]
    if other == SIGNED:
        return
    with pytest.raises(note.NotANote):
        note.opened(other, KEY)


@pytest.mark.parametrize("wrong", ["", "x", "a\n1\n\n", SIGNED.replace("\n64\n", "\n064\n"), SIGNED[:-1], SIGNED * 20])
def test_what_is_no_note(wrong):
    with pytest.raises(note.NotANote):
        note.opened(wrong, KEY)


def test_others_may_sign_too_and_do_not_count():
    other = note.sign(note.Checkpoint(NAME, 64, bytes(32)), "witness.example", bytes(32)).rpartition("\n\n")[2]
    assert note.opened(SIGNED + other, KEY).size == 64
    with pytest.raises(note.NotANote, match="another-key"):
        note.opened(SIGNED, note.key_of(NAME, bytes(32)))
    with pytest.raises(note.NotANote):
        note.read_key(KEY.text.replace("+", "-"))
    with pytest.raises(InvalidSignature):
        Ed25519PrivateKey.from_private_bytes(SEED).public_key().verify(bytes(64), b"")
