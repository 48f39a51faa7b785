"""Somebody's words as paragraphs, with the quotation marks of their language: the part of a page that is made most."""

from collections.abc import Callable

from markupsafe import Markup, escape, soft_str

QUOTES = {
    "nb": "«»", "nn": "«»", "no": "«»", "da": "»«", "se": "””", "sv": "””", "fi": "””", "de": "„“", "pl": "„”",
    "uk": "«»", "ru": "«»", "fr": "«»", "ar": "«»", "fa": "«»", "ckb": "«»", "ku": "«»", "ti": "«»",
}  # fmt: skip
MARKS = tuple("“”„«»\"‘'")
INSIDE = str.maketrans("“”«»", "‘’‘’")


def paragraphs(_: Callable[[str], str]) -> Callable[..., Markup]:
    """What `said(text, quoted, lang, dir, class)` is in a template. `_`: words in the language of the page, of which
    the marks themselves are some."""

    def said(text: str, quoted: bool = False, lang: str = "", dir: str = "", **more: str) -> Markup:
        """A paragraph for each line that says something. `quoted`: own words, which get the marks of their language
        unless they carry some. `class`: of the paragraphs."""
        whole = soft_str(text).strip()
        kinds = {"class": more.get("class", ""), "lang": lang, "dir": dir}
        opened = "".join(f' {name}="{escape(value)}"' for name, value in kinds.items() if value)
        lines = [line.strip() for line in whole.splitlines() if line.strip()]
        if quoted and lines and not (whole.startswith(MARKS) or any(mark in whole for mark in (": “", ": «", ': "'))):
            begins, ends = QUOTES.get(lang.split("-")[0], "“”") if lang else _("“”")
            lines = [line.translate(INSIDE) for line in lines]
            lines[0] = begins + lines[0]
            lines[-1] += ends
        return Markup("").join(Markup(f"<p{opened}>{escape(line)}</p>") for line in lines)

    return said
