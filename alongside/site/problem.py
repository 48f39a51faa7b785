"""The one exception whose text is meant to be read."""


class Problem(Exception):
    """Something the person at the keyboard can mend. Its text is the sentence they read."""
