"""Find the subcommands, read the words given, run one, and turn failures into a sentence."""

import argparse
import importlib
import os
import pkgutil
import sys
from pathlib import Path

from alongside.asking import for_the_house
from alongside.site import console
from alongside.site.problem import Problem


def subcommands():
    """The modules in this folder that are subcommands, by name."""
    for found in pkgutil.iter_modules(console.__path__):
        module = importlib.import_module(f"{console.__name__}.{found.name}")
        if hasattr(module, "add"):
            yield module


def parser():
    """The parser of all subcommands. Every one takes --data, and says of itself what stands above its module."""
    made = argparse.ArgumentParser(prog="alongside", description="One shared record of a family and its help.")
    subparsers = made.add_subparsers(dest="command", required=True, metavar="command")
    for module in subcommands():
        one = module.add(subparsers)
        one.set_defaults(run=module.run)
        one.description, one.formatter_class = module.__doc__, argparse.RawDescriptionHelpFormatter
        if one.get_default("data") is None:
            one.set_defaults(data=os.environ.get("ALONGSIDE_DATA") or "var")
        one.add_argument("--data", metavar="DIR", type=Path, help="the data folder (default: %(default)s)")
    return made


def set_up(args, present=True):
    """Tell the settings where the data is, then wake Django. `present`: be at work in that folder (prepare)."""
    os.umask(0o077)
    os.environ["ALONGSIDE_DATA"] = str(Path(args.data).resolve())
    if getattr(args, "demo", False):
        os.environ["ALONGSIDE_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    import django

    django.setup()
    data = Path(os.environ["ALONGSIDE_DATA"])
    if present and (data / "alongside.db").exists():
        from alongside.site import prepare

        prepare.present(data)


def sentence(error):
    """What to say of a failure: our own sentence, or the class alone, since a message may hold content."""
    if isinstance(error, Problem):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or type(error).__name__}: {error.filename or 'no file named'}"
    from django.db import OperationalError

    from alongside.record.statement import Closed

    if isinstance(error, Closed):
        return "This office has stopped using Alongside: nothing new is received. Nothing was changed."

    if isinstance(error, OperationalError):
        return f"The database says: {error}"
    return f"Something went wrong ({type(error).__name__}). ALONGSIDE_DEBUG=1 shows where."


def main(argv=None):
    """Run one subcommand. Returns its exit code: 0 done, 1 failed, 2 wrong arguments, 130 interrupted."""
    args = parser().parse_args(argv)
    try:
        if not getattr(args, "wakes_itself", False):  # such a command has no folder yet, or must not make one
            set_up(args)
        with for_the_house():
            return args.run(args) or 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("ALONGSIDE_DEBUG") == "1":
            raise
        print(sentence(error), file=sys.stderr)
        return 1
