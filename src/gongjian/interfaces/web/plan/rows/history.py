"""The way of one target so far: its periods, and what was corrected after a freeze."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.judgement.queries import amount, percent_text, phrase_verdict
from gongjian.flow.plan.models import Target
from gongjian.flow.plan.queries import TargetRow
from gongjian.flow.progress.queries import Figure, figure_history, restated_figures
from gongjian.interfaces.web.plan.rows.words import report_url


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period of a target: what was accepted, what was due, the light and why."""

    period: str
    actual: str
    url: str
    expected: str
    rate: str
    light: str
    note: str
    sentence: str
    level: str
    accepted_by: str
    accepted_at: datetime | None
    correction: bool


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A corrected figure: old beside new."""

    period: str
    was: str
    now: str
    reason: str
    by: str
    at: datetime | None
    url: str


def periods_of(target: Target, row: TargetRow, history: Sequence[Verdict]) -> list[PeriodLine]:
    """Newest period first; a period that was judged without a figure says 未报."""
    figures = {figure.period: figure for figure in figure_history(target)}
    verdicts = {verdict.period.key: verdict for verdict in history}
    lines = []
    for key in sorted(figures.keys() | verdicts.keys(), reverse=True):
        figure, verdict = figures.get(key), verdicts.get(key)
        numbers: Mapping[str, Any] = verdict.numbers if verdict else {}
        said = phrase_verdict(row, int(key[5:]), verdict.rule, numbers) if verdict else ""
        lines.append(
            PeriodLine(
                period=key,
                actual=amount(figure.value, row) if figure else "",
                url=report_url(figure.report_uid) if figure else "",
                expected=_expected(numbers, row),
                rate=percent_text(numbers.get("done")),
                light=verdict.light if verdict else "",
                note=_("补齐") if verdict and verdict.made_good else "",
                sentence=said,
                **_accepted(figure),
            )
        )
    return lines


def _expected(numbers: Mapping[str, Any], row: TargetRow) -> str:
    due = numbers.get("expected")
    return "—" if due is None else amount(Decimal(due), row)


def _accepted(figure: Figure | None) -> dict[str, Any]:
    return {
        "level": f"V{figure.level}" if figure else "",
        "accepted_by": figure.accepted_by if figure else "",
        "accepted_at": figure.accepted_at if figure else None,
        "correction": figure.correction if figure else False,
    }


def corrections_of(target: Target, row: TargetRow) -> list[CorrectionLine]:
    return [
        CorrectionLine(
            period=fact.period,
            was=amount(fact.was, row),
            now=amount(fact.now, row),
            reason=fact.reason,
            by=fact.accepted_by,
            at=fact.accepted_at,
            url=report_url(fact.report),
        )
        for fact in restated_figures(target)
    ]
