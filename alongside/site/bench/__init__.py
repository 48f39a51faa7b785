"""`alongside bench`: how fast the record is, as ratios to the least that any program must do.

Everything happens on invented families in a folder that is thrown away. Ours and the other side are timed
in turns in one process, so that a busy machine slows both. See docs/bench.md.
"""
