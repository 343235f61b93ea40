"""The log as its reader sees it: acts, times and counts, no business data."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet, Subquery

from gongjian.foundation.records.models import LogEntry, LogHead, LogRow
from gongjian.foundation.records.queries.prepared import prepared


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log, ready to print."""

    seq: int
    act: str
    at: datetime
    recorded_at: datetime
    actor: str
    rows: int
    hash: str


def log_lines(*, act: str = "", before: int | None = None, limit: int = 40) -> list[LogLine]:
    """The newest entries first, `limit` of them below `before`; of one act or of all. One query."""
    entries = _entries(act).annotate(count=Count("rows")).order_by("-seq")
    if before is not None:
        entries = entries.filter(seq__lt=before)
    return [
        LogLine(e.seq, e.act, e.at, e.recorded_at, e.actor_name, e.count, e.hash[:12])
        for e in entries[:limit]
    ]


def count_log(act: str = "") -> int:
    return _entries(act).count()


def acts_in_log() -> list[str]:
    """The acts that happened at least once, in the order of their names."""
    return list(LogEntry.objects.order_by("act").values_list("act", flat=True).distinct())


def log_end() -> int:
    """The number of the last act; 0 before the first."""
    return LogHead.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def log_end_in_query() -> Subquery:
    """The end of the log, for another query to compare with."""
    return Subquery(LogHead.objects.filter(pk=1).values("seq"))


def last_written() -> tuple[int, str]:
    """The number and the hash of the last act that wrote or removed a row: none, (0, "").

    While both are the same nothing was written; a log-in or an export writes no row.
    """
    return next(iter(_last_written()), (0, ""))


@prepared
def _last_written() -> QuerySet[LogRow, tuple[int, str]]:
    return LogRow.objects.order_by("-entry_id").values_list("entry_id", "entry__hash")[:1]


def tables_written_since(seq: int) -> set[str]:
    """The tables in which acts after this one wrote or removed rows."""
    rows = LogRow.objects.filter(entry_id__gt=seq).order_by()
    return set(rows.values_list("table", flat=True).distinct())


def _entries(act: str) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(act=act) if act else LogEntry.objects.all()


def rows_written_since(seq: int) -> dict[str, tuple[set[int], bool]]:
    """{table: (rows that acts after this one wrote, whether one was removed)}. One query."""
    found: dict[str, tuple[set[int], bool]] = {}
    rows = LogRow.objects.filter(entry_id__gt=seq).order_by()
    for table, row, deed in rows.values_list("table", "row", "deed").distinct():
        keys, removed = found.setdefault(table, (set(), False))
        keys.add(row)
        found[table] = (keys, removed or deed == LogRow.Deed.REMOVED)
    return found
