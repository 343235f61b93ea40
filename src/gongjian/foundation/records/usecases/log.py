"""Writing the log: one entry an act, in the act's own transaction."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext

from gongjian.foundation.records.models import Kept, LogEntry, LogHead, LogRow
from gongjian.foundation.records.queries import ANCHOR
from gongjian.foundation.records.queries.digests import GENESIS, entry_hash, row_digests


class Actor(Protocol):
    """Who acts: an account, known here by its key and the name it has now."""

    pk: int
    display_name: str

    @property
    def acting_for(self) -> "Actor | None": ...


@dataclass(frozen=True, slots=True)
class Deed:
    """One act to be noted: the rows it wrote and, before they go, those it removes."""

    act: str
    rows: tuple[Kept, ...] = ()
    removed: tuple[Kept, ...] = ()
    facts: dict[str, str | int] = field(default_factory=dict)


def note(
    act: str,
    *rows: Kept,
    by: Actor | None,
    at: datetime,
    removed: Iterable[Kept] = (),
    facts: dict[str, str | int] | None = None,
) -> LogEntry:
    """Add an act to the chain, with the digest of every row it wrote as it now stands.

    Rows are read back, so the digest is of what is kept and not of what was meant. Rows to be
    removed are named before they go. `by` None is the system. Locks the head until commit, which
    puts concurrent acts in one order.
    """
    return note_each([Deed(act, rows, tuple(removed), facts or {})], by=by, at=at)[0]


@transaction.atomic
def note_each(deeds: Sequence[Deed], *, by: Actor | None, at: datetime) -> list[LogEntry]:
    """Add many acts to the chain, an entry each, as if they were noted one after the other.

    A constant number of queries but for the length of their texts. No row may be written by two
    of the acts: each digest is of the row as it stands now.
    """
    if not deeds:
        return []
    head, recorded_at = _head()
    digests = _written([row for deed in deeds for row in deed.rows])
    entries: list[LogEntry] = []
    rows: list[LogRow] = []
    previous = head.hash
    for seq, deed in enumerate(deeds, start=head.seq + 1):
        entry = LogEntry(
            seq=seq,
            act=deed.act,
            at=at,
            recorded_at=recorded_at,
            actor_id=by.pk if by else None,
            actor_name=_written_name(by) if by else "",
            facts=_facts(by, deed.facts),
            previous=previous,
        )
        named = [*_kept(deed.rows, digests), *_removed(deed.removed)]
        entry.hash = previous = entry_hash(entry, named)
        entries.append(entry)
        rows += [
            LogRow(entry=entry, table=table, row=row, deed=kind, digest=digest)
            for table, row, kind, digest in named
        ]
    LogEntry.objects.bulk_create(entries)
    LogRow.objects.bulk_create(rows)
    LogHead.objects.filter(pk=1).update(seq=entries[-1].seq, hash=entries[-1].hash)
    lines = [(entry.seq, entry.hash) for entry in entries]
    transaction.on_commit(lambda: _anchor(lines))
    return entries


def _head() -> tuple[LogHead, datetime]:
    """The locked end of the chain, and the database's own time."""
    LogHead.objects.get_or_create(pk=1, defaults={"hash": GENESIS})
    head = LogHead.objects.select_for_update().annotate(clock=Now()).get(pk=1)
    return head, head.clock


def _written_name(by: Actor) -> str:
    """甲, or 甲（代乙） while 甲 does the acts of 乙."""
    if by.acting_for is None:
        return by.display_name
    words = {"name": by.display_name, "giver": by.acting_for.display_name}
    return gettext("%(name)s（代%(giver)s）") % words


def _facts(by: Actor | None, facts: dict[str, str | int]) -> dict[str, str | int]:
    return facts if by is None or by.acting_for is None else {**facts, "for": by.acting_for.pk}


def _written(rows: Iterable[Kept]) -> dict[tuple[str, int], str]:
    """The digest of each row by table and key."""
    ordered = sorted(rows, key=lambda row: row._meta.db_table)
    found: dict[tuple[str, int], str] = {}
    for table, group in groupby(ordered, key=lambda row: row._meta.db_table):
        of_table = list(group)
        keys = {row.pk for row in of_table}
        # __class__ and not type(): the user of a request comes wrapped.
        digests = dict(row_digests(of_table[0].__class__, keys))
        if missing := keys - digests.keys():
            raise LookupError(f"{table}: noted but not kept: {sorted(missing)}")
        found |= {(table, key): digest for key, digest in digests.items()}
    return found


def _kept(
    rows: Iterable[Kept], digests: dict[tuple[str, int], str]
) -> list[tuple[str, int, str, str]]:
    named = sorted({(row._meta.db_table, row.pk) for row in rows})
    return [(table, key, LogRow.Deed.KEPT.value, digests[table, key]) for table, key in named]


def _removed(rows: Iterable[Kept]) -> list[tuple[str, int, str, str]]:
    return [(row._meta.db_table, row.pk, LogRow.Deed.REMOVED.value, "") for row in rows]


def _anchor(lines: Sequence[tuple[int, str]]) -> None:
    """Keep numbers and hashes outside the database; short appended lines are written whole."""
    anchor = Path(settings.HOME) / ANCHOR
    with anchor.open("a", encoding="ascii") as kept:
        kept.writelines(f"{seq} {digest}\n" for seq, digest in lines)
        kept.flush()
        os.fsync(kept.fileno())
