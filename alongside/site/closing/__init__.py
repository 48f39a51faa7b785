"""Closing an office by the command: what is still in the way, taking everything along, and destroying what is left.

What two persons decide before, and what is received after, stands in access/closing.py and record/closing.py.
"""
