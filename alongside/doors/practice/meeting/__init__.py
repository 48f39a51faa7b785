"""Appointments as those who work here see them: the next ones, a new one, another time, a cancelling."""
