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


def log_looking():
    """Who looked at what, since the last second."""
    from alongside.access import looking

    looking.write()


ticker.register(settle)
ticker.register(tell)
ticker.register(log_looking)
