"""What counts of a project, gathered for many at once: what its page and its line are made from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count

from gongjian.flow.projects.models import (
    AmountChange,
    DateChange,
    FundingSource,
    InvestmentMonth,
    ListMembership,
    MonthPlan,
    PermitItem,
    ProgressText,
    ProjectName,
    ProjectYear,
    RegisterChange,
    StageEvent,
    StageEvidence,
    StandingChange,
)
from gongjian.flow.projects.queries.amounts import months_of
from gongjian.flow.projects.queries.reached import ways_of
from gongjian.foundation.acceptance.models import State

Facts = dict[str, Any]  # what a JSON column holds: days and sums as text
Gathered = Mapping[int, list[list[Any]]]


def facts_of(keys: Sequence[int], *, known_at: datetime) -> dict[int, Facts]:
    """{project: all that counts of it}, of accepted rows only. Nineteen queries, however many.

    Units: 元 as decimal text; days as 2020-06-12, moments in ISO with their zone. Missing: null.
    """
    ways = ways_of(keys, known_at=known_at)
    months = months_of(keys, known_at=known_at)
    parts: dict[str, Gathered] = {
        "years": _rows(
            ProjectYear.objects.filter(project__in=keys).order_by("campaign__year", "pk"),
            "campaign", "plan_class", "plan_investment", "done_before", "carried_from",
        ),
        "plans": _rows(
            MonthPlan.objects.filter(project__in=keys, set_at__lte=known_at).order_by("number"),
            "month", "planned", "reason",
        ),
        "moves": _rows(
            DateChange.objects.filter(project__in=keys).order_by("pk"),
            "kind", "old", "old_precision", "new", "new_precision", "day", "reason",
            "by__display_name", "at",
        ),
        "totals": _rows(
            AmountChange.objects.filter(project__in=keys).order_by("pk"),
            "old", "new", "day", "reason", "by__display_name", "at",
        ),
        "said": _rows(
            RegisterChange.objects.filter(project__in=keys).order_by("pk"),
            "field", "old", "new", "day", "reason", "by__display_name", "at",
        ),
        "standings": _rows(
            StandingChange.objects.filter(project__in=keys).order_by("-pk"),
            "standing", "day", "reason", "basis", "expected_resume", "at",
        ),
        "lists": _rows(
            ListMembership.objects.filter(project__in=keys).order_by("pk"),
            "list__uid", "list__name", "valid_from", "valid_to", "entered__kind",
            "entered__doc_no", "entered__at", "left__doc_no", "left__at",
        ),
        "names": _rows(
            ProjectName.objects.filter(project__in=keys).order_by("valid_from"),
            "name", "valid_from", "valid_to",
        ),
        "funding": _rows(
            FundingSource.objects.filter(project__in=keys).order_by("pk"), "kind", "amount"
        ),
        "permits": _rows(
            PermitItem.objects.filter(project__in=keys).order_by("order"),
            "name", "department", "applicable", "plan_date", "applied_on", "done_on", "doc_no",
            "valid_until", "blocked_by", "file__name",
        ),
        "paid": _rows(
            InvestmentMonth.objects.filter(
                project__in=keys, state=State.ACCEPTED, accepted_at__lte=known_at
            ).order_by("accepted_at", "pk"),
            "uid", "month", "done", "early_cost", "arrived", "unit__short_name",
            "accepted_by__display_name", "accepted_at", "words", "corrects",
        ),
        "told": _rows(
            ProgressText.objects.filter(project__in=keys, at__lte=known_at).order_by("day", "pk"),
            "day", "words",
        ),
        "events": _events(keys, known_at),
    }  # fmt: skip
    return {
        key: {
            "way": {r.stage: r.day.isoformat() for r in ways.get(key, {}).values()},
            "months": {
                month: [_plain(m.done), _plain(m.stat_done), _plain(m.arrived),
                        _plain(m.early_cost)]
                for month, m in sorted(months.get(key, {}).items())
            },
            **{name: rows.get(key, []) for name, rows in parts.items()},
        }
        for key in keys
    }  # fmt: skip


def waiting_of(keys: Sequence[int]) -> dict[int, int]:
    """{project: rows of stages and money that are not accepted yet}. Two queries."""
    found: dict[int, int] = defaultdict(int)
    for model in (StageEvent, InvestmentMonth):
        rows = model._default_manager.filter(project__in=keys).exclude(state=State.ACCEPTED)
        for project, many in rows.order_by().values_list("project").annotate(many=Count("pk")):
            found[project] += many
    return found


def day_kept(text: str | None) -> date | None:
    """A day of the facts."""
    return date.fromisoformat(text) if text else None


def sum_kept(text: str | None) -> Decimal | None:
    """An amount of the facts, in 元."""
    return None if text is None else Decimal(text)


def moment_kept(text: str | None) -> datetime | None:
    """A moment of the facts."""
    return datetime.fromisoformat(text) if text else None


def _events(keys: Sequence[int], known_at: datetime) -> Gathered:
    """Accepted events with their proofs, corrections behind what they correct. Two queries."""
    events = StageEvent.objects.filter(
        project__in=keys, state=State.ACCEPTED, accepted_at__lte=known_at
    ).select_related("unit", "recogniser", "filled_by", "accepted_by", "corrects")
    ordered = sorted(events, key=lambda e: ((e.corrects or e).day, e.corrects_id or e.pk, e.pk))
    proofs: dict[int, list[list[str]]] = defaultdict(list)
    shown = StageEvidence.objects.filter(event__in=[event.pk for event in ordered])
    told = shown.order_by("pk").values_list("event", "title", "doc_no", "file__name")
    for key, title, doc_no, name in told:
        proofs[key].append([title, doc_no, name or ""])
    found: dict[int, list[list[Any]]] = defaultdict(list)
    for event in ordered:
        row = [
            event.uid, event.stage, event.day, event.state, event.level, event.unit.short_name,
            event.recogniser.short_name if event.recogniser else "",
            event.filled_by.display_name if event.filled_by else "",
            event.accepted_by.display_name if event.accepted_by else "",
            event.accepted_at, event.corrects_id is not None, event.void,
            event.correction_reason, proofs[event.pk],
        ]  # fmt: skip
        found[event.project_id].append([_plain(value) for value in row])
    return found


def _rows(found: Any, *columns: str) -> Gathered:
    """{project: its rows as lists of plain values}. One query."""
    rows: dict[int, list[list[Any]]] = defaultdict(list)
    for project, *values in found.values_list("project", *columns):
        rows[project].append([_plain(value) for value in values])
    return rows


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | str() | list():
            return value
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)


def keys_in_batches(keys: Iterable[int], size: int) -> Iterable[list[int]]:
    """The keys, so many at a time."""
    every = list(keys)
    for start in range(0, len(every), size):
        yield every[start : start + size]
