"""A plan is adopted together with who answers for it."""

from datetime import date

import pytest

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import duty_lines, proposed_duties
from gongjian.flow.duties.usecases import adopt_plan, propose_duties
from gongjian.flow.plan.models import Target, Task
from gongjian.lib.refusals import Refused
from small_plan import AT, a_person, a_read_plan, accept_all, an_office, some_units

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 29)


@pytest.fixture
def office():
    some_units()
    return an_office()


@pytest.fixture
def document(office):
    read = a_read_plan(office)
    accept_all(read, office)
    return read


def test_adopt_plan_proposes_the_units_the_words_name(office, document):
    adopt_plan(document, by=office, at=AT)

    lines = duty_lines(document.campaign, on=DAY)
    money = lines["target", Target.objects.get(metric="到位资金").pk]
    task = lines["task", Task.objects.get(title__startswith="推行拿地即开工").pk]
    assert (money.lead, money.fills, money.responsible) == ("市发改局", "市发改局", ["市财政局"])
    assert (task.lead, task.responsible) == ("市行政审批局", [])
    assert all(duty.confirmed_at is None for duty in proposed_duties(document.campaign))


def test_a_target_has_one_lead_whatever_the_words_say(office, document):
    adopt_plan(document, by=office, at=AT)

    leads = Duty.objects.filter(role="lead", target__isnull=False)
    assert leads.count() == Target.objects.count()


def test_propose_duties_again_changes_nothing(office, document):
    adopt_plan(document, by=office, at=AT)
    before = list(Duty.objects.values_list("pk", flat=True))

    assert propose_duties(document.campaign, by=office, at=AT) == []
    assert list(Duty.objects.values_list("pk", flat=True)) == before


def test_a_refused_adoption_leaves_no_duty(office):
    document = a_read_plan(office)

    with pytest.raises(Refused) as no:
        adopt_plan(document, by=office, at=AT)

    assert no.value.code == "plan.unseen"
    assert Duty.objects.count() == 0


def test_adopt_plan_is_for_the_office(document):
    with pytest.raises(Refused) as no:
        adopt_plan(document, by=a_person("reporter", "unit_reporter"), at=AT)

    assert no.value.code == "review.office-only"
