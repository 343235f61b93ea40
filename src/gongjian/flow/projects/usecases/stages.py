"""Stages reported, checked, recognised, accepted; corrected and taken back with a trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.engine.stages import Going
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import Project, Stage, StageEvent
from gongjian.flow.projects.queries import (
    count_proofs,
    dates_falling,
    filled_fields,
    gates_in_force,
    said_lacking,
    sides_of,
    stage_label,
    stages_gone_through,
)
from gongjian.flow.projects.usecases.proofs import Proof, keep_proofs
from gongjian.flow.projects.usecases.steps import step_on
from gongjian.foundation.acceptance import usecases as acceptance
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class StageWords:
    """What one reports: which stage was reached on which day, with what to show for it."""

    stage: str
    day: date
    proofs: tuple[Proof, ...] = ()
    recogniser: Unit | None = None
    partial: bool = False
    words: str = ""


@transaction.atomic
def report_stage(project: Project, words: StageWords, *, by: User, at: datetime) -> StageEvent:
    """Report that a project reached a stage; it goes to the unit's approver: V0.

    Refused: stage.*, project.ended, evidence.*, report.not-a-reporter.
    """
    return report_stages([(project, words)], by=by, at=at)[0]


@transaction.atomic
def report_stages(
    rows: Sequence[tuple[Project, StageWords]], *, by: User, at: datetime
) -> list[StageEvent]:
    """Report many stages, each under the same rules and with its own entry in the log.

    Rows of one project stand in the order of its stages. All of them, or none.
    Refused as report_stage.
    """
    reached = stages_gone_through([project.pk for project, _words in rows], known_at=at)
    events = []
    for project, words in rows:
        way = reached.setdefault(project.pk, {})
        _check(project, words, way, by=by, at=at)
        way[words.stage] = words.day
        events.append(_event(project, words))
    StageEvent.objects.bulk_create(events)
    proofs = keep_proofs(
        [(event, words.proofs) for event, (_project, words) in zip(events, rows, strict=True)],
        by=by,
        at=at,
    )
    acceptance.mark_all_filled([(event, sides_of(event)) for event in events], by=by, at=at)
    deeds = [Deed("stage.reported", (event, *proofs[event.pk])) for event in events]
    note_each(deeds, by=by, at=at)
    return events


@transaction.atomic
def revise_stage(event: StageEvent, words: StageWords, *, by: User, at: datetime) -> StageEvent:
    """Report a returned or withdrawn stage anew, with new proofs beside the old ones.

    Refused: stage.*, evidence.*, report.not-yours, .not-open, .changed.
    """
    rules.check_can_report(event.project, by=by, day=words.day, today=local_day(at))
    way = stages_gone_through([event.project_id], known_at=at).get(event.project_id, {})
    proofs = keep_proofs([(event, words.proofs)], by=by, at=at)[event.pk]
    shown = set(event.evidence.values_list("proof", flat=True))
    if not event.void:
        _check_gate(event.project, words.stage, words.day, way, shown)
    still = StageEvent.objects.filter(pk=event.pk, state=event.state, version=event.version)
    fields = {"day": words.day, "partial": words.partial, "words": words.words.strip()}
    if not still.update(**fields, version=event.version + 1):
        raise Refused("report.changed", _("这项刚被别人办过了。请刷新后再看。"))
    event.refresh_from_db()
    acceptance.mark_filled(event, by=by, sides=sides_of(event), at=at)
    note("stage.reported", event, *proofs, by=by, at=at)
    return event


@transaction.atomic
def withdraw_stage(event: StageEvent, *, by: User, at: datetime) -> StageEvent:
    """Take a report back before anybody checked it. Refused: report.not-filled-by-you, …"""
    acceptance.mark_withdrawn(event, by=by, at=at)
    note("stage.withdrawn", event, by=by, at=at)
    return event


def check_stages(events: Sequence[StageEvent], *, by: User, at: datetime) -> None:
    """The unit's approver checks: V1; on to who recognises the stage. Refused: report.*"""
    step_on(events, acceptance.mark_all_checked, "stage.checked", by=by, at=at)


