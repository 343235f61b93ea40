"""What stands beside the plan of the county: the register, its lists, a ledger, papers at work."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gongjian.flow.duties.usecases import bring_project_ledger
from gongjian.flow.plan.models import Campaign, Milestone, Task
from gongjian.flow.plan.usecases import (
    NodeWords,
    SuperiorWords,
    add_milestone,
    create_tag,
    define_node,
    describe_measures,
    keep_superior_task,
    upload_plan,
)
from gongjian.flow.progress.models import Period, Report
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    begin_report,
    check_report,
    save_draft,
    submit_report,
)
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import Basis, ExportAsked, RegisterFilter
from gongjian.flow.projects.queries.superior import Source, filled_sheet, sheet_read
from gongjian.flow.projects.usecases import (
    MonthWords,
    Paper,
    ProjectWords,
    Proof,
    SheetWords,
    StageWords,
    ViewWords,
    YearWords,
    add_to_list,
    ask_export,
    begin_checklist,
    bring_sheet,
    change_sheet,
    keep_view,
    make_list,
    publish_rates,
    record_sent,
    register_project,
    report_month,
    report_stage,
)
from gongjian.foundation.orgs.models import Unit, User

DAY = date(2020, 2, 3)
LEDGER = "项目名称,总投资（万元）\n示例台账项目,20000\n"  # not shown
TABLE = "序号,项目名称,总投资（万元）\n"  # not shown
PLAN = (
    "示例县2020年补充方案\n"  # not shown
    "\n"
    "一、补充行动\n"
    "（一）补短板。\n"
    "年内新增示范点30个以上（牵头单位：甲局）。\n"
)


@dataclass(slots=True)
class Side:
    """One unit with those who fill and check for it, and what is made for it: {kind: uid}."""

    unit: Unit
    reporter: User
    approver: User
    made: dict[str, UUID] = field(default_factory=dict)


def lay_beside_plan(campaign: Campaign, *, by: User, at: datetime) -> dict[str, UUID]:
    """What is of no unit: a plan to be read by the worker, a tag, a task from above, a ledger."""
    words = SuperiorWords("上级任务", "上级")  # not shown
    run = bring_project_ledger(campaign, "ledger.csv", LEDGER.encode(), by=by, at=at, soon=True)
    publish_rates(by=by, at=at)
    asked = ExportAsked("xlsx", Basis(DAY, at))
    sheet = bring_sheet(campaign, "table.csv", TABLE.encode(), by=by, at=at)
    return {
        "export": ask_export(campaign, asked, 1, by=by, at=at).uid,
        "table": sheet.uid,
        "review": upload_plan(campaign, "more.txt", PLAN.encode(), by=by, at=at).uid,
        "tag": create_tag(campaign, "标签", by=by, at=at).uid,  # not shown
        "superior": keep_superior_task(campaign, words, by=by, at=at).uid,
        "import": run.uid,
        "view": keep_view(ViewWords("view", "state=late"), by=by, at=at).uid,
    }


def register_of(campaign: Campaign, sides: list[Side], *, by: User, at: datetime) -> UUID:
    """A project of each side with a stage, a month and its permits; the list they stand on."""
    projects = [_project(campaign, side, by=by, at=at) for side in sides]
    listed = make_list(campaign, "county", "清单", by=by, at=at)  # not shown
    add_to_list(listed, projects, Paper("1", DAY), by=by, at=at)
    return listed.uid


def sent_of(campaign: Campaign, *, by: User, at: datetime) -> UUID:
    """A table of a superior, filled with every project and sent."""
    sheet = bring_sheet(campaign, "table.csv", TABLE.encode(), by=by, at=at)
    words = SheetWords(to="上级", rows="listed", sheet=sheet.sheet)  # not shown
    sheet = change_sheet(sheet, words, version=sheet.version, by=by, at=at)
    basis = Basis(DAY, at)
    filled = filled_sheet(
        sheet_read(sheet), Source(campaign, basis, {}, RegisterFilter()), named=False
    )
    return record_sent(sheet, filled, seen=filled.digest, notes=(), foot="", by=by, at=at).uid


def _project(campaign: Campaign, side: Side, *, by: User, at: datetime) -> Project:
    words = ProjectWords(
        name=f"{side.unit.short_name}项目",  # not shown
        total_investment=Decimal(200000000),
        township=side.unit,
        promoted=True,
        investor="investor",
    )
    year = YearWords("new", Decimal(100000000))
    project = register_project(campaign, words, year=year, by=by, at=at)
    proof = (Proof("visit_record", "record", "1"),)
    reported = StageWords("negotiating", DAY, proof)
    paid = MonthWords("2020-03", early_cost=Decimal(1))
    side.made |= {
        "project": project.uid,
        "stage": report_stage(project, reported, by=side.reporter, at=at).uid,
        "month": report_month(project, paid, by=side.reporter, at=at).uid,
    }
    begin_checklist(project, by=side.reporter, at=at)
    return project


def milestones_of(task: Task, side: Side, period: Period, *, by: User, at: datetime) -> None:
    """Three milestones: one nobody reported on, one reported on, one of which that is checked."""
    describe_measures(task, "measures", by=by, at=at)
    define_node(task, "done when it is done", valid_from=date(2020, 1, 1), by=by, at=at)
    free, filled, checked = (
        add_milestone(task, NodeWords("milestone", name, date(2020, 9, 30)), by=by, at=at)
        for name in ("free", "filled", "checked")
    )
    side.made |= {
        "milestone": free.uid,
        "filled": _reported(filled, side, period, at=at).uid,
        "checked": check_report(
            _reported(checked, side, period, at=at), by=side.approver, at=at
        ).uid,
    }


def _reported(milestone: Milestone, side: Side, period: Period, *, at: datetime) -> Report:
    report = begin_report(milestone, period, by=side.reporter, at=at)
    draft = Draft(value=None, words="done")
    report = save_draft(report, draft, version=report.version, by=side.reporter, at=at)
    add_evidence(report, doc_no="1", title="paper", file=None, by=side.reporter, at=at)
    return submit_report(report, by=side.reporter, at=at)
