"""Half a year of reports: each act by the account whose turn it is, in the order of time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from gongjian.flow.bulletins.usecases import write_bulletin
from gongjian.flow.duties.queries import lead_of_subject
from gongjian.flow.judgement.usecases import accept_report
from gongjian.flow.plan.models import Milestone, Target, Task
from gongjian.flow.plan.queries import milestone_by_uid, plan_actions, task_by_uid
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import period_by_key, report_of_target, sides_of_report
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    begin_report,
    check_report,
    confirm_report,
    correct_report,
    open_evidence,
    plan_period,
    return_report,
    save_draft,
    submit_report,
)
from gongjian.foundation.orgs.models import Role
from gongjian.interfaces.cli.demo.county import County
from gongjian.interfaces.cli.demo.data import table
from gongjian.interfaces.cli.demo.year import Say, Year
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import LOCAL, local_day

STEPS = ("filled", "checked", "confirmed", "accepted")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a moment; events of one moment happen in the given order."""

    at: datetime
    order: int
    act: Callable[[datetime], object]


@dataclass(slots=True)
class Paper:
    """One report on its way: how it begins, what is filled in, and how far it gets."""

    begin: Callable[[datetime], Report]
    draft: Draft
    doc_no: str
    title: str
    file: tuple[str, bytes]
    row: Row
    report: Report | None = None

    def of(self) -> Report:
        if self.report is None:
            raise LookupError(f"{self.title}: a step came before its beginning")
        return self.report


def live_through(
    county: County,
    year: Year,
    *,
    beside: Iterable[Event] = (),
    at: datetime,
    upto: datetime,
    say: Say,
) -> None:
    """Plan the periods of the months' file and do what it says happened before a moment.

    `beside` are acts of other files of the demo, done in their place in time.
    """
    months = table("months")
    office = county.users["office"]
    for row in months["period"]:
        opens, freezes = _local(row["opens"]), _local(row["freezes"])
        plan_period(row["code"], by=office, at=at, opens_at=opens, freezes_at=freezes)
    every = (*_events(county, year, months), *beside)
    events = [event for event in every if event.at <= upto]
    for event in sorted(events, key=lambda event: (event.at, event.order)):
        event.act(event.at)
    say(f"半年走到 6 月：责任清单印发，填报、审核、退回、更正、冻结共 {len(events)} 件事")


def _events(county: County, year: Year, months: Row) -> Iterator[Event]:
    for row in months["period"]:
        for moment in ("opens", "freezes"):
            yield Event(_local(row[moment]), 0, lambda at: do_due(lambda: at))
        written = _local(row["freezes"]) + timedelta(hours=15)
        yield Event(written, 6, partial(_tell, county, row["code"]))
    for paper in (
        *_figures(year, months),
        *_corrections(county, year, months),
        *_words(county, year, months),
    ):
        yield from _steps(county, paper)


def _figures(year: Year, months: Row) -> Iterator[Paper]:
    """The monthly figure of each target."""
    periods = {row["code"]: row for row in months["period"]}
    for line in months["target"]:
        target = year.targets[line["code"]]
        for row in line["reports"]:
            yield Paper(
                begin=_first_of(target, row["period"]),
                draft=_draft(target, row),
                **_proof(months, line, row, target),
                row=periods[row["period"]] | row,
            )


def _corrections(county: County, year: Year, months: Row) -> Iterator[Paper]:
    """Corrections of frozen figures, with their reasons."""
    lines = {line["code"]: line for line in months["target"]}
    for row in months["correction"]:
        target, line = year.targets[row["target"]], lines[row["target"]]
        first = next(r for r in line["reports"] if r["period"] == row["period"])
        yield Paper(
            begin=_correction_of(county, target, row),
            draft=_draft(target, first | row),
            **_proof(months, line, row, target),
            row=row,
        )


def _words(county: County, year: Year, months: Row) -> Iterator[Paper]:
    """Tasks and milestones in words, as of the open period."""
    june = months["period"][-1]
    actions = plan_actions(year.campaign, on=local_day(_local(june["opens"])))
    for row in months["task"]:
        action, number = (int(part) for part in row["code"].split("-"))
        task = actions[action - 1].tasks[number - 1]
        yield _paper(county, june, task_by_uid(task.uid, reader=county.users["office"]), row)
        nodes = [m for m in actions[action - 1].milestones if m.task == task.pk]
        for node, done in zip(nodes, row.get("milestones", []), strict=False):
            if "done_on" in done:
                milestone = milestone_by_uid(node.uid, reader=county.users["office"])
                yield _paper(county, june, milestone, {**done, "note": f"{node.text}，已完成"})


