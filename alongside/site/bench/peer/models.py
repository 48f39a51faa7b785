"""The six with the history of django-simple-history, as its documentation begins."""

from django.db import models
from simple_history.models import HistoricalRecords

from alongside.site.bench.peer import kept


def _history(name: str) -> dict[str, HistoricalRecords]:
    """The default history, without the link to a user: that table is in another database."""
    return {
        "history": HistoricalRecords(
            history_user_id_field=models.IntegerField(null=True), history_user_getter=lambda historical: None
        )
    }


TYPES = kept.as_models(__name__, "bench_peer", _history)
