"""The family's own team, the professional team, appointments and meetings, plans, crisis and safety plans.

Appointments and the two teams have their pages. Of the rest the room declares its kinds, so that such entries are
kept, read by those they are for, and shown plainly.
"""
