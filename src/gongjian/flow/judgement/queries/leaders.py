"""What concerns a leader, and what a period was like before: cut-outs of the board."""

from dataclasses import replace
from datetime import date

from gongjian.flow.judgement.models import LightColour, Verdict
from gongjian.flow.judgement.queries.board import Board, board
from gongjian.flow.plan.models import Action
from gongjian.flow.plan.queries import campaign_of_year
from gongjian.foundation.orgs.models import Role, User


def board_led_by(reader: User, period: str, *, on: date) -> Board | None:
    """The board of the actions a leader answers for, all for the principal leader; else None."""
    campaign = campaign_of_year(int(period[:4]))
    keys = _actions_led_by(reader)
    if campaign is None or not keys:
        return None
    whole = board(campaign, period, on=on)
    lines = tuple(line for line in whole.actions if line.action.pk in keys)
    lights = {kind.value: sum(line.lights[kind] for line in lines) for kind in LightColour}
    return replace(whole, actions=lines, lights=lights)


def lights_before(period: str) -> dict[int, str]:
    """{target: light of the newest judged period before this one, in its year}. One query."""
    rows = (
        Verdict.objects.standing()
        .filter(period__key__lt=period, period__key__gte=period[:4])
        .order_by("period__key")
        .values_list("target", "light")
    )
    return dict(rows)


def _actions_led_by(reader: User) -> set[int]:
    actions = Action.objects.all()
    if Role.PRINCIPAL_LEADER not in reader.roles:
        if Role.COUNTY_LEADER not in reader.roles:
            return set()
        actions = actions.filter(lead_leader=reader.whose_hand.pk)
    return set(actions.values_list("pk", flat=True))
