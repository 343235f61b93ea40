"""One line of the list of findings."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.flow.plan.queries import CandidateRow
from gongjian.interfaces.web.plan.rows.drawn import Listed
from gongjian.interfaces.web.plan.rows.paper import in_cells


def listed(row: CandidateRow, old: Mapping[UUID, str], *, url: str) -> Listed:
    """`old` holds the nodes of the plan that findings of the list change."""
    hint = row.action if row.kind != "action" else ""
    if row.homeless:
        hint = _("还没有所属行动")
    if row.merged_into:
        hint = _("并入第 %(seq)s 条") % {"seq": row.merged_into}
    title = in_cells(row.headline)
    before = old.get(row.twin, "") if row.twin else ""
    return Listed(
        seq=row.seq,
        kind=row.kind,
        kind_label=row.kind_label,
        title=title,
        old="" if before == title else before,  # its date alone may differ
        where=row.where,
        hint=hint,
        state=row.state,
        state_label=row.state_label,
        change=row.change,
        change_label=row.change_label,
        moved=row.moved,
        asked=row.resembles is not None,
        doubtful=row.doubtful or row.homeless,
        url=url,
    )
