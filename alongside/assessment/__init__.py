"""The story first; needs and strengths of everybody in it; what was not looked at and who was not asked.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
