"""How the machine is on which this office's record stands: what an administrator reads to the IT people on the
telephone. Every part looks by itself and says so when it cannot look, so that the page works when something is wrong.
Nothing of any family is read. Moments are the machine's own."""

import datetime as dt
import importlib.metadata
import os
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import connection

from alongside import clock, pulse
from alongside.exchange.notices.gateway import FOLDER
from alongside.record.log import sequencer, witness
from alongside.record.log.begun import beginnings

NOTED = "last-backup"  # the site's own backup touches this file in the data folder when it is done


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes: what the data folder takes, and what is free on its disk. None: it could not be looked at."""

    taken: int | None
    free: int | None


@dataclass(frozen=True, slots=True)
class Mail:
    """Notices that wait for the site's gateway. `oldest`: aware, or None for none. `readable`: whether one can look."""

    waiting: int
    oldest: dt.datetime | None
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Database:
    """`engine`: its version, or '' when it does not say; `wrong`: what the house's own checks find."""

    engine: str
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Log:
    """`signed`: when the log was signed last; `outside`: when the newest checkpoint somebody outside has was signed;
    `by`: who has it; `begun`: when the log was begun again last, and whether something may be `lost` since. Aware, or
    None for never."""

    signed: dt.datetime | None
    outside: dt.datetime | None = None
    by: str = ""
    begun: dt.datetime | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Provider:
    """`name`: as people call it; `asked`: when it was asked last, aware, or None; `why`: what was wrong then, or ''."""

    name: str
    asked: dt.datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """`backup`: aware, or None when nobody has noted one; `beat`: of the ticker; `log`: None where it could not be
    looked at; `others`: when what others wrote was last held against newer versions, or None."""

    version: str
    room: Room
    mail: Mail
    database: Database
    beat: pulse.Beat | None
    backup: dt.datetime | None
    now: dt.datetime
    log: Log | None = None
    provider: Provider | None = None
    others: dt.date | None = None


def machine(data: Path) -> Machine:
    """Look at everything once. `data`: the data folder."""
    return Machine(
        version(), room(data), mail(data), database(), pulse.last(), noted(data / NOTED), clock.machine(),
        log(), provider(), compared(),
    )  # fmt: skip


def provider() -> Provider | None:
    """How the identity provider answered last; None where none is set."""
    from alongside.access.provider import asking  # the file is also looked into before the tables are awake
    from alongside.access.views import provider_name

    if settings.PROVIDER is None:
        return None
    last = asking.last()
    return Provider(provider_name(), clock.moment(last.at), last.why) if last else Provider(provider_name())


def _of_the_checkout() -> dict:
    """What pyproject.toml says; nothing where this does not run from a checkout."""
    try:
        return tomllib.loads((Path(__file__).resolve().parents[3] / "pyproject.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return {}


def version() -> str:
    """The version of this software: of the checkout it runs from, else of the package."""
    said = _of_the_checkout().get("project", {}).get("version", "")
    if said:
        return said
    try:
        return importlib.metadata.version("alongside")
    except importlib.metadata.PackageNotFoundError:
        return ""


def compared() -> dt.date | None:
    """When its makers last held what others wrote against what was new. Of known weaknesses it says nothing."""
    found = _of_the_checkout().get("tool", {}).get("alongside", {}).get("compared")
    return found if isinstance(found, dt.date) else None


def room(data: Path) -> Room:
    """What the folder takes and what is free beside it."""
    try:
        taken = sum(_sizes(data))
    except OSError:
        taken = None
    try:
        free = shutil.disk_usage(data).free
    except OSError:
        free = None
    return Room(taken, free)


def _sizes(data: Path) -> Iterator[int]:
    def fails(why: OSError) -> None:
        raise why

    for folder, _folders, files in os.walk(data, onerror=fails):
        for name in files:
            try:
                yield os.lstat(os.path.join(folder, name)).st_size
            except FileNotFoundError:  # it went between the two looks, as the files of a running database do
                continue


def mail(data: Path) -> Mail:
    """The notices that wait, by their files; a folder that is not there holds none."""
    moments: list[float] = []
    try:
        with os.scandir(data / FOLDER) as found:
            for one in found:
                if one.name.endswith(".json"):
                    moments.append(one.stat().st_mtime)
    except FileNotFoundError:
        pass
    except OSError:
        return Mail(0, None, readable=False)
    return Mail(len(moments), _moment(min(moments)) if moments else None)


def noted(place: Path) -> dt.datetime | None:
    """When this file was last touched, or None."""
    try:
        return _moment(place.stat().st_mtime)
    except OSError:
        return None


def log() -> Log | None:
    """The log of what was received: when it was signed, and which checkpoint is outside."""
    try:
        last, outside, begun = sequencer.newest(), witness.newest(), beginnings()
    except Exception:  # whatever it is, the page says so instead of breaking
        return None
    return Log(
        clock.moment(last.at) if last else None,
        clock.moment(outside.signed) if outside else None,
        outside.by if outside else "",
        clock.moment(begun[-1].at) if begun else None,
        any(one.lost for one in begun),
    )


def _moment(seconds: float) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def database() -> Database:
    """The engine, and whether the house's checks of it find anything wrong."""
    try:
        found = run_checks(tags=[Tags.database], databases=["default"])
        wrong = tuple(str(one.msg) for one in found if one.is_serious())
    except Exception as why:  # whatever it is, the page says so instead of breaking
        wrong = (type(why).__name__,)
    info = getattr(connection.Database, "sqlite_version_info", ())
    return Database(f"SQLite {'.'.join(map(str, info))}" if info else "", wrong)
