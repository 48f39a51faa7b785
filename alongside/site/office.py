"""What an office says of itself once, when it begins: `office.toml` in the data folder. No Django here."""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from alongside.site.problem import Problem

FILE = "office.toml"
LANGUAGES = ("en", "nb")  # what the pages are written in


@dataclass(frozen=True, slots=True)
class Office:
    """`line`: the number to ring, or ''. `zone`: an IANA name. `languages`: the first is for strangers."""

    name: str = "Alongside"
    line: str = ""
    zone: str = "Europe/Oslo"
    languages: tuple[str, ...] = LANGUAGES

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


def read(data: Path) -> Office:
    """The office of this folder; where nothing was said, as in the demo, the defaults. Raises Problem."""
    place = data / FILE
    if not place.exists():
        return Office()
    try:
        said = tomllib.loads(place.read_text("utf-8"))
        return checked(Office(said["name"], said.get("line", ""), said["zone"], tuple(said["languages"])))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as why:
        raise Problem(
            f"{place} cannot be read ({type(why).__name__}). It holds name, line, zone and languages."
        ) from None


def checked(office: Office) -> Office:
    """The same office, or Problem with what is wrong with it."""
    if not office.name.strip():
        raise Problem("The office needs a name.")
    if office.zone not in available_timezones():
        raise Problem(f'There is no time zone "{office.zone}". Names look like Europe/Oslo.')
    unknown = [one for one in office.languages if one not in LANGUAGES]
    if unknown or not office.languages:
        raise Problem(f"Languages there are: {', '.join(LANGUAGES)}. Not: {', '.join(unknown) or 'none at all'}.")
    return office


def write(data: Path, office: Office) -> None:
    """Say it in the folder: whole or not at all."""
    lines = {"name": office.name, "line": office.line, "zone": office.zone, "languages": list(office.languages)}
    draft = data / f".{FILE}.{os.getpid()}"
    # a JSON string or list of strings is a TOML one as well
    draft.write_text(
        "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items()), "utf-8"
    )
    os.replace(draft, data / FILE)
