"""Bulletins that were written and kept."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.bulletins.models import Bulletin
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import SEE_BUSINESS, allows
from gongjian.lib.refusals import Missing


@dataclass(frozen=True, slots=True)
class BulletinRow:
    """One line of the list of bulletins."""

    uid: UUID
    number: int
    title: str
    period: str
    snapshot: str
    written_by: str
    written_at: datetime
    figures: int


def bulletin_by_uid(uid: UUID, *, reader: User) -> Bulletin:
    """One bulletin, for who works on the plan. Missing otherwise."""
    bulletin = (
        Bulletin.objects.select_related("period", "snapshot", "file", "written_by")
        .filter(uid=uid)
        .first()
    )
    if bulletin is None or not allows(SEE_BUSINESS, reader):
        raise Missing("bulletin.missing", _("没有这期通报。"))
    return bulletin


def count_bulletins() -> int:
    return Bulletin.objects.count()


def bulletin_rows(*, offset: int = 0, limit: int = 40) -> list[BulletinRow]:
    """Bulletins, newest first. One query."""
    rows = Bulletin.objects.select_related("period", "snapshot", "written_by").order_by("-pk")
    return [
        BulletinRow(
            uid=row.uid,
            number=row.number,
            title=row.title,
            period=row.period.key,
            snapshot=row.snapshot.number if row.snapshot else "",
            written_by=row.written_by.display_name if row.written_by else "",
            written_at=row.written_at,
            figures=len(row.figures),
        )
        for row in rows[offset : offset + limit]
    ]
