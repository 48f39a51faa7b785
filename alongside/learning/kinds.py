"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("learning.expectation", _("Expected"))
kind("learning.review-opened", _("Learning review"))
