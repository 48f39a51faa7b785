"""Promises: asked, made, kept, moved, broken with a reason. What is owed to whom, and by when."""
