"""Talking with each other: visits, calls, letters, drawings; what was said in them, by whom and how we
know; answers that stay beside what they answer; questions and who owes an answer by when."""
