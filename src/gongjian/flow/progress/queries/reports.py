"""Reports: which a reader may see, and how they stand in lists."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import actions_in_hand
from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Period, Report, ReportEvidence
from gongjian.flow.progress.queries.led import led_by
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import READ_CHECKED, READ_RETURNED, READ_UNACCEPTED
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.queries import opened_past, units_seen_by
from gongjian.foundation.orgs.rules import ALL, OWN, SEE_BUSINESS, allows, may_bypass, scope_of
from gongjian.lib.refusals import Missing

# By action; in it targets, then tasks, then milestones. Spelt out, because SQLite and PostgreSQL
# put what is absent at different ends.
PLAN_ORDER = (
    Coalesce("target__action__seq", "task__action__seq", "milestone__action__seq"),
    Case(When(target__isnull=False, then=0), When(task__isnull=False, then=1), default=2),
    Coalesce("target__seq", "task__seq", "milestone__seq"),
    "pk",
)
REPORT = "report"  # the kind of what is opened past one's rights
CHECKED = (State.CHECKED, State.CONFIRMED, State.ACCEPTED)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of the list of reports of a period, ready to print."""

    uid: UUID
    code: str
    subject: str
    kind: str
    action: str
    unit: str
    state: str
    state_label: str
    level: int
    value: Decimal | None
    factor: Decimal
    decimals: int
    measure: str
    evidence: int
    files: int
    filled_at: datetime | None
    returned_at: datetime | None
    returned_by: str
    return_reason: str
    correction: bool
    target: int | None


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence, ready to print."""

    uid: UUID
    doc_no: str
    title: str
    file_name: str
    size: int
    scan: str


def visible_to(reader: User) -> QuerySet[Report]:
    """The reports a reader may see: drafts are their unit's own (handbook 12.2).

    A unit sees its own, those of the units under it and of those that went into it; a unit
    confirmed to lead sees those of its matters once they were checked; the office all that were
    checked or returned; the principal leader all that were checked, another leader those of the
    actions they lead; everybody who works on the plan what was accepted. The office may open one
    more in a single case, with a reason (usecases.open_unaccepted), for that day.
    """
    if not allows(SEE_BUSINESS, reader):
        return Report.objects.none()
    seen = Q(state=State.ACCEPTED)
    if reader.unit_id is not None and allows(READ_UNACCEPTED, reader):
        own = units_seen_by(reader)
        seen |= Q(unit__in=own) | (led_by(own) & Q(state__in=CHECKED))
    checked = scope_of(READ_CHECKED, reader)
    if checked == ALL:
        seen |= Q(state__in=CHECKED)
    elif checked == OWN:
        seen |= _led_in_person(reader) & Q(state__in=CHECKED)
    if allows(READ_RETURNED, reader):
        seen |= Q(state=State.RETURNED)
    if may_bypass(READ_UNACCEPTED, reader):
        seen |= Q(uid__in=opened_past(reader, REPORT))
    return Report.objects.filter(pk__in=Report.objects.filter(seen).values("pk"))


def _led_in_person(reader: User) -> Q:
    """What stands under an action the reader leads."""
    led = actions_in_hand(reader)
    return Q(target__action__in=led) | Q(task__action__in=led) | Q(milestone__action__in=led)


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """A report the reader may not see, without anything that stands in it."""

    uid: UUID
    code: str
    subject: str
    state: str


def closed_rows(unit: Unit, period: str, *, reader: User, limit: int = 40) -> list[ClosedRow]:
    """What a unit has in hand and the reader may not see, by its subject alone. One query."""
    if not may_bypass(READ_UNACCEPTED, reader):
        return []
    hidden = Report.objects.filter(unit=unit, period__key=period).exclude(
        pk__in=visible_to(reader).values("pk")
    )
    rows = with_subject(hidden).order_by(*PLAN_ORDER)[:limit]
    return [
        ClosedRow(row.uid, line.code, line.subject, line.state_label)
        for row in rows
        for line in [row_of(row, evidence=0, files=0)]
    ]


def closed_report(uid: UUID, *, reader: User) -> Report:
    """A report the reader may open past their rights. Missing where there is none."""
    found = Report.objects.filter(uid=uid) if may_bypass(READ_UNACCEPTED, reader) else None
    report = with_subject(found).first() if found is not None else None
    if report is None:
        raise Missing("report.missing", _("没有这份进度，或者它还是别的单位的草稿。"))
    return report


def report_by_uid(uid: UUID, *, reader: User) -> Report:
    """One report a reader may see. Missing otherwise."""
    report = (
        visible_to(reader)
        .select_related(
            "period",
            "unit",
            "target__action",
            "task__action",
            "milestone__action",
            "filled_by",
            "checked_by",
            "confirmed_by",
            "accepted_by",
            "returned_by",
            "corrects",
        )
        .filter(uid=uid)
        .first()
    )
    if report is None:
        raise Missing("report.missing", _("没有这份进度，或者它还是别的单位的草稿。"))
    return report


def report_as_seen(uid: UUID, *, reader: User, version: int) -> Report:
    """The report as the page showed it: an act on it is refused where it has moved since."""
    report = report_by_uid(uid, reader=reader)
    report.version = version
    return report


def report_of_target(target: Target, period: Period) -> Report | None:
    """The first report of a target in a period, whatever its state."""
    return Report.objects.filter(target=target, period=period, corrects__isnull=True).first()


def evidence_rows(report: Report) -> list[EvidenceRow]:
    """What stands behind a report. One query."""
    return [
        EvidenceRow(
            uid=row.uid,
            doc_no=row.doc_no,
            title=row.title,
            file_name=row.file.name if row.file else "",
            size=row.file.size if row.file else 0,
            scan=str(row.file.get_scan_display()) if row.file else "",
        )
        for row in report.evidence.select_related("file")
    ]


def evidence_by_uid(uid: UUID, *, reader: User) -> ReportEvidence:
    """One piece of evidence of a report the reader may see. Missing otherwise."""
    evidence = (
        ReportEvidence.objects.select_related("report__period", "report__unit", "file")
        .filter(uid=uid, report__in=visible_to(reader))
        .first()
    )
    if evidence is None:
        raise Missing("evidence.missing", _("没有这份佐证，或者你看不到它所属的进度。"))
    return evidence


def count_reports(period: str, *, reader: User, state: str = "", words: str = "") -> int:
    return _listed(period, reader=reader, state=state, words=words).count()


def report_rows(
    period: str,
    *,
    reader: User,
    state: str = "",
    words: str = "",
    offset: int = 0,
    limit: int = 40,
) -> list[ReportRow]:
    """Reports of a period in the plan's order, filtered. One query, however many rows."""
    reports = _listed(period, reader=reader, state=state, words=words)
    page = (
        with_subject(reports)
        .annotate(shown_evidence=Count("evidence"), shown_files=Count("evidence__file"))
        .order_by(*PLAN_ORDER)
    )[offset : offset + limit]
    return [row_of(r, evidence=r.shown_evidence, files=r.shown_files) for r in page]


