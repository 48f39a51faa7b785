"""What somebody looks for: the words they typed, taken apart.

Every word must be there, in whatever form. What stands in quotation marks must be there word for word. Small
words such as "the" and "about" are not looked for when there are others.
"""

import re
from dataclasses import dataclass

from alongside.dialogue.stems import any_stem, stem
from alongside.words import fold

LONGEST = 200  # characters that are looked at
MOST = 12  # words
_PHRASE = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]')
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+|\n+")
EXCERPT = 320  # characters of a long text
SMALL = frozenset(  # of each of our languages
    "a an and are about as at be by for from had has have he her his i in is it my of on or our she so that the "
    "their them they thing to was we were what when where which who with you your "
    "av da de deg dem den der det du en er et for fra ha han hans har hun hva hvem hvor i jeg med meg min noe og "
    "om på sa som så til ting tingen var vi vår å".split()
)


@dataclass(frozen=True, slots=True)
class Asked:
    """`typed`: as it was typed, cut. `words`: for each word the stems of which one must be there. `phrases`:
    folded, word for word."""

    typed: str
    words: tuple[frozenset[str], ...] = ()
    phrases: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.words)

    def holds(self, text: str) -> bool:
        """Whether a text holds every phrase."""
        folded = f" {fold(text)} "
        return all(f" {phrase} " in folded for phrase in self.phrases)

    def meets(self, word: str, lang: str) -> bool:
        """Whether a word of a text in this language is one of those that are looked for."""
        here = {stem(part, lang) for part in fold(word).split()}
        return any(here & wanted for wanted in self.words)


def asked(typed: str) -> Asked:
    """What these words ask for."""
    typed = " ".join(typed.replace("\0", " ").split())[:LONGEST]
    phrases = tuple(filter(None, (fold(one) for one in _PHRASE.findall(typed))))
    loose = fold(_PHRASE.sub(" ", typed)).split()
    kept = [word for word in loose if word not in SMALL] or ([] if phrases else loose)
    every = [*kept, *(word for phrase in phrases for word in phrase.split())]
    plain = tuple(dict.fromkeys(every))[:MOST]
    return Asked(typed, tuple(any_stem(word) for word in plain), phrases, plain)


def parts(text: str, lang: str, wanted: Asked) -> list[tuple[str, bool]]:
    """A text in pieces, (words, whether they were looked for), in order; joined they are the text."""
    pieces: list[tuple[str, bool]] = []
    end = 0
    for word in _WORD.finditer(text):
        if wanted.meets(word[0], lang):
            pieces += [(text[end : word.start()], False), (word[0], True)]
            end = word.end()
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def excerpt(text: str, lang: str, wanted: Asked) -> str:
    """Of a long text the sentence in which the words stand, and what fits after it."""
    if len(text) <= EXCERPT:
        return text
    first = next((word.start() for word in _WORD.finditer(text) if wanted.meets(word[0], lang)), 0)
    begin = max((cut.end() for cut in _SENTENCE.finditer(text, 0, first)), default=0)
    if first - begin > EXCERPT // 2:
        begin = text.find(" ", first - EXCERPT // 3) + 1
    end = begin + EXCERPT
    shown = text[begin:] if end >= len(text) else text[begin:end].rsplit(" ", 1)[0] + " …"
    return f"… {shown}" if begin else shown
