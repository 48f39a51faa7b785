"""`alongside demo`: the invented families of the cast, ready to be visited, with the sign-ins."""

import sys

from alongside.site.console.words import number_to

PORTS_TO_TRY = 50


def add(subparsers):
    """--port (default 8000 or the next free one), --data (default var/demo)."""
    parser = subparsers.add_parser("demo", help="show the invented families of the cast")
    parser.add_argument("--port", type=number_to(65_535), metavar="N", help="default: 8000, or the next that is free")
    parser.set_defaults(data="var/demo", demo=True)
    return parser


def run(args):
    """Load the cast if the folder is new, print who can sign in, serve."""
    from django.conf import settings

    from alongside.cast.accounts import signins
    from alongside.site import prepare, server

    prepare.hold(settings.DATA)
    waiting = _listen(args.port, server)
    _fill(settings.DATA, prepare)
    prepare.look()
    print("Everyone here is invented. The key of this database lies beside it:")
    print("never use this folder for real people.")
    for line in signins():
        print(line)
    prepare.settle()
    server.serve(waiting)
    return 0


def _listen(port, server):
    """A socket on the port asked for, or near 8000 when none was asked for."""
    if port is not None:
        return server.listen(port)
    waiting = server.listen(8000, tries=PORTS_TO_TRY)
    found = waiting.getsockname()[1]
    if found != 8000:
        say(f"Port 8000 is taken; using {found}.")
    return waiting


def _fill(data, prepare):
    """Make tables and load the cast. A loading that was cut short is begun again from nothing."""
    from alongside.site.engine.creation import remove
    from alongside.site.problem import Problem

    loading, loaded = data / "cast-loading", data / "cast-loaded"
    database = data / "alongside.db"
    if loading.exists():
        remove(database)
    elif database.exists() and not loaded.exists():
        raise Problem(f"{data} holds data that the demo did not make. Choose another --data.")
    if loaded.exists():
        prepare.tables()
        return
    loading.touch()
    prepare.tables()
    from alongside.cast.load import load

    load(progress)
    loaded.touch()
    loading.unlink()


def progress(what, done, total):
    """How far the loading is: one line that counts up on a terminal, else one line at the end."""
    if sys.stderr.isatty():
        print(f"\rLoading {what}: {done} of {total}", end="", file=sys.stderr, flush=True)
    if done == total:
        say("" if sys.stderr.isatty() else f"Loaded {what}: {total} acts")


def say(line):
    """Progress goes to standard error, so that standard output holds only what was asked for."""
    print(line, file=sys.stderr, flush=True)
