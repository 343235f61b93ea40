"""Kind × source: how a target's figure is formed, and which targets cannot be measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Target, TargetSource
from gongjian.lib.refusals import Refused

Kind, Source = Target.Kind, TargetSource.Source


@dataclass(frozen=True, slots=True)
class Form:
    """How the figure of a kind is formed from a source; without `how` it cannot be, and why."""

    how: Promise | str = ""
    why_not: Promise | str = ""


FORMS: Mapping[tuple[str, str], Form] = {
    (Kind.FLOW, Source.REPORTED): Form(_("填报单位每期报当年1月1日以来的累计数。")),
    (Kind.FLOW, Source.STAGE_EVENTS): Form(_("当年进入该阶段、已采信的项目个数，系统累计。")),
    (Kind.FLOW, Source.CLAIMS): Form(_("当年已认定的名录条数，系统累计。")),
    (Kind.FLOW, Source.PROJECT_MONTHS): Form(_("项目各月已采信的投资或到位资金，系统相加。")),
    (Kind.STOCK, Source.REPORTED): Form(_("填报单位每期报期末总数，进度从基期值起算。")),
    (Kind.STOCK, Source.STAGE_EVENTS): Form(_("期末处于该阶段或之后阶段的项目个数，系统计数。")),
    (Kind.STOCK, Source.CLAIMS): Form(_("期末在名录上的条数：已认定的减去已退出的。")),
    (Kind.STOCK, Source.PROJECT_MONTHS): Form(
        why_not=_("项目月度投资是发生额，加不出时点存量。请改为流量，或改由单位填报。")
    ),
    (Kind.RATE, Source.REPORTED): Form(
        _("填报单位按口径写明的分子和分母算好再报；各项比率不合计，也不取平均。")
    ),
    (Kind.RATE, Source.STAGE_EVENTS): Form(_("进入该阶段的项目个数 ÷ 作为分母的项目个数。")),
    (Kind.RATE, Source.CLAIMS): Form(_("名录中符合分子条件的条数 ÷ 名录总条数。")),
    (Kind.RATE, Source.PROJECT_MONTHS): Form(_("项目累计完成或到位 ÷ 年度计划，都取已采信的数。")),
    (Kind.GROWTH, Source.REPORTED): Form(_("填报单位报比上年同期的增减幅度，以发布的数为准。")),
    (Kind.GROWTH, Source.STAGE_EVENTS): Form(
        why_not=_("项目阶段没有上年同期数，算不出增长率。请改由单位填报。")
    ),
    (Kind.GROWTH, Source.CLAIMS): Form(
        why_not=_("名录没有上年同期数，算不出增长率。请改由单位填报。")
    ),
    (Kind.GROWTH, Source.PROJECT_MONTHS): Form(
        why_not=_("项目月度投资没有上年同期口径，算不出增长率。请改由单位填报。")
    ),
    (Kind.DONE, Source.REPORTED): Form(_("填报单位报是否完成和办结日期，附依据。")),
    (Kind.DONE, Source.STAGE_EVENTS): Form(_("项目进入该阶段并采信，即为完成。")),
    (Kind.DONE, Source.CLAIMS): Form(_("该事项被认定列入名录，即为完成。")),
    (Kind.DONE, Source.PROJECT_MONTHS): Form(
        why_not=_("投资额说明不了一件事是否办成。请改用项目阶段或单位填报。")
    ),
}


IMPOSSIBLE = tuple(pair for pair, form in FORMS.items() if form.why_not)


def check_form(kind: str, source: str) -> None:
    """A figure of the kind can be formed from the source. Refused: target.form."""
    form = FORMS.get((Kind(kind), Source(source)), Form())
    if form.why_not:
        raise Refused("target.form", str(form.why_not))


def form_of(kind: str, source: str) -> Form:
    """The cell of the table."""
    return FORMS[Kind(kind), Source(source)]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the measuring of one target rests on."""

    kind: str
    source: str
    comparator: str
    value: Decimal | None
    base_value: Decimal | None
    numerator: str
    denominator: str


def why_not_measurable(asked: Asked) -> list[str]:
    """Why nobody could say whether the target was met; nothing where it can be measured."""
    reasons = []
    form = form_of(asked.kind, asked.source)
    if form.why_not:
        reasons.append(str(form.why_not))
    if asked.value is None:
        reasons.append(str(_("还没有目标值，完成与否无从判断。")))
    if asked.kind == Kind.RATE and not (asked.numerator and asked.denominator):
        reasons.append(str(_("比率没有写明分子和分母，各单位会算出不同的数。")))
    if asked.kind == Kind.STOCK and asked.source == Source.REPORTED and asked.base_value is None:
        reasons.append(str(_("存量没有基期值，分不清年初就有的和当年新增的。")))
    level = asked.kind in (Kind.RATE, Kind.STOCK)
    if asked.comparator == Target.Comparator.ABOUT and level and asked.base_value is None:
        reasons.append(str(_("只说“左右”又没有基期值，看不出该升还是该降。请写明方向。")))
    return reasons
