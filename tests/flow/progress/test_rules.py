"""One test a refusal code: who may not do what, and when."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gongjian.flow.progress import rules
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import sides_of_report
from gongjian.foundation.acceptance import rules as acceptance
from gongjian.foundation.orgs.models import Role
from gongjian.foundation.orgs.queries import with_roles
from gongjian.foundation.orgs.usecases import grant_role
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from small_county import JUNE, JUNE_FROZEN, small_county

LATER = JUNE_FROZEN + timedelta(hours=1)


@pytest.fixture
def county(db):  # noqa: ARG001
    return small_county()


def code_of(rule, *args, **kwargs):
    with pytest.raises(Refused) as no:
        rule(*args, **kwargs)
    assert str(no.value)
    return no.value.code


def sided(rule, report, **kwargs):
    return code_of(rule, report, sides=sides_of_report(report), **kwargs)


def test_another_unit_may_not_fill(county):
    report = county.report(county.signed)

    assert sided(acceptance.check_can_fill, report, by=county.other_reporter) == "report.not-yours"


def test_an_approver_may_not_fill(county):
    report = county.report(county.signed)

    assert sided(acceptance.check_can_fill, report, by=county.approver) == "report.not-a-reporter"


def test_what_is_under_way_may_not_be_filled(county):
    report = county.send(county.signed, 58)

    assert sided(acceptance.check_can_fill, report, by=county.reporter) == "report.not-open"


def test_nothing_is_sent_without_a_figure(county):
    report = county.report(county.signed)

    code = sided(rules.check_can_submit, report, by=county.reporter, evidence=1, at=JUNE)

    assert code == "report.no-value"


def test_nothing_is_sent_on_a_task_without_words(county):
    report = Report(
        period=county.report(county.signed).period, task=county.task, unit=county.units["invest"]
    )

    code = sided(rules.check_can_submit, report, by=county.reporter, evidence=1, at=JUNE)

    assert code == "report.no-words"


def test_nothing_is_sent_without_evidence(county):
    report = county.report(county.signed)
    report.value = Decimal(0)

    code = sided(rules.check_can_submit, report, by=county.reporter, evidence=0, at=JUNE)

    assert code == "report.no-evidence"


def test_zero_is_a_figure(county):
    report = county.report(county.signed)
    report.value = Decimal(0)

    rules.check_can_submit(
        report, by=county.reporter, sides=sides_of_report(report), evidence=1, at=JUNE
    )


def test_only_who_sent_it_withdraws(county):
    report = county.send(county.signed, 58)

    code = code_of(acceptance.check_can_withdraw, report, by=county.colleague)

    assert code == "report.not-filled-by-you"


def test_what_was_checked_is_not_withdrawn(county):
    report = county.confirmed(county.signed, 58)

    code = code_of(acceptance.check_can_withdraw, report, by=county.reporter)

    assert code == "report.not-withdrawable"


def test_a_draft_is_not_checked(county):
    report = county.report(county.signed)

    assert sided(acceptance.check_can_check, report, by=county.approver) == "report.not-filled"


def test_another_units_approver_may_not_check(county):
    report = county.send(county.signed, 58)

    code = sided(acceptance.check_can_check, report, by=county.other_approver)

    assert code == "report.not-your-check"


def holding_too(user, role):
    grant_role(user, role, by=None, at=JUNE)
    return with_roles(user, on=local_day(JUNE))


def test_who_filled_may_not_check_even_with_both_roles(county):
    both = holding_too(county.reporter, Role.UNIT_APPROVER)
    report = county.send(county.signed, 58)

    assert sided(acceptance.check_can_check, report, by=both) == "report.same-person"


def test_who_checked_may_not_accept_even_with_both_roles(county):
    both = holding_too(county.approver, Role.OFFICE_REVIEWER)
    report = county.confirmed(county.signed, 58)

    assert sided(acceptance.check_can_accept, report, by=both) == "report.same-person"


def test_nobody_accepts_the_own_units_figure(county):
    both = holding_too(county.colleague, Role.OFFICE_REVIEWER)
    report = county.confirmed(county.signed, 58)

    assert sided(acceptance.check_can_accept, report, by=both) == "report.own-unit"


def test_what_was_not_checked_is_not_confirmed(county):
    report = county.send(county.started, 19)

    assert sided(acceptance.check_can_confirm, report, by=county.lead) == "report.not-checked"


def test_only_the_lead_unit_confirms(county):
    report = county.send(county.started, 19)
    report.state = "checked"

    code = sided(acceptance.check_can_confirm, report, by=county.other_approver)

    assert code == "report.not-your-confirmation"


def test_only_the_office_accepts(county):
    report = county.confirmed(county.signed, 58)

    assert sided(acceptance.check_can_accept, report, by=county.approver) == (
        "report.office-accepts"
    )


def test_what_is_not_ready_is_not_accepted(county):
    report = county.send(county.signed, 58)

    assert sided(acceptance.check_can_accept, report, by=county.reviewer) == "report.not-ready"


def test_a_return_gives_its_reason(county):
    report = county.send(county.signed, 58)

    code = sided(acceptance.check_can_return, report, by=county.approver, reason="  ")

    assert code == "report.no-reason"


def test_nothing_moves_after_the_hour(county):
    report = county.report(county.signed)

    assert code_of(rules.check_is_open, report, at=JUNE_FROZEN) == "report.frozen"


def test_an_open_period_needs_no_correction(county):
    report = county.report(county.signed)

    code = sided(rules.check_can_correct, report, by=county.reporter, reason="错")

    assert code == "report.not-frozen"


def test_only_the_filling_unit_corrects(county):
    county.freeze()
    report = county.report(county.signed)

    code = sided(rules.check_can_correct, report, by=county.other_reporter, reason="错")

    assert code == "report.not-your-correction"


def test_a_correction_gives_its_reason(county):
    county.freeze()
    report = county.report(county.signed)

    code = sided(rules.check_can_correct, report, by=county.reporter, reason="")

    assert code == "report.correction-no-reason"


def test_administrators_see_no_reports(county):
    code = code_of(rules.check_can_see_reports, county.sysadmin)

    assert code == "business.not-for-administrators"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"doc_no": "", "title": "清单", "has_file": False}, "evidence.empty"),
        ({"doc_no": "1号", "title": " ", "has_file": False}, "evidence.no-title"),
    ],
)
def test_evidence_is_a_number_or_a_file_with_a_name(given, code):
    assert code_of(rules.check_evidence, **given) == code


def test_a_document_number_alone_is_evidence():
    rules.check_evidence(doc_no="诸发〔2020〕1号", title="批复", has_file=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("58", Decimal(58)),
        (" 1,200 ", Decimal(1200)),
        ("1，200", Decimal(1200)),
        ("１，２００", Decimal(1200)),
        ("＋５８．０", Decimal(58)),
        ("0", Decimal(0)),
        ("", None),
        ("   ", None),
    ],
)
def test_a_typed_figure_is_read_as_it_was_meant(text, value):
    assert rules.value_typed(text, factor=Decimal(1), decimals=0) == value


def test_a_typed_figure_is_kept_in_base_units():
    value = rules.value_typed("38.60", factor=Decimal(100_000_000), decimals=2)

    assert value == Decimal(3_860_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "五十八",
        "58个",
        "-1",
        "－１",
        "58.5",
        "1e3",
        "1_0",
        "1,5",
        "12,34",
        "NaN",
        "Infinity",
        "9" * 17,
    ],
)
def test_what_is_no_figure_is_refused_in_a_sentence(text):
    assert code_of(rules.value_typed, text, factor=Decimal(1), decimals=0) == "report.value"


@pytest.mark.parametrize("kind", ["growth", "rate"])
@pytest.mark.parametrize("text", ["-3.5", "－３．５", "−3.5"])
def test_a_growth_or_a_rate_may_be_negative(kind, text):
    value = rules.value_typed(text, kind=kind, factor=Decimal("0.01"), decimals=1)

    assert value == Decimal("-0.035")


@pytest.mark.parametrize("kind", ["flow", "stock", "done"])
def test_what_is_counted_up_is_never_negative(kind):
    code = code_of(rules.value_typed, "-3.5", kind=kind, factor=Decimal(1), decimals=1)

    assert code == "report.value"


def test_what_is_counted_in_ten_thousands_takes_a_fraction():
    assert rules.value_typed("58.35", factor=Decimal(10_000), decimals=0) == Decimal(583_500)
