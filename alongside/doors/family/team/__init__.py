"""The family's own team in its own door: whom they chose, who stands by them, who works for them, and own words."""
