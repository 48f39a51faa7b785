"""Expectations and what came of them, and reviews that look at a day as it was known then.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
