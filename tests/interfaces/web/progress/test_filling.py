"""The form of a report: three steps, a live sentence, a draft that saves itself, nothing lost."""

from decimal import Decimal
from urllib.parse import quote
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.pdf_parts import column, pdf
from gongjian.flow.progress.models import Report, ReportEvidence
from gongjian.flow.progress.usecases import Draft, EvidenceFile, add_evidence, save_draft
from gongjian.foundation.records.usecases import move_clock
from small_county import JUNE, JUNE_FROZEN

HTMX = {"HX-Request": "true"}


def page(report, name="report"):
    return reverse(name, args=[report.uid])


def step(client, report, **fields):
    fields = {"version": report.version, "key": uuid4(), "step": 1, "act": "next", **fields}
    return client.post(page(report), fields)


def test_the_first_step_shows_last_period_and_what_is_due(county, web):
    answer = web("reporter").get(page(county.report(county.signed)))

    previous = answer.context["previous"]
    assert (previous.value, previous.light, previous.due) == ("51 个", "green", "75 个")
    assert answer.context["head"].place == "第 1 项，共 1 项"
    assert answer.context["say"] is None


def test_who_may_not_fill_sees_the_report_and_the_reason(county, web):
    answer = web("approver").get(page(county.report(county.signed)), follow=True)

    assert answer.redirect_chain[0][0] == page(county.report(county.signed), "report_check")
    assert "你的账号没有填报人角色" in answer.content.decode()


def test_another_units_draft_is_not_there(county, web):
    assert web("other_reporter").get(page(county.report(county.signed))).status_code == 404


def test_the_live_sentence_says_change_rate_sum_light_and_rule(county, web):
    report = county.report(county.signed)

    answer = web("reporter").get(page(report, "report_preview"), {"value": "58"}, headers=HTMX)

    words = " ".join(answer.content.decode().split())
    assert "<b>7 个</b>" in words
    assert "<b>38.7%</b>（58÷150）" in words
    assert "g-light-yellow" in words
    assert "6 月底应完成 75 个，实际 58 个，落后 11.3 个百分点" in words
    assert "<html" not in words
    assert county.report(county.signed).value is None


def test_the_live_sentence_says_why_something_is_no_figure(county, web):
    report = county.report(county.signed)

    answer = web("reporter").get(page(report, "report_preview"), {"value": "五十八"}, headers=HTMX)

    assert "“五十八”不是数字" in answer.content.decode()


def test_a_draft_saves_itself_and_hands_back_the_new_version(county, web):
    report = county.report(county.signed)
    fields = {"value": "58", "version": report.version}

    answer = web("reporter").post(page(report, "report_save"), fields, headers=HTMX)

    saved = county.report(county.signed)
    assert (saved.value, saved.version) == (Decimal(58), report.version + 1)
    assert "草稿 10:00 已存" in answer.content.decode()
    assert f'value="{saved.version}" hx-swap-oob="true"' in answer.content.decode()


def test_a_draft_that_cannot_be_saved_says_so_where_the_eye_is(county, web):
    report = county.report(county.signed)
    fields = {"value": "很多", "version": report.version}

    answer = web("reporter").post(page(report, "report_save"), fields, headers=HTMX)

    assert answer.status_code == 409
    assert "还没存" in answer.content.decode()


def test_the_three_steps_end_on_the_approvers_desk(county, web):
    client, report = web("reporter"), county.report(county.signed)
    first = step(client, report, value="58")
    evidence = {"doc_no": "示例1号", "title": "清单", "key": uuid4()}
    client.post(page(report, "report_evidence"), evidence)
    report = county.report(county.signed)
    second = step(client, report, step=2, words="新签 7 个", risk="慢", measures="快")
    report = county.report(county.signed)
    check = client.get(second.url)
    third = step(client, report, step=3, act="send")

    assert (first.url, second.url) == (page(report) + "?step=2", page(report) + "?step=3")
    answers = {label: text for label, text, _url, _light in check.context["answers"]}
    assert answers["累计完成"] == "58 个（本期增加 7 个，完成率 38.7%，58÷150）"
    assert (answers["进展"], answers["佐证"]) == ("新签 7 个", "示例1号 清单")
    assert check.context["reviewer"] == "投促 approver某"
    assert third.url == page(report, "report_check")
    assert county.report(county.signed).state == "filled"


def test_yellow_asks_for_reasons_green_does_not(county, web):
    client, report = web("reporter"), county.report(county.signed)
    yellow = client.get(step(client, report, value="58").url)
    green = client.get(step(client, county.report(county.signed), value="75").url)

    assert yellow.context["ask_reason"].light == "yellow"
    assert green.context["ask_reason"] is None


