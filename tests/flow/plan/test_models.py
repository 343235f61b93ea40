"""What the database itself refuses of plans."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Candidate,
    Definition,
    Milestone,
    PlanDocument,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from small_plan import AT, a_read_plan, an_office, row_like

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 1)


@pytest.fixture
def document():
    return a_read_plan(an_office())


@pytest.fixture
def target(document):
    action = Action.objects.create(campaign=document.campaign, seq=1, name="突破大项目")
    return Target.objects.create(
        action=action, seq=1, metric="到位资金", comparator=">=", deadline=DAY
    )


def refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()
    return True


def test_a_campaign_stands_once_a_year(document):
    same = Campaign(name=document.campaign.name, year=document.campaign.year)

    assert refused(same.save)


def test_a_file_stands_once_in_a_campaign(document):
    assert refused(
        lambda: PlanDocument.objects.create(
            campaign=document.campaign,
            title="again",
            file=document.file,
            uploaded_by=document.uploaded_by,
            uploaded_at=AT,
        )
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"adopted_at": AT},
        {"adopted_at": AT, "adopted_by": "uploader", "state": "review"},
    ],
)
def test_adopted_goes_with_who_and_when(document, changes):
    if "adopted_by" in changes:
        changes = changes | {"adopted_by": document.uploaded_by}

    assert refused(lambda: PlanDocument.objects.filter(pk=document.pk).update(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "accepted"},
        {"decided_at": AT},
        {"end": 0},
        {"seq": 2},
    ],
)
def test_a_finding_contradicts_itself_nowhere(document, changes):
    first = document.candidates.filter(seq=1)

    assert refused(lambda: first.update(**changes))


def test_a_rejection_has_a_reason(document):
    first = document.candidates.filter(pk__in=[c.pk for c in document.candidates.all()[:1]])

    assert refused(
        lambda: first.update(state="rejected", decided_by=document.uploaded_by, decided_at=AT)
    )


def test_numbers_stand_once_under_an_action(target):
    action = target.action
    Task.objects.create(action=action, seq=1, title="t", deadline=DAY)
    Milestone.objects.create(action=action, seq=1, text="m", day=DAY, precision="day")

    assert refused(lambda: Action.objects.create(campaign=action.campaign, seq=1, name="x"))
    assert refused(
        lambda: Target.objects.create(
            action=action, seq=1, metric="x", comparator=">=", deadline=DAY
        )
    )
    assert refused(lambda: Task.objects.create(action=action, seq=1, title="x", deadline=DAY))
    assert refused(
        lambda: Milestone.objects.create(action=action, seq=1, text="x", day=DAY, precision="day")
    )


def test_a_unit_of_nothing_is_no_unit(target):
    assert refused(lambda: Target.objects.filter(pk=target.pk).update(factor=0))


def test_one_value_and_one_source_are_open(target):
    TargetValue.objects.create(target=target, value=140, valid_from=DAY)
    TargetSource.objects.create(target=target, valid_from=DAY)

    assert refused(lambda: TargetValue.objects.create(target=target, value=1, valid_from=DAY))
    assert refused(lambda: TargetSource.objects.create(target=target, valid_from=DAY))


@pytest.mark.parametrize(
    ("model", "fields"),
    [(TargetValue, {"value": 1}), (TargetSource, {}), (Definition, {"number": 1, "text": "x"})],
)
def test_nothing_ends_before_it_begins(target, model, fields):
    assert refused(
        lambda: model.objects.create(
            target=target, valid_from=DAY, valid_to=date(2019, 12, 31), **fields
        )
    )


def test_a_definition_has_its_number_once(target):
    Definition.objects.create(target=target, number=1, text="a", valid_from=DAY)

    assert refused(
        lambda: Definition.objects.create(target=target, number=1, text="b", valid_from=DAY)
    )


def test_what_was_found_stays_beside_what_was_made_of_it(document):
    row = row_like(document, "到位资金")
    candidate = Candidate.objects.get(uid=row.uid)

    assert candidate.found == candidate.fields
    assert document.text[candidate.start : candidate.end] == candidate.evidence
