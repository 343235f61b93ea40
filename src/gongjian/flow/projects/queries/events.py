"""Stage events and months of money as their readers see them, with the trail of corrections."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Field, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.projects.models import InvestmentMonth, Project, StageEvent, StageEvidence
from gongjian.flow.projects.queries.gates import proof_title
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import Sides
from gongjian.foundation.orgs.models import Role, RoleGrant, Unit, User
from gongjian.foundation.orgs.rules import OFFICE, SEE_BUSINESS, allows
from gongjian.lib.refusals import Missing

CHECKED = (State.CHECKED, State.CONFIRMED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One stage event in a project's history, ready to print."""

    uid: UUID
    stage: str
    label: str
    day: date
    state: str
    state_label: str
    level: int
    unit: str
    recogniser: str
    filled_by: str
    accepted_by: str
    accepted_at: datetime | None
    correction: bool
    void: bool
    reason: str
    proofs: tuple[str, ...]


def events_visible_to(reader: User) -> QuerySet[StageEvent]:
    """Stage events a reader may see: what is not yet checked is its unit's own."""
    if not allows(SEE_BUSINESS, reader):
        return StageEvent.objects.none()
    seen = _seen(reader)
    if reader.unit_id is not None:
        seen |= Q(recogniser=reader.unit_id, state__in=CHECKED)
    return StageEvent.objects.filter(seen)


def months_visible_to(reader: User) -> QuerySet[InvestmentMonth]:
    """Months of money a reader may see: what is not yet checked is its unit's own."""
    if not allows(SEE_BUSINESS, reader):
        return InvestmentMonth.objects.none()
    return InvestmentMonth.objects.filter(_seen(reader))


def event_by_uid(uid: UUID, *, reader: User) -> StageEvent:
    """One stage event a reader may see. Missing otherwise."""
    found = (
        events_visible_to(reader)
        .select_related("project__township", "project__filler", "unit", "recogniser", "corrects")
        .filter(uid=uid)
        .first()
    )
    if found is None:
        raise Missing("stage.missing", _("没有这条阶段记录，或者它还是别的单位没有审核的。"))
    return found


def month_by_uid(uid: UUID, *, reader: User) -> InvestmentMonth:
    """One month of money a reader may see. Missing otherwise."""
    found = (
        months_visible_to(reader)
        .select_related("project__township", "project__filler", "unit", "corrects")
        .filter(uid=uid)
        .first()
    )
    if found is None:
        raise Missing("money.missing", _("没有这个月的数，或者它还是别的单位没有审核的。"))
    return found


def field_words(name: str) -> str:
    """What a column of a month of money is called."""
    field = InvestmentMonth._meta.get_field(name)
    return str(field.verbose_name) if isinstance(field, Field) else name


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One piece of evidence behind a stage, ready to print."""

    proof: str
    title: str
    doc_no: str
    file_name: str
    scan: str


def proof_rows(event: StageEvent) -> list[ProofRow]:
    """What stands behind a stage event. One query."""
    return [
        ProofRow(
            proof=proof_title(row.proof),
            title=row.title,
            doc_no=row.doc_no,
            file_name=row.file.name if row.file else "",
            scan=str(row.file.get_scan_display()) if row.file else "",
        )
        for row in event.evidence.select_related("file")
    ]


def count_proofs(events: Iterable[int]) -> Counter[int]:
    """How many pieces of evidence stand behind each event. One query."""
    rows = StageEvidence.objects.filter(event__in=list(events))
    return Counter(rows.values_list("event", flat=True))


def recognisers(project: Project, *, on: date) -> list[Unit]:
    """Units that can recognise a stage: somebody there confirms; not the one that reports it."""
    granted = RoleGrant.objects.in_force(on).filter(role=Role.LEAD_UNIT)
    own = project.filler_id or project.township_id
    return list(
        Unit.objects.in_force(on)
        .filter(accounts__grants__in=granted)
        .exclude(pk=own or 0)
        .distinct()
    )


def sides_of(row: StageEvent | InvestmentMonth) -> Sides:
    """Who reports a row, and who confirms it before the office: who recognises the stage."""
    lead = row.recogniser if isinstance(row, StageEvent) else None
    return Sides(filler=row.unit, lead=lead)


def event_row(event: StageEvent) -> EventRow:
    return EventRow(
        uid=event.uid,
        stage=event.stage,
        label=str(event.get_stage_display()),
        day=event.day,
        state=event.state,
        state_label=str(event.get_state_display()),
        level=event.level,
        unit=event.unit.short_name,
        recogniser=event.recogniser.short_name if event.recogniser else "",
        filled_by=event.filled_by.display_name if event.filled_by else "",
        accepted_by=event.accepted_by.display_name if event.accepted_by else "",
        accepted_at=event.accepted_at,
        correction=event.corrects_id is not None,
        void=event.void,
        reason=event.correction_reason,
        proofs=tuple(f"{proof.title} {proof.doc_no}".strip() for proof in event.evidence.all()),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader sees besides what was accepted: all of the own unit, and rows in a state."""

    unit: int | None
    states: tuple[State, ...]


def seen_by(reader: User) -> Seen:
    """What is not yet checked is its unit's own; the office sees what was checked or returned."""
    office = not OFFICE.isdisjoint(reader.roles)
    return Seen(reader.unit_id, (*CHECKED, State.RETURNED) if office else (State.ACCEPTED,))


def _seen(reader: User) -> Q:
    said = seen_by(reader)
    seen = Q(state=State.ACCEPTED) | Q(state__in=said.states)
    return seen if said.unit is None else seen | Q(unit=said.unit)
