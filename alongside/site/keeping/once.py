"""A file that stays: read-only, and where the system can, write-once, so that only root takes it back."""

import fcntl
import os
import struct
from pathlib import Path

GET, SET, IMMUTABLE = 0x80086601, 0x40086602, 0x10  # linux/fs.h: FS_IOC_GETFLAGS, FS_IOC_SETFLAGS, FS_IMMUTABLE_FL


def read_only(place: Path) -> None:
    os.chmod(place, 0o400)


def write_once(place: Path, on: bool = True) -> bool:
    """Let nobody change, rename or remove this file until root says otherwise (chattr -i). Returns whether the
    system took it: it needs root, and a file system such as ext4, XFS or Btrfs."""
    handle = os.open(place, os.O_RDONLY)
    try:
        flags = struct.unpack("l", fcntl.ioctl(handle, GET, struct.pack("l", 0)))[0]
        fcntl.ioctl(handle, SET, struct.pack("l", flags | IMMUTABLE if on else flags & ~IMMUTABLE))
    except OSError:
        return False
    finally:
        os.close(handle)
    return True
