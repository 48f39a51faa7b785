"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("assessment.story", _("The story as we understand it"))
kind("assessment.not-looked-at", _("Not asked, not looked at"))
kind("assessment.pattern-of-harm", _("Who did what, and what it did"))
