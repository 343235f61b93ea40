"""Who may keep projects, and what a project must say of itself."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from gongjian.engine.money import is_scale_slip
from gongjian.flow.plan.models import TargetSource
from gongjian.flow.projects.models import Project, Standing
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business, check_is_office
from gongjian.lib.national_codes import is_industry
from gongjian.lib.refusals import Refused
from gongjian.lib.rounding import grouped
from gongjian.lib.unit_codes import uscc_fault

LONGEST_NAME = 120
LONGEST_CODE = 30
MOST = Decimal(10) ** 15  # 元; more is a slip of the unit
FACTORS = {"wan": Decimal(10_000), "yi": Decimal(100_000_000)}
AMOUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+(\.[0-9]*)?", re.ASCII)
ENDED = (Standing.TERMINATED, Standing.RELOCATED, Standing.SPLIT, Standing.MERGED)
NEXT = {
    Standing.SUSPENDED: (Standing.ACTIVE,),
    Standing.ACTIVE: (Standing.SUSPENDED,),
    Standing.TERMINATED: (Standing.ACTIVE, Standing.SUSPENDED),
    Standing.RELOCATED: (Standing.ACTIVE, Standing.SUSPENDED),
}


def check_can_read_projects(by: User) -> None:
    """Everybody who works on the plan sees which projects there are."""
    check_can_see_business(by)


def check_can_keep_project(by: User) -> None:
    """The office registers projects and changes what is said of them."""
    check_is_office(by)


def check_fits(name: str, code: str) -> None:
    """A project has a name, and both fit. Refused: project.no-name, project.too-long."""
    if not name.strip():
        raise Refused("project.no-name", _("请写项目名称，用备案或批复文件上的全称。"))
    for label, text, limit in (
        (_("项目名称"), name.strip(), LONGEST_NAME),
        (_("项目代码"), code, LONGEST_CODE),
    ):
        if len(text) > limit:
            raise Refused(
                "project.too-long",
                _("%(label)s最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
                % {"label": label, "limit": limit, "length": len(text)},
            )


def check_texts_fit(texts: dict[str, str], limits: dict[str, int]) -> None:
    """No text is longer than is kept of it, so that nothing is cut. Refused: project.too-long."""
    for label, text in texts.items():
        if len(text) > limits[label]:
            raise Refused(
                "project.too-long",
                _("%(label)s最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
                % {"label": label, "limit": limits[label], "length": len(text)},
            )


def check_codes(*, uscc: str, industry: str) -> None:
    """The codes of the entity and the industry are such. Refused: project.uscc, .industry."""
    if uscc and uscc_fault(uscc):
        raise Refused(
            "project.uscc",
            _("统一社会信用代码 %(code)s 的校验位对不上，请照营业执照核对。") % {"code": uscc},
        )
    if industry and not is_industry(industry):
        raise Refused(
            "project.industry",
            _("行业代码 %(code)s 不在国民经济行业分类里，写成门类字母加数字，例如 C1499。")
            % {"code": industry},
        )


def check_amounts(amounts: dict[str, Decimal | None]) -> None:
    """No amount is negative, none beyond what a county builds. Refused: project.sum."""
    for label, amount in amounts.items():
        if amount is not None and not 0 <= amount < MOST:
            raise Refused(
                "project.sum", _("%(label)s不对，请核对单位是万元还是亿元。") % {"label": label}
            )


def check_says_why(*, moved: bool, reason: str) -> None:
    """A planned date or a total that is moved is moved for a reason. Refused: project.no-reason."""
    if moved and not reason.strip():
        raise Refused("project.no-reason", _("改计划日期或总投资要写原因，预测和通报都会用到。"))


class ScaleSlip(Refused):
    """Sums that may be 万元 for 亿元 or the other way round: `others` holds the other reading of
    each, in 元, by the field."""

    def __init__(self, sentence: str, others: dict[str, Decimal]) -> None:
        super().__init__("project.scale", sentence)
        self.others = others


def check_scales(
    sums: dict[str, tuple[Decimal | None, Decimal | None]],
    labels: dict[str, str],
    *,
    sure: Collection[str],
) -> None:
    """A sum that becomes about ten thousand times what it was, or its part, is asked back once.

    `sums` are (before, after) in 元; `sure` names those that are right. Refused: project.scale.
    """
    others: dict[str, Decimal] = {}
    sentences = []
    for name, (old, new) in sums.items():
        if not old or not new or name in sure or not is_scale_slip(float(new), float(old)):
            continue
        said = {
            "label": labels[name],
            "old": grouped(old / FACTORS["wan"]),
            "new": grouped(new / FACTORS["wan"]),
        }
        others[name] = new * FACTORS["wan"] if new < old else new / FACTORS["wan"]
        sentences.append(
            _("%(label)s从 %(old)s 万元改成 %(new)s 万元，像是万元、亿元选错了。") % said
        )
    if others:
        raise ScaleSlip("".join(sentences), others)


def check_can_change_standing(
    project: Project, standing: Standing, *, by: User, day: date, reason: str, today: date
) -> None:
    """From one standing to another that follows it, for a reason, not ahead of its day.

    Refused: office.only, project.standing, project.no-reason, project.ahead.
    """
    check_can_keep_project(by)
    if project.standing not in NEXT.get(standing, ()):
        raise Refused(
            "project.standing",
            _("项目现在是“%(now)s”，不能改成“%(then)s”。")
            % {"now": project.get_standing_display(), "then": standing.label},
        )
    if not reason.strip():
        raise Refused("project.no-reason", _("暂停、恢复、终止、迁出都要写原因。"))
    if day > today:
        raise Refused("project.ahead", _("日期还没有到，到当天再办。"))


def check_is_going(project: Project) -> None:
    """What has ended takes no more facts. Refused: project.ended."""
    if project.standing in ENDED:
        raise Refused(
            "project.ended",
            _("项目“%(name)s”%(state)s，不能再填。")
            % {"name": project.name, "state": project.get_standing_display()},
        )


def check_can_carry_over(*, by: User, year: int, into: int, there: bool) -> None:
    """A project is carried into a later year, once. Refused: office.only, project.carried."""
    check_can_keep_project(by)
    if into <= year:
        raise Refused("project.carried", _("只能结转到以后的年度。"))
    if there:
        raise Refused("project.carried", _("这个项目已经在那一年的计划里了。"))


def check_can_type_again(held: TargetSource | None, reason: str) -> None:
    """Only what is counted is typed again, and the reason is kept.

    Refused: target.not-counted, target.no-reason.
    """
    if held is None or held.source == TargetSource.Source.REPORTED:
        raise Refused("target.not-counted", _("这个目标本来就由单位填报，不用改回。"))
    if not reason.strip():
        raise Refused("target.no-reason", _("改回单位填报要写原因，以后查得到。"))


def check_can_merge(kept: Project, gone: Project, *, by: User, reason: str) -> None:
    """Two projects of the register, both still going, and a reason. Refused: duplicate.*"""
    check_can_keep_project(by)
    if kept.pk == gone.pk:
        raise Refused("duplicate.same", _("请选两个不同的项目。"))
    check_is_going(kept)
    check_is_going(gone)
    if not reason.strip():
        raise Refused("duplicate.no-reason", _("写明凭什么认定（或排除）重复，以后查得到。"))


def investment_of(typed: str, unit: str, *, label: str = "") -> Decimal | None:
    """元 from what was typed in 万元 or 亿元; nothing typed is nothing known.

    Refused: project.sum, with the label of the field.
    """
    bare = typed.strip().replace("，", ",")  # not shown
    said = {"label": label or _("总投资")}
    if not bare:
        return None
    if not AMOUNT.fullmatch(bare) or unit not in FACTORS:
        raise Refused("project.sum", _("%(label)s写成数字，例如 6.2，再选万元或亿元。") % said)
    much = Refused("project.sum", _("%(label)s太大，请核对单位是万元还是亿元。") % said)
    try:
        amount = (Decimal(bare.replace(",", "")) * FACTORS[unit]).quantize(Decimal("0.01"))
    except InvalidOperation as endless:
        raise much from endless
    if amount >= MOST:
        raise much
    return amount
