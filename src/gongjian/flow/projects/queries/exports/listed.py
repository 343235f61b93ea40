"""A list of projects as it stood on a day, to take away."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import ProjectList
from gongjian.flow.projects.queries.exports.ledger import definitions_named
from gongjian.flow.projects.queries.exports.tables import Basis, Footing, Table, TableColumn
from gongjian.flow.projects.queries.lists import ListVersion
from gongjian.flow.projects.queries.members import MemberRow


def list_table(
    listed: ProjectList,
    version: ListVersion,
    rows: Sequence[MemberRow],
    *,
    basis: Basis,
    by: str,
    filtered: bool = False,
) -> Table:
    """A list with its version: who stands on it, since when, how far each is by the day."""
    scope = _("清单第 %(number)s 版（%(day)s）；阶段、投资只计已采信的；完成投资为调度口径") % {
        "number": version.number,
        "day": version.day.isoformat(),
    }
    if filtered:
        scope = _("%(scope)s；按筛选导出，不是全部") % {"scope": scope}
    return Table(
        title=listed.name,
        columns=(
            TableColumn("order", _("序号"), 8, "number"),
            TableColumn("name", _("项目名称"), 40),
            TableColumn("code", _("项目代码"), 28, "code"),
            TableColumn("township", _("属地镇街"), 14),
            TableColumn("plan_class", _("年度计划类别"), 14),
            TableColumn("stage", _("阶段"), 14),
            TableColumn("stage_day", _("阶段日期"), 12, "date"),
            TableColumn("total_investment", _("总投资（万元）"), 16, "wan"),
            TableColumn("year_plan_investment", _("年度计划投资（万元）"), 18, "wan"),
            TableColumn("year_done_investment", _("当年累计完成投资（万元）"), 20, "wan"),
            TableColumn("since", _("列入日期"), 12, "date"),
            TableColumn("doc_no", _("批准文号"), 24),
        ),
        rows=tuple(
            {
                "order": order,
                "name": one.row.name,
                "code": one.row.code,
                "township": one.row.township,
                "plan_class": one.row.plan_class,
                "stage": one.row.stage_label,
                "stage_day": one.row.stage_day,
                "total_investment": one.row.total_investment,
                "year_plan_investment": one.row.year_plan,
                "year_done_investment": one.row.year_done,
                "since": one.since,
                "doc_no": one.paper,
            }
            for order, one in enumerate(rows, start=1)
        ),
        footing=Footing(basis.as_of, scope, by, basis.words, definitions_named()),
    )
