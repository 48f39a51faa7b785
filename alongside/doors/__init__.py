"""The doors: pages made of several rooms, one folder for each kind of person who comes in.

A door composes and shows. It writes only by the verbs of the rooms below, and reads only by the record's
one read.
"""
