"""How often Python looks for forgotten objects that hold each other. A page makes thousands of objects and lets
them go again by itself; looking through them after every 700 takes a tenth of a large page's time."""

import gc

OFTEN = 50_000  # new objects before it looks again: some megabytes at most


def spare():
    """Set aside what lives as long as this process, and look less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, 10, 10)
