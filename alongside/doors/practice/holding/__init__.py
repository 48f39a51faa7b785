"""Meetings as those who work here hold them: the agenda, who came, what falls, and the screen everybody sees."""
