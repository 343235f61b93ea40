"""What stands beside the demo's plan: parts of the year, tags, tasks from above, measures, 口径."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongjian.flow.judgement.usecases import approve_changes
from gongjian.flow.plan.models import Campaign, Precision, Target, Task
from gongjian.flow.plan.queries import (
    action_by_uid,
    action_choices,
    plan_actions,
    superior_tasks,
    task_by_uid,
)
from gongjian.flow.plan.usecases import (
    SuperiorWords,
    TagTargetWords,
    add_tag_target,
    align,
    create_part,
    create_tag,
    define_node,
    describe_measures,
    freeze_version,
    keep_superior_task,
    propose_date,
    put_under_part,
    tag_node,
)
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.cli.demo.data import table
from gongjian.lib.days import local_day

Nodes = Mapping[str, Target | Task]


def settle_terms(
    campaign: Campaign, targets: Mapping[str, Target], *, by: User, at: datetime
) -> int:
    """Give every target and task its measures and every task its 口径; how many tasks."""
    terms = table("terms")
    tasks = tasks_by_code(campaign, by=by, at=at)
    means = {
        row["code"]: row["measures"] for a in table("plan")["action"] for row in a["task"]
    } | terms["measures"]
    nodes: dict[str, Target | Task] = {**targets, **tasks}
    for code, node in nodes.items():
        describe_measures(node, means[code], by=by, at=at)
    for code, task in tasks.items():
        define_node(task, terms["done"][code], valid_from=local_day(at), by=by, at=at)
    divide_the_year(campaign, terms, by=by, at=at)
    give_tags(campaign, terms, nodes, by=by, at=at)
    answer_above(campaign, by=by, at=at)
    freeze_version(campaign, terms["version"], by=by, at=at)
    return len(tasks)


def tasks_by_code(campaign: Campaign, *, by: User, at: datetime) -> dict[str, Task]:
    """The tasks of the plan by their codes in plan.toml, found by the words they begin with."""
    titles = {
        row["title"]: row["code"] for action in table("plan")["action"] for row in action["task"]
    }
    found = {}
    for action in plan_actions(campaign, on=local_day(at)):
        for task in action.tasks:
            code = next((c for title, c in titles.items() if task.title.startswith(title)), None)
            if code is not None:
                found[code] = task_by_uid(task.uid, reader=by)
    return found


def divide_the_year(campaign: Campaign, terms: Any, *, by: User, at: datetime) -> None:
    """The campaigns within the campaign, with their actions."""
    actions = {action.seq: action for action in action_choices(campaign, on=local_day(at))}
    for row in terms["part"]:
        part = create_part(campaign, row["name"], by=by, at=at)
        for seq in row["actions"]:
            action = actions[seq]
            put_under_part(action, part, version=action.version, by=by, at=at)


def give_tags(campaign: Campaign, terms: Any, nodes: Nodes, *, by: User, at: datetime) -> None:
    """The clusters with what belongs to them, and the number they are to reach together."""
    whole = create_tag(campaign, terms["tags"], by=by, at=at)
    for code in terms["members"]:
        tag_node(whole, nodes[code], by=by, at=at)
    for row in terms["cluster"]:
        tag = create_tag(campaign, row["name"], parent=whole, by=by, at=at)
        for code in (*row["targets"], *row["tasks"]):
            if code in nodes:
                tag_node(tag, nodes[code], by=by, at=at)
    goal = terms["cluster_goal"]
    words = TagTargetWords(
        metric=goal["metric"],
        deadline=date(campaign.year, 12, 31),
        value=Decimal(goal["value"]),
        unit=goal["unit"],
        basis=goal["basis"],
    )
    add_tag_target(whole, words, by=by, at=at)


def answer_above(campaign: Campaign, *, by: User, at: datetime) -> None:
    """What the level above asks, in words, and which of our actions answer it."""
    actions = {action.seq: action for action in action_choices(campaign, on=local_day(at))}
    rows = {row["number"]: row for row in table("superior")["task"]}
    for task in superior_tasks(campaign):
        row = rows[task.seq]
        words = SuperiorWords(title=task.title, issuer=task.issuer, summary=row["summary"])
        keep_superior_task(campaign, words, task=task, version=task.version, by=by, at=at)
        for seq in row["actions"]:
            action = action_by_uid(actions[seq].uid, reader=by)
            align(task, action, by=by, at=at)


def move_dates(campaign: Campaign, *, by: User, approver: User, at: datetime) -> None:
    """One date that was moved and approved, and one that waits for an approval."""
    tasks = tasks_by_code(campaign, by=by, at=at)
    for row in table("terms")["move"]:
        task = tasks[row["task"]]
        change = propose_date(
            task,
            row["until"],
            Precision.DAY,
            reason=row["reason"],
            basis=row["basis"],
            version=task.version,
            by=by,
            at=at,
        )
        if row["approved"]:
            approve_changes([change], decision=row["decision"], by=approver, at=at)
