"""The demo's year so far: the plan is read, reviewed, adopted and assigned, then reported on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from gongjian.flow.duties.queries import proposed_duties
from gongjian.flow.duties.usecases import (
    Allotment,
    assign_target,
    confirm_duties,
    name_leader,
    propose_duties,
)
from gongjian.flow.judgement.usecases import publish_pack
from gongjian.flow.plan.models import Campaign, Target
from gongjian.flow.plan.queries import (
    ActionRow,
    action_by_uid,
    candidate_by_uid,
    candidate_rows,
    document_by_uid,
    plan_actions,
    target_by_uid,
    task_by_uid,
)
from gongjian.flow.plan.usecases import (
    accept_candidate,
    adopt_plan,
    create_campaign,
    define_node,
    define_target,
    describe_measures,
    describe_target,
    edit_candidate,
    register_superior_tasks,
    reject_candidate,
    upload_plan,
)
from gongjian.interfaces.cli.demo.county import County
from gongjian.interfaces.cli.demo.data import PLAN, plan_file, table
from gongjian.interfaces.cli.demo.terms import settle_terms
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import local_day

NAME = "重点工作攻坚年"
BASIS = "2020年重点工作攻坚年实施方案"
MEASURES = "按月调度，问题列清单，逐项明确单位和时限"
DONE = "“%(title)s”各项内容办结，印发文件或验收材料齐全，经攻坚办核对后算完成"
GOAL = "年度目标"
WHY = "这是目标句，已按目标采用，不另立任务"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Year:
    """The adopted plan: its campaign, and its targets by their code in the files."""

    campaign: Campaign
    targets: dict[str, Target]


def adopt_the_plan(county: County, *, at: datetime, say: Say) -> Campaign:
    """Upload the example plan, let it be read, judge every finding, adopt it."""
    office = county.users["office"]
    campaign = create_campaign(NAME, year=at.year, by=office, at=at)
    uploaded = upload_plan(campaign, PLAN, plan_file(), by=office, at=at)
    do_due(lambda: at)
    document = document_by_uid(uploaded.uid, reader=office)
    units = {row["metric"]: row["unit"] for row in table("allotment")["target"]}
    rows = candidate_rows(document)
    names = {row.headline for row in rows if row.kind == "action"}
    for row in rows:
        candidate = candidate_by_uid(row.uid, reader=office)
        if row.kind == "target" and row.fields["unit"] != units[row.fields["metric"]]:
            fields = {**row.fields, "unit": units[row.fields["metric"]]}
            edit_candidate(candidate, fields, version=row.version, by=office, at=at)
        elif row.kind == "task" and (row.headline.startswith(GOAL) or row.headline in names):
            reject_candidate(candidate, WHY, version=row.version, by=office, at=at)
        else:
            accept_candidate(candidate, version=row.version, by=office, at=at)
    adopt_plan(document, by=office, at=at)
    tree = plan_actions(campaign, on=local_day(at))
    targets, tasks = (sum(len(getattr(a, kind)) for a in tree) for kind in ("targets", "tasks"))
    say(f"方案已读取、审核、定稿：行动 {len(tree)}、目标 {targets}、任务 {tasks}")
    return campaign


def assign_everything(county: County, campaign: Campaign, *, at: datetime, say: Say) -> Year:
    """Leaders, superior tasks, duties as the words have them, and the allotment of the targets."""
    office = county.users["office"]
    allotment, superior = table("allotment"), table("superior")
    titles = [row["title"] for row in superior["task"]]
    register_superior_tasks(campaign, titles, issuer="潍坊市", by=office, at=at)
    propose_duties(campaign, by=office, at=at)
    confirm_duties(proposed_duties(campaign), by=office, at=at)
    actions = plan_actions(campaign, on=local_day(at))
    leaders = {row["number"]: row["leader"] for row in allotment["action"]}
    for action in actions:
        found = action_by_uid(action.uid, reader=office)
        name_leader(found, county.posts[leaders[action.seq]], basis=BASIS, by=office, at=at)
    _spell_tasks_out(county, actions, at=at)
    uids = {target.metric: target.uid for action in actions for target in action.targets}
    targets = {}
    for row in allotment["target"]:
        target = target_by_uid(uids[row["metric"]], reader=office)
        targets[row["code"]] = _allot(county, target, row, at=at)
    described = settle_terms(campaign, targets, by=office, at=at)
    publish_pack("zhucheng_default", by=office, at=at)
    say(f"责任已确认：{len(targets)} 个目标各有一个牵头单位和一个填报单位")
    say(
        f"口径和措施已写明：{len(targets)} 个目标、{described} 项任务；分项、标签、上级任务承接已定"
    )
    return Year(campaign, targets)


def _spell_tasks_out(county: County, actions: list[ActionRow], *, at: datetime) -> None:
    """How each task is done, and when it counts as done: without both it is not reported on."""
    office = county.users["office"]
    described = [row for action in table("plan")["action"] for row in action.get("task", [])]
    for task in (task for action in actions for task in action.tasks):
        found = task_by_uid(task.uid, reader=office)
        row = next((row for row in described if row["title"] in task.title), None)
        measures = row["measures"] if row else MEASURES
        describe_measures(found, measures, by=office, at=at)
        text = DONE % {"title": row["title"] if row else task.title[:40]}
        define_node(found, text, valid_from=local_day(at), by=office, at=at)


def _allot(county: County, target: Target, row: dict[str, Any], *, at: datetime) -> Target:
    office = county.users["office"]
    allotment = Allotment(
        lead=county.units[row["lead"]],
        fills=county.units[row["fills"]],
        responsible=tuple(u for code in row["responsible"] for u in county.of(code)),
        supporting=tuple(u for code in row["supporting"] for u in county.of(code)),
    )
    assign_target(target, allotment, by=office, at=at)
    text = f"{row['scope']}。认定依据：{row['evidence']}。统计期：{row['span']}。"
    define_target(target, text, valid_from=local_day(at), by=office, at=at)
    describe_measures(target, MEASURES, by=office, at=at)
    target = target_by_uid(target.uid, reader=office)
    base = Decimal(row["base"]) * target.factor if "base" in row else None
    return describe_target(
        target,
        kind=Target.Kind(row["kind"]),
        base_value=base,
        version=target.version,
        by=office,
        at=at,
    )
