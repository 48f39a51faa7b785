"""Help: what there is, what was offered and chosen, money, waiting, and what does not exist.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
