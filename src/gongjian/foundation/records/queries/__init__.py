"""What the records are asked: the installation, the log and its proof, waiting work."""

from gongjian.foundation.records.queries.audit import (
    ANCHOR,
    Finding,
    audit_findings,
    missing_tables,
    protected_tables,
)
from gongjian.foundation.records.queries.imports import (
    DOUBTFUL,
    GIVEN_BACK,
    OUTCOMES,
    TAKEN,
    adds_up,
    count_doubtful,
    count_rows,
    count_undone,
    import_by_uid,
    import_rows,
    import_runs,
    memory_of,
    touched_by,
    trial_rows,
    trouble_of_run,
)
from gongjian.foundation.records.queries.installation import (
    demo_clock,
    installation,
    is_demo,
)
from gongjian.foundation.records.queries.jobs import dead_jobs, dead_keys, waiting_jobs
from gongjian.foundation.records.queries.log import (
    LogLine,
    acts_in_log,
    count_log,
    last_written,
    log_end,
    log_end_in_query,
    log_lines,
    rows_written_since,
    tables_written_since,
)
from gongjian.foundation.records.queries.phrases import phrase_finding
from gongjian.foundation.records.queries.prepared import prepared
from gongjian.foundation.records.queries.schema import is_behind, is_reachable, is_set_up

__all__ = [
    "ANCHOR",
    "DOUBTFUL",
    "GIVEN_BACK",
    "OUTCOMES",
    "TAKEN",
    "Finding",
    "LogLine",
    "acts_in_log",
    "adds_up",
    "audit_findings",
    "count_doubtful",
    "count_log",
    "count_rows",
    "count_undone",
    "dead_jobs",
    "dead_keys",
    "demo_clock",
    "import_by_uid",
    "import_rows",
    "import_runs",
    "installation",
    "is_behind",
    "is_demo",
    "is_reachable",
    "is_set_up",
    "last_written",
    "log_end",
    "log_end_in_query",
    "log_lines",
    "memory_of",
    "missing_tables",
    "phrase_finding",
    "prepared",
    "protected_tables",
    "rows_written_since",
    "tables_written_since",
    "touched_by",
    "trial_rows",
    "trouble_of_run",
    "waiting_jobs",
]
