"""What every test needs: Django set up on a data folder of its own, one for each worker.

Done here and not in pytest's settings, because the folder must be chosen before Django reads it. The same tests run
on PostgreSQL where ALONGSIDE_TEST_DATABASE is "postgresql": `bin/test --postgres`.
"""

import gc
import os
import shutil
import tempfile

DATA = tempfile.mkdtemp(prefix="alongside-test-")
os.mkdir(os.path.join(DATA, "static"))
os.environ["ALONGSIDE_DATA"] = DATA
os.environ["ALONGSIDE_KEY"] = "5a" * 32
os.environ["ALONGSIDE_SIGNER"] = os.path.join(DATA, "signers")
os.environ["ALONGSIDE_SECRET"] = "only for tests, never for people"
os.environ["ALONGSIDE_PLAIN_STATIC"] = "1"
os.environ["ALONGSIDE_ERASURES"] = os.path.join(DATA, "erasures.json")
for name in ("ALONGSIDE_DEMO", "ALONGSIDE_DEBUG", "ALONGSIDE_LEAKED", "ALONGSIDE_ORIGIN", "ALONGSIDE_PROVIDER"):
    os.environ.pop(name, None)
CLUSTER = None
if os.environ.get("ALONGSIDE_TEST_DATABASE") != "postgresql":
    os.environ.pop("ALONGSIDE_DATABASE", None)
elif "PYTEST_XDIST_WORKER" not in os.environ:
    from alongside.site.engine.postgresql.cluster import Cluster

    CLUSTER = Cluster()  # its workers find it in their environment
    os.environ["ALONGSIDE_DATABASE"], os.environ["ALONGSIDE_DATABASE_OWNER"] = CLUSTER.role, CLUSTER.owner
os.environ["DJANGO_SETTINGS_MODULE"] = "alongside.site.settings"

import django  # noqa: E402

django.setup()


def pytest_unconfigure(config):
    """Leave nothing behind."""
    if CLUSTER is not None:
        CLUSTER.stop()
    shutil.rmtree(DATA, ignore_errors=True)


import hypothesis  # noqa: E402
import pytest  # noqa: E402
from django.db import connection  # noqa: E402  after the folder was chosen

hypothesis.settings.register_profile("house", deadline=None)  # no test fails because the machine is busy
hypothesis.settings.load_profile("house")

from alongside import asking, clock  # noqa: E402

# Files whose tests take long and make quickly what they need: any worker may take any of them.
SPREAD = {f"stories/test_{name}.py" for name in ("matrix", "twin_worlds", "closing")}


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """A file is one worker's, because its tests share what it made; the tests of SPREAD go to whoever is free."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return nodeid if file in SPREAD else file

    return ByFile(config, log)


# Tests are the house's own work, until they ask a page.
HOUSE = asking.for_the_house()
HOUSE.__enter__()


@pytest.fixture(autouse=True)
def friday():
    """Every test happens on the cast's Friday, 20 November 2026, 16:00, and the clock stands."""
    from alongside.cast.story import TODAY

    clock.install(lambda: TODAY)
    yield
    clock.reset()


@pytest.fixture
def proven(request):
    """`proven("acts lost at power cuts", 0, goal=0, of=60)`: a figure this test found, which `alongside prove` prints.

    The test asserts for itself. `of`: out of how many; `least`: the goal is a least; `unit`: what is counted.
    """

    def say(name: str, value: float, *, goal: float = 0, **more) -> None:
        request.node.user_properties.append(("proven", {"name": name, "value": value, "goal": goal, **more}))

    return say


@pytest.fixture(scope="session")
def much():
    """`much(ci=60, full=1_000)`: how much to ask, in every run or when `alongside prove --size full` asks."""

    def chosen(*, ci: int, full: int) -> int:
        return full if os.environ.get("ALONGSIDE_PROOFS") == "full" else ci

    return chosen


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database holds the invented people and all they said; each test's own writes are rolled back."""
    from django.test.utils import setup_databases

    from alongside.cast.load import load

    with django_db_blocker.unblock():
        # It is made for tests that ask for it by name; a file alone whose tests make worlds of their own has none such.
        if "record_entry" not in connection.introspection.table_names():
            setup_databases(verbosity=0, interactive=False)
        load()
    gc.freeze()  # what is here now stays until the end, and need not be looked through again and again


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
