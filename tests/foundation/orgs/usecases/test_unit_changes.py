from datetime import date, datetime

import pytest

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import (
    former_names,
    unit_card,
    unit_name_on,
    unit_named,
    units,
    units_seen_from,
)
from gongjian.foundation.orgs.usecases import (
    end_post,
    end_unit,
    merge_unit,
    move_unit,
    open_post,
    rename_unit,
    reorder_unit,
)
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Conflict, Refused
from small_plan import a_person, some_units

AT = datetime(2020, 3, 20, 9, tzinfo=LOCAL)
TODAY, MARCH = date(2020, 3, 20), date(2020, 3, 1)
BASIS = "诸编发〔2020〕1号（示例）"


@pytest.fixture
def there(db):  # noqa: ARG001
    return some_units()


@pytest.fixture
def admin(there):  # noqa: ARG001
    return a_person("sysadmin", "sys_admin")


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code


def renamed(unit, name, by, day=MARCH, **more):
    typed = {"name": name, "short_name": name, "from_day": day, "basis": BASIS, "at": AT}
    return rename_unit(unit, by=by, **typed | {"version": unit.version} | more)


def ended(unit, by, day=TODAY, **more):
    return end_unit(
        unit, **{"on": day, "basis": BASIS, "version": unit.version} | more, by=by, at=AT
    )


def merged(unit, into, by, day=TODAY):
    return merge_unit(unit, into=into, on=day, basis=BASIS, version=unit.version, by=by, at=AT)


def test_a_renamed_unit_keeps_its_old_name_for_the_days_before(there, admin):
    old = there["市财政局"]

    unit = renamed(old, "市财政金融局", admin)

    assert str(unit_name_on(unit, date(2020, 2, 29))) == "示例市财政局"
    assert str(unit_name_on(unit, MARCH)) == "市财政金融局"
    assert unit_named("市财政局", among=units(on=TODAY)) == unit
    assert [(n.valid_from, n.valid_to) for n in former_names(unit)] == [(date(2000, 1, 1), MARCH)]
    assert [f for f in audit_findings() if f.code != "anchor-missing"] == []


def test_the_last_name_of_a_unit_that_ended_ends_with_it(there, admin):
    gone = merged(there["市财政局"], there["市水利局"], admin)

    assert [(one.name, one.until) for one in unit_card(gone, on=TODAY).names] == [
        ("示例市财政局", gone.valid_to)
    ]


def test_a_unit_renamed_twice_has_each_name_on_its_days(there, admin):
    unit = renamed(there["市财政局"], "甲局", admin, date(2010, 1, 1))
    unit = renamed(unit, "乙局", admin)

    days = (date(2005, 1, 1), date(2015, 1, 1), TODAY)
    assert [unit_name_on(unit, day).short_name for day in days] == ["市财政局", "甲局", "乙局"]
    assert code_of(renamed, unit, "丙局", admin, date(2015, 1, 1)) == "unit.rename-early"


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("市水利局", MARCH, "unit.name-taken"),
        ("示例市财政局", MARCH, ""),
        ("新" * 5000, MARCH, "words.long"),
        ("甲\u202e局", MARCH, "words.unseen"),
        ("=1+1", MARCH, "words.formula"),
        (" ", MARCH, "words.missing"),
        ("新局", date(2020, 3, 21), "unit.rename-ahead"),
        ("新局", date(1999, 1, 1), "unit.rename-early"),
        ("新局", date(1000, 1, 1), "day.too-early"),
    ],
)
def test_a_new_name_is_a_name_from_a_day_that_can_be(there, admin, name, day, code):
    unit = there["市财政局"]

    if code:
        assert code_of(renamed, unit, name, admin, day) == code
    else:
        assert renamed(unit, name, admin, day).short_name == name


def test_the_same_name_again_is_no_renaming(there, admin):
    unit = there["市财政局"]

    with pytest.raises(Refused) as no:
        renamed(unit, unit.name, admin, short_name=unit.short_name)

    assert no.value.code == "unit.same-name"


