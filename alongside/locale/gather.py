"""The words on screen, gathered from the house into the catalogues of each language (bin/words).

Source language is English; `<language>/LC_MESSAGES/django.po` is written by people and read by them,
`django.mo` is made from it. Both are kept in the repository, so that the house runs without Babel.
"""

import datetime as dt
import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent
MAPPING = PACKAGE.parent / "babel.cfg"
LAZY = {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}
NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # the same words give the same files on every day
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
DATES = "POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To"
HEADER = re.compile(rf'^"(?:{DATES}): .*\n', re.M)


def languages() -> list[str]:
    """The languages that have a catalogue: "nb"."""
    return sorted(found.parent.parent.name for found in HERE.glob("*/LC_MESSAGES/django.po"))


def extracted() -> Catalog:
    """Every sentence the house says, with the files that say it."""
    with MAPPING.open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = Catalog(charset="utf-8", creation_date=NO_DATE)
    found = extract_from_dir(PACKAGE, methods, options, keywords={**DEFAULT_KEYWORDS, **LAZY})
    for name, _line, message, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        template.add(message, None, [(f"alongside/{Path(name).as_posix()}", None)], context=context)
    return template


def path(lang: str, ending: str = "po") -> Path:
    """Where a catalogue lies."""
    return HERE / lang / "LC_MESSAGES" / f"django.{ending}"


def written(lang: str) -> Catalog:
    """The catalogue as it stands in its .po."""
    with path(lang).open("rb") as file:
        return read_po(file, locale=lang)


def compiled(catalog: Catalog) -> bytes:
    """The .mo of a catalogue; what is fuzzy or empty is left out."""
    catalog.creation_date = catalog.revision_date = NO_DATE
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = catalog.project
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def words(message: Message) -> list[tuple[str, str]]:
    """Pairs of English and translated forms; a sentence with one form gives one pair."""
    if isinstance(message.id, tuple):
        forms = message.string if isinstance(message.string, tuple) else (message.string or "",)
        return [(message.id[min(place, 1)], form or "") for place, form in enumerate(forms)]
    return [(message.id, message.string or "")]


def places(text: str) -> list[str]:
    """The names that are filled in: %(who)s, {value}."""
    return sorted(one or other for one, other in PLACE.findall(text))


def wrong(message: Message) -> str:
    """What is wrong with a translation, in a few words; '' when nothing is."""
    pairs = words(message)
    if message.fuzzy or not all(theirs.strip() for _ours, theirs in pairs):
        return "not translated"
    if any(places(ours) != places(theirs) for ours, theirs in pairs):
        return "not the same names to fill in"
    return ""


def update(lang: str) -> list[Message]:
    """Bring a catalogue up to the house, write .po and .mo; the sentences that still need a translator."""
    catalog = written(lang)
    catalog.update(extracted(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = NO_DATE
    made = io.BytesIO()
    write_po(made, catalog, width=110, include_lineno=False, sort_by_file=False)
    path(lang).write_text(HEADER.sub("", made.getvalue().decode()), encoding="utf-8")
    path(lang, "mo").write_bytes(compiled(written(lang)))
    return [message for message in catalog if message.id and wrong(message)]


def main() -> int:
    """Update every catalogue and say what is missing; 1 when something is."""
    missing = 0
    for lang in languages():
        left = update(lang)
        for message in left:
            print(f"{lang}: {wrong(message)}: {words(message)[0][0]!r} ({message.locations[0][0]})")
        where = path(lang).relative_to(PACKAGE.parent)
        print(f"{lang}: {len(written(lang))} sentences, {len(left)} to translate in {where}")
        missing += len(left)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
