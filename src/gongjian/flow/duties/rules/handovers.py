"""Who signs a handover, and who reads it."""

from django.utils.translation import gettext as _

from gongjian.flow.duties.models import Handover
from gongjian.flow.duties.rules.assigning import check_short
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows, check_acts_in_person
from gongjian.lib.refusals import Refused

SIDES = ("given", "received")


def check_can_see_handover(handover: Handover, *, by: User) -> None:
    """The office, and the two who hand over and take over."""
    if allows(KEEP_OFFICE, by) or by.pk in _accounts(handover).values():
        return
    raise Refused("handover.not-yours", _("交接清单只有交接双方和攻坚办能看。"))


def check_can_sign(handover: Handover, side: str, *, paper: str, by: User) -> None:
    """Each side signs once; who has no account signs on paper and the office enters it."""
    if side not in SIDES:
        raise Refused("handover.side", _("请选是移交人签，还是接手人签。"))
    if getattr(handover, f"{side}_at") is not None:
        raise Refused("handover.signed", _("这一方已经签过了。请刷新页面。"))
    if _accounts(handover)[side] == by.pk:
        check_acts_in_person(by)
        return
    if not allows(KEEP_OFFICE, by):
        raise Refused("handover.not-yours", _("交接清单由移交人和接手人本人签，你不能代签。"))
    if not paper.strip():
        raise Refused(
            "handover.no-paper", _("攻坚办代录签收要写纸质签字件的编号或名称，原件留存备查。")
        )
    check_short(paper, _("签字件"), limit=120)


def _accounts(handover: Handover) -> dict[str, int | None]:
    giver, receiver = handover.giver, handover.receiver
    return {
        "given": giver.account_id if giver else None,
        "received": receiver.account_id if receiver else None,
    }
