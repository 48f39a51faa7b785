"""The partner's door: teachers, nurses and others who help a family a little. Their own part and their own promises,
and nothing else of the family (R136). Writing, answering and reading one thing are the pages of the family's door."""
