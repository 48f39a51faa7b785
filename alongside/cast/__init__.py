"""The invented people, and nobody else: they serve the demo, every test and every picture.

Three families with everything that was said about them from November 2024 to 20 November 2026. All
persons, places and numbers are made up.
"""
