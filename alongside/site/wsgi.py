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


def measure():
    """Numbers for whoever watches the machine."""
    from alongside.site import measures

    measures.write()


def seal_the_log():
    """At its times, what was received gets its place in the log, and the log is signed."""
    from django.conf import settings

    from alongside import clock
    from alongside.record.log import sequencer

    sequencer.run(at=clock.micros(clock.now()), every=settings.LOG_EVERY)


def ask_the_provider():
    """About visits that came by the identity provider: whether they are still to be open."""
    from alongside.access.provider import watching

    watching.tick()


ticker.register(settle)
ticker.register(tell)
ticker.register(log_looking)
ticker.register(measure)
ticker.register(seal_the_log)
ticker.register(ask_the_provider)