def recognise_stages(events: Sequence[StageEvent], *, by: User, at: datetime) -> None:
    """Who recognises the stage confirms it: V2. Refused: report.not-your-confirmation, …"""
    step_on(events, acceptance.mark_all_confirmed, "stage.recognised", by=by, at=at)


def accept_stages(events: Sequence[StageEvent], *, by: User, at: datetime) -> None:
    """The office accepts: V3, and from now on it counts. Refused: report.*, stage.no-proof."""
    shown = count_proofs([event.pk for event in events])
    for event in events:
        wanted = len(gates_in_force().gate(event.stage).proofs)
        rules.check_shows_something(event, proofs=shown[event.pk], wanted=wanted)
    step_on(events, acceptance.mark_all_accepted, "stage.accepted", by=by, at=at)


@transaction.atomic
def return_stage(event: StageEvent, reason: str, *, by: User, at: datetime) -> StageEvent:
    """Send a stage back with the reason. Refused: report.no-reason, and those of the step."""
    acceptance.mark_returned(event, by=by, sides=sides_of(event), reason=reason, at=at)
    note("stage.returned", event, by=by, at=at)
    return event


@transaction.atomic
def correct_stage(
    event: StageEvent,
    reason: str,
    *,
    day: date | None,
    by: User,
    at: datetime,
) -> StageEvent:
    """Correct the day of a stage that counts, or with `day` None take it back altogether.

    The correction goes the same way to acceptance; until then the first row stands, and after it
    both are kept. Refused: stage.not-accepted, .not-yours, .correction-no-reason, .correction-open,
    .dates-fall.
    """
    first = event.corrects or event
    rules.check_can_correct_event(event, by=by, reason=reason)
    if day is not None:
        way = stages_gone_through([event.project_id], known_at=at).get(event.project_id, {})
        rules.check_dates_rise(dates_falling(way | {event.stage: day}))
    correction = StageEvent(
        project=first.project,
        stage=first.stage,
        day=day or event.day,
        unit=first.unit,
        recogniser=first.recogniser,
        partial=event.partial,
        words=event.words,
        corrects=first,
        void=day is None,
        correction_reason=reason.strip()[:300],
    )
    try:
        with transaction.atomic():
            correction.save(force_insert=True)
    except IntegrityError as twice:
        raise Refused("stage.correction-open", _("这一条已经有一份更正在办。")) from twice
    acceptance.mark_filled(correction, by=by, sides=sides_of(correction), at=at)
    note("stage.corrected", correction, by=by, at=at)
    return correction


def _check(
    project: Project, words: StageWords, way: dict[str, date], *, by: User, at: datetime
) -> None:
    rules.check_can_report(project, by=by, day=words.day, today=local_day(at))
    if words.stage not in Stage.values:
        raise Refused("stage.unknown", _("没有这个阶段。"))
    gate = gates_in_force().gate(words.stage)
    rules.check_is_on_track(
        stage_label(words.stage),
        on_track=project.track in gate.tracks,
        known=words.stage in way,
    )
    rules.check_recogniser(rules.filling_unit(project), words.recogniser)
    for proof in words.proofs:
        rules.check_proof(doc_no=proof.doc_no, title=proof.title, has_file=proof.file is not None)
    _check_gate(project, words.stage, words.day, way, {proof.proof for proof in words.proofs})


def _check_gate(
    project: Project, stage: str, day: date, way: dict[str, date], shown: set[str]
) -> None:
    going = Going(project.track, project.promoted, filled_fields(project), way)
    lacking = gates_in_force().lacking(stage, going, shown)
    rules.check_passes_gate(stage_label(stage), lacking=said_lacking(lacking))
    rules.check_dates_rise(dates_falling(way | {stage: day}))


def _event(project: Project, words: StageWords) -> StageEvent:
    return StageEvent(
        project=project,
        stage=words.stage,
        day=words.day,
        unit=rules.filling_unit(project),
        recogniser=words.recogniser,
        partial=words.partial,
        words=words.words.strip(),
        state=State.DRAFT,
    )
