"""The door through which any WSGI server reaches the site."""

import os

from django.core.wsgi import get_wsgi_application

from alongside.site import ticker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
application = get_wsgi_application()


def settle():
    """What has waited long enough goes into the record."""
    from alongside import clock
    from alongside.record import settling

    settling.settle(clock.micros(clock.now()))


def tell():
    """Who wished to be told that there is something to read, and whose hour has come."""
    from alongside.exchange.notices import telling

    telling.tell()


ticker.register(settle)
ticker.register(tell)
