"""A whole family as known then: the newest event before that moment of every record, as django-pghistory keeps them
with triggers of PostgreSQL, against our `read`.

Its documentation has no question of that kind: its events are models, to be asked like any. The best way we found is
one DISTINCT ON for each of the six models, along an index over the family and the moment.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from django.db import connections

from alongside.site.bench.facts import Fact
from alongside.site.bench.peer import filling
from alongside.site.bench.scenarios.history import against

NAME, GOAL, ALIAS = "django-pghistory, whole family : ours", 15, "bench_tracked"
MISSING = {"sqlite": "it works with triggers of PostgreSQL (--db postgres)", "postgres": "it is not installed"}


def measure(bench) -> Iterator[Fact]:
    """As `against`, with django-pghistory."""
    if bench.ground.db == "sqlite" or find_spec("pghistory") is None:
        yield Fact(NAME, goal=GOAL, least=True, missing=MISSING[bench.ground.db])
        return
    prepare(bench)
    from alongside.site.bench.tracked.models import EVENTS, TYPES

    many, moment = filling.families(bench), filling.when(50)
    filling.fill(TYPES, event, ALIAS, many, bench.seed, bench.progress("django-pghistory"))
    bench.ground.filled(ALIAS)

    def as_of(family: int) -> list:
        return [one for events in EVENTS.values() for one in _then(events, family, moment)]

    yield from against(bench, NAME, GOAL, as_of, many)


def prepare(bench) -> None:
    """Its tables and triggers in a database of their own."""
    filling.known("pgtrigger", "pghistory", "alongside.site.bench.tracked")
    import pgtrigger
    from pghistory.models import Context

    from alongside.site.bench.tracked.models import EVENTS

    connections.settings[ALIAS] = bench.ground.peer(ALIAS)
    with connections[ALIAS].schema_editor() as editor:
        editor.create_model(Context)
        for model, events in EVENTS.items():
            editor.create_model(model)
            editor.create_model(events)
            # its moment is that of the insert; ours are long ago
            events._meta.get_field("pgh_created_at").auto_now_add = False
    Context.install_pgh_attach_context_func(using=ALIAS)
    pgtrigger.install(database=ALIAS)


def event(model: Any, fields: dict[str, Any], again: bool, moment) -> Any:
    """The event that its trigger would have written then (a test has one written and compares)."""
    from alongside.site.bench.tracked.models import EVENTS

    label = "update" if again else "insert"
    return EVENTS[model](pgh_created_at=moment, pgh_label=label, pgh_obj_id=fields["id"], **fields)


def _then(events: Any, family: int, moment) -> Any:
    """Of every record of the family, the newest event at that moment."""
    known = events.objects.using(ALIAS).filter(family=family, pgh_created_at__lte=moment)
    return known.order_by("pgh_obj_id", "-pgh_created_at").distinct("pgh_obj_id")
