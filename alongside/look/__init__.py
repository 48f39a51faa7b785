"""The look: paper on a kitchen table.

Tokens, frames, parts and icons that every door shares. Nothing here knows
about families, promises or law: templates and macros take plain words and
plain data, and the rooms above decide what those are.

- ``static/look/tokens.css``: colour, type and space; a municipality's theme
  is a copy of this one file.
- ``static/look/alongside.css``: frames, parts, pages, print.
- ``templates/look/*.jinja``: frames (desk, home, write, show, plain) and
  ``parts.jinja``, the macros.
- ``vendored.toml``: every file that others wrote, with licence and sum.
"""