def test_nothing_new_repeats_the_last_known_figure_and_says_so(county, web):
    report = county.report(county.signed)

    answer = step(web("reporter"), report, act="same")

    same = county.report(county.signed)
    assert (same.value, same.words, answer.status_code) == (Decimal(51), "本期无变化。", 302)


def test_a_wrong_figure_is_shown_again_with_its_sentence(county, web):
    answer = step(web("reporter"), county.report(county.signed), value="58个")

    assert answer.status_code == 409
    assert answer.context["question"].value == "58个"
    assert answer.context["errors"] == [("value", "“58个”不是数字。只填数，不带单位，例如 58。")]


def test_what_was_sent_says_so_once_and_whose_turn_it_is(county, web):
    report = county.fill(county.signed, 58)
    client = web("reporter")
    sent = step(client, report, step=3, act="send")

    first, again = client.get(sent.url), client.get(sent.url)

    assert first.context["said"] == "已报送，待 投促 approver某 审核。审核前可以撤回。"
    assert "审核前可以撤回" in first.content.decode()
    assert "said" not in again.context


def test_sending_without_evidence_is_refused_on_the_page(county, web):
    client, report = web("reporter"), county.report(county.signed)
    step(client, report, value="58")

    answer = step(client, county.report(county.signed), step=3, act="send")

    assert answer.status_code == 409
    assert answer.context["refused"].code == "report.no-evidence"
    assert county.report(county.signed).state == "draft"


def test_a_stale_page_shows_both_values_and_keeps_what_was_typed(county, web):
    seen = county.report(county.signed)
    save_draft(seen, Draft(value=Decimal(60)), version=seen.version, by=county.colleague, at=JUNE)

    answer = step(web("reporter"), seen, version=seen.version - 1, value="58")

    assert answer.status_code == 409
    assert (answer.context["refused"].theirs["累计完成数"], answer.context["question"].value) == (
        "60",
        "58",
    )
    assert answer.context["say"].sum == "58÷150"
    assert county.report(county.signed).value == Decimal(60)
    again = step(web("reporter"), seen, version=answer.context["version"], value="58")
    assert (again.status_code, county.report(county.signed).value) == (302, Decimal(58))


def test_a_double_click_counts_once_and_leads_the_same_way(county, web):
    client, report = web("reporter"), county.report(county.signed)
    county.fill(county.signed, 58)
    report = county.report(county.signed)
    same = {"step": 3, "act": "send", "key": uuid4()}

    first, second = step(client, report, **same), step(client, report, **same)

    assert (first.url, second.url) == (second.url, page(report, "report_check"))
    assert county.report(county.signed).version == report.version + 1


def test_what_was_sent_is_refused_in_a_sentence_when_filled_again(county, web):
    report = county.send(county.signed, 58)

    answer = step(web("reporter"), report, value="60")

    assert answer.status_code == 409
    assert "要改，请审核人先退回" in answer.content.decode()


def test_a_frozen_period_is_filled_by_nobody(county, web):
    report = county.report(county.signed)
    county.freeze()
    move_clock(JUNE_FROZEN, by=county.office, at=JUNE_FROZEN)

    answer = step(web("reporter"), report, value="58")

    assert answer.status_code == 409
    assert "已经冻结，只能更正" in answer.content.decode()


def test_evidence_may_be_a_number_alone_and_never_a_forced_photo(county, web):
    report = county.report(county.signed)
    fields = {"doc_no": "诸发〔2020〕1号", "title": "批复", "key": uuid4()}

    answer = web("reporter").post(page(report, "report_evidence"), fields, headers=HTMX)

    assert [file.doc_no for file in answer.context["evidence"]] == ["诸发〔2020〕1号"]
    assert "<html" not in answer.content.decode()


def test_the_form_goes_on_from_the_version_that_evidence_made(county, web):
    report, client = county.report(county.signed), web("reporter")
    fields = {"doc_no": "1号", "title": "批复", "key": uuid4()}

    answer = client.post(page(report, "report_evidence"), fields, headers=HTMX)

    version = county.report(county.signed).version
    shown = (
        f'<input type="hidden" name="version" id="version" value="{version}" hx-swap-oob="true">'
    )
    assert version == report.version + 1
    assert shown in answer.content.decode()


def test_the_same_evidence_sent_twice_stands_once(county, web):
    report, client = county.report(county.signed), web("reporter")
    fields = {"doc_no": "1号", "title": "批复", "key": uuid4()}

    for _time in range(2):
        client.post(page(report, "report_evidence"), fields, headers=HTMX)

    assert ReportEvidence.objects.filter(report=report).count() == 1


