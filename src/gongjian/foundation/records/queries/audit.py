"""The proof that nothing was changed past the use-cases: chain, rows, and the anchor outside."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from gongjian.foundation.records.models import Kept, LogEntry, LogHead, LogRow
from gongjian.foundation.records.queries.digests import (
    GENESIS,
    UNREADABLE,
    batches,
    entry_hash,
    kept_models,
    log_models,
    protected_columns,
    standing_digests,
)

ANCHOR = "audit-anchor.log"
UNNUMBERED = -1
ANCHOR_LAG = 1.0  # seconds: the anchor is written after the commit it answers for
Named = dict[tuple[str, int], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the log says."""

    code: str
    table: str
    row: int
    entry: int | None = None


def protected_tables() -> dict[str, list[str]]:
    """{table: [column, …]} of every table `audit verify` answers for, the log itself included."""
    return {
        model._meta.db_table: [
            str(f.column)
            for f in model._meta.concrete_fields
            if f.attname in protected_columns(model)
        ]
        for model in [*log_models(), *kept_models()]
    }


def audit_findings(home: Path | None = None) -> list[Finding]:
    """Everything that is not as the log says; empty when nothing is wrong.

    Reads the whole log and every protected row once. Errors: none; what is wrong is returned.
    The head of the log is held meanwhile, so that no act commits between two of the reads: it
    would look like a change nobody noted.
    """
    findings = missing_tables()
    gone = {finding.table for finding in findings}
    if any(model._meta.db_table in gone for model in log_models()):
        return findings
    kept = [model for model in kept_models() if model._meta.db_table not in gone]
    with transaction.atomic():
        LogHead.objects.select_for_update().first()
        return findings + _findings(kept, home)


def missing_tables() -> list[Finding]:
    """The protected tables that somebody dropped. One look at the catalogue."""
    standing = set(connection.introspection.table_names())
    return [
        Finding("table-missing", table, 0) for table in protected_tables() if table not in standing
    ]


def _findings(kept: Iterable[type[Kept]], home: Path | None) -> list[Finding]:
    known: Named = {}
    hashes: dict[int, str] = {0: GENESIS}
    findings = list(_broken_links(known, hashes))
    findings += _wrong_head(hashes)
    findings += _wrong_anchor(hashes, (home or Path(settings.HOME)) / ANCHOR)
    findings += _wrong_rows(known, kept)
    return findings


def _broken_links(known: Named, hashes: dict[int, str]) -> Iterator[Finding]:
    """Walk the chain; fill `known` with the last digest of each row, `hashes` by number."""
    previous, expected = GENESIS, 1
    rows = groupby(
        LogRow.objects.order_by("entry_id", "pk")
        .values_list("entry_id", "table", "row", "deed", "digest")
        .iterator(chunk_size=5000),
        key=lambda row: row[0],
    )
    waiting = next(rows, None)
    for entry in _entries():
        while waiting is not None and waiting[0] < entry.seq:
            yield Finding("row-without-entry", LogRow._meta.db_table, waiting[0])
            waiting = next(rows, None)
        named: list[tuple[str, int, str, str]] = []
        if waiting is not None and waiting[0] == entry.seq:
            named = [(table, row, deed, digest) for _, table, row, deed, digest in waiting[1]]
            waiting = next(rows, None)
        table = LogEntry._meta.db_table
        if entry.seq != expected:
            yield Finding("entries-removed", table, expected, entry.seq)
        if entry.previous != previous or entry.hash != _hash(entry, named):
            yield Finding("entry-altered", table, entry.seq, entry.seq)
        for name, row, deed, digest in named:
            known[name, row] = (deed, digest)
        previous, expected = entry.hash, entry.seq + 1
        hashes[entry.seq] = entry.hash
    if waiting is not None:
        yield Finding("row-without-entry", LogRow._meta.db_table, waiting[0])


def _entries() -> Iterator[LogEntry]:
    """The chain in order; an entry that cannot be read stands there with its links alone."""
    links = list(LogEntry.objects.order_by("seq").values_list("seq", "previous", "hash"))
    for part in batches([seq for seq, _previous, _hash in links]):
        try:
            with transaction.atomic():
                entries = list(LogEntry.objects.filter(seq__in=part).order_by("seq"))
            yield from entries
        except Exception:  # somebody wrote what no column of this kind can hold
            wanted = set(part)
            for seq, previous, kept in links:
                if seq in wanted:
                    yield _entry(seq) or LogEntry(seq=seq, previous=previous, hash=kept)


def _entry(seq: int) -> LogEntry | None:
    try:
        with transaction.atomic():
            return LogEntry.objects.get(seq=seq)
    except Exception:
        return None


def _hash(entry: LogEntry, named: list[tuple[str, int, str, str]]) -> str:
    return entry_hash(entry, named) if entry.act else UNREADABLE


def _wrong_head(hashes: dict[int, str]) -> list[Finding]:
    last = max(hashes)
    heads = list(LogHead.objects.all())
    if not heads and last == 0:
        return []
    if len(heads) == 1 and (heads[0].seq, heads[0].hash) == (last, hashes[last]):
        return []
    return [Finding("head-altered", LogHead._meta.db_table, 1, last)]


def _wrong_anchor(hashes: dict[int, str], anchor: Path) -> list[Finding]:
    """Every line kept outside the database must still be the hash of its entry."""
    if not anchor.is_file():
        return [Finding("anchor-missing", ANCHOR, 0)] if max(hashes) else []
    kept, last = _anchored(anchor), max(hashes)
    if last and last not in kept:
        time.sleep(ANCHOR_LAG)
        kept = _anchored(anchor)
    findings = [
        Finding("entries-cut-or-rewritten", ANCHOR, number)
        for number in sorted(kept)
        if 0 <= number <= last and kept[number] != {hashes.get(number)}
    ]
    if beyond := [number for number in kept if number > last]:
        findings.append(Finding("tail-cut", ANCHOR, min(beyond)))
    if UNNUMBERED in kept:
        findings.append(Finding("anchor-line", ANCHOR, 0))
    if last and last not in kept:
        findings.append(Finding("anchor-short", ANCHOR, last))
    return findings


def _anchored(anchor: Path) -> dict[int, set[str]]:
    """Hashes by number as kept outside: two where a cut log went on, and it does not heal by that.

    A line that is none stands under `UNNUMBERED`.
    """
    kept: dict[int, set[str]] = {}
    with anchor.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            number, _, digest = line.strip().partition(" ")
            kept.setdefault(int(number) if number.isdecimal() else UNNUMBERED, set()).add(digest)
    return kept


def _wrong_rows(known: Named, kept: Iterable[type[Kept]]) -> Iterator[Finding]:
    for model in kept:
        table = model._meta.db_table
        there = set()
        for key, digest in standing_digests(model):
            there.add(key)
            deed, written = known.get((table, key), ("", ""))
            if deed != LogRow.Deed.KEPT:
                yield Finding("row-inserted", table, key)
            elif digest != written:
                yield Finding("row-altered", table, key)
        for (name, key), (deed, _) in known.items():
            if name == table and deed == LogRow.Deed.KEPT and key not in there:
                yield Finding("row-removed", table, key)
