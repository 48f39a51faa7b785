"""Small innovations: what was tried, what pulled back, what could have gone either way.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
