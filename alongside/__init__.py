"""Alongside: an open, self-hosted practice system for child and family protection."""
