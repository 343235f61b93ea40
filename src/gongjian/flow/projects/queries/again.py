"""Queries that are asked again and again with the same words: their text is made once.

To write a query of thirty columns and three subqueries costs Django ten times what the database
takes to answer it. What comes back is as the database keeps it: days and sums may be text.
"""

from collections.abc import Callable, Hashable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

CENT = Decimal("0.01")


def asked_again(
    build: Callable[..., QuerySet[Any, Any]], *said: Hashable, also: tuple[int, ...] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a query that is the same for the same words. One query.

    `also` are the limit and the offset of its end. Errors: as the builder's.
    """
    text, given = _written(connection.vendor, build, said)
    if not text:
        return []
    if also:
        text = f"{text} LIMIT %s OFFSET %s"
    with connection.cursor() as cursor:
        cursor.execute(text, (*given, *also))
        return list(cursor.fetchall())


def day_of(value: Any) -> date | None:
    """A day as a database gives it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def sum_of(value: Any) -> Decimal | None:
    """An amount of 元 as a database gives it."""
    return None if value is None else Decimal(str(value)).quantize(CENT)


@lru_cache(maxsize=512)
def _written(
    _vendor: str, build: Callable[..., QuerySet[Any, Any]], said: tuple[Hashable, ...]
) -> tuple[str, tuple[Any, ...]]:
    """The text of a query and what is bound in it; empty where it can find nothing."""
    try:
        text, given = build(*said).query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return text, tuple(given)
