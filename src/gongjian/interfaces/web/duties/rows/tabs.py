"""The pages of the room beside each other, all of one year."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import own_leading_post, waiting_asks
from gongjian.flow.duties.rules import check_can_see_asks, check_can_see_loads
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaigns
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import now, today, why_not

Tab = tuple[str, str, int | None, bool]


def year_of(campaign: Campaign | None) -> str:
    """What an address of this room ends with, so that the year goes on with the reader."""
    return f"?year={campaign.year}" if campaign is not None else ""


def room(
    reader: User, current: str, campaign: Campaign | None, *, years_at: str = ""
) -> dict[str, Any]:
    """What duties/parts/tabs.html names; another year is looked at on the page `years_at`."""
    years = campaigns()
    return {
        "room_tabs": _tabs(reader, current, year_of(campaign)),
        "year": campaign.year if campaign is not None else "",
        "years": [(one.year, years_at + year_of(one), one == campaign) for one in years]
        if len(years) > 1
        else [],
    }


def _tabs(reader: User, current: str, year: str) -> list[Tab]:
    """Those a reader may open; a unit sees first how much it is asked."""
    names = [
        ("duties", _("责任清单")),
        ("duty_lists", _("版本与征求意见")),
        ("coverage", _("覆盖情况")),
        ("forces", _("专班")),
        ("handovers", _("换岗交接")),
    ]
    shown: list[Tab] = [
        (label, reverse(name) + year, None, name == current) for name, label in names
    ]
    if not why_not(check_can_see_loads, reader):
        shown.append((_("领导包联"), reverse("loads") + year, None, current == "loads"))
    if own := own_leading_post(reader, on=today()):
        sheet = reverse("leader", args=[own]) + year
        shown.append((_("我的包联"), sheet, None, current == "leader"))
    if not why_not(check_can_see_asks, reader):
        count = waiting_asks(reader, at=now())
        asks = (_("征求本单位意见"), reverse("asks") + year, count, current == "asks")
        shown.insert(0 if count else len(shown), asks)
    return shown
