"""签约 → 立项 → 开工 → 到位 over a list as of a day, each step with its definition and its rows."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import FunnelStep, funnel, list_version
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.projects.money import money
from gongjian.interfaces.web.projects.rows.asked import ListAsked
from gongjian.interfaces.web.projects.rows.rates import number_shown
from gongjian.interfaces.web.projects.rows.tabs import tabs


@require_GET
@opens(check_can_read_projects)
@kept_until_written()
def funnel_page(request: PageRequest) -> HttpResponse:
    """How many are left at each step, what they cost, and what share went on."""
    asked = ListAsked.of(request.GET, campaign_in_force(today()), names=("list", "on"))
    context: dict[str, Any] = {"room_tabs": tabs(request.user, "funnel"), "asked": asked}
    if asked.listed is not None:
        steps = funnel(asked.listed, as_of=asked.day, known_at=now())
        most = max((step.count for step in steps), default=0)
        context |= {
            "version": list_version(asked.listed, asked.day),
            "steps": [_shown(step, most, asked) for step in steps],
        }
    return render(request, "projects/funnel.html", context)


def _shown(step: FunnelStep, most: int, asked: ListAsked) -> dict[str, Any]:
    rate = step.rate
    side = "below" if step.is_first else "above"
    return {
        "step": step,
        "width": f"{100 * step.count / most:.1f}" if most else "0",
        "amount": money(step.amount) if step.amount else "",
        "numerator": number_shown(rate, rate.numerator),
        "denominator": number_shown(rate, rate.denominator),
        "url": f"{reverse('rate', args=[rate.code])}?{asked.query}&side={side}",
    }
