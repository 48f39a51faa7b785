"""Pictures: plain data in, SVG out. No database, no language of its own, no inline style.

Every picture has a title and a description, and stands beside a list with the same facts.
"""
