"""A QR code as SVG in the page: no file, no other site."""

import segno
from markupsafe import Markup


def drawn(text: str) -> Markup:
    """The QR code of this text. Dark on white in every light, so that a camera reads it."""
    made = segno.make(text, error="m", micro=False)
    return Markup(made.svg_inline(border=3, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None))
