"""The other side of one measurement, on PostgreSQL: a family's record as django-pghistory would keep it."""
