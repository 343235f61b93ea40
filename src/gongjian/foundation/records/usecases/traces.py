"""What an act over whole tables wrote: told by looking before and after, and taken back whole."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignObjectRel
from django.utils.translation import gettext as _

from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.queries.digests import row_digests
from gongjian.foundation.records.usecases.log import Actor, note
from gongjian.lib.refusals import Refused

Rows = dict[int, dict[str, Any]]
Before = dict[type[Kept], Rows]
Trace = dict[str, Any]
MOST_NAMED = 8


def look(tables: Sequence[type[Kept]]) -> Before:
    """Every row of these tables as it stands. A query a table."""
    return {model: _standing(model) for model in tables}


def what_was_written(before: Before) -> Trace:
    """By table: the rows that came since, and those that changed with what they said before, each
    with its digest; as JSON keeps it. Two queries a table."""
    trace: Trace = {}
    for model, there in before.items():
        now = _standing(model)
        changed = {key: _differing(there[key], row) for key, row in now.items() if key in there}
        changed = {key: old for key, old in changed.items() if old}
        new = [key for key in now if key not in there]
        digests = dict(row_digests(model, [*new, *changed]))
        trace[model._meta.label_lower] = {
            "new": [[key, digests[key]] for key in new],
            "changed": [[key, digests[key], old] for key, old in changed.items()],
        }
    kept: Trace = json.loads(json.dumps(trace, cls=DjangoJSONEncoder))
    return kept


def check_can_take_back(trace: Trace) -> None:
    """Did nobody touch what was written, and does nothing else use it? All that stands in the way
    is named at once. Refused: import.touched, import.in-use."""
    told = list(_told(trace))
    coming = {model: {key for key, _digest in new} for model, new, _changed in told}
    touched: list[str] = []
    used: list[str] = []
    for model, new, changed in told:
        digests = dict([*new, *((key, digest) for key, digest, _old in changed)])
        touched += _touched(model, digests)
        used += _used(model, coming)
    in_use = _("导入以后已经有别的记录用着：%(names)s") % {"names": _named(used)} if used else ""
    if touched:
        said = _("导入以后又改过：%(names)s") % {"names": _named(touched)}
        what = _("；").join(filter(None, [said, in_use]))
        raise Refused("import.touched", _("%(what)s。整份留着没有撤，请逐条改。") % {"what": what})
    if used:
        raise Refused("import.in-use", _("%(what)s。整份留着没有撤，请逐条改。") % {"what": in_use})


def take_back(trace: Trace, *, act: str, by: Actor, at: datetime) -> int:
    """Remove what came and set back what changed, all of it or nothing; how many rows.

    The caller holds a transaction. Refused: import.touched, import.in-use.
    """
    check_can_take_back(trace)
    told = list(_told(trace))
    coming = {model: {key for key, _digest in new} for model, new, _changed in told}
    removed = [
        row for model, keys in coming.items() for row in model._default_manager.filter(pk__in=keys)
    ]
    back: list[Kept] = []
    for model, _new, changed in told:
        for key, _digest, old in changed:
            back.append(_set_back(model, key, old))
    note(act, *back, removed=removed, by=by, at=at, facts={"rows": len(removed) + len(back)})
    for model, keys in coming.items():
        found = model._default_manager.filter(pk__in=keys)
        found._raw_delete(found.db)  # what points at what was looked at above
    return len(removed) + len(back)


def _standing(model: type[Kept]) -> Rows:
    columns = [column.attname for column in model._meta.concrete_fields]
    rows = model._default_manager.values_list(*columns)
    key = columns.index(model._meta.pk.attname)
    return {row[key]: dict(zip(columns, row, strict=True)) for row in rows}


def _told(trace: Trace) -> Iterator[tuple[type[Kept], list[Any], list[Any]]]:
    for label, rows in trace.items():
        model = apps.get_model(label)
        assert issubclass(model, Kept)
        yield model, rows["new"], rows["changed"]


def _differing(there: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """The columns that say something else, with what they said."""
    return {name: value for name, value in there.items() if now[name] != value}


def _touched(model: type[Kept], digests: dict[int, str]) -> list[str]:
    """The rows that say something else by now, or are gone, by their names."""
    now = dict(row_digests(model, digests))
    moved = [key for key, digest in digests.items() if now.get(key) != digest]
    there = {row.pk: _name_of(row) for row in model._default_manager.filter(pk__in=moved)}
    return [there.get(key, _("（已经不在）")) for key in moved]


def _used(model: type[Kept], coming: dict[type[Kept], set[int]]) -> list[str]:
    """The rows that came and that something else points at by now, by their names."""
    keys = coming[model]
    found: dict[int, str] = {}
    for relation in model._meta.related_objects if keys else ():
        other = relation.related_model
        if not issubclass(other, Kept) or not isinstance(relation, ForeignObjectRel):
            continue
        rows = other._default_manager.filter(**{f"{relation.field.name}__in": keys})
        used = rows.exclude(pk__in=coming.get(other, set())) if other in coming else rows
        held = set(used.values_list(relation.field.name, flat=True))
        rows = model._default_manager.filter(pk__in=held & keys)
        found |= {row.pk: _name_of(row) for row in rows}
    return list(found.values())


def _name_of(row: Kept) -> str:
    """What a person knows a row by: one that begins with the key of its owner has that one's
    name."""
    text = str(row)
    for column in row._meta.concrete_fields:
        key = str(getattr(row, column.attname))
        if column.is_relation and re.match(rf"{re.escape(key)}(?!\w)", text):
            return f"{getattr(row, column.name)}{text[len(key) :]}"
    return text


def _named(names: Sequence[str]) -> str:
    """Names for a sentence, the first of them where they are many."""
    shown = _("、").join(_("“%(name)s”") % {"name": name} for name in names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return shown
    return _("%(shown)s 等 %(count)s 条") % {"shown": shown, "count": len(names)}


def _set_back(model: type[Kept], key: int, old: dict[str, Any]) -> Kept:
    columns = {column.attname: column for column in model._meta.concrete_fields}
    values = {name: columns[name].to_python(value) for name, value in old.items()}
    row = model._default_manager.get(pk=key)
    if "version" in columns:
        values["version"] = row.version + 1  # type: ignore[attr-defined]
    model._default_manager.filter(pk=key).update(**values)
    row.refresh_from_db()
    return row
