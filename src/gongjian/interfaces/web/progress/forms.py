"""What was typed into the form of a report, as plain values; nothing is decided or kept here."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.rules import value_typed
from gongjian.flow.progress.usecases import Draft
from gongjian.interfaces.web.acts import version_typed
from gongjian.lib.refusals import Refused


def typed_draft(post: QueryDict, report: Report) -> Draft:
    """The draft with what this step's fields say; the other steps' fields stay as they are kept.

    Refused: report.value, report.day.
    """
    draft = Draft.of(report)
    value, done_on = post.get("value"), post.get("done_on")
    if value is not None and report.target is not None:
        draft = replace(draft, value=typed_value(str(value), report.target))
    if done_on is not None:
        draft = replace(draft, done_on=_day(str(done_on)))
    return replace(
        draft,
        words=str(post.get("words", draft.words)),
        risk=str(post.get("risk", draft.risk)),
        measures=str(post.get("measures", draft.measures)),
    )


def typed_value(text: str, target: Target) -> Decimal | None:
    """The figure in base units, None where nothing was typed. Refused: report.value."""
    return value_typed(text, kind=target.kind, factor=target.factor, decimals=target.decimals)


def typed_version(post: QueryDict) -> int:
    """The version the page was filled from; one that no row has where the field is not a number."""
    return version_typed(post.get("version", ""))


def typed_uid(text: str) -> UUID:
    """The uid of a row; one that no row has where it is malformed."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def typed_step(text: str) -> int:
    """Which of the three steps; the first where it is none of them."""
    return int(text) if text in ("1", "2", "3") else 1


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise Refused("report.day", _("日期写成 2020-06-30 这样。")) from wrong
