"""Secrets of this installation: where they lie and how they are made. No Django here."""

import hashlib
import os
import secrets
from pathlib import Path

from alongside.site.problem import Problem

DEMO_KEY = "demo.key"
SHORTEST = 32  # signs of a secret that the environment names


def kept(path, make):
    """The text in the file at `path`; made by `make()` the first time, readable by the owner alone.

    Two processes may come at once: the file appears whole or not at all, and both get the same text.
    """
    path = Path(path)
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def signing_secret(data):
    """What Django signs cookies with: ALONGSIDE_SECRET, or a file in the data folder. Problem where it is short."""
    named = os.environ.get("ALONGSIDE_SECRET")
    if named and len(named) < SHORTEST:
        raise Problem(f"ALONGSIDE_SECRET is too short: at least {SHORTEST} signs that nobody can guess.")
    return named or kept(data / "secret", lambda: secrets.token_urlsafe(48))


def is_demo(data):
    """Whether this folder was made by the demo: its key lies beside the data."""
    return (data / DEMO_KEY).exists()


def key_place(data, demo):
    """Where the database key lies. Outside the data folder, so that a stolen copy of the data stays
    closed; the demo keeps its own beside its invented people, and says so."""
    if demo:
        return data / DEMO_KEY
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "alongside" / f"{hashlib.sha256(str(data.resolve()).encode()).hexdigest()[:24]}.key"


def erasures_place(data, demo):
    """Where the list of lawful erasures is written after each: ALONGSIDE_ERASURES, or beside the database key, so
    that a backup of the data folder that is restored does not bring back an older list."""
    named = os.environ.get("ALONGSIDE_ERASURES")
    return Path(named) if named else key_place(data, demo).with_suffix(".erasures")


def database_key(data, demo):
    """The key as 64 hex digits: ALONGSIDE_KEY, or the key file. A database whose key file is gone gets
    no new key: Problem, because a new one could never open it."""
    named = os.environ.get("ALONGSIDE_KEY")
    if named:
        return named
    place = key_place(data, demo)
    if not place.exists() and (data / "alongside.db").exists():
        raise Problem(f"The key of this database is missing: {place}. Put it back, or set ALONGSIDE_KEY.")
    return kept(place, lambda: secrets.token_hex(32))


def signer_place(data, demo):
    """The folder of the log's signer: its key and what it signed last. Outside the data folder, as the database key
    is; ALONGSIDE_SIGNER names where, and there each data folder has its own. The demo keeps its own inside."""
    if demo:
        return data / "demo-signer"
    home = os.environ.get("ALONGSIDE_SIGNER")
    above = Path(home) if home else key_place(data, demo).parent
    return above / f"{key_place(data, demo).stem}.signer"


def log_signer(data, demo, host, *, begins):
    """The signer of this office's log. `host`: begins the name of a new log. `begins`: nothing was signed yet, so
    that a key may be made; a log whose key is gone gets no new one: Problem."""
    from alongside.record.log.signer import Signer

    place = signer_place(data, demo)
    if not begins and not (place / "key").exists():
        raise Problem(f"The key of the log is missing: {place / 'key'}. Put it back from its own backup. Where "
                      "there is none: docs/running/backup.md.")  # fmt: skip
    name = kept(place / "name", lambda: f"{host}/log/{secrets.token_hex(6)}")
    return Signer(place, name, bytes.fromhex(kept(place / "key", lambda: secrets.token_hex(32))))
