"""The office: who works here, and their ways in. No family is on these pages."""
