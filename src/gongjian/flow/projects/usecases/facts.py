"""What an office's own ledger says happened: brought in by the office, accepted by nobody yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongjian.flow.projects import rules
from gongjian.flow.projects.models import InvestmentMonth, ProgressText, Project, StageEvent
from gongjian.flow.projects.queries import (
    dates_falling,
    gates_in_force,
    stage_label,
    stages_gone_through,
)
from gongjian.flow.projects.usecases.money import MonthWords, check_figures, enter_months
from gongjian.foundation.acceptance import usecases as acceptance
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import Deed, note_each
from gongjian.lib.days import local_day


@dataclass(frozen=True, slots=True)
class ToldStage:
    """A stage that a ledger says was reached on a day; where it says so stands in the words."""

    project: Project
    stage: str
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class ToldText:
    """How far a site has come on a day, as a ledger says."""

    project: Project
    day: date
    words: str


@transaction.atomic
def bring_stages(rows: Sequence[ToldStage], *, by: User, at: datetime) -> list[StageEvent]:
    """Enter stages that a ledger tells, for the units they are of: V0, to be checked by the head
    of the unit. They come without evidence; the office accepts none before there is some.

    All of them, or none. Refused: office.only, stage.no-unit, .ahead, .other-track, .known,
    .dates-fall, project.ended.
    """
    rules.check_can_keep_project(by)
    reached = stages_gone_through([row.project.pk for row in rows], known_at=at)
    events = []
    for row in rows:
        way = reached.setdefault(row.project.pk, {})
        check_told_stage(row, way, at=at)
        way[row.stage] = row.day
        unit = rules.filling_unit(row.project)
        events.append(
            StageEvent(
                project=row.project, stage=row.stage, day=row.day, unit=unit, words=row.words
            )
        )
    StageEvent.objects.bulk_create(events)
    acceptance.mark_all_brought(events, by=by, at=at)
    note_each([Deed("stage.brought", (event,)) for event in events], by=by, at=at)
    return events


def check_told_stage(row: ToldStage, way: dict[str, date], *, at: datetime) -> None:
    """What bring_stages asks of one; `way` are the stages that are known. Refused: stage.*"""
    rules.filling_unit(row.project)
    rules.check_is_going(row.project)
    rules.check_day_has_come(row.day, today=local_day(at))
    gate = gates_in_force().gate(row.stage)
    rules.check_is_on_track(
        stage_label(row.stage),
        on_track=row.project.track in gate.tracks,
        known=row.stage in way,
    )
    rules.check_dates_rise(dates_falling(way | {row.stage: row.day}))


@transaction.atomic
def bring_months(
    rows: Sequence[tuple[Project, MonthWords]], *, by: User, at: datetime
) -> list[InvestmentMonth]:
    """Enter money that a ledger tells, for the units it is of: V0, to be checked by the head of
    the unit.

    All of them, or none. Refused: office.only, stage.no-unit, project.ended, money.*
    """
    rules.check_can_keep_project(by)
    for project, _words in rows:
        rules.check_is_going(project)
    months = enter_months(rows, at=at)
    acceptance.mark_all_brought(months, by=by, at=at)
    note_each([Deed("money.brought", (row,)) for row in months], by=by, at=at)
    return months


def check_told_month(
    project: Project, words: MonthWords, way: dict[str, date], *, at: datetime
) -> None:
    """What bring_months asks of one. Refused: stage.no-unit, project.ended, money.*"""
    rules.filling_unit(project)
    rules.check_is_going(project)
    check_figures(project, words, way, at=at)


@transaction.atomic
def keep_progress_texts(rows: Sequence[ToldText], *, by: User, at: datetime) -> list[ProgressText]:
    """Keep how far sites have come, each with its day; what was said before stays on record.

    Refused: office.only.
    """
    rules.check_can_keep_project(by)
    texts = [
        ProgressText(project=row.project, day=row.day, words=row.words.strip(), by=by, at=at)
        for row in rows
    ]
    ProgressText.objects.bulk_create(texts)
    note_each([Deed("project.progress-told", (text,)) for text in texts], by=by, at=at)
    return texts


@transaction.atomic
def take_back_facts(rows: Sequence[Kept], *, by: User, at: datetime) -> None:
    """Remove what a ledger told and nobody has taken further: it was brought in by mistake.

    The log keeps that it was. Refused: office.only, stage.taken-further.
    """
    rules.check_can_keep_project(by)
    for row in rows:
        rules.check_can_take_back(row)
    note_each([Deed("project.fact-taken-back", removed=(row,)) for row in rows], by=by, at=at)
    for model in dict.fromkeys(type(row) for row in rows):
        keys = [row.pk for row in rows if type(row) is model]
        model._default_manager.filter(pk__in=keys).delete()
