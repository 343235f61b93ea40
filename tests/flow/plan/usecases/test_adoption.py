"""What was taken becomes the tree."""

from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.plan.models import (
    Candidate,
    PlanDocument,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import plan_actions
from gongjian.flow.plan.usecases import adopt_plan, edit_candidate, reject_candidate
from gongjian.lib.refusals import Refused
from small_plan import (
    AT,
    SECOND,
    a_candidate,
    a_read_plan,
    accept_all,
    row_like,
)

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 29)


def test_adopt_plan_grows_the_tree_with_its_sentences(office, document):
    accept_all(document, office)

    adopted = adopt_plan(document, by=office, at=AT)

    first, second = plan_actions(document.campaign, on=DAY)
    assert (adopted.state, adopted.adopted_by) == (PlanDocument.State.ADOPTED, office)
    assert (first.name, second.name) == ("突破大项目", "生态文明建设")
    assert [target.metric for target in first.targets] == ["新签约项目", "到位资金"]
    money = first.targets[1]
    assert (money.code, money.value, money.factor) == (
        "1-2",
        Decimal(14000000000),
        Decimal(10**8),
    )
    assert money.deadline == date(2020, 12, 31)
    assert document.text.count(money.sentence) == 1
    assert TargetSource.objects.filter(source="reported").count() == TargetValue.objects.count()


def test_adopt_plan_refuses_while_something_is_unseen(office, document):
    with pytest.raises(Refused) as no:
        adopt_plan(document, by=office, at=AT)

    assert no.value.code == "plan.unseen"
    assert plan_actions(document.campaign, on=DAY) == []


def test_adopt_plan_refuses_what_has_no_action(office, document):
    accept_all(document, office)
    action = a_candidate(document, "突破大项目", office)
    reject_candidate(action, "不是行动", version=action.version, by=office, at=AT)

    with pytest.raises(Refused) as no:
        adopt_plan(document, by=office, at=AT)

    assert no.value.code == "plan.homeless"
    assert plan_actions(document.campaign, on=DAY) == []


def test_a_plan_without_actions_of_its_own_joins_the_campaign(office, document):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    second = a_read_plan(office, SECOND, "second.txt", document.campaign)
    home = Candidate.objects.get(document=document, kind="action", seq=1)
    for row in [row_like(second, "高层次人才")]:
        candidate = a_candidate(second, row.headline, office)
        edit_candidate(candidate, {"under": str(home.uid)}, version=1, by=office, at=AT)

    adopt_plan(second, by=office, at=AT)

    first, other = plan_actions(document.campaign, on=DAY)
    assert [(t.code, t.metric) for t in first.targets][-1] == ("1-5", "高层次人才")
    assert [task.code for task in first.tasks] == ["1-3", "1-4"]
    assert len(other.targets) == 1


def test_a_second_plan_brings_its_own_actions(office, document):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    text = document.text.replace("突破大项目", "幸福诸城").replace("生态文明建设", "平安诸城")
    second = a_read_plan(office, text, "second.txt", document.campaign)
    accept_all(second, office)

    adopt_plan(second, by=office, at=AT)

    names = [(a.seq, a.name) for a in plan_actions(document.campaign, on=DAY)]
    assert names[2:] == [(3, "幸福诸城"), (4, "平安诸城")]


def test_a_plan_is_adopted_once(office, document):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)

    with pytest.raises(Refused) as no:
        adopt_plan(document, by=office, at=AT)

    assert no.value.code == "plan.adopted"
    assert len(plan_actions(document.campaign, on=DAY)) == 2


@pytest.mark.parametrize(
    ("value", "unit", "kept"),
    [
        ("150", "个", (Decimal(150), Decimal(1), 0)),
        ("58.5", "分贝", (Decimal("58.5"), Decimal(1), 1)),
        ("2", "万人", (Decimal(20_000), Decimal(10_000), 2)),
        ("1.255", "万亩", (Decimal(12_550), Decimal(10_000), 3)),
        ("30", "公里", (Decimal(30), Decimal(1), 1)),
        ("1.1", "万亿元", (Decimal(1_100_000_000_000), Decimal(10**12), 2)),
        ("140", "亿元", (Decimal(14_000_000_000), Decimal(10**8), 2)),
        ("0", "%", (Decimal(0), Decimal("0.01"), 1)),
    ],
)
def test_a_target_takes_fractions_unless_it_counts_pieces(office, document, value, unit, kept):
    accept_all(document, office)
    edit_a_target(document, office, value=value, unit=unit)

    adopt_plan(document, by=office, at=AT)

    target = Target.objects.get(metric="新签约项目")
    amount = TargetValue.objects.get(target=target).value
    assert (amount, target.factor, target.decimals) == kept


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("新签约项目", {"metric": "项" * 81}),
        ("新签约项目", {"unit": "个" * 21}),
        ("新签约项目", {"value": "99999", "unit": "万亿元"}),
        ("突破大项目", {"name": "行" * 81}),
        ("新签约项目", {"deadline": "2019-01-01"}),
    ],
)
def test_what_the_reader_found_too_large_is_named_at_adoption(office, document, words, fields):
    accept_all(document, office)
    found = a_candidate(document, words, office)
    Candidate.objects.filter(pk=found.pk).update(fields=found.fields | fields)

    with pytest.raises(Refused) as no:
        adopt_plan(document, by=office, at=AT)

    assert no.value.code == "candidate.field"
    assert no.value.sentence.startswith(f"第 {found.seq} 条“{found.evidence[:20]}”：")


def test_long_words_as_found_are_cut_where_they_cannot_be_edited(office, document):
    accept_all(document, office)
    target = a_candidate(document, "新签约项目", office)
    task = Candidate.objects.filter(document=document, kind="task").first()
    long = {target: {"qualifier": "限" * 31}, task: {"text": "做" * 301}}
    for found, fields in long.items():
        Candidate.objects.filter(pk=found.pk).update(fields=found.fields | fields)

    adopt_plan(document, by=office, at=AT)

    assert Target.objects.get(metric="新签约项目").qualifier == "限" * 30
    assert Task.objects.filter(title="做" * 300).count() == 1


def edit_a_target(document, office, **fields):
    found = a_candidate(document, "新签约项目", office)
    return edit_candidate(found, fields, version=found.version, by=office, at=AT)
