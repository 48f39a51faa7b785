"""The entrance: the first day, the way in next time, being fresh again, own visits, another password or PIN.

What is the same for those who work here and for families, whichever door they go through afterwards.
"""
