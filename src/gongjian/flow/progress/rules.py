"""What may be done with reports and periods, and by whom."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Period, Report
from gongjian.foundation.acceptance import rules as acceptance
from gongjian.foundation.acceptance.rules import Sides
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import (
    allows,
    check_can_open_past,
    check_can_see_business,
    check_is_office,
)
from gongjian.lib.refusals import Refused
from gongjian.lib.rounding import written

SIGNED = frozenset({Target.Kind.GROWTH, Target.Kind.RATE})
FIGURE = re.compile(r"[+-]?([0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?|[0-9]+\.?[0-9]*|\.[0-9]+)")
MINUS = "\N{MINUS SIGN}"


def check_can_see_reports(by: User) -> None:
    """Reports are read by those who work on the plan; whose, says visible_to."""
    check_can_see_business(by)


def check_can_open_unaccepted(by: User, *, reason: str | None = None) -> None:
    """The office may open another unit's unaccepted report in one case, with a reason."""
    check_can_open_past(acceptance.READ_UNACCEPTED, by=by, reason=reason)


def check_can_keep_periods(by: User) -> None:
    """The office opens periods and, where it must, closes them."""
    check_is_office(by)


def check_can_open_period(period: Period, *, at: datetime) -> None:
    """A period opens once, not before its day."""
    if period.opened_at is not None:
        raise Refused("period.open", _("%(key)s 期已经开放填报。") % {"key": period.key})
    if at < period.opens_at:
        raise Refused("period.early", _("还没到 %(key)s 期的开放时间。") % {"key": period.key})


def check_can_freeze(period: Period, *, at: datetime) -> None:
    """A period freezes at its hour, once."""
    if period.frozen_at is not None:
        raise Refused("period.frozen", _("%(key)s 期已经冻结。") % {"key": period.key})
    if at < period.freezes_at:
        raise Refused(
            "period.not-due", _("%(key)s 期还没到冻结时间，不能提前冻结。") % {"key": period.key}
        )


def check_is_open(report: Report, *, at: datetime) -> None:
    """Before the freeze reports move; after it only corrections do."""
    period = report.period
    if report.corrects_id is not None:
        return
    if period.frozen_at is not None or at >= period.freezes_at:
        raise Refused(
            "report.frozen",
            _("%(key)s 期已经冻结，只能更正。请点“更正”，写明理由。") % {"key": period.key},
        )


def check_has_a_lead(sides: Sides) -> None:
    """A task or milestone is reported on by its lead unit; without one by nobody."""
    if sides.lead is None:
        raise Refused(
            "report.no-lead", _("这一项还没有确认牵头单位，不能填报。请攻坚办先确认责任。")
        )


FIVE = {
    "goal": gettext_lazy("任务（目标值）"),
    "duty": gettext_lazy("牵头单位"),
    "measure": gettext_lazy("工作措施"),
    "time": gettext_lazy("完成时限"),
    "check": gettext_lazy("口径（怎样算完成）"),
}


def check_five_are_set(missing: Sequence[str]) -> None:
    """What lacks one of the 五定 is not opened for reporting; the sentence says what."""
    if missing:
        raise Refused(
            "report.five",
            _("这一项还没有%(what)s，五定不全，不能填报。请攻坚办在责任或计划里补齐。")
            % {"what": _("、").join(str(FIVE[name]) for name in missing)},
        )


def check_can_save(report: Report, *, by: User, sides: Sides, at: datetime) -> None:
    """A draft is saved by who may send it in."""
    check_is_open(report, at=at)
    acceptance.check_can_fill(report, by=by, sides=sides)


def check_is_as_counted(value: Decimal | None, *, counted: Decimal | None) -> None:
    """A figure that is counted from the projects is not typed. `counted` None: it is typed.

    Refused: report.counted.
    """
    if counted is not None and value is not None and value != counted:
        raise Refused(
            "report.counted",
            _(
                "这个数由项目台账累计，现在是 %(counted)s，不用填，也改不了。"
                "要改，请改项目的阶段或月度数。"
            )
            % {"counted": written(counted)},
        )


def check_can_submit(
    report: Report, *, by: User, sides: Sides, evidence: int, counted: bool = False, at: datetime
) -> None:
    """A report goes in with a figure and with something to show for it.

    Behind a counted figure stand the projects, each with its own evidence.
    """
    check_can_save(report, by=by, sides=sides, at=at)
    if report.target_id is not None and report.value is None:
        raise Refused("report.no-value", _("还没有填累计完成数。确实没有进展就填 0，空着不算 0。"))
    if report.target_id is None and not report.words.strip():
        raise Refused("report.no-words", _("还没有写进展。写一句做到了哪一步。"))
    if evidence == 0 and not counted:
        raise Refused("report.no-evidence", _("还没有佐证材料。填一个可查的文号，或传一份文件。"))


def check_can_decide(report: Report, *, at: datetime) -> None:
    """Checking, confirming, accepting and returning end at the freeze, too."""
    check_is_open(report, at=at)


def check_can_correct(report: Report, *, by: User, sides: Sides, reason: str) -> None:
    """After the freeze the filling unit may correct, with a reason; one correction at a time."""
    if not allows(acceptance.FILL, by, unit=sides.filler):
        raise Refused(
            "report.not-your-correction",
            _("更正由%(unit)s的填报人提出。") % {"unit": sides.filler},
        )
    if report.period.frozen_at is None:
        raise Refused("report.not-frozen", _("这一期还没有冻结，直接修改即可，不用更正。"))
    if not reason.strip():
        raise Refused("report.correction-no-reason", _("更正要写理由，通报里会列出。"))


def check_evidence(*, doc_no: str, title: str, has_file: bool) -> None:
    """Evidence is a number that can be looked up, or a file; a photo is never demanded."""
    if not doc_no.strip() and not has_file:
        raise Refused("evidence.empty", _("佐证要有文号或文件，二者有一即可。照片不是必填。"))
    if not title.strip():
        raise Refused("evidence.no-title", _("写一下这份佐证是什么，例如“6月份项目签约清单”。"))


def check_bears_no_mark(*, mark: str | None) -> None:
    """No classified file stands behind a report. The sentence repeats none of its words."""
    if mark:
        raise Refused(
            "evidence.classified",
            _("文件首页标有密级，已拒收，内容和文件名都没有保存。只填可公开的文号即可。"),
        )


def value_typed(
    text: str, *, kind: str = Target.Kind.FLOW, factor: Decimal, decimals: int
) -> Decimal | None:
    """A typed figure in base units; None where nothing was typed. Refused: report.value.

    Only a growth or a rate may be negative; only what is counted in pieces refuses a fraction.
    """
    # NFKC turns the full-width digits, point, comma and sign of a Chinese keyboard into plain ones.
    bare = unicodedata.normalize("NFKC", text).strip().replace(MINUS, "-")
    if not bare:
        return None
    if not FIGURE.fullmatch(bare):
        raise Refused(
            "report.value", _("“%(text)s”不是数字。只填数，不带单位，例如 58。") % {"text": text}
        )
    value = Decimal(bare.replace(",", ""))
    if abs(value * factor) >= Decimal(10) ** 16:
        raise Refused("report.value", _("这个数太大了，请核对单位。"))
    if value < 0 and kind not in SIGNED:
        raise Refused("report.value", _("累计完成数不会小于 0。要改小以前的数，请走更正。"))
    if decimals == 0 and factor == 1 and value != round(value):
        raise Refused("report.value", _("这个指标按整数计，不能有小数。"))
    return value * factor
