"""What may be said of many projects at once, and of which of them."""

from datetime import date

from django.utils.translation import gettext as _

from gongjian.flow.projects.models import BulkChange, Project
from gongjian.flow.projects.rules.register import ENDED, check_can_keep_project
from gongjian.foundation.orgs.models import User
from gongjian.lib.refusals import Refused

Field = BulkChange.Field
LONGEST_REASON = 300
MOST_AT_ONCE = 300
REACHED = {Field.START: "started", Field.FINISH: "completed"}


def check_can_change_in_bulk(*, by: User, many: int, reason: str) -> None:
    """The office, some rows and not too many, with a reason that is kept.

    Refused: office.only, bulk.none, bulk.too-many, bulk.no-reason, bulk.reason-long.
    """
    check_can_keep_project(by)
    if not many:
        raise Refused("bulk.none", _("还没有勾选项目。请回台账勾选，再批量改。"))
    if many > MOST_AT_ONCE:
        raise Refused(
            "bulk.too-many",
            _("一次最多改 %(most)s 个项目，现在选了 %(many)s 个。请分几次改。")
            % {"most": MOST_AT_ONCE, "many": many},
        )
    if not reason.strip():
        raise Refused("bulk.no-reason", _("请写批量改的原因，每个项目的日志都会指向它。"))
    if len(reason.strip()) > LONGEST_REASON:
        raise Refused(
            "bulk.reason-long",
            _("原因最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
            % {"limit": LONGEST_REASON, "length": len(reason.strip())},
        )


def check_can_change_one(
    project: Project, field: str, value: object, *, reached: frozenset[str]
) -> None:
    """One row of many: it goes on, its date is still ahead, it does not end before it begins.

    Refused: bulk.ended, bulk.reached, bulk.order.
    """
    if project.standing in ENDED:
        raise Refused(
            "bulk.ended", _("已%(state)s，不能改") % {"state": project.get_standing_display()}
        )
    stage = REACHED.get(Field(field))
    if stage in reached:
        said = {"label": Field(field).label}
        raise Refused("bulk.reached", _("已经办到了，%(label)s不再改") % said)
    start = value if field == Field.START else project.planned_start
    finish = value if field == Field.FINISH else project.planned_finish
    if not isinstance(value, date) or not isinstance(start, date) or not isinstance(finish, date):
        return
    if finish < start:
        raise Refused(
            "bulk.order",
            _("竣工（%(finish)s）会早于开工（%(start)s）")
            % {"finish": finish.isoformat(), "start": start.isoformat()},
        )
