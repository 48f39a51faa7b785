"""Words of a command line that are more than text; what is wrong with one is said by the parser, with exit code 2."""

import argparse
import datetime as dt

from alongside.site.environment import whole


def number_to(most):
    """Reads a whole number from 1 to `most`."""

    def read(word):
        if (number := whole(word, most)) is None:
            raise argparse.ArgumentTypeError(f"a whole number from 1 to {most} is needed, not {word!r}")
        return number

    return read


def day(word):
    """Reads a day, written as 2026-11-20."""
    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"a day is written as 2026-11-20, not {word!r}") from None
