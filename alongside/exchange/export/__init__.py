"""Leaving with everything, or with one family: files that are read without Alongside.

Everything is for the office that goes elsewhere, by two of its people who are named. One family is what one person
may read of it, and never more.
"""
