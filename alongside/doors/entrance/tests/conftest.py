"""An identity provider for the tests of the entrance."""

import pytest

from alongside.access.provider import asking
from alongside.access.tests.municipality import CLIENT, SECRET, Municipality
from alongside.site.provider import Provider


@pytest.fixture
def city(cast, settings):
    """A provider that is set, and answers."""
    made = Municipality()
    settings.PROVIDER = Provider(made.issuer, CLIENT, SECRET, "Vik municipality", every=300)
    asking.forget()
    yield made
    made.close()
    asking.forget()
