"""The second database: PostgreSQL 15 or newer, for an office that one process's file is too small for.

Django's own PostgreSQL parts do the speaking; this package supplies one writer at a time, a word to the database for
whom it is asked, and two roles: the owner migrates, the application cannot change an entry. Why: docs/decisions/0019.
"""
