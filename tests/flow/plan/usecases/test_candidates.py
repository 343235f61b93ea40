"""Judging findings one by one."""

from decimal import Decimal

import pytest

from gongjian.flow.plan.models import Candidate
from gongjian.flow.plan.queries import candidate_rows
from gongjian.flow.plan.usecases import (
    accept_candidate,
    accept_sure_candidates,
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
        ("到位资金", {"deadline": "年底"}),
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


def test_accept_sure_candidates_leaves_the_doubtful(office, document):
    sure = [row.seq for row in candidate_rows(document) if not row.doubtful]

    count = accept_sure_candidates(document, by=office, at=AT)

    taken = [row.seq for row in candidate_rows(document) if row.state == "accepted"]
    assert count == len(sure) < len(candidate_rows(document))
    assert taken == sure


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


def test_what_just_fits_is_kept(office, document):
    candidate = a_candidate(document, "到位资金", office)
    fields = {"metric": "项" * 80, "value": "1.1", "unit": "万亿元"}

    edited = edit_candidate(candidate, fields, version=1, by=office, at=AT)

    assert (edited.fields["metric"], Decimal(edited.fields["value_base"])) == (
        "项" * 80,
        Decimal(1_100_000_000_000),
    )
