"""The snapshots there are, and the moment each froze."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjian.flow.progress.models import Snapshot
from gongjian.flow.projects.queries import Basis
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class SnapshotMoment:
    """A snapshot: its number, the last day of its month, and when it was taken."""

    number: str
    as_of: date
    taken_at: datetime


def snapshot_moments() -> list[SnapshotMoment]:
    """Every snapshot, the newest first. One query."""
    rows = Snapshot.objects.select_related("period").order_by("-period__key")
    return [_moment(row) for row in rows]


def snapshot_moment(number: str) -> SnapshotMoment:
    """A snapshot by its number. Missing: snapshot.missing."""
    row = Snapshot.objects.select_related("period").filter(number=number).first()
    if row is None:
        said = _("没有快照 %(number)s。快照号写成 S-2020-06。")
        raise Missing("snapshot.missing", said % {"number": number[:20]})
    return _moment(row)


def basis_named(number: str, *, at: datetime) -> Basis:
    """The figures of a snapshot, or, without a number, those of now. Missing: snapshot.missing."""
    if not number:
        return Basis(local_day(at), at)
    found = snapshot_moment(number)
    return Basis(found.as_of, found.taken_at, found.number)


def _moment(row: Snapshot) -> SnapshotMoment:
    return SnapshotMoment(row.number, row.period.last_day, row.taken_at)
