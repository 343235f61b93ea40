"""The way of a report: filled, checked, confirmed, accepted; frozen, corrected; two at once."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from documents.pdf_parts import column, pdf
from gongjian.flow.duties.models import Duty
from gongjian.flow.judgement.usecases import accept_report
from gongjian.flow.progress.models import LatestAccepted, Period, Report, SnapshotValue
from gongjian.flow.progress.queries import period_by_key
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    begin_report,
    check_report,
    confirm_report,
    correct_report,
    freeze_period,
    open_evidence,
    open_period,
    plan_period,
    remove_evidence,
    return_report,
    save_draft,
    submit_report,
    withdraw_report,
)
from gongjian.foundation.files.models import StoredFile
from gongjian.lib.days import LOCAL
from gongjian.lib.refusals import Conflict, Refused
from small_county import BEGIN, JUNE, JUNE_FROZEN

LATER = JUNE_FROZEN + timedelta(hours=1)


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    assert str(no.value)
    return no.value.code


@pytest.mark.usefixtures("county")
def test_opening_a_period_lays_one_draft_at_each_filling_unit():
    drafts = Report.objects.filter(period__key="2020-06")

    assert [(d.target.metric, d.unit.short_name, d.state) for d in drafts] == [
        ("新签约项目", "投促", "draft"),
        ("新开工项目", "发改", "draft"),
    ]


def test_a_report_of_the_lead_unit_itself_goes_from_v0_to_v1_to_v3(county):
    levels = []
    report = county.send(county.signed, 58)
    levels.append((report.state, report.level))
    report = check_report(report, by=county.approver, at=JUNE)
    levels.append((report.state, report.level))
    report = accept_report(report, by=county.reviewer, at=JUNE)
    levels.append((report.state, report.level))

    assert levels == [("filled", 0), ("confirmed", 1), ("accepted", 3)]


def test_a_report_of_another_unit_passes_the_lead_unit_at_v2(county):
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    before = (report.state, report.level)

    report = confirm_report(report, by=county.lead, at=JUNE)

    assert (before, (report.state, report.level)) == (("checked", 1), ("confirmed", 2))


def test_an_accepted_figure_is_the_newest_of_its_target_and_period(county):
    report = county.accepted(county.signed, 58)

    latest = LatestAccepted.objects.get(target=county.signed, period__key="2020-06")

    assert (latest.report_id, latest.value) == (report.pk, Decimal(58))


def test_saving_keeps_what_was_typed_and_counts_the_version(county):
    report = county.report(county.signed)
    before = report.version

    draft = Draft(value=Decimal(58), words=" 新签 7 个 ")
    saved = save_draft(report, draft, version=before, by=county.reporter, at=JUNE)

    assert (saved.value, saved.words, saved.version) == (Decimal(58), "新签 7 个", before + 1)


def test_a_stale_page_is_shown_both_values_and_overwrites_nothing(county):
    report = county.report(county.signed)
    seen = report.version
    save_draft(report, Draft(value=Decimal(58)), version=seen, by=county.reporter, at=JUNE)

    with pytest.raises(Conflict) as both:
        save_draft(
            county.report(county.signed),
            Draft(value=Decimal(60)),
            version=seen,
            by=county.colleague,
            at=JUNE,
        )

    assert both.value.code == "report.changed"
    assert (both.value.theirs["累计完成数"], both.value.mine["累计完成数"]) == ("58", "60")
    assert county.report(county.signed).value == 58


def test_the_same_draft_saved_twice_is_saved_once(county):
    report = county.report(county.signed)
    seen, draft = report.version, Draft(value=Decimal(58), words="新签")
    save_draft(report, draft, version=seen, by=county.reporter, at=JUNE)

    again = save_draft(
        county.report(county.signed), draft, version=seen, by=county.reporter, at=JUNE
    )

    assert again.version == seen + 1


def test_two_reviewers_at_once_accept_once(county):
    report = county.confirmed(county.signed, 58)
    second = Report.objects.get(pk=report.pk)
    accept_report(report, by=county.reviewer, at=JUNE)

    code = refused(accept_report, second, by=county.second_reviewer, at=JUNE)

    assert code == "report.changed"
    assert Report.objects.get(pk=report.pk).accepted_by == county.reviewer


def test_who_sees_an_older_figure_does_not_accept_the_newer_one(county):
    seen = county.confirmed(county.signed, 58)
    return_report(Report.objects.get(pk=seen.pk), "改", by=county.reviewer, at=JUNE)
    mended = Report.objects.get(pk=seen.pk)
    draft = Draft(value=Decimal(99), words="改")
    mended = save_draft(mended, draft, version=mended.version, by=county.reporter, at=JUNE)
    mended = submit_report(mended, by=county.reporter, at=JUNE)
    check_report(mended, by=county.approver, at=JUNE)

    assert refused(accept_report, seen, by=county.reviewer, at=JUNE) == "report.changed"


def test_a_returned_report_can_be_mended_and_sent_again(county):
    report = county.send(county.signed, 58)
    report = return_report(report, "附件不全", by=county.approver, at=JUNE)
    assert (report.state, report.level, report.return_reason) == ("returned", 0, "附件不全")

    report = submit_report(report, by=county.reporter, at=JUNE)

    assert (report.state, report.checked_by) == ("filled", None)


def test_withdrawing_gives_the_draft_back(county):
    report = county.send(county.signed, 58)

    report = withdraw_report(report, by=county.reporter, at=JUNE)

    assert (report.state, report.value) == ("draft", Decimal(58))


def test_evidence_is_added_and_removed_while_the_report_is_open(county):
    report = county.report(county.signed)
    file = open_evidence(report, "清单.txt", b"abc", by=county.reporter, at=JUNE)
    evidence = add_evidence(report, title="清单", file=file, by=county.reporter, at=JUNE)

    remove_evidence(evidence, by=county.reporter, at=JUNE)

    assert report.evidence.count() == 0


def test_evidence_counts_the_version_of_its_report(county):
    report = county.report(county.signed)
    seen = report.version

    evidence = add_evidence(report, doc_no="1号", title="批复", by=county.reporter, at=JUNE)
    added = county.report(county.signed).version
    remove_evidence(evidence, by=county.reporter, at=JUNE)

    assert (added, county.report(county.signed).version, report.version) == (
        seen + 1,
        seen + 2,
        seen + 2,
    )


def test_evidence_beside_words_saved_meanwhile_keeps_both(county):
    """The form saves itself while a file is on its way."""
    seen = county.report(county.signed)
    save_draft(
        Report.objects.get(pk=seen.pk), Draft(words="刚写的"), version=seen.version,
        by=county.reporter, at=JUNE,
    )  # fmt: skip

    evidence = add_evidence(seen, doc_no="1号", title="批复", by=county.reporter, at=JUNE)

    kept = Report.objects.get(pk=seen.pk)
    assert (kept.words, kept.version) == ("刚写的", 3)
    assert list(kept.evidence.all()) == [evidence]


def test_evidence_of_a_report_that_was_accepted_meanwhile_stays(county):
    seen = county.fill(county.signed, 58)
    seen, evidence = Report.objects.get(pk=seen.pk), seen.evidence.get()
    evidence.report = seen
    sent = submit_report(Report.objects.get(pk=seen.pk), by=county.reporter, at=JUNE)
    accept_report(check_report(sent, by=county.approver, at=JUNE), by=county.reviewer, at=JUNE)

    codes = [
        refused(remove_evidence, evidence, by=county.reporter, at=JUNE),
        refused(add_evidence, seen, doc_no="2号", title="补", by=county.reporter, at=JUNE),
    ]

    assert codes == ["report.changed", "report.changed"]
    assert [row.doc_no for row in sent.evidence.all()] == ["示例1号"]


def test_a_file_with_a_mark_of_secrecy_is_refused_and_not_kept(county):
    report, kept = county.report(county.signed), StoredFile.objects.count()
    secret = ("清单.txt", "机密★1年\n\n项目清单\n".encode())

    code = refused(open_evidence, report, *secret, by=county.reporter, at=JUNE)

    assert (code, StoredFile.objects.count()) == ("evidence.classified", kept)


def test_the_first_page_of_a_pdf_is_searched_for_a_mark(county):
    report = county.report(county.signed)
    secret = ("批复.pdf", pdf(column(["机密★1年", "项目批复"])))

    code = refused(open_evidence, report, *secret, by=county.reporter, at=JUNE)

    assert code == "evidence.classified"


def test_a_pdf_that_cannot_be_opened_is_kept_as_a_picture_is(county):
    report = county.report(county.signed)
    locked = ("批复.pdf", pdf(column(["项目批复"]), password="2020"))

    file = open_evidence(report, *locked, by=county.reporter, at=JUNE)
    evidence = add_evidence(report, title="批复", file=file, by=county.reporter, at=JUNE)

    assert evidence.file.name == "批复.pdf"


def test_a_file_is_opened_only_for_who_may_fill_the_report(county):
    report = county.report(county.signed)

    code = refused(open_evidence, report, "清单.txt", b"abc", by=county.approver, at=JUNE)

    assert code == "report.not-a-reporter"


def test_a_picture_has_no_text_to_read_and_is_kept(county):
    report = county.report(county.signed)

    file = open_evidence(report, "现场.png", b"\x89PNG", by=county.reporter, at=JUNE)
    evidence = add_evidence(report, title="现场", file=file, by=county.reporter, at=JUNE)

    assert evidence.file.name == "现场.png"


def test_a_task_is_reported_in_words_once_a_period(county):
    period = period_by_key("2020-06")
    report = begin_report(county.task, period, by=county.reporter, at=JUNE)

    code = refused(begin_report, county.task, period, by=county.colleague, at=JUNE)

    assert (report.task, report.unit.short_name, code) == (county.task, "投促", "report.known")


def test_a_milestone_is_reported_by_the_unit_that_leads_its_task(county):
    period = period_by_key("2020-06")

    report = begin_report(county.milestone, period, by=county.reporter, at=JUNE)

    assert report.milestone == county.milestone
    code = refused(begin_report, county.milestone, period, by=county.other_reporter, at=JUNE)
    assert code == "report.not-yours"


def test_a_task_whose_lead_nobody_confirmed_is_reported_by_nobody(county):
    Duty.objects.filter(task=county.task).update(confirmed_by=None, confirmed_at=None)
    period = period_by_key("2020-06")

    codes = [
        refused(begin_report, subject, period, by=by, at=JUNE)
        for subject in (county.task, county.milestone)
        for by in (county.reporter, county.other_reporter)
    ]

    assert codes == ["report.no-lead"] * 4


def test_an_account_without_a_unit_begins_nothing(county):
    period = period_by_key("2020-06")

    assert refused(begin_report, county.task, period, by=county.sysadmin, at=JUNE) == (
        "report.no-unit"
    )


def test_the_snapshot_holds_what_was_accepted_and_a_gap_for_the_rest(county):
    county.accepted(county.signed, 58)
    county.confirmed(county.started, 19)

    snapshot = freeze_period("2020-06", at=JUNE_FROZEN)

    rows = SnapshotValue.objects.filter(snapshot=snapshot).order_by("target__seq")
    assert snapshot.number == "S-2020-06"
    assert [(row.value, row.level) for row in rows] == [(Decimal(58), 3), (None, None)]
    assert Period.objects.filter(key="2020-07").exists()


def test_nothing_moves_after_the_freeze(county):
    report = county.confirmed(county.signed, 58)
    draft = county.report(county.started)
    county.freeze()

    assert refused(accept_report, report, by=county.reviewer, at=LATER) == "report.frozen"
    code = refused(save_draft, draft, Draft(), version=1, by=county.other_reporter, at=LATER)
    assert code == "report.frozen"


@pytest.mark.parametrize(
    ("stage", "who", "act"),
    [
        ("fill", "reporter", submit_report),
        ("send", "reporter", withdraw_report),
        ("send", "approver", check_report),
        ("confirmed", "reviewer", accept_report),
        ("confirmed", "reviewer", lambda row, **by: return_report(row, "改", **by)),
        ("fill", "reporter", lambda row, **by: save_draft(row, Draft(), version=2, **by)),
        ("fill", "reporter", lambda row, **by: add_evidence(row, doc_no="1号", title="批复", **by)),
        ("fill", "reporter", lambda row, **by: remove_evidence(row.evidence.get(), **by)),
    ],
)
def test_an_act_that_waited_for_the_freeze_is_refused(county, stage, who, act):
    report = getattr(county, stage)(county.signed, 58)
    assert report.period.frozen_at is None  # read before the freeze, and kept in memory
    county.freeze()

    code = refused(act, report, by=county.people[who], at=JUNE)

    assert code == "report.frozen"


def test_a_confirmation_and_a_beginning_that_waited_for_the_freeze_are_refused(county):
    report = check_report(county.send(county.started, 19), by=county.other_approver, at=JUNE)
    period = report.period
    assert period.frozen_at is None
    county.freeze()

    codes = [
        refused(confirm_report, report, by=county.lead, at=JUNE),
        refused(begin_report, county.task, period, by=county.reporter, at=JUNE),
    ]

    assert codes == ["report.frozen", "report.frozen"]


def test_the_hour_alone_closes_a_period_before_the_worker_comes(county):
    report = county.confirmed(county.signed, 58)

    assert refused(accept_report, report, by=county.reviewer, at=JUNE_FROZEN) == "report.frozen"


def test_a_correction_restates_the_figure_and_leaves_the_snapshot(county):
    county.accepted(county.signed, 58)
    county.freeze()
    first = county.report(county.signed)
    correction = correct_report(first, "重复计了 1 个", by=county.reporter, at=LATER)
    draft = Draft(value=Decimal(57), words="更正")
    correction = save_draft(
        correction, draft, version=correction.version, by=county.reporter, at=LATER
    )
    add_evidence(correction, doc_no="示例2号", title="说明", by=county.reporter, at=LATER)
    submit_report(correction, by=county.reporter, at=LATER)
    check_report(correction, by=county.approver, at=LATER)
    accept_report(correction, by=county.reviewer, at=LATER)

    latest = LatestAccepted.objects.get(target=county.signed, period__key="2020-06")
    frozen = SnapshotValue.objects.get(snapshot__number="S-2020-06", target=county.signed)
    first.refresh_from_db()
    assert (latest.value, frozen.value, first.value) == (Decimal(57), Decimal(58), Decimal(58))


def test_one_correction_at_a_time(county):
    county.accepted(county.signed, 58)
    county.freeze()
    first = county.report(county.signed)
    correct_report(first, "重复", by=county.reporter, at=LATER)

    code = refused(correct_report, first, "再改", by=county.colleague, at=LATER)

    assert code == "report.correction-open"


def test_a_period_is_planned_once_and_by_the_office(county):
    assert refused(plan_period, "2020-08", by=county.reporter, at=BEGIN) == "office.only"
    assert refused(plan_period, "2020-06", by=county.office, at=BEGIN) == "period.known"
    assert refused(plan_period, "六月", by=county.office, at=BEGIN) == "period.key"


@pytest.mark.parametrize(
    ("key", "freezes"),
    [
        ("2020-08", datetime(2020, 9, 1, 18, tzinfo=LOCAL)),
        ("2020-07", datetime(2020, 8, 3, 18, tzinfo=LOCAL)),  # the 1st is a Saturday
        ("2020-10", datetime(2020, 11, 2, 18, tzinfo=LOCAL)),  # the 1st is a Sunday
    ],
)
def test_a_period_freezes_on_a_workday_unless_told_otherwise(county, key, freezes):
    assert plan_period(key, by=county.office, at=BEGIN).freezes_at == freezes


def test_a_period_opens_on_its_day_and_once(county):
    plan_period("2020-08", by=county.office, at=BEGIN)

    assert refused(open_period, "2020-08", at=BEGIN) == "period.early"
    assert refused(open_period, "2020-06", at=JUNE) == "period.open"


@pytest.mark.usefixtures("county")
def test_a_period_freezes_at_its_hour_and_once():
    assert refused(freeze_period, "2020-06", at=JUNE) == "period.not-due"
    assert refused(freeze_period, "2020-05", at=JUNE) == "period.frozen"
