"""What the records are asked: the installation, the log and its proof, waiting work."""

from gongjian.foundation.records.queries.audit import (
    ANCHOR,
    Finding,
    audit_findings,
    missing_tables,
    protected_tables,
)
from gongjian.foundation.records.queries.installation import (
    demo_clock,
    installation,
    is_demo,
)
from gongjian.foundation.records.queries.jobs import dead_jobs, waiting_jobs
from gongjian.foundation.records.queries.log import (
    LogLine,
    acts_in_log,
    count_log,
    log_end,
    log_head,
    log_lines,
    tables_written_since,
)
from gongjian.foundation.records.queries.phrases import phrase_finding
from gongjian.foundation.records.queries.schema import is_behind, is_reachable

__all__ = [
    "ANCHOR",
    "Finding",
    "LogLine",
    "acts_in_log",
    "audit_findings",
    "count_log",
    "dead_jobs",
    "demo_clock",
    "installation",
    "is_behind",
    "is_demo",
    "is_reachable",
    "log_end",
    "log_head",
    "log_lines",
    "missing_tables",
    "phrase_finding",
    "protected_tables",
    "tables_written_since",
    "waiting_jobs",
]
