"""What every test needs: Django set up on a data folder of its own, one for each worker.

Done here and not in pytest's settings, because the folder must be chosen before Django reads it.
"""

import os
import shutil
import tempfile

DATA = tempfile.mkdtemp(prefix="alongside-test-")
os.mkdir(os.path.join(DATA, "static"))
os.environ["ALONGSIDE_DATA"] = DATA
os.environ["ALONGSIDE_KEY"] = "5a" * 32
os.environ["ALONGSIDE_SECRET"] = "only for tests, never for people"
os.environ["ALONGSIDE_PLAIN_STATIC"] = "1"
for name in ("ALONGSIDE_DEMO", "ALONGSIDE_DEBUG", "ALONGSIDE_ORIGIN"):
    os.environ.pop(name, None)
os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"

import django  # noqa: E402

django.setup()


def pytest_unconfigure(config):
    """Leave nothing behind."""
    shutil.rmtree(DATA, ignore_errors=True)


import pytest  # noqa: E402

from alongside import clock  # noqa: E402


@pytest.fixture(autouse=True)
def friday():
    """Every test happens on the cast's Friday, 20 November 2026, 16:00, and the clock stands."""
    from alongside.cast.story import TODAY

    clock.install(lambda: TODAY)
    yield
    clock.reset()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the invented people and all they said; each test's own writes are rolled back."""
    from alongside.cast.load import load

    with django_db_blocker.unblock():
        load()


@pytest.fixture
def cast(db):
    """Says that a test speaks of the cast."""


@pytest.fixture
def be(cast, client):
    """`be("anne")`: a browser in which Anne has signed in, strongly."""
    from django.test import Client

    from alongside.access.models import Account
    from alongside.access.visit import stand_in

    def signed_in(who: str, strength: int = 3) -> Client:
        browser = Client(HTTP_HOST="127.0.0.1")
        session = browser.session
        stand_in(session, Account.objects.get(login=who), strength)
        session.save()
        return browser

    return signed_in