def _paper(county: County, june: Row, subject: Task | Milestone, row: Row) -> Paper:
    task = subject if isinstance(subject, Task) else subject.task
    if task is None:
        raise LookupError(f"{subject} belongs to no task")

    def begin(at: datetime) -> Report:
        lead = lead_of_subject(task=task.pk, on=local_day(at))
        if lead is None:
            raise LookupError(f"nobody leads {task}")
        by = county.who(lead, Role.UNIT_REPORTER)
        return begin_report(subject, period_by_key(june["code"]), by=by, at=at)

    body = f"示例佐证（虚构，仅供演示）\n事项：{subject}\n进展：{row['note']}\n"
    return Paper(
        begin=begin,
        draft=Draft(words=row["note"], done_on=row.get("done_on")),
        doc_no="",
        title="工作进展说明（示例）",
        file=("进展说明.txt", body.encode()),
        row=june | row,
    )


def _first_of(target: Target, key: str) -> Callable[[datetime], Report]:
    def begin(_at: datetime) -> Report:
        report = report_of_target(target, period_by_key(key))
        if report is None:
            raise LookupError(f"{target} has no draft in {key}")
        return report

    return begin


def _correction_of(county: County, target: Target, row: Row) -> Callable[[datetime], Report]:
    def begin(at: datetime) -> Report:
        first = _first_of(target, row["period"])(at)
        by = county.who(first.unit, Role.UNIT_REPORTER)
        return correct_report(first, row["reason"], by=by, at=at)

    return begin


def _proof(months: Row, line: Row, row: Row, target: Target) -> Row:
    """What stands behind a figure: a document number, and a file that says it is an example."""
    key = row["period"]
    number = line["evidence_no"].format(month=int(key[5:]), period=key)
    title = line["evidence_title"].format(month=int(key[5:]), period=key)
    body = months["evidence"]["body"].format(
        number=number,
        title=title,
        period=key,
        metric=target.metric,
        value=row["value"],
        unit=target.unit,
    )
    name = line["evidence_file"].format(month=int(key[5:]), period=key)
    return {"doc_no": number, "title": title, "file": (name, body.encode())}


def _steps(county: County, paper: Paper) -> Iterator[Event]:
    """The steps of a report up to the one it reached, and its return where it was sent back."""
    row, reached = paper.row, paper.row.get("state", "accepted")
    returner = str(row.get("returned_by", ""))
    last = {"filled": 1, "checked": 2, "returned": 2 if returner.endswith(".lead") else 3}
    acts = {"filled": _fill, "checked": _check, "confirmed": _confirm, "accepted": _accept}
    for order, step in enumerate(STEPS[: last.get(reached, 4)], start=1):
        yield Event(_local(row[step]), order, partial(acts[step], county, paper))
    if reached == "returned":
        at = _local(row["returned_at"])
        yield Event(at, 5, partial(_send_back, county, paper, returner, row["reason"]))


def _fill(county: County, paper: Paper, at: datetime) -> None:
    report = paper.begin(at)
    by = county.who(report.unit, Role.UNIT_REPORTER)
    report = save_draft(report, paper.draft, version=report.version, by=by, at=at)
    file = open_evidence(report, *paper.file, by=by, at=at)
    add_evidence(report, doc_no=paper.doc_no, title=paper.title, file=file, by=by, at=at)
    paper.report = submit_report(report, by=by, at=at)


def _check(county: County, paper: Paper, at: datetime) -> None:
    report = paper.of()
    paper.report = check_report(report, by=county.who(report.unit, Role.UNIT_APPROVER), at=at)


def _confirm(county: County, paper: Paper, at: datetime) -> None:
    report = paper.of()
    sides = sides_of_report(report)
    if sides.lead is not None and sides.lead_is_another:
        paper.report = confirm_report(report, by=county.who(sides.lead, Role.LEAD_UNIT), at=at)


def _accept(county: County, paper: Paper, at: datetime) -> None:
    paper.report = accept_report(paper.of(), by=county.users["office.review"], at=at)


def _send_back(county: County, paper: Paper, by: str, reason: str, at: datetime) -> None:
    paper.report = return_report(paper.of(), reason, by=county.users[by], at=at)


def _tell(county: County, key: str, at: datetime) -> None:
    """The office writes the bulletin the morning after the freeze."""
    write_bulletin(period_by_key(key), by=county.users["office"], at=at)


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=LOCAL)


def _draft(target: Target, row: Row) -> Draft:
    return Draft(
        value=Decimal(row["value"]) * target.factor,
        words=row["note"],
        risk=row.get("risk", ""),
        measures=row.get("measure", ""),
    )
