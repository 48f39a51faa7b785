"""Telling somebody that there is something to read, without a name and without a word of it.

Nobody is told anything unless they asked for it. What goes out is one neutral sentence, put as a file into
a folder that the site's own text or mail gateway empties (docs/running/notices.md). In the page nothing of
this is needed: home and Today show what is new themselves.
"""
