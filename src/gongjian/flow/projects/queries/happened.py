"""What is known to have happened to the projects of a campaign, beside what a ledger tells."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import itemgetter

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    InvestmentMonth,
    ProgressText,
    Project,
    StageEvent,
)
from gongjian.flow.projects.queries.amounts import Months, months_of
from gongjian.flow.projects.queries.reached import stages_gone_through
from gongjian.foundation.acceptance.models import State

OPEN = (State.DRAFT, State.RETURNED)


@dataclass(slots=True)
class Happened:
    """Of one project: stages by day, those sent back, its months of the year, the newest words."""

    way: dict[str, date] = field(default_factory=dict)
    returned: set[tuple[str, date]] = field(default_factory=set)
    accepted: dict[str, Decimal] = field(default_factory=dict)  # by figure, of the year
    known: dict[str, Decimal] = field(default_factory=dict)  # with what waits for acceptance
    months: set[str] = field(default_factory=set)  # that somebody reported
    words: str = ""


def known_facts(campaign: Campaign, *, known_at: datetime) -> dict[int, Happened]:
    """{project: what is known of it}. Nine queries, however many."""
    keys = list(Project.objects.filter(years__campaign=campaign).values_list("pk", flat=True))
    found: dict[int, Happened] = defaultdict(Happened)
    for key, way in stages_gone_through(keys, known_at=known_at).items():
        found[key].way = way
    sent_back = StageEvent.objects.filter(project__in=keys, state__in=OPEN)
    for key, stage, day in sent_back.values_list("project", "stage", "day"):
        found[key].returned.add((stage, day))
    first, last = f"{campaign.year}-01", f"{campaign.year}-12"
    _add_money(found, months_of(keys, known_at=known_at, since=first, upto=last))
    told = InvestmentMonth.objects.filter(project__in=keys, month__gte=first, month__lte=last)
    rows = told.filter(corrects__isnull=True).values_list(
        "project", "month", "state", "done", "stat_done"
    )
    for key, month, state, done, stat_done in rows:
        found[key].months.add(month)
        if state != State.ACCEPTED and state not in OPEN:
            _add(found[key].known, done=done, stat_done=stat_done)
    for key, texts in progress_texts(keys, known_at=known_at).items():
        found[key].words = texts[-1][1]
    return found


def _add_money(found: dict[int, Happened], months: Months) -> None:
    for key, of_month in months.items():
        for money in of_month.values():
            for sums in (found[key].accepted, found[key].known):
                _add(sums, done=money.done, stat_done=money.stat_done)


def _add(sums: dict[str, Decimal], **amounts: Decimal | None) -> None:
    for name, amount in amounts.items():
        if amount is not None:
            sums[name] = sums.get(name, Decimal(0)) + amount


def progress_texts(
    projects: Iterable[int], *, known_at: datetime
) -> dict[int, list[tuple[str, str]]]:
    """{project: (month, 形象进度), the newest last}: of accepted months, and as ledgers told it.

    A text of a day of the month is newer than that of the month. Two queries.
    """
    keys = list(projects)
    rows = InvestmentMonth.objects.filter(
        project__in=keys, state=State.ACCEPTED, accepted_at__lte=known_at
    ).exclude(words="")
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for key, month, words in rows.order_by("month", "accepted_at", "pk").values_list(
        "project", "month", "words"
    ):
        found[key].append((month, words))
    told = ProgressText.objects.filter(project__in=keys, at__lte=known_at).order_by("day", "pk")
    for key, day, words in told.values_list("project", "day", "words"):
        found[key].append((f"{day:%Y-%m}", words))
    return {key: sorted(texts, key=itemgetter(0)) for key, texts in found.items()}
