"""Found words in a text, marked."""

from typing import Any

from markupsafe import Markup

from alongside.dialogue.asked import Asked, excerpt, parts


def marked(text: str, lang: str, wanted: Asked) -> Markup:
    """The text with the found words in <mark>; everything else escaped. Quotation marks stay as they are, for
    the part that shows the text looks at them."""
    pieces = [(_plain(words), found) for words, found in parts(text, lang, wanted)]
    return Markup("").join(Markup("<mark>{}</mark>").format(words) if found else words for words, found in pieces)


def _plain(words: str) -> Markup:
    return Markup(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def in_statement(statement: dict[str, Any], page_lang: str, wanted: Asked) -> dict[str, Any]:
    """A statement of the look with the place where the words stand, marked."""
    lang = (statement.get("lang") or page_lang).split("-")[0]
    return statement | {"text": marked(excerpt(statement["text"], lang, wanted), lang, wanted)}


def in_answers(answers: tuple[dict[str, Any], ...], page_lang: str, wanted: Asked) -> tuple[dict[str, Any], ...]:
    """What stands beside it, whole, with the found words marked."""
    return tuple(_in_answer(one, page_lang, wanted) for one in answers)


def _in_answer(answer: dict[str, Any], page_lang: str, wanted: Asked) -> dict[str, Any]:
    lang = (answer.get("lang") or page_lang).split("-")[0]
    shown = answer | {"text": marked(answer["text"], lang, wanted)} if answer.get("text") else dict(answer)
    if answer.get("replies"):
        shown["replies"] = [_in_answer(one, page_lang, wanted) for one in answer["replies"]]
    return shown
