"""Two teams, as the practice sees them: the family's own, and those who work for it."""
