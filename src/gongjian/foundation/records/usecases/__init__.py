"""What the records do: note an act, leave and take work, give out numbers, keep keys of acts."""

from gongjian.foundation.records.usecases.act_keys import Once, once
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
    "Actor",
    "Deed",
    "Once",
    "beat_job",
    "fail_job",
    "finish_job",
    "leave_job",
    "move_clock",
    "next_number",
    "note",
    "note_each",
    "once",
    "release_connections",
    "scratch_installation",
    "set_up_installation",
    "take_job",
    "undone",
]
