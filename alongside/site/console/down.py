"""`alongside down`: the page a proxy shows while this does not answer, in the office's languages, as one file.

It needs nothing else: no script, no picture, no request. Make it anew when the office's number changes.
"""

import sys


def add(subparsers):
    """--line: another number than the office's own."""
    parser = subparsers.add_parser("down", help="print the page a proxy shows while the system does not answer")
    parser.add_argument("--line", metavar="NUMBER", help="the number to ring (default: the office's)")
    return parser


def run(args):
    """Print the page. Problem where there is no number to ring: such a page would help nobody."""
    from django.conf import settings
    from django.template.loader import render_to_string

    from alongside.site.problem import Problem

    line = args.line or settings.OFFICE_LINE
    if not line:
        raise Problem("The office has no number to ring. Name one with --line.")
    languages = [code for code, _name in settings.LANGUAGES]
    sys.stdout.write(render_to_string("site/down.jinja", {"line": line, "pages": [said(code) for code in languages]}))
    return 0


def said(code: str) -> dict[str, str]:
    """The page's sentences in one language. Nothing on it says what this is for: a telephone may be shared."""
    from django.utils import translation
    from django.utils.translation import gettext as _

    with translation.override(code):
        return {
            "lang": code,
            "title": _("This page does not answer just now"),
            "kept": _(
                "What you had sent and were told was received is kept. What you were writing may not have been sent."
            ),
            "ring": _("If it cannot wait, ring us:"),
            "danger": _("If somebody is in danger now, ring the police: 112."),
            "again": _("Otherwise try again in a quarter of an hour."),
        }
