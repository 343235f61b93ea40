"""Who may keep projects, and what a project must say of itself."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_can_see_business, check_is_office
from gongjian.lib.refusals import Refused

LONGEST_NAME = 120
LONGEST_CODE = 30
MOST = Decimal(10) ** 15  # 元; more is a slip of the unit
FACTORS = {"万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
AMOUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+(\.[0-9]*)?", re.ASCII)


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


def investment_of(typed: str, unit: str) -> Decimal | None:
    """元 from what was typed in 万元 or 亿元; nothing typed is nothing known.

    Refused: project.sum.
    """
    bare = typed.strip().replace("，", ",")
    if not bare:
        return None
    if not AMOUNT.fullmatch(bare) or unit not in FACTORS:
        raise Refused("project.sum", _("总投资写成数字，例如 6.2，再选万元或亿元。"))
    try:
        amount = (Decimal(bare.replace(",", "")) * FACTORS[unit]).quantize(Decimal("0.01"))
    except InvalidOperation as endless:
        raise Refused("project.sum", _("总投资太大，请核对单位是万元还是亿元。")) from endless
    if amount >= MOST:
        raise Refused("project.sum", _("总投资太大，请核对单位是万元还是亿元。"))
    return amount
