"""Files are kept by their hash; a list that is kept is brought in, row by row."""

from gongjian.foundation.files.usecases.keeping import keep_file, sweep_orphans
from gongjian.foundation.files.usecases.lists import (
    MONTH,
    answer_list,
    ask_to_undo_list,
    ask_to_undo_untouched_list,
    bring_list,
    import_list,
    person_of,
    read_list,
    start_list,
    undo_list,
)

__all__ = [
    "MONTH",
    "answer_list",
    "ask_to_undo_list",
    "ask_to_undo_untouched_list",
    "bring_list",
    "import_list",
    "keep_file",
    "person_of",
    "read_list",
    "start_list",
    "sweep_orphans",
    "undo_list",
]
