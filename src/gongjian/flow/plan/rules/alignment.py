"""Tasks from above and what answers them: not more than asked without a reason, and not less."""

from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import SuperiorTask
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.lib.refusals import Refused


def check_can_align(by: User) -> None:
    """The office says which of ours answers what."""
    check_is_office(by)


def check_can_keep_superior(by: User) -> None:
    """The office keeps the tasks from above."""
    check_is_office(by)


def check_alignment(superior: SuperiorTask, campaign_id: int, share: Decimal | None) -> None:
    """Of one plan, with a share that is a part. Refused: alignment.other-plan, alignment.share."""
    if superior.campaign_id != campaign_id:
        raise Refused("alignment.other-plan", _("上级任务和这一条不在同一个攻坚年。"))
    if share is not None and not 0 < share <= 1:
        raise Refused("alignment.share", _("承接份额在 0 到 100% 之间，例如填 60%。"))


def check_not_piled_up(sentences: list[str], reason: str) -> None:
    """More or earlier than asked only with a reason. Refused: alignment.piled-up."""
    if sentences and not reason.strip():
        raise Refused(
            "alignment.piled-up",
            _("%(why)s要承接，请写明原因，避免层层加码。") % {"why": "".join(sentences)},
        )
