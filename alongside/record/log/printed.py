"""A checkpoint on one page, for paper or a mailbox: what it is, how to keep it, the signed note, the public key."""

from collections.abc import Sequence
from textwrap import TextWrapper

from alongside.record.log.begun import Begun
from alongside.record.log.note import DASH, Key

BEGIN, END = "---- checkpoint ----", "---- end ----"
WRAP = TextWrapper(75, break_long_words=False, break_on_hyphens=False)  # the name of a log stays whole


def broken_off(begun: Begun, day: str) -> str:
    """Where an earlier log is broken off, in a sentence or two. `day`: when this one was begun, in words."""
    said = f"On {day} the log {begun.before} was begun again as {begun.after}, after {begun.kept} places."
    if not begun.lost:
        return f"{said} Nothing of the earlier one is missing."
    if begun.reached is None:
        return f"{said} How far the earlier one reached is not known: what was received after that may not be here."
    return f"{said} The earlier one had {begun.reached}: what was received between is not here."


def printed(note: str, key: Key, when: str, office: str, again: Sequence[str] = ()) -> str:
    """The page. `when`: the moment it was signed, in words. `again`: a sentence for each time it was begun again."""
    earlier = "".join(f"\n{WRAP.fill(one)}\n" for one in again)
    return f"""{office}
The record's log, signed {when}

Keep this page where nobody of this office can change it: in a folder, a
safe, a mailbox of another organisation. It holds no names and no words. With
it can be shown whether anything that was received before was changed later.
To look: alongside verify --checkpoint FILE, with this page as the file.
{earlier}
{BEGIN}
{note}{END}

The log's public key, to be compared with the one handed out before:
{key.text}

Kept by (name, organisation): ______________________________________

Since (day, hour):            ______________________________________
"""


def note_in(text: str) -> str:
    """The signed note in such a page, or ''. Lines may have been indented or ended otherwise on their way."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    if BEGIN not in lines or END not in lines:
        return ""
    inner = [line for line in lines[lines.index(BEGIN) + 1 : lines.index(END)] if line]
    said = [line for line in inner if not line.startswith(DASH)]
    signed = [line for line in inner if line.startswith(DASH)]
    return "\n".join([*said, "", *signed, ""]) if said and signed else ""
