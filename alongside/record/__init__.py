"""The record: what was said, by whom, about whom, how we know, and when.

An entry is stored once and never changed. What a page shows is a fold over the entries its reader may
read, now or as known on any earlier day. Nothing is read without a reader; nothing is written but by
`append`. Everything else in this room is a register that can be rebuilt from the entries.
"""
