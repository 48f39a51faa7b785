"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("teams.team-named", _("The family's own team"), state=True)
kind("teams.worker-named", _("A worker says who they are"), settles=False, state=True)
kind("teams.appointment-asked", _("Asked to meet"), state=True)
kind("teams.appointment-set", _("Appointment"), state=True)
kind("teams.appointment-moved", _("Appointment moved"), changes_state=True, state=True)
kind("teams.appointment-cancelled", _("Appointment cancelled"), changes_state=True, state=True)
kind("teams.celebration", _("Celebrated"))
