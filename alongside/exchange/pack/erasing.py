"""What is erased by law is erased in what was handed over too: the line stays, and says so."""

import json
from typing import Any

from django.utils.translation import gettext as _

from alongside.exchange.pack.models import Part
from alongside.record.canonical import canonical
from alongside.record.erased import Going, forgets, texts

KEPT = ("id", "as", "month")


@forgets
def _erased(cursor: Any, going: Going) -> None:
    """Lines of these statements and lines that quote them; whole parts of families and requests that go."""
    gone = {entry.id for entry in going.entries}
    Part.objects.filter(asked__in=gone).delete()
    Part.objects.filter(family__in=going.families).delete()
    families = {entry.family for entry in going.entries}
    for part in Part.objects.filter(family__in=families).iterator():
        lines = json.loads(part.body)
        left = [_left(line) if _goes(line, gone, going) else line for line in lines]
        if left != lines:
            Part.objects.filter(pk=part.pk).update(body=canonical(left).decode())


def _goes(line: dict[str, Any], gone: set[str], going: Going) -> bool:
    return line.get("id") in gone or any(going.holds(text) for text in texts(line))


def _left(line: dict[str, Any]) -> dict[str, Any]:
    """The line without its words."""
    if "as" not in line:
        return {name: "" for name in line}
    empty = {name: [] if isinstance(value, list) else "" for name, value in line.items()}
    kept = {name: line[name] for name in KEPT}
    said = _("The words that stood here were erased by law.")
    return {**empty, **kept, "basis": "act", "quoted": False, "text": said}
