"""Addresses of pages, by the names the doors give them."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=16_384)
def address(name: str, *args: str) -> str:
    """The address of the page called `name`. It does not change while we run, and a page asks for the same few again
    and again."""
    return reverse(name, args=args)
