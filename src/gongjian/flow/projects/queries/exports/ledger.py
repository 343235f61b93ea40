"""Every project of a campaign with all that is kept of it, by the names the ledgers use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries.exports.book import Answering, LedgerBook, Objects
from gongjian.flow.projects.queries.exports.tables import Basis, Footing, Table, TableColumn
from gongjian.flow.projects.queries.gates import gates_in_force
from gongjian.flow.projects.queries.listing import (
    RegisterFilter,
    in_register,
    narrowed,
    register_keys,
)


def ledger_objects(
    campaign: Campaign,
    *,
    known_at: datetime,
    answering: Mapping[int, Answering],
    as_of: date | None = None,
    keys: Sequence[int] | None = None,
) -> Objects:
    """One object a project, in the order of registration. Fifteen queries, however many.

    `keys` names the projects themselves, in their order; `as_of` cuts facts at a day.
    Money is 元 as decimal text, dates are as exact as they are kept: 2020-06-12, 2020-06-T2,
    2020-06, 2020-Q2, 2020-H1, 2020. Missing: null, never 0.
    """
    found = projects_by_keys(register_keys(campaign) if keys is None else keys)
    book = LedgerBook(found, campaign, known_at=known_at)
    return [
        book.object_of(one, as_of=as_of, answers=answering.get(one.pk)) for one in book.projects
    ]


def ledger_projects(
    campaign: Campaign, wanted: RegisterFilter, *, known_at: datetime
) -> QuerySet[Project]:
    """The projects a filter means, with what an export says of each."""
    found = narrowed(in_register(campaign, wanted), campaign, wanted, known_at=known_at)
    return found.select_related(*BESIDE).order_by("pk")


def projects_by_keys(keys: Sequence[int]) -> list[Project]:
    """These projects in this order. One query."""
    found = {one.pk: one for one in Project.objects.select_related(*BESIDE).filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def ledger_table(
    campaign: Campaign,
    objects: Iterable[Mapping[str, Any]],
    *,
    basis: Basis,
    by: str,
    filtered: bool = False,
    columns: Sequence[str] = (),
) -> Table:
    """The objects as a table, money in 万元: the named columns in their order, or the usual ones.

    A name that is none of `ledger_columns` is left out. Where a project has no number of its own,
    all are numbered as they stand.
    """
    rows = tuple(objects)
    if any(one["seq"] is None for one in rows):
        rows = tuple({**one, "seq": number} for number, one in enumerate(rows, start=1))
    return Table(
        title=_("%(year)s年%(name)s项目清单") % {"year": campaign.year, "name": campaign.name},
        columns=columns_named(columns),
        rows=rows,
        footing=ledger_footing(basis, by=by, filtered=filtered),
    )


def ledger_footing(basis: Basis, *, by: str, filtered: bool = False) -> Footing:
    """What every sheet of projects prints below itself."""
    scope = _("阶段、投资只计已采信的；完成投资为调度口径；空格是未报，不是 0")
    if basis.snapshot:
        later = _("建设单位、手续、清单、备注等不随快照冻结，是导出时的")
        scope = _("%(scope)s；%(later)s") % {"scope": scope, "later": later}
    if filtered:
        scope = _("%(scope)s；按筛选导出，不是全部") % {"scope": scope}
    return Footing(basis.as_of, scope, by, basis.words, definitions_named())


def definitions_named() -> str:
    """By which version of the definitions stages are counted."""
    return _("%(name)s（%(since)s 起）") % {
        "name": gates_in_force().title,
        "since": gates_in_force().since.isoformat(),
    }


def columns_named(names: Sequence[str]) -> tuple[TableColumn, ...]:
    """The columns of these names in their order; the usual ones where none is known."""
    known = {one.key: one for one in ledger_columns()}
    wanted = [known[name] for name in dict.fromkeys(names) if name in known]
    return tuple(wanted or [known[name] for name in USUAL])


BESIDE = ("township", "action", "filler", "place")
USUAL = (
    "seq", "name", "code", "owner", "uscc", "township", "scope", "nature", "industry",
    "total_investment", "year_plan_investment", "year_done_investment", "plan_class",
    "stage_label", "planned_start", "planned_finish", "actual_start", "actual_finish",
    "lead_unit", "responsible_units", "sponsor", "progress_text", "remark",
)  # fmt: skip


def ledger_columns() -> tuple[TableColumn, ...]:
    """Every column an export of projects can have."""
    return (
        TableColumn("seq", _("序号"), 8, "number"),
        TableColumn("name", _("项目名称"), 36),
        TableColumn("code", _("项目代码"), 28, "code"),
        TableColumn("phase", _("期次"), 8),
        TableColumn("owner", _("建设单位"), 24),
        TableColumn("uscc", _("统一社会信用代码"), 22, "code"),
        TableColumn("investor", _("投资方"), 22),
        TableColumn("township", _("属地镇街"), 12),
        TableColumn("site", _("详细地址"), 22),
        TableColumn("scope", _("建设内容及规模"), 36),
        TableColumn("category", _("项目类别"), 12),
        TableColumn("nature", _("建设性质"), 10),
        TableColumn("industry", _("行业"), 10),
        TableColumn("action", _("攻坚行动"), 18),
        TableColumn("total_investment", _("总投资（万元）"), 16, "wan"),
        TableColumn("fixed_investment", _("固定资产投资（万元）"), 16, "wan"),
        TableColumn("contract_funds", _("合同引资额（万元）"), 16, "wan"),
        TableColumn("done_before", _("截至上年底累计完成投资（万元）"), 18, "wan"),
        TableColumn("year_plan_investment", _("年度计划投资（万元）"), 18, "wan"),
        TableColumn("year_done_investment", _("当年累计完成投资（万元）"), 20, "wan"),
        TableColumn("month_done", _("本月完成投资（万元）"), 16, "wan"),
        TableColumn("done_in_all", _("开工至今累计完成投资（万元）"), 18, "wan"),
        TableColumn("arrived_in_year", _("当年到位资金（万元）"), 16, "wan"),
        TableColumn("share_of_plan", _("年度投资完成率"), 12, "percent"),
        TableColumn("plan_class", _("年度计划类别"), 12),
        TableColumn("stage_label", _("当前阶段"), 12),
        TableColumn("stage_day", _("阶段日期"), 12, "date"),
        TableColumn("standing_label", _("状态"), 10),
        TableColumn("planned_start", _("计划开工"), 12),
        TableColumn("planned_finish", _("计划竣工"), 12),
        TableColumn("planned_production", _("计划投产"), 12),
        TableColumn("next_node", _("下一节点"), 18),
        TableColumn("moves", _("计划日期调整（次）"), 10, "number"),
        TableColumn("last_month", _("最近填报月"), 12),
        TableColumn("actual_start", _("实际开工"), 12, "date"),
        TableColumn("actual_finish", _("实际竣工"), 12, "date"),
        TableColumn("permits_done", _("手续已办结（项）"), 10, "number"),
        TableColumn("permits_of", _("手续应办（项）"), 10, "number"),
        TableColumn("lead_unit", _("牵头单位"), 16),
        TableColumn("responsible_units", _("责任单位"), 22),
        TableColumn("sponsor", _("包靠领导"), 14),
        TableColumn("sponsor_post", _("包靠领导职务"), 16),
        TableColumn("filler", _("填报单位"), 14),
        TableColumn("progress_text", _("形象进度"), 30),
        TableColumn("remark", _("备注"), 20),
    )
