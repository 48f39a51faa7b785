"""Rules with their source, their dates and who may waive them; a departure with a reason is ordinary judgement.

Its pages come later. Today the room declares its kinds, so that such entries are kept, read by those they
are for, and shown plainly.
"""
