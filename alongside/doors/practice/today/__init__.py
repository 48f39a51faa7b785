"""Today: one worker's own day, over all the families where they stand. Nobody else's, and nothing counted."""
