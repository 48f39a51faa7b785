"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("concerns.received", _("A worry arrives"))
kind("concerns.reviewed", _("What we do with it"), state=True)
kind("concerns.feedback", _("Told back to the sender"))
kind("concerns.withdrawn", _("Taken back by the one who wrote it"), state=True)
