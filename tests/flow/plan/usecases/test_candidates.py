"""Judging findings one by one."""

from decimal import Decimal

import pytest

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries import bulk_rows, candidate_by_uid, candidate_rows
from gongjian.flow.plan.usecases import (
    Listed,
    accept_candidate,
    accept_listed_candidates,
    adopt_plan,
    edit_candidate,
    reject_candidate,
    reopen_candidate,
)
from gongjian.lib.refusals import Conflict, Refused
from small_plan import (
    AT,
    SECOND,
    a_candidate,
    a_person,
    a_read_plan,
    accept_all,
    row_like,
)

pytestmark = pytest.mark.django_db


def test_accept_candidate_takes_it_as_found(office, document):
    candidate = a_candidate(document, "到位资金", office)

    taken = accept_candidate(candidate, version=1, by=office, at=AT)

    assert (taken.state, taken.fields, taken.decided_by, taken.version) == (
        "accepted",
        taken.found,
        office,
        2,
    )


def test_edit_candidate_keeps_what_was_found(office, document):
    candidate = a_candidate(document, "到位资金", office)

    edited = edit_candidate(
        candidate, {"value": "1,500", "unit": "万元"}, version=1, by=office, at=AT
    )

    assert (edited.state, edited.found["value"]) == ("edited", "140")
    assert (edited.fields["value"], edited.fields["value_base"]) == ("1500", "15000000")


def test_edit_candidate_that_changes_nothing_is_an_acceptance(office, document):
    candidate = a_candidate(document, "到位资金", office)

    same = edit_candidate(candidate, {"value": "140"}, version=1, by=office, at=AT)

    assert same.state == "accepted"


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("到位资金", {"value": "很多"}),
        ("到位资金", {"value": "1e30"}),
        ("到位资金", {"metric": " "}),
        ("到位资金", {"kind": "x"}),
        ("到位资金", {"comparator": "!"}),
        ("到位资金", {"deadline": "猴年"}),
        ("到位资金", {"deadline": "2020-02-31"}),
        ("到位资金", {"under": "999"}),
        ("6月底前印发办法", {"date": ""}),
        ("突破大项目", {"name": ""}),
    ],
)
def test_edit_candidate_names_what_makes_no_sense(office, document, words, fields):
    candidate = a_candidate(document, words, office)

    with pytest.raises(Refused) as no:
        edit_candidate(candidate, fields, version=1, by=office, at=AT)

    assert no.value.code == "candidate.field"
    assert row_like(document, words).state == "pending"


def test_edit_candidate_puts_it_under_another_action(office, document):
    candidate = a_candidate(document, "到位资金", office)
    other = row_like(document, "生态文明建设")

    edited = edit_candidate(candidate, {"under": str(other.seq)}, version=1, by=office, at=AT)

    assert (edited.state, edited.under.seq) == ("edited", other.seq)


def test_edit_candidate_dates_a_milestone_by_the_day(office, document):
    candidate = a_candidate(document, "6月底前印发办法", office)

    edited = edit_candidate(candidate, {"date": "2020-06-15"}, version=1, by=office, at=AT)

    assert (edited.fields["date"], edited.fields["precision"]) == ("2020-06-15", "day")


def test_a_finding_may_stand_under_an_action_adopted_before(office, document):
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    second = a_read_plan(office, SECOND, "second.txt", document.campaign)
    candidate = a_candidate(second, "高层次人才", office)
    home = Candidate.objects.get(document=document, kind="action", seq=1)

    edited = edit_candidate(candidate, {"under": str(home.uid)}, version=1, by=office, at=AT)

    assert edited.under == home


def test_reject_candidate_keeps_the_reason(office, document):
    candidate = a_candidate(document, "到位资金", office)

    rejected = reject_candidate(candidate, " 重复 ", version=1, by=office, at=AT)

    assert (rejected.state, rejected.why_rejected) == ("rejected", "重复")


def test_reopen_candidate_undoes_a_decision(office, document):
    candidate = a_candidate(document, "到位资金", office)
    edit_candidate(candidate, {"value": "9"}, version=1, by=office, at=AT)

    again = reopen_candidate(candidate, version=2, by=office, at=AT)

    assert (again.state, again.fields, again.decided_by, again.decided_at) == (
        "pending",
        again.found,
        None,
        None,
    )


def test_two_reviewers_see_both_values_and_the_first_stays(office, document):
    other = a_person("other", "campaign_office")
    mine = a_candidate(document, "到位资金", office)
    theirs = a_candidate(document, "到位资金", other)
    edit_candidate(theirs, {"value": "150"}, version=1, by=other, at=AT)

    with pytest.raises(Conflict) as no:
        edit_candidate(mine, {"value": "130"}, version=1, by=office, at=AT)

    assert no.value.code == "candidate.changed"
    assert (no.value.mine["数值"], no.value.theirs["数值"]) == ("130", "150")
    assert "other某" in str(no.value)
    assert row_like(document, "到位资金").fields["value"] == "150"


def versions_of(rows):
    return {row.uid: row.version for row in rows}


def test_a_list_takes_what_was_shown_and_leaves_the_doubtful(office, document):
    rows = candidate_rows(document)
    sure = [row.seq for row in bulk_rows(document)]

    listed = accept_listed_candidates(document, versions_of(rows), by=office, at=AT)

    taken = [row.seq for row in candidate_rows(document) if row.state == "accepted"]
    assert sure
    assert taken == sure
    assert listed == Listed(len(sure), tuple(row.seq for row in rows if row.seq not in sure))


