"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("rules.departed", _("Departed from a rule, with a reason"))
