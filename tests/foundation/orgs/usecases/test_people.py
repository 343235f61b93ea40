from datetime import date, datetime

import pytest

from gongjian.foundation.orgs.models import Post, PostHolding, Unit
from gongjian.foundation.orgs.queries import (
    holder_on,
    people_of_unit,
    posts_of,
    unit_subtree,
)
from gongjian.foundation.orgs.usecases import (
    edit_person,
    end_post,
    hand_over_post,
    leave_post,
    open_post,
    register_person,
)
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Conflict, Refused
from small_plan import a_person, some_units

AT = datetime(2020, 3, 20, 9, tzinfo=LOCAL)
DAY = date(2020, 1, 1)
MARCH, MAY = date(2020, 3, 1), date(2020, 5, 1)


@pytest.fixture
def units(db):  # noqa: ARG001
    return some_units()


@pytest.fixture
def head(units):
    return open_post(units["市发改局"], "局长", kind=Post.Kind.HEAD, from_day=DAY, by=None, at=AT)


def somebody(name="甲", **more):
    return register_person(name, by=None, at=AT, **more)


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **{"by": None, "at": AT} | kwargs)
    return no.value.code


def test_a_post_changes_hands_on_a_day_and_keeps_both(head):
    first, second = somebody("甲"), somebody("乙")
    hand_over_post(head, to=first, from_day=DAY, basis="示例1号", by=None, at=AT)
    head.refresh_from_db()

    hand_over_post(head, to=second, from_day=MARCH, basis="示例2号", by=None, at=AT)

    assert holder_on(head, date(2020, 2, 29)).person == first
    assert holder_on(head, MARCH).person == second
    assert posts_of(first, MARCH) == []
    assert [f for f in audit_findings() if f.code != "anchor-missing"] == []


def test_one_person_holds_several_posts_and_acts_in_another(head, units):
    other = open_post(units["市财政局"], "局长", kind="head", from_day=DAY, by=None, at=AT)
    person = somebody()
    hand_over_post(head, to=person, from_day=DAY, by=None, at=AT)

    hand_over_post(other, to=person, from_day=MARCH, acting=True, by=None, at=AT)

    assert [(one.post.unit.short_name, one.acting) for one in posts_of(person, MAY)] == [
        ("市发改局", False),
        ("市财政局", True),
    ]
    assert [one.person for one in people_of_unit(units["市财政局"], MAY)] == [person]


def test_who_acts_in_a_post_may_be_put_on_it(head):
    person = somebody()
    hand_over_post(head, to=person, from_day=DAY, acting=True, by=None, at=AT)
    head.refresh_from_db()

    hand_over_post(head, to=person, from_day=MARCH, by=None, at=AT)

    assert [h.acting for h in PostHolding.objects.order_by("pk")] == [True, False]


def test_a_post_has_one_holder_a_day(head):
    first, second = somebody("甲"), somebody("乙")
    hand_over_post(head, to=first, from_day=MARCH, by=None, at=AT)
    head.refresh_from_db()

    assert code_of(hand_over_post, head, to=second, from_day=MARCH) == "post.handover-early"
    assert code_of(hand_over_post, head, to=second, from_day=DAY) == "post.handover-early"
    assert code_of(hand_over_post, head, to=first, from_day=MAY) == "post.same-holder"
    assert PostHolding.objects.count() == 1


def test_a_day_once_held_is_not_given_again(head):
    first, second = somebody("甲"), somebody("乙")
    held = hand_over_post(head, to=first, from_day=DAY, by=None, at=AT)
    office = a_person("office", "campaign_office")
    leave_post(held, on=MAY, basis="示例3号", by=office, at=AT)
    head.refresh_from_db()

    assert code_of(hand_over_post, head, to=second, from_day=MARCH) == "post.held"
    assert holder_on(head, MAY) is None
    hand_over_post(head, to=second, from_day=MAY, by=None, at=AT)


def test_two_people_at_once_do_not_both_hand_a_post_over(head):
    stale = Post.objects.get(pk=head.pk)
    hand_over_post(head, to=somebody("甲"), from_day=DAY, by=None, at=AT)

    assert code_of(hand_over_post, stale, to=somebody("乙"), from_day=MARCH) == "post.changed"


def test_a_post_that_is_held_does_not_end(head):
    office = a_person("office", "campaign_office")
    hand_over_post(head, to=somebody(), from_day=DAY, by=None, at=AT)
    head.refresh_from_db()

    assert code_of(end_post, head, on=MAY, by=office) == "post.still-held"


def test_an_ended_post_is_taken_by_nobody(head):
    office = a_person("office", "campaign_office")
    ended = end_post(head, on=MAY, by=office, at=AT)

    assert code_of(hand_over_post, ended, to=somebody(), from_day=MARCH) == "post.ended"
    assert code_of(end_post, ended, on=MAY, by=office) == "post.ended"


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(1900, 1, 1), "day.too-early"),
        (date(2029, 1, 1), "day.too-late"),
        (date(2019, 12, 31), "post.not-yet"),
    ],
)
def test_a_post_is_taken_on_a_day_that_can_be(head, day, code):
    assert code_of(hand_over_post, head, to=somebody(), from_day=day) == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"name": ""}, "words.missing"),
        ({"name": "甲" * 5000}, "words.long"),
        ({"name": "甲\u202e乙"}, "words.unseen"),
        ({"name": "=HYPERLINK(1)"}, "words.formula"),
        ({"mobile": "1380000"}, "person.mobile"),
        ({"mobile": "１３８００００００００"}, "person.mobile"),
        ({"office_phone": "打我手机"}, "person.office-phone"),
    ],
)
@pytest.mark.django_db
def test_a_person_has_a_name_and_numbers_one_can_use(typed, code):
    assert code_of(register_person, **{"name": "甲"} | typed) == code


def test_a_unit_head_keeps_the_people_of_the_own_unit_alone(head, units):
    own = a_person("own", "unit_approver", unit=units["市发改局"])
    other = a_person("other", "unit_approver", unit=units["市财政局"])
    reporter = a_person("reporter", "unit_reporter", unit=units["市发改局"])
    person = somebody()

    for by in (other, reporter):
        assert code_of(hand_over_post, head, to=person, from_day=DAY, by=by) == "people.not-yours"
    hand_over_post(head, to=person, from_day=DAY, by=own, at=AT)


def test_an_account_is_one_persons(units):
    account = a_person("x", "unit_reporter", unit=units["市发改局"])
    somebody("甲", account=account)

    assert code_of(register_person, "乙", account=account) == "person.account-taken"


@pytest.mark.django_db
def test_a_person_edited_meanwhile_shows_both():
    office, person = a_person("office", "campaign_office"), somebody()
    typed = {"mobile": "", "office_phone": "", "account": None, "by": office, "at": AT}
    edit_person(person, name="甲甲", version=1, **typed)

    with pytest.raises(Conflict) as no:
        edit_person(person, name="乙", version=1, **typed)

    assert (no.value.mine["姓名"], no.value.theirs["姓名"]) == ("乙", "甲甲")


def test_the_tree_below_a_unit_is_that_of_the_day(units):
    top, middle, low = (units[name] for name in ("市发改局", "市财政局", "市水利局"))
    Unit.objects.filter(pk=middle.pk).update(parent=top)
    Unit.objects.filter(pk=low.pk).update(parent=middle, valid_to=MAY)

    assert unit_subtree(top, MARCH) == {top.pk, middle.pk, low.pk}
    assert unit_subtree(top, MAY) == {top.pk, middle.pk}
