"""The digest of a row and of an entry: the same bytes on SQLite and on PostgreSQL."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction

from gongjian.foundation.records.models import Kept, LogEntry, LogHead, LogRow

GENESIS = "0" * 64
BATCH = 500
UNREADABLE = "unreadable"


def kept_models() -> list[type[Kept]]:
    """Every table the log answers for, in the order of its name."""
    kept = [model for model in apps.get_models() if issubclass(model, Kept)]
    return sorted(kept, key=lambda model: model._meta.db_table)


def protected_columns(model: type[models.Model]) -> list[str]:
    """The columns the log answers for: all but those that carry no meaning of their own."""
    if not issubclass(model, Kept):
        left_out: tuple[str, ...] = ("id",)  # of the log's own tables: entries bear their number
    else:
        left_out = model.unprotected
    return [f.attname for f in model._meta.concrete_fields if f.name not in left_out]


def log_models() -> list[type[models.Model]]:
    return [LogEntry, LogRow, LogHead]


def row_digests(model: type[Kept], keys: Iterable[int]) -> Iterator[tuple[int, str]]:
    """(key, digest) of the rows with these keys, as they stand in the database."""
    for part in batches(sorted(set(keys))):
        yield from _digests(model, part)


def standing_digests(model: type[Kept]) -> Iterator[tuple[int, str]]:
    """(key, digest) of all rows there are; one that cannot be read has a digest that no row has."""
    keys = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    for part in batches(keys):
        try:
            with transaction.atomic():
                digests = _digests(model, part)
            yield from digests
        except Exception:  # somebody wrote what no column of this kind can hold
            yield from _digests_one_by_one(model, part)


def batches(keys: list[int]) -> Iterator[list[int]]:
    """The keys in parts that one query can name."""
    for begin in range(0, len(keys), BATCH):
        yield keys[begin : begin + BATCH]


def _digests(model: type[Kept], keys: list[int]) -> list[tuple[int, str]]:
    """Digests of the values as they are stored.

    Raw, past Django's converters: those read a text in a boolean column as False and an empty
    text in a date column as nothing, and would hide that somebody wrote it there.
    """
    covered = set(protected_columns(model))
    columns = [field for field in model._meta.concrete_fields if field.attname in covered]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    table, key = model._meta.db_table, quote("id")
    places = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {names} FROM {quote(table)} WHERE {key} IN ({places}) ORDER BY {key}",
            keys,
        )
        rows = cursor.fetchall()
    attributes = [field.attname for field in columns]
    return [
        (row[0], digest([table, row[0], dict(zip(attributes, map(plain, row[1:]), strict=True))]))
        for row in rows
    ]


def _digests_one_by_one(model: type[Kept], keys: list[int]) -> Iterator[tuple[int, str]]:
    for key in keys:
        try:
            with transaction.atomic():
                digests = _digests(model, [key])
            yield from digests
        except Exception:
            yield key, UNREADABLE


def entry_hash(entry: LogEntry, rows: Iterable[tuple[str, int, str, str]]) -> str:
    """The hash of one entry: what it says, the rows it names, and the hash before it."""
    return digest(
        [
            entry.previous,
            entry.seq,
            entry.act,
            plain(entry.at),
            plain(entry.recorded_at),
            entry.actor_id,
            entry.actor_name,
            entry.facts,
            sorted(rows, key=str),
        ]
    )


def digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plain(value: Any) -> Any:
    """A column's value as JSON that both databases agree on."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID):
        return str(value)
    return value
