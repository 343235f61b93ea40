"""What changed on the board since the period before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongjian.flow.judgement.models import LightColour
from gongjian.flow.judgement.queries.board import ActionLine, Board, TargetLine

SEVERITY = {LightColour.RED: 0, LightColour.YELLOW: 1, LightColour.GREEN: 2}


@dataclass(frozen=True, slots=True)
class Turn:
    """A light that is another one than before; better: it is less severe."""

    before: str
    now: str

    @property
    def better(self) -> bool:
        return SEVERITY[LightColour(self.now)] > SEVERITY[LightColour(self.before)]


@dataclass(frozen=True, slots=True)
class BoardChanges:
    """The turns of a board: by key of action and of target, and the lists of them."""

    actions: dict[int, Turn]
    targets: dict[int, Turn]
    better: tuple[TargetLine, ...]
    worse: tuple[TargetLine, ...]
    made_good: tuple[TargetLine, ...]


def board_changes(now: Board, before: Board | None) -> BoardChanges:
    """What turned between two boards.

    A light that was or is grey has not turned, nor has an action of which a target is still grey.
    """
    earlier_actions = {line.action.pk: line for line in before.actions} if before else {}
    earlier = {line.target.pk: line for line in before.targets} if before else {}
    settled = [line for line in now.actions if not line.lights[LightColour.GREY]]
    actions = dict(_turns(settled, earlier_actions))
    targets = dict(_turns(now.targets, earlier))
    return BoardChanges(
        actions=actions,
        targets=targets,
        better=tuple(x for x in now.targets if _is(targets.get(x.target.pk), better=True)),
        worse=tuple(x for x in now.targets if _is(targets.get(x.target.pk), better=False)),
        made_good=tuple(line for line in now.targets if line.made_good),
    )


def _turns(
    lines: Sequence[ActionLine | TargetLine], earlier: Mapping[int, ActionLine | TargetLine]
) -> Iterator[tuple[int, Turn]]:
    for line in lines:
        key = _key(line)
        before = earlier.get(key)
        if before is None or not SEVERITY.keys() >= {line.light, before.light}:
            continue
        if before.light != line.light:
            yield key, Turn(before.light, line.light)


def _key(line: ActionLine | TargetLine) -> int:
    return line.action.pk if isinstance(line, ActionLine) else line.target.pk


def _is(turn: Turn | None, *, better: bool) -> bool:
    return turn is not None and turn.better is better
