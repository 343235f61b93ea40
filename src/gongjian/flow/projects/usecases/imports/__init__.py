"""A ledger into the register: weighed row by row, written in the background, taken back."""

from gongjian.flow.projects.usecases.imports.beside import (
    Beside,
    Pairs,
    UndonePairs,
    all_or_each,
    drop_cell,
)
from gongjian.flow.projects.usecases.imports.facts import FACTS
from gongjian.flow.projects.usecases.imports.judging import Judge, weigh_ledger
from gongjian.flow.projects.usecases.imports.money import LISTS, import_money, try_money
from gongjian.flow.projects.usecases.imports.opening import (
    answer_project_import,
    bring_project_ledger,
    read_project_import,
    start_project_import,
)
from gongjian.flow.projects.usecases.imports.undoing import (
    ask_to_undo_project_import,
    undo_project_import,
)
from gongjian.flow.projects.usecases.imports.weighed import Weighed
from gongjian.flow.projects.usecases.imports.writing import import_projects

__all__ = [
    "FACTS",
    "LISTS",
    "Beside",
    "Judge",
    "Pairs",
    "UndonePairs",
    "Weighed",
    "all_or_each",
    "answer_project_import",
    "ask_to_undo_project_import",
    "bring_project_ledger",
    "drop_cell",
    "import_money",
    "import_projects",
    "read_project_import",
    "start_project_import",
    "try_money",
    "undo_project_import",
    "weigh_ledger",
]
