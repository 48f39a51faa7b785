"""Bringing in the notes that another system wrote, so that a family's earlier words come with them.

A file of notes and a map (`MAP.toml`) that says which column is what go in; rows come out one at a time, and
no line is lost: each is a note, a line somebody must look at, or the same note again. The notes are held
(`holding`) until somebody has looked and accepts them into the record (`accepting`), each once.
"""
