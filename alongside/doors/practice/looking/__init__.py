"""Opening a family in an emergency and what follows from it; the log of looking for the privacy officer."""
