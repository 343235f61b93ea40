"""Names and kinds of the files of this room, and what every sheet prints."""

from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import issued_list
from gongjian.flow.plan.models import Campaign
from gongjian.interfaces.request import today

OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{OFFICE}.spreadsheetml.sheet"
DOCX = f"{OFFICE}.wordprocessingml.document"
KINDS = {"xlsx": XLSX, "docx": DOCX, "json": "application/json", "csv": "text/csv; charset=utf-8"}


def footing(who: str, campaign: Campaign | None) -> str:
    """截止日期、版本、导出人, as the list itself prints them."""
    issued = issued_list(campaign) if campaign is not None else None
    version = f"V{issued.number} {issued.doc_no}" if issued is not None else _("未印发")
    return _("截止日期：%(day)s　版本：%(version)s　导出人：%(who)s") % {
        "day": today().isoformat(),
        "version": version,
        "who": who,
    }