def test_evidence_of_an_unwanted_kind_is_refused_in_place(county, web):
    report = county.report(county.signed)
    file = SimpleUploadedFile("清单.exe", b"MZ")
    fields = {"title": "清单", "file": file, "key": uuid4()}

    answer = web("reporter").post(page(report, "report_evidence"), fields, headers=HTMX)

    assert answer.status_code == 409
    assert "不收 .exe 文件" in answer.content.decode()


def test_a_file_is_searched_for_a_mark_before_the_transaction_begins(county, web):
    """A slow file must not hold up those who write meanwhile; nor is a trace of it kept."""
    report, client = county.report(county.signed), web("reporter")
    secret = SimpleUploadedFile("批复.pdf", pdf(column(["机密★1年", "项目批复"])))
    fields = {"title": "批复", "file": secret, "key": uuid4()}

    with CaptureQueriesContext(connection) as asked:
        answer = client.post(page(report, "report_evidence"), fields, headers=HTMX)

    assert answer.context["refused_file"].code == "evidence.classified"
    assert not any("gongjian_actkey" in row["sql"] for row in asked)  # its first statement


def test_a_file_is_kept_once_however_often_it_is_sent(county, web):
    report, client, key = county.report(county.signed), web("reporter"), uuid4()

    for _time in range(2):
        file = SimpleUploadedFile("批复.pdf", pdf(column(["项目批复"])))
        fields = {"title": "批复", "file": file, "key": key}
        client.post(page(report, "report_evidence"), fields, headers=HTMX)

    assert [row.file.name for row in ReportEvidence.objects.filter(report=report)] == ["批复.pdf"]


def test_evidence_is_removed_by_its_unit_alone(county, web):
    report = county.fill(county.signed, 58)
    evidence = report.evidence.get()
    fields = {"remove": evidence.uid, "key": uuid4()}

    theirs = web("approver").post(page(report, "report_evidence"), fields)
    ours = web("reporter").post(page(report, "report_evidence"), fields | {"key": uuid4()})

    assert (theirs.status_code, ours.status_code, report.evidence.count()) == (409, 302, 0)


def test_evidence_is_saved_and_never_shown_by_the_browser(county, web):
    report = county.fill(county.signed, 58)
    evidence = report.evidence.get()

    answer = web("reporter").get(reverse("evidence", args=[evidence.uid]))

    assert answer.content == "示例清单".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    hidden = web("other_reporter").get(reverse("evidence", args=[evidence.uid]))
    assert hidden.status_code == 404


def test_evidence_is_named_by_its_title_and_not_as_another_unit_first_sent_it(county, web):
    same = EvidenceFile("发改内部名单.PDF", "同样的内容".encode())
    theirs = county.fill(county.started, 19)
    add_evidence(theirs, title="甲", file=same, by=county.other_reporter, at=JUNE)
    report = county.fill(county.signed, 58)
    ours = add_evidence(report, title="签约清单", file=same, by=county.reporter, at=JUNE)

    answer = web("reporter").get(reverse("evidence", args=[ours.uid]))

    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('签约清单.PDF')}"


def test_a_task_is_begun_once_and_reported_in_words(county, web):
    client, fields = web("reporter"), {"key": uuid4()}
    url = reverse("report_begin_task", args=[county.task.uid])

    first, second = client.post(url, fields), client.post(url, fields)

    report = Report.objects.get(task=county.task)
    assert first.url == second.url == page(report)
    shown = client.get(first.url)
    assert (shown.context["subject"], shown.context["previous"].label) == ("task", "完成时限")
    done = step(client, report, done_on="2020-06-20")
    assert done.url.endswith("?step=2")
    assert str(Report.objects.get(pk=report.pk).done_on) == "2020-06-20"


def test_a_wrong_day_is_shown_again_with_its_sentence(county, web):
    client = web("reporter")
    client.post(reverse("report_begin_milestone", args=[county.milestone.uid]), {"key": uuid4()})
    report = Report.objects.get(milestone=county.milestone)

    answer = step(client, report, done_on="六月底")

    assert answer.status_code == 409
    assert answer.context["done_on"]["value"] == "六月底"


def test_beginning_what_another_unit_leads_is_refused(county, web):
    url = reverse("report_begin_task", args=[county.task.uid])

    answer = web("other_reporter").post(url, {"key": uuid4()})

    assert answer.status_code == 409
    assert "这项由投促填报" in answer.content.decode()
