"""A made-up authenticator for tests: it holds keys, signs what it is asked, and can be told to do it wrongly."""

import json
import secrets
import struct

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ORIGIN = "http://localhost"


class Device:
    """One authenticator with one key. `count`: of its signatures, 0 forever where it counts none."""

    def __init__(self, *, counts: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.handle, self.counts, self.count = b"", counts, 0

    def makes(self, asked: dict, **wrong) -> str:
        """The answer to a request for a new key."""
        asked = asked["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        held = AttestedCredentialData.create(b"\0" * 16, self.id, ES256.from_cryptography_key(self.key.public_key()))
        signed = self._data(asked["rp"]["id"], wrong, ATTESTED) + held
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": signed})
        client = self._client("webauthn.create", asked, wrong)
        return self._answer({"clientDataJSON": client, "attestationObject": made})

    def signs(self, asked: dict, **wrong) -> str:
        """The answer to a request to come in. `wrong`: origin, challenge, flags, framed, handle, key, count, rp."""
        asked = asked["publicKey"]
        if self.counts:
            self.count += 1
        client = self._client("webauthn.get", asked, wrong)
        signed = self._data(wrong.get("rp", asked["rpId"]), wrong)
        signature = wrong.get("key", self.key).sign(signed + sha256(client), ec.ECDSA(SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": signed, "signature": signature}
        return self._answer(said | {"userHandle": wrong.get("handle", self.handle)})

    def _client(self, what: str, asked: dict, wrong: dict) -> bytes:
        said = {
            "type": what, "challenge": wrong.get("challenge", asked["challenge"]),
            "origin": wrong.get("origin", ORIGIN), "crossOrigin": wrong.get("framed", False),
        }  # fmt: skip
        return json.dumps(said).encode()

    def _data(self, rp: str, wrong: dict, more: int = 0) -> bytes:
        flags = wrong.get("flags", PRESENT | VERIFIED) | more
        return sha256(rp.encode()) + struct.pack(">BI", flags, wrong.get("count", self.count))

    def _answer(self, response: dict) -> str:
        id = websafe_encode(self.id)
        said = {name: websafe_encode(value) for name, value in response.items()}
        return json.dumps({"id": id, "rawId": id, "type": "public-key", "response": said})
