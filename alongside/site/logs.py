"""What may be written to the log: level, place, and words fixed in the code. Never content, never addresses.

An address holds a family's code, an exception's message may hold what someone wrote. So only our own
loggers may fill in values; of others only the unfilled sentence is kept, and of an exception its class
and where it happened. Django's notes on strange requests are filled in already when they come here, so of
them only the class is kept.
"""

import logging
import time
import traceback
from pathlib import Path


def places(error, most=4):
    """The last `most` places of an exception's way, as "file.py:12"."""
    frames = traceback.extract_tb(error.__traceback__)[-most:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _unfilled(record):
    """The sentence of somebody else's record without what was put into it."""
    if record.name.startswith("django.security"):
        return "a strange request was refused"
    return str(record.msg).split("\n")[0]


class ReticentFormatter(logging.Formatter):
    """One line for each record, by the rule above. Its moment is in UTC and says so."""

    converter = time.gmtime
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record):
        own = record.name.split(".")[0] == "alongside"
        words = record.getMessage() if own else _unfilled(record)
        line = f"{self.formatTime(record)} {record.levelname.lower()} {record.name}: {words}"
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line += f" [{type(error).__name__} at {places(error)}]"
        return line
