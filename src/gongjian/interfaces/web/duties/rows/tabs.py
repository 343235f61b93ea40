"""The pages of the room beside each other."""

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import own_leading_post, waiting_asks
from gongjian.flow.duties.rules import check_can_see_asks, check_can_see_loads
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import now, today, why_not

Tab = tuple[str, str, int | None, bool]


def tabs(reader: User, current: str) -> list[Tab]:
    """Those a reader may open; a unit sees first how much it is asked."""
    names = [
        ("duties", _("责任清单")),
        ("duty_lists", _("版本与征求意见")),
        ("coverage", _("覆盖情况")),
        ("forces", _("专班")),
        ("handovers", _("换岗交接")),
    ]
    shown: list[Tab] = [(label, reverse(name), None, name == current) for name, label in names]
    if not why_not(check_can_see_loads, reader):
        shown.append((_("领导包联"), reverse("loads"), None, current == "loads"))
    if own := own_leading_post(reader, on=today()):
        shown.append((_("我的包联"), reverse("leader", args=[own]), None, current == "leader"))
    if not why_not(check_can_see_asks, reader):
        count = waiting_asks(reader, at=now())
        asks = (_("征求本单位意见"), reverse("asks"), count, current == "asks")
        shown.insert(0 if count else len(shown), asks)
    return shown
