"""The lines of the register, made from the facts of projects."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Project, RegisterLine, Standing
from gongjian.flow.projects.queries.amounts import ZERO
from gongjian.flow.projects.queries.duplicates import GONE
from gongjian.flow.projects.queries.facts import (
    Facts,
    day_kept,
    facts_of,
    keys_in_batches,
    sum_kept,
)
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.register_lines import lines_behind
from gongjian.lib.folding import folded
from gongjian.lib.sounds import initials

BATCH = 500
AHEAD = (  # planned dates, and the stage that is reached by then
    ("planned_start", "started"),
    ("planned_finish", "completed"),
    ("planned_production", "in_production"),
)
LINE_FIELDS = [
    field.name for field in RegisterLine._meta.concrete_fields
    if field.name not in ("id", "campaign", "project")
]  # fmt: skip


def lines_of(project: Project, facts: Facts, years: Mapping[int, int]) -> list[RegisterLine]:
    """A line for each year's plan a project stands in; `years` are those of the campaigns."""
    said = {campaign: row for campaign, *row in facts["years"]}
    campaigns = list(dict.fromkeys([project.campaign_id, *said]))
    common = _common(project, facts)
    return [
        RegisterLine(
            campaign_id=campaign,
            project=project,
            **common,
            **_of_year(facts, said.get(campaign), years[campaign]),
        )
        for campaign in campaigns
    ]


def _common(project: Project, facts: Facts) -> dict[str, Any]:
    way, path = facts["way"], gates_in_force().path(project.track, promoted=True)
    stage = next((gate.code for gate in reversed(path) if gate.code in way), "")
    needed = [gate.code for gate in path if not gate.optional]
    codes = [gate.code for gate in gates_in_force().gates]
    rank = codes.index(stage) + 1 if stage else 0
    former = [name for name, *_span in facts["names"]]
    said = [project.name, *former, project.code, project.owner]
    return {
        "gone": project.standing in GONE,
        "standing": project.standing,
        "stage": stage,
        "rank": rank,
        "steps": sum(1 for code in needed if codes.index(code) < rank),
        "way": len(needed),
        "stage_day": day_kept(way[stage]) if stage else None,
        "total": project.total_investment,
        "names": _joined(folded(text) for text in said if text),
        "initials": _joined(_heard([project.name, *former])),
        **_ahead(project, facts),
    }


def _heard(names: Sequence[str]) -> list[str]:
    """How names begin, character by character; around a doubtful place every likely reading."""
    heard = []
    for name in names:
        ways, around = initials(name)
        heard += [*ways, *around]
    return heard


def _ahead(project: Project, facts: Facts) -> dict[str, Any]:
    """The planned date that comes next, what it was before, how often dates were moved."""
    moved = [row for row in facts["moves"] if row[1] is not None]
    reached = facts["way"]
    codes = [gate.code for gate in gates_in_force().gates]
    furthest = max((codes.index(code) for code in reached), default=-1)
    found: dict[str, Any] = {"moves": len(moved)}
    for kind, stage in AHEAD:
        day: date | None = getattr(project, kind)
        if day is None or furthest >= codes.index(stage):
            continue
        old = [row for row in moved if row[0] == kind]
        found |= {
            "next_kind": kind,
            "next_day": day,
            "next_precision": getattr(project, f"{kind}_precision"),
            "next_old": day_kept(old[-1][1]) if old else None,
            "next_old_precision": old[-1][2] if old else "",
            "due": day if project.standing == Standing.ACTIVE else None,
        }
        break
    return found


def _of_year(facts: Facts, said: list[Any] | None, year: int) -> dict[str, Any]:
    plan = sum_kept(said[1]) if said else None
    done = [
        amount
        for month, (paid, *_rest) in facts["months"].items()
        if month.startswith(f"{year}-") and (amount := sum_kept(paid)) is not None
    ]
    whole = sum(done, ZERO) if done else None
    last = [month for month, amounts in facts["months"].items() if any(a for a in amounts)]
    return {
        "plan_class": said[0] if said else "",
        "year_plan": plan,
        "year_done": whole,
        "rate": _rate(whole, plan),
        "last_month": max(last, default=""),
    }


def _rate(done: Decimal | None, plan: Decimal | None) -> float | None:
    return None if done is None or not plan else float(done / plan)


def _joined(words: Any) -> str:
    return "|" + "|".join(dict.fromkeys(words)) + "|"


def wrong_lines(*, at: datetime) -> list[int]:
    """The projects whose line says something else than their facts; none while the log is ahead.

    `doctor` asks. A query a table for every five hundred projects.
    """
    if lines_behind():
        return []
    years = dict(Campaign.objects.values_list("pk", "year"))
    kept = {(one.campaign_id, one.project_id): one for one in RegisterLine.objects.all()}
    wrong = []
    for keys in keys_in_batches(Project.objects.values_list("pk", flat=True), BATCH):
        facts = facts_of(keys, known_at=at)
        for key, project in Project.objects.in_bulk(keys).items():
            for line in lines_of(project, facts[key], years):
                before = kept.pop((line.campaign_id, key), None)
                if before is None or any(
                    getattr(before, name) != getattr(line, name) for name in LINE_FIELDS
                ):
                    wrong.append(key)
    return [*wrong, *(key for _campaign, key in kept)]
