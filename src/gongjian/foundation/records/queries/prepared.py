"""Questions that every page asks: worded once, then asked again with other values.

To word a query costs the ORM ten times what the database needs to answer it by a key. A function
marked `prepared` is an ordinary one that gives a queryset. It is called once, with places where
its values go, and what it came to is kept as SQL, one for each kind of database.

    @prepared
    def _roles_held(*, account: int, on: date) -> QuerySet[RoleGrant, str]:
        held = RoleGrant.objects.in_force(on).filter(user_id=account)
        return held.values_list("role", flat=True)

    roles = _roles_held(account=user.pk, on=day)  # a list

Values come by name, of the types in KINDS; `Collection[int]` stands for keys behind an `__in`.
What comes by position changes the wording itself: one for each, the last MOST of them. A value
is never None, which SQL words otherwise. The function looks at no value, and asks nothing: what
it found would be kept with the wording.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar, get_type_hints
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.sql.compiler import SQLCompiler

Parameters = ParamSpec("Parameters")
Row = TypeVar("Row")
MARK = "%s"
MOST = 60  # wordings of one question that are kept
NO_KEY = 0  # what no row is numbered: SQL has no empty list
KINDS: dict[object, "models.Field[Any, Any]"] = {
    int: models.BigIntegerField(),
    str: models.TextField(),
    date: models.DateField(),
    datetime: models.DateTimeField(),
    Decimal: models.DecimalField(max_digits=30, decimal_places=6),
    UUID: models.UUIDField(),
    Collection[int]: models.BigIntegerField(),
}


def prepared(
    question: Callable[Parameters, "models.QuerySet[Any, Row]"],
) -> Callable[Parameters, list[Row]]:
    """The rows of a queryset that is worded once. One query, but for what cannot match: none."""
    hints = get_type_hints(question)
    kept: dict[tuple[object, ...], _Wording | None] = {}
    alone = Lock()

    @wraps(question)
    def asked(*shape: Parameters.args, **values: Parameters.kwargs) -> list[Row]:
        key = (connection.vendor, frozenset(values), *shape)
        try:
            with alone:
                wording = kept.pop(key)  # and in again behind the others, as used last
        except KeyError:
            places = {name: _Place(name, hints[name]) for name in values}
            wording = _worded(question(*shape, **places))  # type: ignore[arg-type]
        with alone:
            kept[key] = wording
            while len(kept) > MOST:
                del kept[next(iter(kept))]
        return wording.rows(values) if wording else []

    return asked


class _Place(models.Expression):
    """Where a value will stand."""

    def __init__(self, name: str, kind: object) -> None:
        super().__init__(output_field=KINDS[kind])
        self.name = name
        self.many = kind == Collection[int]

    def as_sql(self, *_given: object) -> Any:
        return MARK, [self]

    def written(self, given: Any) -> list[object]:
        """The values as this database takes them."""
        if given is None:
            raise TypeError(f"{self.name} is None; a prepared question takes values")
        if self.many:
            keys = list(given)
            if None in keys:
                raise TypeError(f"{self.name} holds None; a prepared question takes values")
            return keys or [NO_KEY]
        return [self.output_field.get_db_prep_value(given, connection)]


@dataclass(frozen=True, slots=True)
class _Wording:
    """A queryset as SQL: what stands between its parameters, and these, places among them."""

    queryset: "models.QuerySet[Any, Any]"
    compiler: SQLCompiler
    pieces: list[str]
    parameters: list[Any]

    def rows(self, values: dict[str, Any]) -> list[Any]:
        said: list[str] = [self.pieces[0]]
        given: list[object] = []
        for parameter, piece in zip(self.parameters, self.pieces[1:], strict=True):
            is_place = isinstance(parameter, _Place)
            written = parameter.written(values[parameter.name]) if is_place else [parameter]
            said += [", ".join([MARK] * len(written)), piece]
            given += written
        compiler = _Compiled(self.compiler, "".join(said), tuple(given))
        rows: Callable[[Any], Iterable[Any]] = self.queryset._iterable_class  # type: ignore[assignment]
        return list(rows(_Asked(self.queryset, compiler)))


class _Compiled(SQLCompiler):
    """A compiler that has its SQL already, for the connection of this thread."""

    def __init__(self, worded: SQLCompiler, sql: str, parameters: tuple[object, ...]) -> None:
        self.__dict__ = worded.__dict__ | {"connection": connection}
        self.worded = worded
        self.said = sql, parameters

    def as_sql(self, *_given: object, **_more: object) -> Any:
        return self.said

    def get_converters(self, expressions: Any) -> Any:
        kept = self.worded.__dict__
        if "converters" not in kept:
            kept["converters"] = super().get_converters(expressions)
        return kept["converters"]


class _Asked:
    """A queryset to those who make its rows, whose query has nothing left to word."""

    def __init__(self, queryset: "models.QuerySet[Any, Any]", compiler: SQLCompiler) -> None:
        self.query, self.compiler = self, compiler
        self.model, self.db = queryset.model, queryset.db
        self._known_related_objects: dict[Any, Any] = {}

    def get_compiler(self, *_given: object, **_more: object) -> SQLCompiler:
        return self.compiler


def _worded(queryset: "models.QuerySet[Any, Any]") -> _Wording | None:
    """The queryset as SQL; None where nothing can ever match it."""
    if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
        raise TypeError("a prepared question asks once: it prefetches nothing")
    compiler = queryset.query.get_compiler(queryset.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    return _Wording(queryset, compiler, sql.split(MARK), list(parameters))
