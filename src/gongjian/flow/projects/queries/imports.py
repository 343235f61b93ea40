"""What is asked of an import of projects: its rows in words, and those given back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.projects.queries.register import townships
from gongjian.flow.projects.queries.taken import BESIDE, COLUMNS, label_of, shown_as
from gongjian.foundation.files.queries import bytes_of, file_by_hash
from gongjian.foundation.records.models import ImportRow, ImportRun
from gongjian.foundation.records.queries import GIVEN_BACK
from gongjian.foundation.records.queries.ledgers import given_back_xlsx

MATCHES = {
    "code": _("按项目代码认出"),
    "uscc": _("按信用代码、名称认出"),
    "place": _("按名称、属地认出"),
    "name": _("按名称认出"),
}
# What the fields of a ledger are called, in the order in which a person chooses among them.
LEDGER_LABELS = {
    "seq": _("序号"),
    "name": _("项目名称"),
    "code": _("项目代码"),
    "owner": _("建设单位"),
    "uscc": _("统一社会信用代码"),
    "township": _("属地、建设地点"),
    "scope": _("建设内容及规模"),
    "category": _("类别"),
    "nature": _("建设性质"),
    "industry": _("行业"),
    "total_investment": _("总投资"),
    "year_plan_investment": _("年度计划投资"),
    "year_done_investment": _("年度完成投资"),
    "planned_start": _("计划开工"),
    "planned_finish": _("计划竣工"),
    "actual_start": _("实际开工"),
    "actual_finish": _("实际竣工"),
    "lead_unit": _("牵头单位"),
    "responsible_units": _("责任单位"),
    "sponsor": _("包靠领导"),
    "progress_text": _("形象进度"),
    "remark": _("备注"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a row in words: before and after; "" where there is none."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TrailRow:
    """Where one row of a file went, ready to print."""

    sheet: str
    row: int
    outcome: str
    title: str
    thing: UUID | None
    values: tuple[Said, ...]
    notes: tuple[str, ...]
    reason: str
    by: str = ""
    undone: bool = False
    left: str = ""
    doubts: tuple[str, ...] = ()
    among: tuple[tuple[str, str, str, str], ...] = ()


def trail_rows(rows: Iterable[ImportRow], *, on: date) -> list[TrailRow]:
    """Rows that were written, in words. One query beside that of the rows."""
    names = township_names(on)
    return [
        TrailRow(
            sheet=row.sheet,
            row=row.row,
            outcome=row.outcome,
            title=row.title,
            thing=row.thing,
            values=_said(row.old, row.new, names),
            notes=tuple(row.notes),
            reason=row.reason,
            doubts=tuple(ledger_label(name) for name in row.doubts),
            undone=row.undone,
            left=row.left,
        )
        for row in rows
    ]


def tried_rows(preview: Iterable[Mapping[str, Any]], *, on: date) -> list[TrailRow]:
    """Rows as a trial found them, in words. One query."""
    names = township_names(on)
    return [
        TrailRow(
            sheet=row["sheet"],
            row=row["row"],
            outcome=row["outcome"],
            title=row["title"],
            thing=UUID(row["thing"]) if row["thing"] else None,
            values=_said(row["old"], row["new"], names),
            notes=tuple(row["notes"]),
            reason=row["reason"],
            by=str(MATCHES.get(row["by"], "")),
            doubts=tuple(ledger_label(name) for name in row["doubts"]),
            among=tuple((one[0], one[1], one[2], one[3]) for one in row["among"]),
        )
        for row in preview
    ]


def township_names(on: date) -> dict[str, str]:
    """The names of townships by their codes. One query."""
    return {unit.code: unit.short_name for unit in townships(on=on)}


def _said(
    old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str]
) -> tuple[Said, ...]:
    of_projects = (
        Said(
            label_of(name),
            shown_as(name, old.get(name), names),
            shown_as(name, new.get(name), names),
        )
        for name in (*COLUMNS, *BESIDE)
        if name in new and name not in ("seq", "name" if not old else "")
    )
    of_lists = (  # by their own words
        Said(name, str(old.get(name, "")), str(words))
        for name, words in new.items()
        if name not in COLUMNS and name not in BESIDE
    )
    return (*of_projects, *of_lists)


def given_back_file(run: ImportRun) -> bytes:
    """The rows of a run that were not taken, or not whole, with the reason beside each; all."""
    if run.state in (ImportRun.State.READ, ImportRun.State.READING):
        told = [
            (row["sheet"], row["row"], row["outcome"], row["reason"], row.get("doubts", []))
            for row in run.preview
        ]
    else:
        found = run.rows.filter(Q(outcome__in=GIVEN_BACK) | ~Q(doubts=[]))
        told = list(found.values_list("sheet", "row", "outcome", "reason", "doubts"))
    reasons = {
        (sheet, row): reason if outcome in GIVEN_BACK else _doubts_said(doubts)
        for sheet, row, outcome, reason, doubts in told
        if outcome in GIVEN_BACK or doubts
    }
    content = bytes_of(file_by_hash(run.sha256))
    return given_back_xlsx(run.file_name, content, run.report["sheets"], reasons)


def _doubts_said(doubts: Iterable[str]) -> str:
    columns = "、".join(str(_("“%(name)s”") % {"name": ledger_label(name)}) for name in doubts)
    return str(_("%(columns)s有疑问没有写，其余已取。改明白再传。") % {"columns": columns})


def ledger_label(name: str) -> str:
    """What a field of a ledger is called."""
    return str(LEDGER_LABELS.get(name, name))
