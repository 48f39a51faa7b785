"""Decisions: options, good and harm and who bears it, who disagrees, what would change our mind.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