def with_subject(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Reports with all that a line of them shows, in the same query."""
    return reports.select_related(
        "unit",
        "period",
        "returned_by",
        "target__action",
        "task__action",
        "milestone__action",
    )


def row_of(report: Report, *, evidence: int, files: int) -> ReportRow:
    """A report as a line; what `with_subject` loads must be loaded."""
    target = report.target
    subject = target or report.task or report.milestone
    if subject is None:
        raise LookupError(f"report {report.pk} has no subject")
    returned = report.state == State.RETURNED
    return ReportRow(
        uid=report.uid,
        code=f"{subject.action.seq}-{subject.seq}",
        subject=str(subject),
        kind="target" if target else "task" if report.task_id else "milestone",
        action=subject.action.name,
        unit=report.unit.short_name,
        state=report.state,
        state_label=report.get_state_display(),
        level=report.level,
        value=report.value,
        factor=target.factor if target else Decimal(1),
        decimals=target.decimals if target else 0,
        measure=target.unit if target else "",
        evidence=evidence,
        files=files,
        filled_at=report.filled_at,
        returned_at=report.returned_at if returned else None,
        returned_by=_reviewer(report) if returned else "",
        return_reason=report.return_reason if returned else "",
        correction=report.corrects_id is not None,
        target=report.target_id,
    )


def _reviewer(report: Report) -> str:
    return report.returned_by.display_name if report.returned_by else ""


def _listed(period: str, *, reader: User, state: str, words: str) -> QuerySet[Report]:
    reports = visible_to(reader).filter(period__key=period)
    if state:
        reports = reports.filter(state=state)
    if words:
        reports = reports.filter(
            Q(target__metric__icontains=words)
            | Q(task__title__icontains=words)
            | Q(milestone__text__icontains=words)
            | Q(unit__short_name__icontains=words)
        )
    return reports
