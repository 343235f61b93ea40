"""Rates and doubts as tables to take away."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.queries.asked_back import AskedBack
from gongjian.flow.projects.queries.exports.ledger import definitions_named
from gongjian.flow.projects.queries.exports.tables import Basis, Footing, Table, TableColumn
from gongjian.flow.projects.queries.rates import RateRow


def rates_table(rows: Sequence[RateRow], *, basis: Basis, by: str) -> Table:
    """The rates of one list on one day, each with its two numbers, in 元 or in projects."""
    first = rows[0]
    scope = _("%(list)s第 %(number)s 版；率不封顶；分母是 0 的没有率") % {
        "list": first.list_name,
        "number": first.list_number,
    }
    return Table(
        title=_("%(list)s指标率") % {"list": first.list_name},
        columns=(
            TableColumn("name", _("指标"), 18),
            TableColumn("rate", _("率"), 12, "percent"),
            TableColumn("numerator", _("分子"), 20),
            TableColumn("denominator", _("分母"), 20),
            TableColumn("unit", _("单位"), 8),
            TableColumn("unreported", _("未报（个）"), 10, "number"),
            TableColumn("numerator_words", _("分子口径"), 36),
            TableColumn("denominator_words", _("分母口径"), 30),
            TableColumn("scope", _("范围"), 24),
            TableColumn("definition", _("口径版本"), 10, "number"),
            TableColumn("source", _("出处"), 36),
        ),
        rows=tuple(
            {
                "name": one.name,
                "rate": one.rate,
                "numerator": f"{one.numerator:.2f}" if one.is_money else f"{one.numerator:.0f}",
                "denominator": (
                    f"{one.denominator:.2f}" if one.is_money else f"{one.denominator:.0f}"
                ),
                "unit": _("元") if one.is_money else _("个"),
                "unreported": one.unreported,
                "numerator_words": one.numerator_words,
                "denominator_words": one.denominator_words,
                "scope": one.scope,
                "definition": one.definition,
                "source": one.source,
            }
            for one in rows
        ),
        footing=Footing(basis.as_of, scope, by, basis.words, _("各指标的口径版本见本表该列")),
    )


def doubts_table(campaign: Campaign, rows: Sequence[AskedBack], *, basis: Basis, by: str) -> Table:
    """What is asked back, with the answers there are."""
    return Table(
        title=_("%(year)s年%(name)s数据体检") % {"year": campaign.year, "name": campaign.name},
        columns=(
            TableColumn("project", _("项目名称"), 36),
            TableColumn("township", _("属地镇街"), 12),
            TableColumn("unit", _("填报单位"), 18),
            TableColumn("label", _("哪一类"), 14),
            TableColumn("month", _("月份"), 10),
            TableColumn("sentence", _("问的是什么"), 60),
            TableColumn("answer", _("说明"), 40),
            TableColumn("answered_by", _("谁说明"), 12),
            TableColumn("answered_on", _("说明日期"), 12, "date"),
        ),
        rows=tuple(
            {
                "project": one.project,
                "township": one.township,
                "unit": one.unit,
                "label": one.label,
                "month": one.month,
                "sentence": one.sentence,
                "answer": one.answer,
                "answered_by": one.answered_by,
                "answered_on": one.answered_on,
            }
            for one in rows
        ),
        footing=Footing(
            basis.as_of,
            _("只计已采信的数；体检只问不拦"),
            by,
            basis.words,
            definitions_named(),
        ),
    )
