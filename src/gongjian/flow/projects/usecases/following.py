"""Keeping the lines and sheets of the register abreast of the log. Caches: no act of anybody."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    AmountChange,
    DateChange,
    FundingSource,
    InvestmentMonth,
    ListMembership,
    MonthPlan,
    PermitItem,
    ProgressText,
    Project,
    ProjectDescent,
    ProjectName,
    ProjectSheet,
    ProjectYear,
    RegisterChange,
    RegisterLine,
    RegisterMark,
    RegisterSum,
    StageEvent,
    StandingChange,
)
from gongjian.flow.projects.queries import (
    LINE_FIELDS,
    facts_of,
    keys_in_batches,
    lines_behind,
    lines_of,
    sums_made,
    waiting_of,
)
from gongjian.foundation.records.models import Installation, Kept
from gongjian.foundation.records.queries import log_end, rows_written_since
from gongjian.lib.days import local_day

BATCH = 500
OF_A_PROJECT: tuple[type[Kept], ...] = (
    ProjectYear, StageEvent, InvestmentMonth, MonthPlan, DateChange, AmountChange,
    RegisterChange, StandingChange, ListMembership, ProjectName, PermitItem, FundingSource,
    ProgressText,
)  # fmt: skip


def follow_register(*, at: datetime) -> int:
    """Renew the lines of the projects that acts since the last time wrote of; how many.

    Pages call it before they read, the worker between its jobs. Where nothing was written since
    the day began it asks one query and writes nothing.
    """
    return _renew(at=at) if lines_behind(on=local_day(at)) else 0


@transaction.atomic
def rebuild_register(*, at: datetime) -> int:
    """Make every line and sheet anew, whatever the log says."""
    RegisterMark.objects.get_or_create(pk=1)
    end = log_end()
    RegisterLine.objects.all().delete()
    ProjectSheet.objects.all().delete()
    written = _write(list(Project.objects.order_by("pk").values_list("pk", flat=True)), at)
    _add_up(end, local_day(at))
    return written


@transaction.atomic
def _renew(*, at: datetime) -> int:
    RegisterMark.objects.get_or_create(pk=1)
    mark = RegisterMark.objects.select_for_update().get(pk=1)
    end, day = log_end(), local_day(at)
    keys = _meant(rows_written_since(mark.seq))
    if keys is None:
        return rebuild_register(at=at)
    changed = _write(sorted(keys), at)
    if changed or mark.day != day:
        _add_up(end, day)
    else:
        RegisterMark.objects.filter(pk=1).update(seq=end)
    return changed


def _add_up(end: int, day: date) -> None:
    """Keep what the lines come to, and say that they have followed so far."""
    RegisterSum.objects.all().delete()
    RegisterSum.objects.bulk_create(sums_made(on=day))
    RegisterMark.objects.filter(pk=1).update(seq=end, day=day)


def _meant(written: dict[str, tuple[set[int], bool]]) -> set[int] | None:
    """The projects of the rows that were written; None: any, as a demo's clock was moved or rows
    were removed that no longer say whose they were."""
    if Installation._meta.db_table in written:
        return None
    written_by: tuple[type[Kept], ...] = (*OF_A_PROJECT, ProjectDescent)
    for model in written_by:
        _rows, removed = written.get(model._meta.db_table, (set(), False))
        if removed and model is not FundingSource:  # its act names the project too
            return None
    keys = set(written.get(Project._meta.db_table, (set(), False))[0])
    for model in OF_A_PROJECT:
        rows, _removed = written.get(model._meta.db_table, (set(), False))
        for some in keys_in_batches(rows, BATCH):
            rows_now: QuerySet[Any] = model._default_manager.filter(pk__in=some)
            keys.update(rows_now.order_by().values_list("project", flat=True))
    descents = ProjectDescent.objects.values_list("pk", "earlier", "later")
    touched, _removed = written.get(ProjectDescent._meta.db_table, (set(), False))
    pairs = list(descents) if keys or touched else []
    keys |= {key for pk, *ends in pairs if pk in touched for key in ends}
    return _with_kin(keys, [(earlier, later) for _pk, earlier, later in pairs])


def _with_kin(keys: set[int], pairs: Collection[tuple[int, int]]) -> set[int]:
    """The projects with those they came from and became, through every step: stages and money of
    one count for another."""
    found, size = set(keys), -1
    while size != len(found):
        size = len(found)
        found |= {key for pair in pairs if found & set(pair) for key in pair}
    return found


def _write(keys: list[int], at: datetime) -> int:
    years = dict(Campaign.objects.values_list("pk", "year"))
    for some in keys_in_batches(keys, BATCH):
        projects = Project.objects.in_bulk(some)
        there = list(projects)
        facts, waiting = facts_of(there, known_at=at), waiting_of(there)
        lines = [line for key in there for line in lines_of(projects[key], facts[key], years)]
        RegisterLine.objects.filter(project__in=there).exclude(
            campaign__in={line.campaign_id for line in lines}
        ).delete()
        RegisterLine.objects.bulk_create(
            lines,
            update_conflicts=True,
            unique_fields=["campaign", "project"],
            update_fields=LINE_FIELDS,
        )
        ProjectSheet.objects.bulk_create(
            [ProjectSheet(project_id=k, facts=facts[k], waiting=waiting[k]) for k in there],
            update_conflicts=True,
            unique_fields=["project"],
            update_fields=["facts", "waiting"],
        )
    return len(keys)
