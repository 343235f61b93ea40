"""What can be asked of judgements: the board, a verdict in words, lights as known on a day."""

from gongjian.flow.judgement.queries.board import (
    ActionLine,
    Board,
    TargetLine,
    board,
    target_line,
    verdict_history,
    verdicts_of,
)
from gongjian.flow.judgement.queries.chains import (
    Chain,
    ChainAnswer,
    ChainRow,
    Sum,
    TagBoardRow,
    superior_chain,
    tag_board,
)
from gongjian.flow.judgement.queries.changes import (
    BoardChanges,
    Turn,
    board_changes,
)
from gongjian.flow.judgement.queries.doubts import doubts_of
from gongjian.flow.judgement.queries.filters import PlanFilter
from gongjian.flow.judgement.queries.judging import (
    Judgement,
    is_pack_published,
    judgements,
    pack_in_force,
)
from gongjian.flow.judgement.queries.leaders import board_led_by, lights_before
from gongjian.flow.judgement.queries.phrases import (
    LEVELS,
    amount,
    goal,
    percent_text,
    phrase_verdict,
    points,
    shown,
)
from gongjian.flow.judgement.queries.previews import Preview, preview_verdict, preview_verdicts
from gongjian.flow.judgement.queries.reviews import (
    DeskItem,
    ReportJudged,
    desk_items,
    judged_report,
    target_row_of,
)
from gongjian.flow.judgement.queries.tree import (
    ActionHead,
    NodeBelow,
    TreeLine,
    TreePage,
    line_of_target,
    tree_page,
)

__all__ = [
    "LEVELS",
    "ActionHead",
    "ActionLine",
    "Board",
    "BoardChanges",
    "Chain",
    "ChainAnswer",
    "ChainRow",
    "DeskItem",
    "Judgement",
    "NodeBelow",
    "PlanFilter",
    "Preview",
    "ReportJudged",
    "Sum",
    "TagBoardRow",
    "TargetLine",
    "TreeLine",
    "TreePage",
    "Turn",
    "amount",
    "board",
    "board_changes",
    "board_led_by",
    "desk_items",
    "doubts_of",
    "goal",
    "is_pack_published",
    "judged_report",
    "judgements",
    "lights_before",
    "line_of_target",
    "pack_in_force",
    "percent_text",
    "phrase_verdict",
    "points",
    "preview_verdict",
    "preview_verdicts",
    "shown",
    "superior_chain",
    "tag_board",
    "target_line",
    "target_row_of",
    "tree_page",
    "verdict_history",
    "verdicts_of",
]
