"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("decisions.options", _("Choices to weigh"))
kind("decisions.views", _("What each one thinks"))
kind("decisions.decided", _("Decided"), state=True)
kind("decisions.overruled", _("Decided otherwise"), state=True)
kind("decisions.dissent", _("Disagrees"), state=True)
kind("decisions.court", _("Decided by the court"), state=True)
