"""How far long work is, on standard error; standard output holds only what was asked for."""

import sys


def progress(what):
    """A function (done, total) for this piece of work: counts up on a terminal, elsewhere one line at the end."""
    ended = []

    def told(done, total):
        if ended or not total:
            return
        if done >= total:
            ended.append(True)
        if sys.stderr.isatty():
            end = "\n" if ended else ""
            print(f"\r{what}: {100 * done // total} %", end=end, file=sys.stderr, flush=True)
        elif ended:
            say(what)

    return told


def families(done, total):
    """How many families are looked at: counts up on a terminal, else one line at the end."""
    if sys.stderr.isatty():
        print(f"\rFamilies: {done} of {total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
    elif done == total:
        say(f"Families: {total}")


def say(line):
    """A line of what happens."""
    print(line, file=sys.stderr, flush=True)
