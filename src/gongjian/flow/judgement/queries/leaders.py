"""What concerns a leader, and what a period was like before: cut-outs of the board."""

from dataclasses import replace
from datetime import date

from gongjian.flow.duties.queries import actions_led_by
from gongjian.flow.judgement.models import LightColour, Verdict
from gongjian.flow.judgement.queries.board import Board, board
from gongjian.flow.plan.queries import campaign_of_year
from gongjian.foundation.orgs.models import User


def board_led_by(reader: User, period: str, *, on: date) -> Board | None:
    """The board of the actions a leader answers for, all for the principal leader; else None."""
    campaign = campaign_of_year(int(period[:4]))
    keys = actions_led_by(reader, on=on)
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
