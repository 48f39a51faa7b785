"""Words: how heavy a text is to read, and how names are compared.

LIX (Björnsson, 1968) is words to a sentence plus the percentage of long words; it needs no
word list and was made for Scandinavian languages. Below 30 a child can read it, 40 is a
newspaper, above 50 an office. It says nothing of whether a sentence is kind or true.
"""

import re
import unicodedata

LONG = 6  # letters; a longer word is a long word
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_END = re.compile(r"[.!?:…]+[\"'”’»)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*[-•*])")
_KEPT = {"a\u030a": "å", "o\u0308": "ø", "a\u0308": "æ"}  # å stays; Swedish ö and ä are ø and æ
_PLAIN = {
    "đ": "d", "ð": "d", "ł": "l", "ŋ": "n", "ŧ": "t", "þ": "th", "œ": "ø", "ı": "i", "'": "", "’": "", "ʼ": "", "`": "",
}  # fmt: skip
_PARTS = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words as they stand; a word with a hyphen or an apostrophe is one word."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Sentences, as far as punctuation, empty lines and bullets tell. "16.30" ends none."""
    return [part.strip() for part in _END.split(text) if _WORD.search(part)]


def long_words(text: str) -> list[str]:
    """Words of more than six letters, each once, in the order they come."""
    return list(dict.fromkeys(word for word in words(text) if _is_long(word)))


def _is_long(word: str) -> bool:
    return sum(character.isalpha() for character in word) > LONG


def lix(text: str) -> float:
    """Readability, about 15 to 80, one decimal; 0.0 for a text without words."""
    found = words(text)
    if not found:
        return 0.0
    heavy = sum(map(_is_long, found))
    return round(len(found) / len(sentences(text)) + 100 * heavy / len(found), 1)


def fold(text: str) -> str:
    """A name as it is compared: no capitals, accents, hyphens or double spaces; æ, ø, å kept.

    "Sørensen" is not "Sorensen", "Renée" is "renee", "Björn" is "bjørn", "Anne-Marie" is
    "anne marie". Folding twice changes nothing.
    """
    plain = text.lower() if text.isascii() else _spread(text)
    for letter in set(plain):  # each once: a long text has few
        if letter in _PLAIN or unicodedata.combining(letter):
            plain = plain.replace(letter, _PLAIN.get(letter, ""))
    return " ".join(_PARTS.findall(plain))


def _spread(text: str) -> str:
    """Without capitals, each accent after its letter, except those of our own letters."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    for apart, letter in _KEPT.items():
        plain = plain.replace(apart, letter)
    return plain


def initials(name: str) -> str:
    """First letters of the first and the last name: "JH". One name gives one letter."""
    parts = [part for part in name.split() if part[0].isalpha()]
    return "".join(part[0].upper() for part in (parts[:1] + parts[1:][-1:]))
