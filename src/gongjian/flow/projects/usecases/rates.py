"""Rates: their definitions published, and reckoned into rows that never change."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from gongjian.engine.ratebook import quotient
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import ProjectList, RateDefinition, RateResult
from gongjian.flow.projects.queries import (
    definitions_on,
    list_version,
    rate_columns,
    rule_of,
    shipped_rates,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import leave_job_once, note
from gongjian.lib.days import at_local, local_day


@transaction.atomic
def publish_rates(*, by: User, at: datetime) -> list[RateDefinition]:
    """Publish the definitions that come with the product; a changed one is a new version.

    What is published as it stands is left alone. The first version holds from its own day, later
    ones from today on. Refused: office.only.
    """
    rules.check_can_keep_lists(by)
    made = []
    for rule in shipped_rates():
        params = asdict(rule) | {"since": rule.since.isoformat()}
        versions = list(
            RateDefinition.objects.select_for_update().filter(code=rule.code).order_by("number")
        )
        if any(version.params == params for version in versions):
            continue
        made.append(
            RateDefinition.objects.create(
                code=rule.code,
                number=len(versions) + 1,
                name=rule.name,
                source=rule.source,
                params=params,
                valid_from=max(rule.since, local_day(at)) if versions else rule.since,
                published_at=at,
            )
        )
    if made:
        note("rates.published", *made, by=by, at=at)
    return made


@transaction.atomic
def reckon_rates(
    listed: ProjectList,
    *,
    as_of: date,
    by: User | None,
    at: datetime,
    only: Collection[str] = (),
) -> list[RateResult]:
    """Reckon every rate (or some) over a list as of a day, and freeze each with its two numbers.

    Nothing accepted after `at` is in it. Refused: office.only.
    """
    if by is not None:
        rules.check_can_keep_lists(by)
    columns = rate_columns(listed, as_of=as_of, known_at=at)
    version = list_version(listed, as_of)
    rows = []
    for definition in definitions_on(as_of):
        if only and definition.code not in only:
            continue
        found = quotient(rule_of(definition), columns)
        rows.append(
            RateResult(
                definition=definition,
                list=listed,
                list_number=version.number,
                list_day=as_of,
                as_of=as_of,
                known_at=at,
                numerator=found.numerator,
                denominator=found.denominator,
                rate=found.rate,
                unreported=found.unreported,
                by=by,
                at=at,
            )
        )
    RateResult.objects.bulk_create(rows)
    if rows:
        note("rates.reckoned", *rows, by=by, at=at, facts={"rates": len(rows)})
    return rows


NIGHTLY = "rates.freeze"
MOST_NIGHTS = 31  # that are made up for after an installation stood still


def keep_rates_nightly(*, at: datetime) -> None:
    """Leave the freezing of today's rates for after midnight, unless it is left already."""
    day = local_day(at)
    leave_job_once(NIGHTLY, day.isoformat(), run_at=_after_midnight(day))


def freeze_rates(key: str, *, at: datetime) -> None:
    """Freeze the rates of every list as of a day that is over, and of those after it that are;
    each day once. The next night is left to be done.
    """
    day, today = date.fromisoformat(key), local_day(at)
    first = max(day, today - timedelta(days=MOST_NIGHTS))
    for number in range((today - first).days):
        over = first + timedelta(days=number)
        for listed in ProjectList.objects.filter(campaign__year=over.year):
            if not RateResult.objects.filter(list=listed, as_of=over).exists():
                reckon_rates(listed, as_of=over, by=None, at=at)
    keep_rates_nightly(at=at)


def _after_midnight(day: date) -> datetime:
    return at_local(day + timedelta(days=1), 0, 30)
