"""The patches as the practice sees them: what is in an area, and who of the office knows it. Nothing of any family."""
