"""Findings as an Excel workbook, a sheet a kind."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjian.documents.sheets import Sheet, SheetColumn, write_book

Found = tuple[str, dict[str, Any]]


def findings_workbook(read: Sequence[Found]) -> bytes:
    """Actions, targets and tasks of one or several files, each with its sentence.

    Units    values as written. Missing: an empty cell. Errors: none.
    """
    return write_book([_actions(read), _targets(read), _tasks(read)])


def _sheet(name: str, columns: Iterable[SheetColumn], rows: Iterable[tuple[Any, ...]]) -> Sheet:
    return Sheet(title=name, name=name, columns=tuple(columns), rows=tuple(rows))


def _tail() -> tuple[SheetColumn, ...]:
    return (
        SheetColumn(_("把握"), 8, "number", 2),
        SheetColumn(_("理由"), 40),
        SheetColumn(_("原文"), 60),
    )


def _end(found: dict[str, Any]) -> tuple[Any, ...]:
    return found["confidence"], found["reason"], found["evidence"]


def _actions(read: Sequence[Found]) -> Sheet:
    columns = (SheetColumn(_("文件"), 24), SheetColumn(_("行动"), 40), *_tail())
    rows = [(name, a["name"], *_end(a)) for name, found in read for a in found["actions"]]
    return _sheet(_("行动"), columns, rows)


def _targets(read: Sequence[Found]) -> Sheet:
    heads = (_("目标"), _("限定"), _("比较"), _("数值"), _("上限"), _("单位"), _("完成时限"))
    columns = (
        SheetColumn(_("文件"), 24),
        *(SheetColumn(head, 30 if head == _("目标") else 10) for head in heads),
        *_tail(),
    )
    keys = ("metric", "qualifier", "comparator", "value", "value_max", "unit", "deadline")
    rows = [
        (name, *(_text(target[key]) for key in keys), *_end(target))
        for name, found in read
        for target in found["targets"]
    ]
    return _sheet(_("目标"), columns, rows)


def _tasks(read: Sequence[Found]) -> Sheet:
    columns = (
        SheetColumn(_("文件"), 24),
        SheetColumn(_("任务"), 50),
        SheetColumn(_("牵头单位"), 24),
        SheetColumn(_("配合单位"), 30),
        SheetColumn(_("完成时限"), 12),
        *_tail(),
    )
    rows = [
        (
            name,
            task["text"],
            _("、").join(task["lead"]),
            _("、").join(task["support"]),
            task["deadline"],
            *_end(task),
        )
        for name, found in read
        for task in found["tasks"]
    ]
    return _sheet(_("任务"), columns, rows)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
