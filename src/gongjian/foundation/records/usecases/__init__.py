"""What the records do: note an act, leave and take work, give out numbers, keep keys of acts."""

from gongjian.foundation.records.usecases.act_keys import Once, once
from gongjian.foundation.records.usecases.imports import (
    READ,
    UNDO,
    WRITE,
    Brought,
    Said,
    answer_import,
    begin_import,
    begin_undo,
    break_import,
    end_import,
    end_undo,
    go_on,
    keep_batch,
    keep_reading,
    keep_undone,
    lock_import,
    open_import,
    read_later,
)
from gongjian.foundation.records.usecases.installation import move_clock, set_up_installation
from gongjian.foundation.records.usecases.jobs import (
    beat_job,
    fail_job,
    finish_job,
    leave_job,
    release_connections,
    take_job,
)
from gongjian.foundation.records.usecases.log import Actor, Deed, note, note_each
from gongjian.foundation.records.usecases.numbers import next_number
from gongjian.foundation.records.usecases.scratch import scratch_installation, undone

__all__ = [
    "READ",
    "UNDO",
    "WRITE",
    "Actor",
    "Brought",
    "Deed",
    "Once",
    "Said",
    "answer_import",
    "beat_job",
    "begin_import",
    "begin_undo",
    "break_import",
    "end_import",
    "end_undo",
    "fail_job",
    "finish_job",
    "go_on",
    "keep_batch",
    "keep_reading",
    "keep_undone",
    "leave_job",
    "lock_import",
    "move_clock",
    "next_number",
    "note",
    "note_each",
    "once",
    "open_import",
    "read_later",
    "release_connections",
    "scratch_installation",
    "set_up_installation",
    "take_job",
    "undone",
]
