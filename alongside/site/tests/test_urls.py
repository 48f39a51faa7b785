"""Addresses that begin alike are looked for together, and each is found as if all were tried in turn."""

import re
from importlib import import_module

import pytest
from django.urls import Resolver404, path, resolve

from alongside.site.urls import ROOMS, gathered

LISTED = [one for room in ROOMS for one in import_module(room).urlpatterns]
PLACE = re.compile(r"<[^>]+>")


def in_turn(address: str) -> str | None:
    return next((one.name for one in LISTED if one.pattern.match(address)), None)


def together(address: str) -> str | None:
    try:
        return resolve(f"/{address}").url_name
    except Resolver404:
        return None


def test_whatever_stands_where_a_code_would_the_same_page_is_found():
    """Also a word that is itself a part of another address, such as "new"."""
    routes = {str(one.pattern) for one in LISTED}
    said = {part for route in routes for part in route.split("/") if part and not PLACE.search(part)}
    tried = {PLACE.sub(word, route) for route in routes for word in ("x", *said)}
    assert len(tried) > 10_000
    assert [one for one in tried if together(one) != in_turn(one)] == []


@pytest.mark.parametrize("route", ["", "a", "a/", "a/b", "a/b/", "<str:one>/", "<str:one>/b"])
def test_a_route_stays_what_it_was(route):
    def said(found):
        own = str(found.pattern)
        return (
            [own + more for one in found.url_patterns for more in said(one)]
            if hasattr(found, "url_patterns")
            else [own]
        )

    assert [whole for found in gathered([path(route, lambda request: None)]) for whole in said(found)] == [route]
