"""The plan's addresses in the practice's door; the pages are those of `alongside.doors.planned`."""