def test_a_list_leaves_out_and_names_what_changed_meanwhile(office, document):
    shown = bulk_rows(document)
    other = a_person("other", "campaign_office")
    first = candidate_by_uid(shown[0].uid, reader=other)
    reject_candidate(first, "重复", version=1, by=other, at=AT)

    listed = accept_listed_candidates(document, versions_of(shown), by=office, at=AT)

    assert listed == Listed(len(shown) - 1, (shown[0].seq,))
    first.refresh_from_db()
    assert first.state == "rejected"


def test_an_empty_list_is_refused(office, document):
    with pytest.raises(Refused) as no:
        accept_listed_candidates(document, {}, by=office, at=AT)

    assert no.value.code == "review.nothing-listed"


def test_a_finding_of_another_plan_is_not_taken_with_a_list(office, document):
    second = a_read_plan(office, SECOND, "second.txt", document.campaign)
    rows = candidate_rows(document)

    listed = accept_listed_candidates(second, versions_of(rows), by=office, at=AT)

    assert listed == Listed(0, ())
    assert {row.state for row in candidate_rows(document)} == {"pending"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"deadline": "2020-06"}, ("2020-06", "month")),
        ({"deadline": "6月底"}, ("2020-06", "month")),
        ({"deadline": "第二季度"}, ("2020-Q2", "quarter")),
        ({"deadline": "上半年"}, ("2020-H1", "half")),
        ({"deadline": "2020-06-14", "precision": "ten_day"}, ("2020-06-20", "ten_day")),
        ({"deadline": "2020-06-25", "precision": "ten_day"}, ("2020-06-30", "ten_day")),
        ({"deadline": "2020-05-14", "precision": "quarter"}, ("2020-Q2", "quarter")),
        ({"deadline": "2020-07-14", "precision": "half"}, ("2020-H2", "half")),
        ({"deadline": "2020-07", "precision": "day"}, ("2020-07-31", "day")),
        ({"deadline": ""}, (None, "")),
    ],
)
def test_a_deadline_is_kept_with_its_precision(office, document, typed, kept):
    candidate = a_candidate(document, "到位资金", office)

    edited = edit_candidate(candidate, typed, version=1, by=office, at=AT)

    assert (edited.fields["deadline"], edited.fields["precision"]) == kept


def test_every_field_of_a_target_can_be_edited(office, document):
    candidate = a_candidate(document, "到位资金", office)
    typed = {
        "metric": "实际到位资金", "qualifier": "省外", "comparator": "=", "value": "140",
        "value_max": "160", "unit": "亿元", "kind": "stock", "base_value": "121.5",
    }  # fmt: skip

    edited = edit_candidate(candidate, typed, version=1, by=office, at=AT)

    assert {name: edited.fields[name] for name in typed} == typed
    assert edited.state == "edited"


def test_units_are_typed_as_words(office, document):
    candidate = a_candidate(document, "推行拿地即开工", office)
    typed = {
        "lead": "市行政审批局",
        "responsible": "市发改局、市财政局",
        "support": "市水利局,市民政局",
    }

    edited = edit_candidate(candidate, typed, version=1, by=office, at=AT)

    assert [edited.fields[name] for name in typed] == [
        ["市行政审批局"],
        ["市发改局", "市财政局"],
        ["市水利局", "市民政局"],
    ]


@pytest.mark.parametrize(
    "typed",
    [
        {"value_max": "140"},
        {"value_max": "很多"},
        {"base_value": "NaN"},
        {"value": ""},
        {"metric": " "},
        {"comparator": "大于"},
        {"precision": "世纪"},
        {"deadline": "猴年马月"},
        {"kind": "slow"},
        {"deadline": "2019-01-01"},
        {"deadline": "2031-01-01"},
    ],
)
def test_fields_that_make_no_sense_are_refused(office, document, typed):
    candidate = a_candidate(document, "到位资金", office)

    with pytest.raises(Refused) as no:
        edit_candidate(candidate, typed, version=1, by=office, at=AT)

    assert no.value.code == "candidate.field"


def test_nothing_is_judged_once_the_plan_is_adopted(office, document):
    stale = a_candidate(document, "到位资金", office)
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)

    with pytest.raises(Refused) as no:
        reject_candidate(stale, "晚了", version=2, by=office, at=AT)

    assert no.value.code == "plan.adopted"


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("到位资金", {"metric": "项" * 81}),
        ("到位资金", {"unit": "个" * 21}),
        ("到位资金", {"value": "99999", "unit": "万亿元"}),
        ("到位资金", {"value": "1", "unit": "万亿亿元"}),
        ("突破大项目", {"name": "行" * 81}),
        ("推行拿地即开工", {"text": "做" * 301}),
    ],
)
def test_what_is_too_long_or_too_large_to_keep_is_refused_in_words(office, document, words, fields):
    candidate = a_candidate(document, words, office)

    with pytest.raises(Refused) as no:
        edit_candidate(candidate, fields, version=1, by=office, at=AT)

    assert no.value.code == "candidate.field"


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("到位资金", {"metric": "到位\u202e资金"}),
        ("到位资金", {"unit": "亿\u200b元"}),
        ("推行拿地即开工", {"text": "做\u202e完"}),
        ("推行拿地即开工", {"lead": "市发\u2066改局"}),
    ],
)
def test_signs_that_nobody_sees_are_refused(office, document, words, fields):
    candidate = a_candidate(document, words, office)

    with pytest.raises(Refused) as no:
        edit_candidate(candidate, fields, version=1, by=office, at=AT)

    assert no.value.code == "words.unseen"


def test_what_just_fits_is_kept(office, document):
    candidate = a_candidate(document, "到位资金", office)
    fields = {"metric": "项" * 80, "value": "1.1", "unit": "万亿元"}

    edited = edit_candidate(candidate, fields, version=1, by=office, at=AT)

    assert (edited.fields["metric"], Decimal(edited.fields["value_base"])) == (
        "项" * 80,
        Decimal(1_100_000_000_000),
    )
