"""Bytes of a json: a list of objects, or of lists, is a sheet; so is each named list of them."""

import json
import re
from collections.abc import Iterator
from typing import Any

from gongjian.documents.decoding import decode
from gongjian.documents.grids.spool import Spool
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.lib.grids import Book, Cell, Grid

STARTS = re.compile(rb"\s*(?:\{\s*[\"}]|\[\s*[\[{\]])")
DEEPEST = 4  # objects inside objects that still make columns
MOST_COLUMNS = 2_000
MOST_ABOVE = 12


def looks_like_json(name: str, start: bytes) -> bool:
    """Does a text begin as json does? A csv never begins with {" or [{."""
    return name.lower().endswith((".json", ".jsonl")) or STARTS.match(start) is not None


def read_json(content: bytes, limits: Limits) -> Book:
    """A Grid a list of records; the names of their members are its first row.

    Errors: Unreadable 'damaged', 'empty', 'too_deep', 'too_large'.
    """
    held = _loaded(decode(content))
    lists = {key: rows for key, rows in _lists(held) if rows}
    if not lists:
        raise Unreadable("empty")
    above = _above(held)
    return Book(tuple(_grid(key, rows, limits, above) for key, rows in lists.items()), "json")


def _above(held: Any) -> tuple[str, ...]:
    """What a file says of its lists beside them: a title, a unit."""
    if not isinstance(held, dict):
        return ()
    return tuple(text for text in held.values() if isinstance(text, str) and text)[:MOST_ABOVE]


def _loaded(text: str) -> Any:
    """Numbers stay as they are written."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except ValueError as broken:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise Unreadable("damaged", part="json") from broken
    try:
        return [json.loads(line, parse_float=str, parse_int=str) for line in lines]
    except ValueError as broken:
        raise Unreadable("damaged", part="json") from broken


def _lists(held: Any, key: str = "", depth: int = 0) -> Iterator[tuple[str, list[Any]]]:
    if isinstance(held, list):
        if all(isinstance(record, dict | list) for record in held):
            yield key, held
    elif isinstance(held, dict) and depth < DEEPEST:
        for name, inner in held.items():
            yield from _lists(inner, f"{key}/{name}" if key else name, depth + 1)


def _grid(key: str, rows: list[Any], limits: Limits, above: tuple[str, ...]) -> Grid:
    spool = Spool(limits)
    if all(isinstance(record, list) for record in rows):
        for row, record in enumerate(rows):
            spool.add(row, [_cell(value) for value in record])
        return Grid(key, spool, above=above, exact=False)
    flat = [dict(_members(record)) if isinstance(record, dict) else {} for record in rows]
    columns = {name: None for record in flat for name in record}
    if len(columns) > MOST_COLUMNS:
        raise Unreadable("too_large", measure="columns", limit=MOST_COLUMNS)
    spool.add(0, list(columns))
    for row, record in enumerate(flat, start=1):
        spool.add(row, [record.get(name) for name in columns])
    return Grid(key, spool, above=above, exact=False)


def _members(record: dict[str, Any], key: str = "", depth: int = 0) -> Iterator[tuple[str, Cell]]:
    for name, value in record.items():
        path = f"{key}/{name}" if key else name
        if isinstance(value, dict) and depth < DEEPEST:
            yield from _members(value, path, depth + 1)
        else:
            yield path, _cell(value)


def _cell(value: Any) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
