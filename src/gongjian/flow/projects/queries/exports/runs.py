"""Exports on their way: what each asks for, and those a reader may see."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import ExportRun
from gongjian.flow.projects.queries.exports.book import Answering, Objects
from gongjian.flow.projects.queries.exports.files import ExportAsked
from gongjian.flow.projects.queries.exports.ledger import ledger_objects
from gongjian.flow.projects.queries.exports.tables import Basis
from gongjian.flow.projects.queries.listing import register_keys
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.queries import dead_keys
from gongjian.lib.refusals import Missing

BATCH = 1_000  # projects
EXPORT = "projects.export"  # the kind of job that writes one
AnsweringOn = Callable[[Campaign, date], Mapping[int, Answering]]


def export_runs(reader: User) -> QuerySet[ExportRun]:
    """A reader's own exports, the newest first: nobody takes away another one's."""
    return ExportRun.objects.filter(by=reader.pk).select_related("campaign", "file")


def export_run(uid: UUID, *, reader: User) -> ExportRun:
    """One of a reader's own. Missing: export.missing."""
    found = export_runs(reader).filter(uid=uid).first()
    if found is None:
        raise Missing("export.missing", _("没有这份导出，或不是你导出的。"))
    return found


def stopped_runs(runs: Iterable[ExportRun]) -> set[UUID]:
    """Those of the exports that wait for a job that gave up. One query where any waits."""
    waiting = {run.uid for run in runs if run.state == ExportRun.State.WAITING}
    return waiting & {UUID(key) for key in dead_keys(EXPORT)} if waiting else set()


def asked_of(run: ExportRun) -> ExportAsked:
    """What a run asks for."""
    return ExportAsked(
        form=run.form,
        basis=Basis(run.as_of, run.known_at, run.snapshot),
        layout=run.layout,
        columns=tuple(run.columns),
        unit=run.unit,
        keys=tuple(run.keys) or None,
    )


def objects_in_batches(
    campaign: Campaign, asked: ExportAsked, answering: AnsweringOn
) -> Iterator[Objects]:
    """The projects of an export, so many at a time: fifteen queries each."""
    basis = asked.basis
    keys = register_keys(campaign) if asked.keys is None else asked.keys
    answers = answering(campaign, basis.as_of)
    for first in range(0, len(keys), BATCH):
        yield ledger_objects(
            campaign,
            known_at=basis.known_at,
            answering=answers,
            as_of=basis.past,
            keys=keys[first : first + BATCH],
        )
