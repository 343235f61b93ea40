"""What the database itself refuses, whoever writes: tried on reports, past every use-case."""

from itertools import combinations

import pytest
from django.db import IntegrityError, transaction

from gongjian.flow.progress.models import Report
from small_county import JUNE

APART, WHO, LEVEL = CONSTRAINTS = (
    "report_three_accounts",
    "report_accepted_at_v3",
    "report_v3_only_when_accepted",
)
STEPS = ("filled_by", "checked_by", "confirmed_by", "accepted_by")


def refused(report, **changes):
    """The constraint that stops a write past the rules; none where it is let through."""
    try:
        with transaction.atomic():
            assert Report.objects.filter(pk=report.pk).update(**changes) == 1
    except IntegrityError as no:
        return next((name for name in CONSTRAINTS if name in str(no)), str(no))
    return None


def accepted(county, **changes):
    return {
        "state": "accepted",
        "level": 3,
        "value": 58,
        "words": "进展",
        "filled_by": county.reporter,
        "checked_by": county.approver,
        "accepted_by": county.reviewer,
        "accepted_at": JUNE,
    } | changes


@pytest.mark.parametrize(("earlier", "later"), list(combinations(STEPS, 2)))
def test_one_account_never_takes_two_steps(county, earlier, later):
    report = county.report(county.signed)

    twice = refused(report, **{earlier: county.reporter, later: county.reporter})
    apart = refused(report, **{earlier: county.reporter, later: county.approver})

    assert (twice, apart) == (APART, None)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({}, None),
        ({"level": 4}, None),
        ({"level": 2}, WHO),
        ({"accepted_by": None}, WHO),
        ({"accepted_at": None}, WHO),
        ({"filled_by": None}, WHO),
        ({"checked_by": None}, WHO),
        ({"state": "confirmed"}, LEVEL),
        ({"state": "draft", "level": 4}, LEVEL),
        ({"state": "confirmed", "level": 2}, None),
    ],
)
def test_accepted_and_v3_stand_together_with_who_did_it(county, changes, constraint):
    assert refused(county.report(county.signed), **accepted(county, **changes)) == constraint
