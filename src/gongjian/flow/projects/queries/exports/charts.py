"""What charts and working lists show, as tables to take away."""

from collections.abc import Sequence
from dataclasses import asdict

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries.duplicates import DuplicatePair
from gongjian.flow.projects.queries.exports.ledger import definitions_named
from gongjian.flow.projects.queries.exports.tables import Basis, Footing, Table, TableColumn
from gongjian.flow.projects.queries.funnel import FunnelStep
from gongjian.flow.projects.queries.lists import ListVersion
from gongjian.flow.projects.queries.paces import Pace, PaceRow
from gongjian.flow.projects.queries.places import PlaceRow
from gongjian.flow.projects.queries.waiting import WaitingMonth, WaitingStage


def funnel_table(
    version: ListVersion, steps: Sequence[FunnelStep], *, basis: Basis, by: str
) -> Table:
    """Each step with what it counts, how many are there, what share went on."""
    return Table(
        title=_("%(list)s招引漏斗") % {"list": version.name},
        columns=(
            TableColumn("title", _("环节"), 12),
            TableColumn("words", _("口径"), 44),
            TableColumn("count", _("项目数"), 10, "number"),
            TableColumn("amount", _("总投资（万元）"), 16, "wan"),
            TableColumn("unknown", _("没有总投资的（个）"), 12, "number"),
            TableColumn("kept", _("由上一环节走来（个）"), 14, "number"),
            TableColumn("before", _("上一环节（个）"), 12, "number"),
            TableColumn("went_on", _("走到这一环节的比例"), 14, "percent"),
            TableColumn("definition", _("口径版本"), 10, "number"),
        ),
        rows=tuple(
            {
                "title": one.title,
                "words": one.words,
                "count": one.count,
                "amount": one.amount,
                "unknown": one.unknown,
                "kept": None if one.is_first else one.kept,
                "before": None if one.is_first else one.before,
                "went_on": one.went_on,
                "definition": one.rate.definition,
            }
            for one in steps
        ),
        footing=_footing(version, basis, by),
    )


def places_table(version: ListVersion, rows: Sequence[PlaceRow], *, basis: Basis, by: str) -> Table:
    """Every township with its projects, what they cost and its rates; each rate with its two
    numbers is in the table of the rates."""
    named = {code: rate.name for row in rows for code, rate in row.rates.items()}
    return Table(
        title=_("%(list)s各镇街情况") % {"list": version.name},
        columns=(
            TableColumn("name", _("镇街"), 16),
            TableColumn("count", _("项目数"), 10, "number"),
            TableColumn("amount", _("总投资（万元）"), 16, "wan"),
            TableColumn("unknown", _("没有总投资的（个）"), 12, "number"),
            *(TableColumn(code, name, 14, "percent") for code, name in named.items()),
        ),
        rows=tuple(
            {
                "name": one.name,
                "count": one.count,
                "amount": one.amount if one.count > one.unknown else None,
                "unknown": one.unknown,
                **{code: rate.rate for code, rate in one.rates.items()},
            }
            for one in rows
        ),
        footing=_footing(version, basis, by),
    )


def pace_table(
    version: ListVersion, pace: Pace, rows: Sequence[PaceRow], *, basis: Basis, by: str
) -> Table:
    """One 快, project by project."""
    states = {
        "finished": _("已走完"),
        "open": _("还没走完"),
        "unmeasured": _("还量不了"),
        "falling": _("日期颠倒"),
    }
    return Table(
        title=_("%(list)s%(pace)s") % {"list": version.name, "pace": pace.title},
        columns=(
            TableColumn("name", _("项目名称"), 40),
            TableColumn("township", _("属地镇街"), 14),
            TableColumn("begin", _("起"), 12, "date"),
            TableColumn("end", _("止"), 12, "date"),
            TableColumn("days", _("天数"), 10, "number"),
            TableColumn("state", _("情况"), 12),
        ),
        rows=tuple({**asdict(one), "state": states[one.state]} for one in rows),
        footing=_footing(version, basis, by),
        notes=(pace.measured,),
    )


def duplicates_table(
    campaign: Campaign, pairs: Sequence[DuplicatePair], *, basis: Basis, by: str
) -> Table:
    """Pairs that look like one project, the most alike first."""
    return Table(
        title=_("%(year)s年%(name)s疑似重复项目") % {"year": campaign.year, "name": campaign.name},
        columns=(
            TableColumn("one", _("项目"), 40),
            TableColumn("other", _("疑似同一个的项目"), 40),
            TableColumn("why", _("哪里像"), 44),
        ),
        rows=tuple(
            {"one": one.one_name, "other": one.other_name, "why": _("；").join(one.by)}
            for one in pairs
        ),
        footing=Footing(basis.as_of, _("还没有人判断过的"), by, basis.words, definitions_named()),
    )


def waiting_table(
    campaign: Campaign,
    rows: Sequence[WaitingStage] | Sequence[WaitingMonth],
    *,
    step: str,
    basis: Basis,
    by: str,
) -> Table:
    """What waits for a step of who takes the table away, the oldest first."""
    return Table(
        title=_("%(name)s待办：%(step)s") % {"name": campaign.name, "step": step},
        columns=(
            TableColumn("project", _("项目名称"), 40),
            TableColumn("what", _("阶段或月份"), 14),
            TableColumn("day", _("阶段日期"), 12, "date"),
            TableColumn("done", _("完成（万元）"), 14, "wan"),
            TableColumn("arrived", _("到位资金（万元）"), 14, "wan"),
            TableColumn("early_cost", _("前期费用（万元）"), 14, "wan"),
            TableColumn("unit", _("填报单位"), 16),
            TableColumn("filled_by", _("填报人"), 12),
        ),
        rows=tuple(
            {**asdict(one), "what": one.stage if isinstance(one, WaitingStage) else one.month}
            for one in rows
        ),
        footing=Footing(
            basis.as_of, _("还没有采信的，不进累计"), by, basis.words, definitions_named()
        ),
    )


def _footing(version: ListVersion, basis: Basis, by: str) -> Footing:
    scope = _("清单第 %(number)s 版（%(day)s）；只计已采信的；率不封顶，分母是 0 的没有率") % {
        "number": version.number,
        "day": version.day.isoformat(),
    }
    return Footing(basis.as_of, scope, by, basis.words, definitions_named())
