"""Headers on every page that is not a file of ours: nothing kept by browsers or proxies, no sensors."""

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


class QuietHeaders:
    """Cache-Control: no-store unless the view said otherwise, and a Permissions-Policy that grants nothing.

    Stands below whitenoise, so that files with hashed names stay cacheable.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
