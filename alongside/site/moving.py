"""From one database into another, whole or not at all, and looked at on the far side before it counts.

All tables come along, whatever room they belong to. The far side must be empty. What is written there is compared
with what was read, table by table, and every entry is held against its commitment; only then it is committed.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.models import Model

from alongside.record.verify import verify
from alongside.site.problem import Problem

FROM, TO = "default", "moving"
BATCH = 500
OWN = {"django_migrations"}  # what the migrations themselves write on the far side
MADE = {"django_content_type", "auth_permission"}  # what they write as well, and what comes along instead
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Moved:
    """`rows`: of all tables; `entries`: of the record, each verified on the far side."""

    tables: int
    rows: int
    entries: int


def move(target: dict, told: Told) -> Moved:
    """Move everything from the database of this site into `target`, an entry of DATABASES.

    Raises Problem where the far side is not empty, where a table is unknown, or where anything differs.
    """
    connections.settings[TO] = connections.configure_settings({FROM: target})[FROM]
    try:
        models = _models()
        _refuse_what_is_not_empty(models)
        owner = connections[TO].as_owner if hasattr(connections[TO], "as_owner") else nullcontext
        with owner():
            with _there():
                call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
            with transaction.atomic(using=TO):
                return _moved(models, told)
    finally:
        connections[TO].close()
        del connections[TO], connections.settings[TO]


def _moved(models: list[type[Model]], told: Told) -> Moved:
    for model in models:
        if model._meta.db_table in MADE:
            model._base_manager.using(TO).all()._raw_delete(TO)
    count = 0
    for done, model in enumerate(models, 1):
        count += _copied(model)
        told("tables copied", done, len(models))
    with connections[TO].cursor() as cursor:
        for sql in connections[TO].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
    for done, model in enumerate(models, 1):
        if _sum(model, FROM) != _sum(model, TO):
            raise Problem(f"The table {model._meta.db_table} is not the same on the far side. Nothing was moved.")
        told("tables compared", done, len(models))
    with _there():
        broken = next(verify(lambda done, total: told("families verified", done, total)), None)
    if broken is not None:
        raise Problem(f"The record does not hold over there: {broken.what}. Nothing was moved.")
    entries = apps.get_model("record", "Entry")._base_manager.using(TO).count()
    return Moved(len(models), count, entries)


@contextmanager
def _there() -> Iterator[None]:
    """In this block the house stands on the far side: whatever asks the database asks that one."""
    here = connections[FROM]
    connections[FROM] = connections[TO]
    try:
        yield
    finally:
        connections[FROM] = here


def _models() -> list[type[Model]]:
    """A model of every table of this site, those without relations to others among them in any order."""
    found = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy]
    with connections[FROM].cursor() as cursor:
        there = set(connections[FROM].introspection.table_names(cursor))
    known = {one._meta.db_table for one in found}
    if there - known - OWN:
        raise Problem(f"Nobody knows the table {sorted(there - known - OWN)[0]}. Nothing was moved.")
    if known - there:
        raise Problem('The tables are older than this program. Start "alongside serve" once, then come back.')
    return found


def _refuse_what_is_not_empty(models: list[type[Model]]) -> None:
    with connections[TO].cursor() as cursor:
        there = set(connections[TO].introspection.table_names(cursor))
    for model in models:
        table = model._meta.db_table
        if table in there and table not in MADE and model._base_manager.using(TO).exists():
            raise Problem("The far side is not empty. Make a new database for the move. Nothing was moved.")
    if there - {model._meta.db_table for model in models} - OWN:
        raise Problem("The far side holds tables of something else. Make a new database. Nothing was moved.")


def _rows(model: type[Model], alias: str) -> Iterator[Model]:
    yield from model._base_manager.using(alias).order_by("pk").iterator(BATCH)


def _copied(model: type[Model]) -> int:
    count = 0
    for some in _in_batches(_rows(model, FROM)):
        model._base_manager.using(TO).bulk_create(some)
        count += len(some)
    return count


def _in_batches(rows: Iterator[Model]) -> Iterator[list[Model]]:
    while some := [row for _n, row in zip(range(BATCH), rows, strict=False)]:
        yield some


def _sum(model: type[Model], alias: str) -> tuple[int, str]:
    """How many rows, and SHA-256 over all of them in the order of their keys."""
    names = [field.attname for field in model._meta.concrete_fields]
    count, digest = 0, hashlib.sha256()
    for row in _rows(model, alias):
        digest.update(repr([_plain(getattr(row, name)) for name in names]).encode() + b"\n")
        count += 1
    return count, digest.hexdigest()


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview | bytearray) else value
