"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("followup.goal", _("Goal"), state=True)
kind("followup.rated", _("Where we are"), state=True)
kind("followup.review", _("Looked at again"))
