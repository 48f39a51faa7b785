"""What keeps the record when the machine is gone: a copy made while people write, closed for a key that is not
here, and the way back from it.

No Django setting of a folder is needed to make or open a copy; what looks into one borrows the connection
(`looking.py`). Why so: docs/decisions, "Kept and brought back".
"""