def test_a_unit_changed_meanwhile_shows_both_names(there, admin):
    stale = Unit.objects.get(pk=there["市财政局"].pk)
    renamed(there["市财政局"], "甲局", admin)

    with pytest.raises(Conflict) as no:
        renamed(stale, "乙局", admin)

    assert (no.value.mine["名称"], no.value.theirs["名称"]) == ("乙局", "甲局")


def test_only_the_system_administrator_changes_units(there):
    office = a_person("office", "campaign_office")
    unit = there["市财政局"]

    for act in (renamed, merged):
        assert code_of(act, unit, there["市水利局"], office) == "units.sys-admin-only"
    assert code_of(ended, unit, office) == "units.sys-admin-only"
    assert code_of(reorder_unit, unit, up=True, by=office, at=AT) == "units.sys-admin-only"


def test_a_unit_goes_into_another_with_its_accounts(there, admin):
    unit, into = there["市财政局"], there["市发改局"]
    account = a_person("fin", "unit_reporter", unit=unit)

    gone = merged(unit, into, admin)

    account.refresh_from_db()
    assert (gone.successor, gone.valid_to, account.unit) == (into, TODAY, into)
    assert units_seen_from(into, TODAY) == {into.pk, unit.pk}
    assert unit not in units(on=TODAY)


def test_a_unit_goes_neither_into_itself_nor_into_one_that_is_gone(there, admin):
    unit, gone = there["市财政局"], ended(there["市水利局"], admin)

    assert code_of(merged, unit, unit, admin) == "unit.merge-self"
    assert code_of(merged, unit, gone, admin) == "unit.merge-ended"
    assert code_of(merged, gone, unit, admin) == "unit.ended"


def test_a_unit_does_not_end_while_somebody_sits_in_it(there, admin):
    unit, below = there["市财政局"], there["市水利局"]
    post = open_post(unit, "局长", kind="head", from_day=MARCH, by=None, at=AT)
    account = a_person("fin", "unit_reporter", unit=unit)
    Unit.objects.filter(pk=below.pk).update(parent=unit)

    assert code_of(ended, unit, admin) == "unit.has-below"
    Unit.objects.filter(pk=below.pk).update(parent=None)
    assert code_of(ended, unit, admin) == "unit.open-posts"
    end_post(post, on=TODAY, by=a_person("office", "campaign_office"), at=AT)
    assert code_of(ended, unit, admin) == "unit.open-accounts"
    account.is_active = False
    account.save()
    assert ended(unit, admin).valid_to == TODAY


@pytest.mark.parametrize(
    ("day", "basis", "code"),
    [
        (date(1999, 1, 1), BASIS, "unit.ends-early"),
        (date(2020, 3, 21), BASIS, "unit.end-ahead"),
        (TODAY, "", "words.missing"),
    ],
)
def test_a_unit_ends_on_a_day_that_can_be_on_a_paper(there, admin, day, basis, code):
    assert code_of(ended, there["市财政局"], admin, day, basis=basis) == code


def test_no_unit_stands_under_itself(there, admin):
    top, low = there["市发改局"], there["市财政局"]
    place = {"kind": Unit.Kind.DEPARTMENT, "level": Unit.Level.COUNTY, "region": None}
    low = move_unit(low, parent=top, version=low.version, by=admin, at=AT, **place)

    for parent in (top, low):
        assert (
            code_of(move_unit, top, parent=parent, version=1, by=admin, at=AT, **place)
            == "unit.cycle"
        )


def test_neighbours_change_places(there, admin):
    names = lambda: [unit.short_name for unit in units(on=TODAY)][:3]  # noqa: E731
    reorder_unit(there["市财政局"], up=True, by=admin, at=AT)

    assert names() == ["市财政局", "市发改局", "市行政审批局"]
    first = Unit.objects.get(pk=there["市财政局"].pk)
    reorder_unit(first, up=True, by=admin, at=AT)
    assert names()[0] == "市财政局"


def test_units_of_one_order_are_numbered_anew_before_they_change_places(there, admin):
    Unit.objects.update(order=0)
    unit = Unit.objects.order_by("pk")[1]

    reorder_unit(unit, up=False, by=admin, at=AT)

    assert [u.short_name for u in units(on=TODAY)][:3] == ["市发改局", "市行政审批局", "市财政局"]
    assert len({u.order for u in units(on=TODAY)}) == len(there)
