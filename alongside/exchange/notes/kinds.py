"""The kinds of what another system wrote.

Nobody here saw it or heard it, so it is never "seen": it is told, by that system. The body of a note holds
{words, maker, system, author_there, title, when_there, written_there} and kind_there where it was said.
"""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("notes.imported", _("Brought in from another system"), settles=False)
kind("notes.imported-from", _("Notes were brought in from another system"), settles=False)
