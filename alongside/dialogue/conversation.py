"""The kinds of what people say to each other, and how they hang together.

A conversation holds passages (`within`); an answer, a correction, a pin names the entry it belongs to
(`answers`). A drawing, a letter, praise stand alone and are answered like anything else.
"""

from django.utils.translation import gettext_lazy as _

from alongside.record.kinds import kind

kind("dialogue.conversation", _("Conversation"))
kind("dialogue.passage", _("Said"))
kind("dialogue.letter", _("Letter"))
kind("dialogue.drawing", _("Drawing"))
kind("dialogue.keepsake", _("Something to keep"))
kind("dialogue.praise", _("This went well"), state=True)
kind("dialogue.answer", _("Answer"))
kind("dialogue.correction", _("Corrected"), state=True)
kind("dialogue.question", _("Question"), state=True)
kind("dialogue.heard", _("Heard as"), settles=False, state=True)
kind("dialogue.told-before", _("Told before"))
kind("dialogue.child-decided", _("The child decided"))
kind("dialogue.shared", _("Shared"), settles=False)
kind("dialogue.released", _("Passed on"), settles=False)
kind("dialogue.pinned", _("Pinned"), settles=False, state=True)
kind("dialogue.unpinned", _("Not pinned any more"), settles=False, state=True)

# Answers a person can give, from the widest yes to the clearest no (R3). "ask" owes an answer by a date.
FORMS = {
    "agree": _("I agree"),
    "partly": _("I agree partly"),
    "must": _("I agree because I feel I must"),
    "differ": _("I see it differently"),
    "no": _("No"),
    "time": _("I need time"),
    "advocate": _("I want an advocate"),
    "add": _("I want to add something"),
    "ask": _("I have a question"),
}
