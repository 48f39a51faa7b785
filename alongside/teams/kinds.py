"""The kinds of this room."""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("teams.team-named", _("The family's own team"), state=True)
kind("teams.worker-named", _("A worker says who they are"), settles=False, state=True)
kind("teams.appointment-asked", _("Asked to meet"), state=True)
kind("teams.appointment-set", _("Appointment"), state=True)
kind("teams.appointment-moved", _("Appointment moved"), changes_state=True, state=True)
kind("teams.appointment-cancelled", _("Appointment cancelled"), changes_state=True, state=True)
kind("teams.meeting", _("Meeting"))
kind("teams.family-plan", _("The family's plan"), state=True)
kind("teams.plan-answered", _("The plan, answered"), state=True)
kind("teams.crisis-plan", _("When it gets too much"), state=True)
kind("teams.crisis-plan-reviewed", _("The plan looked at again"), state=True)
kind("teams.safety-plan", _("Safety plan"), state=True)
kind("teams.celebration", _("Celebrated"))
