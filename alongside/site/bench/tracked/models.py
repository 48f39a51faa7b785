"""The same six, tracked by django-pghistory as its documentation begins: an event of every insert and update.

Its events carry no index but that of the record; one over the family and the moment is added, as anybody would who
asks for a family as known then.
"""

import pghistory
from django.db import models

from alongside.site.bench.peer import kept

TYPES = {
    pghistory.track(meta={"indexes": [models.Index(fields=["family", "pgh_created_at"])]})(model): many
    for model, many in kept.as_models(__name__, "bench_tracked", lambda name: {}).items()
}
EVENTS = {model: model.events.rel.related_model for model in TYPES}
