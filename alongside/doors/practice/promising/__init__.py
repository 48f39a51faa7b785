"""Promises as those who work here see them: what is owed, a new one, and what became of one."""
