"""A worry that arrives, or a wish for help: what its sender saw and will go on doing, and what is told back.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
