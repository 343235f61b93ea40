"""A ledger into the register: weighed row by row, written in the background, taken back."""

from gongjian.flow.projects.usecases.imports.judging import Judge, Weighed, weigh_ledger
from gongjian.flow.projects.usecases.imports.money import import_money, try_money
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
from gongjian.flow.projects.usecases.imports.writing import import_projects

__all__ = [
    "Judge",
    "Weighed",
    "answer_project_import",
    "ask_to_undo_project_import",
    "bring_project_ledger",
    "import_money",
    "import_projects",
    "read_project_import",
    "start_project_import",
    "try_money",
    "undo_project_import",
    "weigh_ledger",
]
