"""Notes that were begun and not sent, offered where one writes."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside import clock, dates
from alongside.access.standing import office_day
from alongside.dialogue import drafts
from alongside.record.readers import Reader


def begun(person: int) -> list[drafts.Draft]:
    """This writer's notes that were begun and not sent, the newest first."""
    return [one for one in drafts.mine(person) if one.kind == "note" and one.texts]


def draft_line(kept: Sequence[drafts.Draft], reader: Reader) -> dict[str, str] | None:
    """ "You have a draft from 16:07", and the way to it: the newest one of this family."""
    found = next((one for one in kept if one.family == reader.family), None)
    if found is None:
        return None
    local = clock.moment(found.updated_at).astimezone(settings.OFFICE_ZONE)
    when = dates.show(dates.on(local.date()), translation.get_language() or "en", local.date())
    today = local.date() == office_day(clock.micros(clock.now()))
    words = _("You have a draft from %(time)s") % {"time": f"{local:%H:%M}" if today else f"{when}, {local:%H:%M}"}
    return {"words": words, "href": f"{reverse('write', args=(reader.code,))}?draft={found.id}"}
