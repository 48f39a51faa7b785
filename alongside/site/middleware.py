"""What holds for every page that is not a file of ours: asked under our own name, kept by no browser or proxy."""

from django.http import HttpRequest

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class QuietHeaders:
    """Cache-Control: no-store unless the view said otherwise, and a Permissions-Policy that grants nothing.

    A request under another site's name (Host) is refused, also where nothing is written. Stands below
    whitenoise, so that files with hashed names stay cacheable.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        request.get_host()  # DisallowedHost becomes a 400 that says nothing
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
