"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("trials.joined", _("Joined a trial"))
kind("trials.observation", _("Noticed"))
kind("trials.pull", _("What pulled us back"))
kind("trials.turning-point", _("Could have gone either way"))
kind("trials.ended", _("The trial ended"))
