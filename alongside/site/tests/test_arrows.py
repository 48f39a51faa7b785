"""Nouns, queries and policies know no web. import-linter cannot name parts of Django: a test can."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2]
ROOFS = {"site", "doors", "look", "cast"}
WEB_FILES = ("views", "family_views", "urls", "family_urls", "forms", "middleware")
# The room of access makes the visit itself, with what came along and where it goes; everything else of it stays as
# quiet as the others.
VISIT_FILES = {f"access/{name}.py" for name in ("addresses", "frame", "sealed", "typed", "visit", "wrong")}
WEB = (
    "django.forms",
    "django.http",
    "django.shortcuts",
    "django.template",
    "django.urls",
    "django.views",
    "gunicorn",
    "jinja2",
)


def quiet_files():
    """Every module of a room that has no business with the web."""
    for file in sorted(PACKAGE.rglob("*.py")):
        parts = file.relative_to(PACKAGE).parts
        elsewhere = parts[0] in ROOFS or {"tests", "migrations"} & set(parts)
        if not elsewhere and file.stem not in WEB_FILES and "/".join(parts) not in VISIT_FILES:
            yield file


def imported(source):
    """The names of all modules a source imports, "django.http" for `from django import http` too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def web(source):
    """What of the web a source imports."""
    return [name for name in imported(source) if f"{name}.".startswith(tuple(f"{part}." for part in WEB))]


PLANTED = ["import django.http", "from django import http", "def f():\n import jinja2"]


def test_nouns_know_no_web():
    found = {str(file.relative_to(PACKAGE)): web(file.read_text()) for file in quiet_files()}
    assert len(found) > 5
    assert {file: names for file, names in found.items() if names} == {}


@pytest.mark.parametrize("line", PLANTED)
def test_planted_imports_are_found(line):
    assert web(line)


def test_what_is_near_is_not_taken_for_it():
    assert not web("from django.db import models\nimport httplib2\nfrom .http import x")
