"""The embedded database: SQLite as SQLCipher builds it, whole file encrypted, one writer at a time.

Django's own SQLite parts do the speaking; this package supplies the driver, the key, the durable
settings and a first-come-first-served gate for writers. Why: docs/decisions, "The embedded database".
"""
