"""What can be asked of judgements: the board, a verdict in words, lights as known on a day."""

from gongjian.flow.judgement.queries.board import (
    ActionLine,
    Board,
    TargetLine,
    board,
    verdict_history,
    verdicts_of,
)
from gongjian.flow.judgement.queries.judging import Judgement, judgements, pack_in_force
from gongjian.flow.judgement.queries.phrases import amount, percent_text, phrase_verdict

__all__ = [
    "ActionLine",
    "Board",
    "Judgement",
    "TargetLine",
    "amount",
    "board",
    "judgements",
    "pack_in_force",
    "percent_text",
    "phrase_verdict",
    "verdict_history",
    "verdicts_of",
]
