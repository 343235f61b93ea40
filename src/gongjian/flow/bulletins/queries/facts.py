"""The facts of a bulletin: what was accepted, and what the rules say of it, at one moment."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from gongjian.flow.duties.queries import DutyLine, duty_lines
from gongjian.flow.judgement.queries import Judgement, judgements
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import ActionRow, plan_actions
from gongjian.flow.progress.models import Period, Report, Snapshot
from gongjian.flow.progress.queries import accepted_words, with_what_stood
from gongjian.foundation.acceptance.models import State
from gongjian.lib.days import local_day


@dataclass(frozen=True, slots=True)
class Proof:
    """Who accepted a report, what stands behind it, and what its unit says of the gap."""

    uid: str
    period: str
    level: int
    reviewer: str
    evidence: tuple[str, ...]
    risk: str
    measures: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A frozen figure that was corrected since the bulletin before, and what stood until then."""

    report: Report
    before: Report


@dataclass(frozen=True, slots=True)
class BulletinFacts:
    """Everything a bulletin may say of a period, as it was known at a moment."""

    campaign: Campaign
    period: Period
    snapshot: Snapshot | None
    known_at: datetime
    actions: tuple[ActionRow, ...]
    duties: Mapping[tuple[str, int], DutyLine]
    judged: Mapping[int, Judgement]
    words: Mapping[tuple[str, int], Report]
    proofs: Mapping[int, Proof]
    corrections: tuple[Correction, ...]

    @property
    def day(self) -> date:
        return local_day(self.known_at)


def bulletin_facts(campaign: Campaign, period: Period, *, at: datetime) -> BulletinFacts:
    """The facts of a period: from its snapshot once it is frozen, live before.

    After the freeze they are those known when the snapshot was taken, so that the same bulletin
    can be written years later. A constant number of queries.
    """
    snapshot = Snapshot.objects.filter(period=period).first()
    known_at = snapshot.taken_at if snapshot else at
    actions = tuple(map(_valued, plan_actions(campaign, on=period.last_day)))
    targets = [target for action in actions for target in action.targets]
    periods = list(
        Period.objects.filter(
            key__gte=period.key[:4], key__lte=period.key, opened_at__isnull=False
        ).order_by("key")
    )
    judged = {
        judgement.target.pk: judgement
        for judgement in judgements(targets, periods, known_at=known_at)
        if judgement.period == period.key
    }
    words = _words(period.key, known_at)
    corrections = _corrections(campaign, period, known_at)
    wanted = {j.figure.report for j in judged.values() if j.figure}
    wanted |= {report.pk for report in words.values()}
    wanted |= {row.pk for c in corrections for row in (c.report, c.before)}
    return BulletinFacts(
        campaign=campaign,
        period=period,
        snapshot=snapshot,
        known_at=known_at,
        actions=actions,
        duties=duty_lines(campaign, on=period.duty_day),
        judged=judged,
        words=words,
        proofs=_proofs(wanted),
        corrections=corrections,
    )


def _valued(action: ActionRow) -> ActionRow:
    """An action without the targets that still wait for a value."""
    return replace(action, targets=tuple(t for t in action.targets if t.value is not None))


def _words(key: str, known_at: datetime) -> dict[tuple[str, int], Report]:
    """The newest accepted words on each task and milestone."""
    found: dict[tuple[str, int], Report] = {}
    for report in accepted_words(key):
        if report.accepted_at is None or report.accepted_at > known_at:
            continue
        if report.task_id is not None:
            found["task", report.task_id] = report
        elif report.milestone_id is not None:
            found["milestone", report.milestone_id] = report
    return found


def _corrections(campaign: Campaign, period: Period, known_at: datetime) -> tuple[Correction, ...]:
    """Corrections accepted since the snapshot before this period, each with what stood before it.

    A figure that was corrected twice is told from the first correction on.
    """
    earlier = Snapshot.objects.filter(period__key__lt=period.key).order_by("-period__key").first()
    rows = Report.objects.filter(
        state=State.ACCEPTED,
        corrects__isnull=False,
        target__action__campaign=campaign,
        period__key__lt=period.key,
        accepted_at__lte=known_at,
    ).select_related("corrects", "period", "target")
    in_time = rows.order_by("period__key", "accepted_at", "pk")
    return tuple(
        Correction(report=row, before=before)
        for row, before in with_what_stood(in_time)
        if earlier is None or (row.accepted_at is not None and row.accepted_at > earlier.taken_at)
    )


def _proofs(keys: set[int]) -> dict[int, Proof]:
    reports = Report.objects.filter(pk__in=keys).select_related("accepted_by", "period")
    evidence: dict[int, list[str]] = defaultdict(list)
    for report in reports.prefetch_related("evidence__file"):
        for row in report.evidence.all():
            name = f"{row.doc_no} {row.title}".strip()
            evidence[report.pk].append(f"{name} sha256:{row.file.sha256}" if row.file else name)
    return {
        report.pk: Proof(
            uid=str(report.uid),
            period=report.period.key,
            level=report.level,
            reviewer=report.accepted_by.display_name if report.accepted_by else "",
            evidence=tuple(evidence[report.pk]),
            risk=report.risk,
            measures=report.measures,
        )
        for report in reports
    }
