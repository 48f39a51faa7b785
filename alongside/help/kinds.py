"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("help.options", _("What could help"))
kind("help.began", _("Help began"))
kind("help.drawn", _("Money used"))
kind("help.unmet-need", _("Needed, and does not exist"), state=True)
kind("help.waiting-told", _("Told about waiting"))
