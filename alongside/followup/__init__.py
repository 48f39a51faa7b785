"""Goals in the family's words, ladders, ratings and reviews.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
