"""Writing the log: one entry an act, in the act's own transaction."""

import os
from collections.abc import Iterable
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


@transaction.atomic
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
    head, recorded_at = _head()
    entry = LogEntry(
        seq=head.seq + 1,
        act=act,
        at=at,
        recorded_at=recorded_at,
        actor_id=by.pk if by else None,
        actor_name=_written_name(by) if by else "",
        facts=_facts(by, facts or {}),
        previous=head.hash,
    )
    named = [*_written(rows), *_removed(removed)]
    entry.hash = entry_hash(entry, named)
    entry.save(force_insert=True)
    LogRow.objects.bulk_create(
        LogRow(entry=entry, table=table, row=row, deed=deed, digest=digest)
        for table, row, deed, digest in named
    )
    LogHead.objects.filter(pk=1).update(seq=entry.seq, hash=entry.hash)
    transaction.on_commit(lambda: _anchor(entry.seq, entry.hash))
    return entry


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


def _written(rows: Iterable[Kept]) -> list[tuple[str, int, str, str]]:
    ordered = sorted(rows, key=lambda row: row._meta.db_table)
    named = []
    for table, group in groupby(ordered, key=lambda row: row._meta.db_table):
        of_table = list(group)
        keys = {row.pk for row in of_table}
        # __class__ and not type(): the user of a request comes wrapped.
        digests = dict(row_digests(of_table[0].__class__, keys))
        if missing := keys - digests.keys():
            raise LookupError(f"{table}: noted but not kept: {sorted(missing)}")
        named += [(table, key, LogRow.Deed.KEPT.value, digests[key]) for key in sorted(keys)]
    return named


def _removed(rows: Iterable[Kept]) -> list[tuple[str, int, str, str]]:
    return [(row._meta.db_table, row.pk, LogRow.Deed.REMOVED.value, "") for row in rows]


def _anchor(seq: int, digest: str) -> None:
    """Keep number and hash outside the database; a short appended line is written whole."""
    anchor = Path(settings.HOME) / ANCHOR
    with anchor.open("a", encoding="ascii") as lines:
        lines.write(f"{seq} {digest}\n")
        lines.flush()
        os.fsync(lines.fileno())
