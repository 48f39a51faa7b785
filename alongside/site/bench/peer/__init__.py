"""The other side of one measurement: a family's record as django-simple-history would keep it."""
