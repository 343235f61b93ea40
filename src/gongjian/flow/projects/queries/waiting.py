"""What waits for one account: stages and months whose next step is its to take."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from gongjian.flow.projects.models import InvestmentMonth, StageEvent
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import ACCEPT, CHECK, CONFIRM
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import allows

Step = Literal["check", "recognise", "accept"]
STATES: dict[Step, State] = {
    "check": State.FILLED,
    "recognise": State.CHECKED,
    "accept": State.CONFIRMED,
}


@dataclass(frozen=True, slots=True)
class WaitingStage:
    """A stage event whose next step is the reader's."""

    uid: UUID
    version: int
    project: str
    project_uid: UUID
    stage: str
    day: date
    unit: str
    filled_by: str
    proofs: int
    correction: str


@dataclass(frozen=True, slots=True)
class WaitingMonth:
    """A month of money whose next step is the reader's; amounts in 元."""

    uid: UUID
    version: int
    project: str
    project_uid: UUID
    month: str
    done: Decimal | None
    arrived: Decimal | None
    early_cost: Decimal | None
    unit: str
    filled_by: str
    correction: str


def steps_of(reader: User) -> list[Step]:
    """The steps an account may take at all, in their order."""
    rights = {"check": CHECK, "recognise": CONFIRM, "accept": ACCEPT}
    return [step for step in STATES if allows(rights[step], reader, unit=reader.unit)]


def waiting_stages(
    reader: User, step: Step, *, offset: int = 0, limit: int | None = None
) -> list[WaitingStage]:
    """Stage events that wait for a step of the reader, the oldest first. Two queries."""
    rows = (
        _stages(reader, step)
        .select_related("project", "unit", "filled_by")
        .prefetch_related("evidence")
        .order_by("filled_at", "pk")
    )
    return [
        WaitingStage(
            uid=row.uid,
            version=row.version,
            project=row.project.name,
            project_uid=row.project.uid,
            stage=str(row.get_stage_display()),
            day=row.day,
            unit=row.unit.short_name,
            filled_by=row.filled_by.display_name if row.filled_by else "",
            proofs=len(row.evidence.all()),
            correction=row.correction_reason,
        )
        for row in rows[offset : None if limit is None else offset + limit]
    ]


def waiting_months(
    reader: User, step: Step, *, offset: int = 0, limit: int | None = None
) -> list[WaitingMonth]:
    """Months of money that wait for a step of the reader, the oldest first. One query."""
    rows = (
        _months(reader, step)
        .select_related("project", "unit", "filled_by")
        .order_by("filled_at", "pk")
    )
    return [
        WaitingMonth(
            uid=row.uid,
            version=row.version,
            project=row.project.name,
            project_uid=row.project.uid,
            month=row.month,
            done=row.done,
            arrived=row.arrived,
            early_cost=row.early_cost,
            unit=row.unit.short_name,
            filled_by=row.filled_by.display_name if row.filled_by else "",
            correction=row.correction_reason,
        )
        for row in rows[offset : None if limit is None else offset + limit]
    ]


def count_waiting(reader: User, step: Step) -> tuple[int, int]:
    """How many stages and how many months wait. Two queries."""
    return _stages(reader, step).count(), _months(reader, step).count()


def stages_named(reader: User, step: Step, uids: dict[UUID, int]) -> list[StageEvent]:
    """The stage events of these, as the page showed them, that wait for the step."""
    rows = list(_stages(reader, step).filter(uid__in=uids).select_related("unit", "recogniser"))
    for row in rows:
        row.version = uids[row.uid]
    return rows


def months_named(reader: User, step: Step, uids: dict[UUID, int]) -> list[InvestmentMonth]:
    """The months of these, as the page showed them, that wait for the step."""
    rows = list(_months(reader, step).filter(uid__in=uids).select_related("unit"))
    for row in rows:
        row.version = uids[row.uid]
    return rows


def _stages(reader: User, step: Step) -> QuerySet[StageEvent]:
    rows = StageEvent.objects.filter(state=STATES[step])
    if step not in steps_of(reader):
        return rows.none()
    if step == "check":
        return rows.filter(unit=reader.unit_id)
    return rows.filter(recogniser=reader.unit_id) if step == "recognise" else rows


def _months(reader: User, step: Step) -> QuerySet[InvestmentMonth]:
    """Months go from their unit's approver to the office; nobody recognises them in between."""
    rows = InvestmentMonth.objects.filter(state=STATES[step])
    if step not in steps_of(reader) or step == "recognise":
        return rows.none()
    return rows.filter(unit=reader.unit_id) if step == "check" else rows
