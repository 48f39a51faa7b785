"""One person's own journal (R45): of everything that was said, what is about them, with what stands beside it."""

from collections.abc import Iterable, Iterator

from alongside.dialogue.said import Said


def is_about(said: Said, number: int) -> bool:
    """Whether a statement is about this person. Where nobody is named, it is about whoever speaks."""
    about = said.entry.about
    return number in about if about else number == said.of


def of_one(roots: Iterable[Said], number: int) -> Iterator[tuple[Said, list[Said]]]:
    """What is about this person: each root with those of its sentences that are. A conversation in which nothing
    is about them is left out, however many were there."""
    for root in roots:
        sentences = [one for one in (root, *root.inside) if one.text and is_about(one, number)]
        if sentences:
            yield root, sentences
