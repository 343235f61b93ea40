"""How the units of each line answered, light enough to count over a whole list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from gongjian.flow.duties.models import DutyList
from gongjian.flow.duties.models.subjects import KINDS
from gongjian.flow.duties.queries.opinions import silent_or, standing_opinions
from gongjian.flow.duties.queries.sheets import Key

COLUMNS = (
    "line__uid",
    "unit__short_name",
    "answer",
    "due_at",
    "outcome",
    "better__short_name",
    "reason",
    *(f"line__{kind}" for kind in KINDS),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one unit said about one line: open, silent, claimed or objected."""

    unit: str
    state: str
    decided: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class LineReplies:
    """A line that was put to its units, with what they said."""

    uid: UUID
    replies: list[Reply] = field(default_factory=list)

    def names(self, *states: str) -> list[str]:
        """Who is in one of these states and waits for a decision, if it takes one."""
        return [one.unit for one in self.replies if one.state in states and not one.decided]

    @property
    def claimed(self) -> int:
        return sum(one.state == "claimed" for one in self.replies)

    @property
    def decided(self) -> int:
        return sum(one.decided for one in self.replies)

    @property
    def views(self) -> frozenset[str]:
        """Where the line is looked for: something to decide, to wait for, decided, all claimed."""
        found = {state for state in ("objected", "silent", "open") if self.names(state)}
        if self.claimed == len(self.replies):
            found.add("claimed")
        if self.decided:
            found.add("decided")
        return frozenset(found)


def line_replies(duties: DutyList, *, at: datetime) -> dict[Key, LineReplies]:
    """The replies to each line of a version, in its order. One query.

    What was only asked because of an objection is told under it and not counted here.
    """
    found: dict[Key, LineReplies] = {}
    first = standing_opinions(duties).filter(because_of__isnull=True)
    for row in first.values(*COLUMNS):
        told = found.setdefault(_key(row), LineReplies(row["line__uid"]))
        state = silent_or(row["answer"], row["due_at"], at=at)
        words = f"{row['better__short_name'] or ''}{row['reason']}"
        told.replies.append(Reply(row["unit__short_name"], state, bool(row["outcome"]), words))
    return found


def _key(row: Mapping[str, object]) -> Key:
    kinds: Sequence[str] = KINDS
    for kind in kinds:
        key = row[f"line__{kind}"]
        if isinstance(key, int):
            return kind, key
    raise LookupError("a line stands over something")
