"""Who says that a figure which was asked back is right."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Role, User
from gongjian.foundation.orgs.rules import ALL, OWN, allows, right
from gongjian.lib.refusals import Refused

ANSWER_DOUBTS = right(
    "doubts.answer",
    gettext_lazy("说明存疑的数"),
    {
        Role.UNIT_REPORTER: OWN,
        Role.UNIT_APPROVER: OWN,
        Role.LEAD_UNIT: OWN,
        Role.TOWNSHIP: OWN,
        Role.CAMPAIGN_OFFICE: ALL,
    },
)


def check_can_answer_doubt(project: Project, *, by: User, reason: str) -> None:
    """The unit that reports on a project, or the office, with a reason.

    Refused: doubt.not-yours, doubt.no-reason.
    """
    unit = project.filler or project.township
    if not allows(ANSWER_DOUBTS, by, unit=unit):
        raise Refused("doubt.not-yours", _("这个数由项目的填报单位或攻坚办说明。"))
    if not reason.strip():
        raise Refused("doubt.no-reason", _("写明为什么这个数是对的，以后查得到。"))
