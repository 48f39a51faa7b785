"""A paper card for somebody of a family: made by a worker, handed over, used once."""
