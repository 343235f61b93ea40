"""The rows of the desk: what waits for the reader, as its page names them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.judgement.queries import DeskItem, goal
from gongjian.flow.progress.queries import Beginning, ReportRow, UnitGap
from gongjian.interfaces.web.progress.rows import code_of
from gongjian.interfaces.web.tags import moment

LIGHT_ORDER = ("red", "yellow")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to fill in, with what the reviewer said where it came back."""

    name: str
    url: str
    code: str
    target: str
    light: str
    note: str
    last: str
    tag: str
    tone: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Review:
    """One thing to check, confirm or accept."""

    name: str
    url: str
    unit: str
    last: str
    value: str
    light: str
    after: str
    hint: str
    evidence: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Silent:
    """One unit that still owes figures."""

    unit: str
    due: int
    done: int
    missing: int
    lights: str
    url: str


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that has been sent in."""

    name: str
    url: str
    words: str
    label: str
    tone: str


def fill_item(item: DeskItem) -> Item:
    """A report to fill in or to mend."""
    row, preview = item.desk.row, item.preview
    touched = row.value is not None or row.evidence > 0
    tag, tone = (_("更正"), "y") if row.correction else (_("有草稿"), "a") if touched else ("", "")
    return Item(
        name=row.subject,
        url=reverse("report", args=[row.uid]),
        code=code_of(row.kind, row.code),
        target=goal_words(item),
        light=preview.before if preview else "",
        note="",
        last=_("上期 %(value)s") % {"value": preview.before_value}
        if preview and preview.before_value
        else "",
        tag=tag,
        tone=tone,
        reason=row.return_reason,
        by=row.returned_by,
        at=row.returned_at,
    )


def goal_words(item: DeskItem) -> str:
    """What is aimed at: 目标 ≥60 个, or that the report is in words."""
    if item.target is None:
        return _("用文字报进展")
    return _("目标 %(goal)s") % {"goal": goal(item.target)}


def review_item(item: DeskItem, *, at: datetime) -> Review:
    """A report that waits for the reader's decision."""
    row, preview = item.desk.row, item.preview
    return Review(
        name=row.subject,
        url=reverse("report_check", args=[row.uid]),
        unit=row.unit,
        last=preview.before_value if preview else "",
        value=preview.value if preview else _("文字"),
        light=preview.before if preview else "",
        after=preview.light if preview else "",
        hint=_("；").join(item.doubts),
        evidence=_("%(n)s 份") % {"n": row.evidence} if row.evidence else _("无"),
        waiting=waiting_words(row.filled_at, at),
    )


def waiting_words(since: datetime | None, at: datetime) -> str:
    """How long something has waited, in whole hours or days; shown to the one who is waited for."""
    if since is None:
        return ""
    hours = int((at - since).total_seconds() // 3600)
    if hours < 1:
        return _("不到 1 小时")
    if hours < 24:
        return _("%(n)s 小时") % {"n": hours}
    return _("%(n)s 天") % {"n": hours // 24}


def done_item(row: ReportRow) -> Done:
    """A report that was sent in."""
    accepted = row.state == "accepted"
    return Done(
        name=row.subject,
        url=reverse("report_check", args=[row.uid]),
        words=_("%(when)s 报送") % {"when": moment(row.filled_at)},
        label=row.state_label,
        tone="g" if accepted else "",
    )


def silent_row(gap: UnitGap, lights: dict[int, str], url: str) -> Silent:
    """A unit with what it owes; `lights` are those of the period before, `url` shows them all."""
    kinds = [lights.get(target, "") for target in gap.targets]
    words = {"red": _("红"), "yellow": _("黄")}
    counts = [f"{words[kind]} {kinds.count(kind)}" for kind in LIGHT_ORDER if kind in kinds]
    return Silent(gap.unit, gap.due, gap.done, gap.missing, _("、").join(counts), url)


@dataclass(frozen=True, slots=True)
class Begin:
    """A task or milestone to report on, with the key that lets it begin once."""

    title: str
    code: str
    due: date
    url: str
    key: UUID


def begin_item(found: Beginning) -> Begin:
    url = reverse(f"report_begin_{found.kind}", args=[found.uid])
    return Begin(found.title, code_of(found.kind, found.code), found.due, url, uuid4())


def doubtful(items: Iterable[DeskItem]) -> int:
    return sum(bool(item.doubts) for item in items)


def shown_reviews(items: Sequence[DeskItem], which: str) -> list[DeskItem]:
    """All of them, the doubtful ones, those whose light would turn, or the rest."""
    return {
        "doubt": [item for item in items if item.doubts],
        "turn": [item for item in items if item.turns],
        "rest": [item for item in items if not item.doubts and not item.turns],
    }.get(which, list(items))
