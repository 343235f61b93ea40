"""The rights of this room, by role; how the table is read: foundation/orgs/rules/rights.py."""

from django.utils.translation import gettext_lazy as _

from gongjian.foundation.orgs.models import Role
from gongjian.foundation.orgs.rules import ALL, OWN, right

ANSWER_ASKS = right(
    "duties.answer",
    _("答复责任清单的征求意见"),
    {
        Role.UNIT_APPROVER: OWN,
        Role.LEAD_UNIT: OWN,
        Role.TOWNSHIP: OWN,
        Role.CAMPAIGN_OFFICE: ALL,
    },
)
SEE_ASKS = right(
    "duties.see-asks",
    _("看本单位收到的征求意见"),
    dict.fromkeys((Role.UNIT_REPORTER, Role.UNIT_APPROVER, Role.LEAD_UNIT, Role.TOWNSHIP), OWN),
)
SIGN_LISTS = right("duties.sign", _("签发责任清单"), {Role.PRINCIPAL_LEADER: ALL})
