"""The disk under the database, in the hands of a test: it notes every write, forgets, fills up, or the machine dies.

SQLite writes through a table of functions for each file. Here three of them (write, shorten, wait for the disk) are
replaced in the engine that is really used, by way of its own C names; everything above them is as in earnest.
"""

import ctypes
import os
import random
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3._sqlite3 as engine

SQLITE_FULL, SQLITE_IOERR_WRITE = 13, 778
SECTOR = 512  # bytes a disk writes whole
FILE, INT, LONG, POINTER = ctypes.c_void_p, ctypes.c_int, ctypes.c_int64, ctypes.c_void_p
OPEN = ctypes.CFUNCTYPE(INT, POINTER, POINTER, FILE, INT, POINTER)  # the name as it is: SQLite keeps its address
WRITE = ctypes.CFUNCTYPE(INT, FILE, POINTER, INT, LONG)
SHORTEN = ctypes.CFUNCTYPE(INT, FILE, LONG)
SYNC = ctypes.CFUNCTYPE(INT, FILE, INT)
XOPEN = 40  # where sqlite3_vfs keeps xOpen
METHODS, XWRITE, XTRUNCATE, XSYNC = 152, 24, 32, 40  # sqlite3_io_methods, version 3: its size and three places
_library = ctypes.CDLL(engine.__file__)
_library.sqlite3_vfs_find.restype = POINTER


def _at(address: int) -> ctypes.c_void_p:
    return ctypes.c_void_p.from_address(address)


class Disk:
    """What happened under the files of one folder, in order, and what is to go wrong.

    `noted`: ("write", name, offset, bytes), ("shorten", name, size), ("sync", name), ("said", whatever `say` was told).
    `fails`: what a write answers from now on; None: it works. `room`: bytes that may still be written.
    `dies_at`: the process kills itself before this write, counted from `arm`; `written`: how many there were.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.noted: list[tuple] = []
        self.fails: int | None = None
        self.room: int | None = None
        self.dies_at: int | None = None
        self.written = 0
        self._names: dict[int, str] = {}
        self._kept: list = []
        self._tables: dict[int, ctypes.Array] = {}

    def say(self, what) -> None:
        """Somebody was told that something is saved."""
        self.noted.append(("said", what))

    def arm(self, at: int) -> None:
        self.written, self.dies_at = 0, at

    # The three functions

    def _write(self, real):
        def write(file, data, size, offset):
            self.written += 1
            if self.written == self.dies_at:
                os.kill(os.getpid(), signal.SIGKILL)
            if self.fails is not None:
                return self.fails
            if self.room is not None:
                if size > self.room:
                    return SQLITE_FULL
                self.room -= size
            if file in self._names:
                self.noted.append(("write", self._names[file], offset, ctypes.string_at(data, size)))
            return real(file, data, size, offset)

        return WRITE(write)

    def _shorten(self, real):
        def shorten(file, size):
            if file in self._names:
                self.noted.append(("shorten", self._names[file], size))
            return real(file, size)

        return SHORTEN(shorten)

    def _sync(self, real):
        def sync(file, flags):
            if self.fails is not None:
                return self.fails
            if file in self._names:
                self.noted.append(("sync", self._names[file]))
            return real(file, flags)

        return SYNC(sync)

    def _table(self, real: int) -> int:
        """A table of functions like the one at `real`, with ours in three places."""
        if real not in self._tables:
            table = ctypes.create_string_buffer(ctypes.string_at(real, METHODS), METHODS)
            for place, type_, make in ((XWRITE, WRITE, self._write), (XTRUNCATE, SHORTEN, self._shorten),
                                       (XSYNC, SYNC, self._sync)):  # fmt: skip
                ours = make(type_(_at(real + place).value))
                self._kept.append(ours)
                _at(ctypes.addressof(table) + place).value = ctypes.cast(ours, POINTER).value
            self._tables[real] = table
        return ctypes.addressof(self._tables[real])

    @contextmanager
    def under(self) -> Iterator["Disk"]:
        """Every file of the folder that is opened in this block lies on this disk."""
        hook = _library.sqlite3_vfs_find(None) + XOPEN
        before = _at(hook).value
        real = OPEN(before)

        def opening(vfs, name, file, flags, out):
            answer = real(vfs, name, file, flags, out)
            place = ctypes.string_at(name).decode() if name else ""
            if answer == 0 and place.startswith(self.folder) and _at(file).value:
                self._names[file] = os.path.basename(place)
                _at(file).value = self._table(_at(file).value)
            return answer

        ours = OPEN(opening)
        self._kept.append(ours)
        _at(hook).value = ctypes.cast(ours, POINTER).value
        try:
            yield self
        finally:
            _at(hook).value = before


def after_a_cut(base: dict[str, bytes], noted: list[tuple], end: int, dice: random.Random) -> dict[str, bytes]:
    """The files as a power cut just before `noted[end]` may leave them.

    What was written before a file's last "sync" is there. Of what came later each write is there, is not there, or is
    there up to some sector; in any choice, because a disk writes in its own order.
    """
    last = {}
    for n, one in enumerate(noted[:end]):
        if one[0] == "sync":
            last[one[1]] = n
    files = {name: bytearray(content) for name, content in base.items()}
    for n, one in enumerate(noted[:end]):
        if one[0] not in ("write", "shorten"):
            continue
        fate = 1.0 if n < last.get(one[1], -1) else dice.random()
        file = files.setdefault(one[1], bytearray())
        if one[0] == "shorten":
            if fate >= 0.5:
                del file[one[2] :]
            continue
        data = one[3] if fate >= 0.5 else one[3][: SECTOR * dice.randrange(len(one[3]) // SECTOR + 1)]
        if fate < 0.25 or not data:
            continue
        if len(file) < one[2]:
            file.extend(bytes(one[2] - len(file)))
        file[one[2] : one[2] + len(data)] = data
    return {name: bytes(content) for name, content in files.items()}
