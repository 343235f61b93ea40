"""What judging does: publish rules, light periods, and wrap the acts that move a light."""

from gongjian.flow.judgement.usecases.changes import approve_changes
from gongjian.flow.judgement.usecases.judging import (
    accept_report,
    freeze_period,
    judge_period,
    open_period,
)
from gongjian.flow.judgement.usecases.packs import publish_pack

__all__ = [
    "accept_report",
    "approve_changes",
    "freeze_period",
    "judge_period",
    "open_period",
    "publish_pack",
]
