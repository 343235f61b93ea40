"""A superior's empty table is filled from the register, sent, and watched for corrections."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
import xlsxwriter

from gongjian.documents.grids import read_book
from gongjian.flow.plan.usecases import create_campaign
from gongjian.flow.projects.models import ProjectYear, SentTable, SheetMemory
from gongjian.flow.projects.queries import Answering, Basis, RegisterFilter
from gongjian.flow.projects.queries.superior import (
    Source,
    corrections_since,
    filled_sheet,
    filling,
    read_sheet,
    sheet_read,
)
from gongjian.flow.projects.usecases import (
    SheetWords,
    YearWords,
    accept_months,
    bring_sheet,
    change_sheet,
    check_months,
    correct_month,
    fill_sheet,
    record_sent,
    register_projects,
)
from gongjian.flow.projects.usecases.money import MonthWords
from gongjian.foundation.files.queries import bytes_of
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE
from small_register import wrong_rows
from superior_sheets import HEADS, empty_sheet

END = date(2020, 6, 30)
LATER = JUNE + timedelta(days=20)
BASIS = Basis(END, JUNE, "S-2020-06")


@pytest.fixture
def paid(register):
    register.reached(register.mill, "signed", date(2020, 1, 20))
    register.reached(register.mill, "established", date(2020, 2, 1))
    register.reached(register.mill, "started", date(2020, 3, 5))
    for month, done in (("2020-04", 10_000_000), ("2020-05", 26_000_000)):
        register.paid(register.mill, month, done=done)
    return register


def two_rows():
    """A table with groups above its columns, sums above the lines, notes below."""
    groups = {0: "序号", 1: "项目名称", 2: "投资规模", 4: "2020年投资完成情况"}
    leaves = {2: "总投资", 3: "其中：固定资产投资", 4: "年度计划投资", 5: "6月当月完成",
              6: "1-6月累计完成", 7: "占年度计划%"}  # fmt: skip
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("附件2")
        page.merge_range(0, 0, 0, 7, "2020年全市重点项目投资完成情况调度表（6月）")
        page.write(1, 7, "单位：万元")
        for at in (0, 1):
            page.merge_range(2, at, 3, at, groups[at])
        page.merge_range(2, 2, 2, 3, groups[2])
        page.merge_range(2, 4, 2, 7, groups[4])
        for at, leaf in leaves.items():
            page.write(3, at, leaf)
        page.write(4, 1, "合计")
        page.write_formula(4, 2, "=SUM(C6:C8)")
        page.merge_range(8, 0, 8, 7, "填表说明：固定资产投资不含土地费用。")
    return stream.getvalue()


def test_below_a_group_a_column_is_what_it_says_itself():
    read = read_sheet("来表.xlsx", two_rows())

    assert [column.field for column in read.columns] == [
        "seq", "name", "total_investment", "fixed_investment", "year_plan_investment",
        "month_done", "year_done_investment", "share_of_plan",
    ]  # fmt: skip
    assert read.columns[4].title == "2020年投资完成情况/年度计划投资"
    assert (read.first, read.end) == (5, 8)


def source(register, *, basis=BASIS, wanted=None):
    answers = {register.mill.pk: Answering(sponsor="甲某", sponsor_post="副市长")}
    return Source(register.campaign, basis, answers, wanted or RegisterFilter(), "示例市")


def brought(register, content=None, name="附件1.xlsx"):
    office = register.people["office"]
    return bring_sheet(register.campaign, name, content or empty_sheet(), by=office, at=JUNE)


def filled(register, sheet, *, basis=BASIS, named=False):
    return filled_sheet(sheet_read(sheet), source(register, basis=basis), named=named)


def said(sheet, **more):
    words = {"rows": "listed", "sheet": sheet.sheet, "to": "示例市发改委", "title": "月报"}
    return SheetWords(**(words | more))


def written(register, sheet, found):
    content = fill_sheet(
        sheet, found, notes=("说明",), foot="截至", by=register.people["office"], at=JUNE
    )
    book = read_book("filled.xlsx", io.BytesIO(content))
    return dict(next(one for one in book.grids if one.name == sheet.sheet).rows)


def test_the_columns_are_told_and_those_that_cannot_be_filled_say_why():
    read = read_sheet("附件1.xlsx", empty_sheet())

    told = {column.title: (column.field, column.unit) for column in read.columns}
    assert list(told) == HEADS
    assert told == {
        "序号": ("seq", ""),
        "项目名称": ("name", ""),
        "项目代码": ("code", ""),
        "县市区": ("place", ""),
        "总投资": ("total_investment", "亿元"),
        "年计划投资": ("year_plan_investment", "亿元"),
        "1-6月完成": ("year_done_investment", "亿元"),
        "占年计划%": ("share_of_plan", ""),
        "开工日期": ("actual_start", ""),
        "形象进度": ("progress_text", ""),
        "入统投资": ("", ""),
        "用能批复号": ("permit.energy", ""),
        "责任领导职务": ("sponsor_post", ""),
        "视频链接": ("", ""),
    }
    assert (read.head, read.first, read.end, read.total) == ((2, 2), 3, 6, 6)


def test_a_table_is_filled_with_the_projects_of_a_filter(paid):
    sheet = brought(paid)

    rows = written(paid, sheet, filled(paid, sheet))

    assert rows[3][:7] == (1.0, "示例纺织智能工厂项目", "2020-370782-17-03-000001", "示例市",
                           2.0, 1.2, 0.36)  # fmt: skip
    assert rows[3][8] == "2020-03-05"
    assert rows[3][12] == "副市长"
    assert rows[4][1] == "示例乳品冷链基地项目"
    assert rows[4][6:] == (None, "\ue000")  # not reported is no 0; the formula stays
    assert rows[6][1] == "合计"
    assert rows[8][0] == "截至"


def test_more_projects_than_lines_put_rows_in(paid):
    more = [(paid.words(f"示例第{n}项目"), YearWords()) for n in range(5)]
    register_projects(paid.campaign, more, by=paid.people["office"], at=BEGIN)
    sheet = brought(paid)

    found = filled(paid, sheet)
    rows = written(paid, sheet, found)

    assert (len(found.lines), found.inserted) == (7, 4)
    assert [rows[at][1] for at in (3, 9, 10)] == ["示例纺织智能工厂项目", "示例第4项目", "合计"]


def test_the_rows_a_table_names_are_filled_and_strangers_are_told(paid):
    content = empty_sheet("示例乳品冷链基地项目", "没有的项目", "示例纺织智能工厂项目")
    sheet = brought(paid, content)

    found = filled(paid, sheet, named=True)
    rows = written(paid, sheet, found)

    assert sheet.rows == "named"
    assert found.unknown == ("没有的项目",)
    assert (rows[3][4], rows[5][4]) == (3.0, 2.0)
    assert rows[4][4] is None if len(rows[4]) > 4 else True


def test_sums_without_a_formula_are_of_exact_amounts(paid):
    heads = "序号,项目名称,总投资（万元）,年计划投资（万元）,本年完成投资（万元）,完成率\n"
    sheet = brought(paid, (heads + ",,,,,\n合计,,,,,\n").encode(), "表.csv")

    rows = written(paid, sheet, filled(paid, sheet))

    assert rows[1] == (1.0, "示例纺织智能工厂项目", 20000.0, 12000.0, 3600.0, "30.0%")
    assert next(cells for cells in rows.values() if cells[0] == "合计") == (
        "合计", None, 50000.0, 22000.0, 3600.0, "16.4%",
    )  # fmt: skip


def test_a_month_in_a_title_is_that_month(paid):
    heads = "项目名称,总投资,4月完成投资,1-4月完成投资,本月完成投资\n"
    read = read_sheet("表.csv", f"单位：万元,,,,\n{heads}".encode())

    found = filled_sheet(read, source(paid, basis=Basis(date(2020, 5, 31), JUNE)), named=False)

    assert found.lines[0].values[2:] == (Decimal("1000.00"), Decimal("1000.00"), Decimal("2600.00"))


def test_what_is_said_of_a_column_is_remembered_for_the_next_table(paid):
    office = paid.people["office"]
    sheet = brought(paid)
    words = said(sheet, maps={"K": "stat_in", "N": ""})

    with pytest.raises(Refused) as no:
        change_sheet(sheet, words, version=sheet.version, by=office, at=JUNE)
    assert no.value.code == "sheet.map"

    change_sheet(sheet, said(sheet, maps={"J": "stage_label"}), version=1, by=office, at=JUNE)
    again = {column.letter: column for column in sheet_read(brought(paid)).columns}

    assert SheetMemory.objects.get().header == "形象进度"
    assert (again["J"].field, again["J"].code) == ("stage_label", "remembered")
    assert wrong_rows() == []


def test_an_old_form_is_told(paid):
    office, sheet = paid.people["office"], brought(paid)
    change_sheet(sheet, said(sheet), version=1, by=office, at=JUNE)

    with pytest.raises(Refused) as no:
        change_sheet(sheet, said(sheet), version=1, by=office, at=JUNE)

    assert no.value.code == "sheet.changed"


def sent(register):
    sheet = brought(register)
    sheet = change_sheet(sheet, said(sheet), version=1, by=register.people["office"], at=JUNE)
    found = filled(register, sheet)
    office = register.people["office"]
    return record_sent(sheet, found, seen=found.digest, notes=(), foot="截至", by=office, at=JUNE)


def test_what_was_sent_is_kept_with_every_value(paid):
    table = sent(paid)

    kept = SentTable.objects.get(pk=table.pk)
    assert (kept.to, kept.snapshot, kept.as_of) == ("示例市发改委", "S-2020-06", END)
    assert kept.rows[0]["values"][4:7] == ["2.00", "1.20", "0.36"]
    assert kept.rows[1]["values"][6] is None
    assert len(kept.file.sha256) == 64
    assert wrong_rows() == []


def test_a_later_correction_is_shown_with_its_day(paid):
    table = sent(paid)
    month = paid.mill.months.get(month="2020-05")
    paid.paid(paid.mill, "2020-07", at=LATER, done=99_000_000)  # later is no correction
    changed = MonthWords("2020-05", done=Decimal(21_000_000))
    row = correct_month(month, changed, "重复计算", by=paid.people["clerk"], at=LATER)
    check_months([row], by=paid.people["head"], at=LATER)
    accept_months([row], by=paid.people["reviewer"], at=LATER)

    found = corrections_since([table], known_at=LATER)[table.pk]

    assert [(one.label, one.old, one.new, one.day) for one in found] == [
        ("1-6月完成", "0.36", "0.31", LATER.date()),
        ("占年计划%", "30.0", "25.8", LATER.date()),
    ]


def test_nothing_corrected_is_nothing_shown(paid):
    table = sent(paid)

    assert corrections_since([table], known_at=LATER)[table.pk] == []


def corrected(register, done, *, at):
    """What was done in May, said anew and accepted."""
    said = MonthWords("2020-05", done=Decimal(done))
    month = register.mill.months.filter(month="2020-05", corrects=None).get()
    row = correct_month(month, said, "重复计算", by=register.people["clerk"], at=at)
    check_months([row], by=register.people["head"], at=at)
    accept_months([row], by=register.people["reviewer"], at=at)


def test_what_was_known_otherwise_when_a_snapshot_was_sent_is_no_later_correction(paid):
    office, hour = paid.people["office"], timedelta(hours=1)
    corrected(paid, 21_000_000, at=LATER)  # after the freeze, before it is sent
    sheet = brought(paid)
    sheet = change_sheet(sheet, said(sheet), version=1, by=office, at=JUNE)
    found = filled(paid, sheet)
    table = record_sent(
        sheet, found, seen=found.digest, notes=(), foot="", by=office, at=LATER + hour
    )

    at_once = corrections_since([table], known_at=LATER + hour)[table.pk]
    corrected(paid, 31_000_000, at=LATER + 2 * hour)
    later = corrections_since([table], known_at=LATER + 2 * hour)[table.pk]

    assert table.rows[0]["values"][6] == "0.36"
    assert at_once == []
    assert [(one.label, one.old, one.new) for one in later] == [
        ("1-6月完成", "0.36", "0.41"), ("占年计划%", "30.0", "34.2"),
    ]  # fmt: skip


def test_each_table_is_compared_with_the_plan_of_its_own_year(paid):
    office = paid.people["office"]
    other = create_campaign("重大项目建设年", year=2021, by=office, at=JUNE)
    for project in (paid.mill, paid.dairy):
        ProjectYear.objects.create(project=project, campaign=other, plan_class="continued")
    content = empty_sheet("示例纺织智能工厂项目", "示例乳品冷链基地项目")
    sheet = bring_sheet(other, "表.xlsx", content, by=office, at=JUNE)
    sheet = change_sheet(sheet, said(sheet, rows="named"), version=1, by=office, at=JUNE)
    found = filled_sheet(sheet_read(sheet), Source(other, BASIS, {}, RegisterFilter()), named=True)
    second = record_sent(sheet, found, seen=found.digest, notes=(), foot="", by=office, at=JUNE)

    found_since = corrections_since([sent(paid), second], known_at=LATER)

    assert second.rows[0]["values"][5] is None  # no plan is kept for 2021
    assert set(map(len, found_since.values())) == {0}


def test_the_file_that_was_taken_away_is_the_one_that_is_recorded(paid):
    office, sheet = paid.people["office"], brought(paid)
    sheet = change_sheet(sheet, said(sheet), version=1, by=office, at=JUNE)
    found = filled(paid, sheet)
    content = fill_sheet(sheet, found, notes=(), foot="截至 10:00", by=office, at=JUNE)

    table = record_sent(
        sheet, found, seen=found.digest, notes=(), foot="截至 11:00", by=office, at=JUNE
    )

    assert bytes_of(table.file) == content
    assert wrong_rows() == []


def test_what_changed_since_it_was_taken_or_shown_is_not_recorded(paid):
    office, sheet = paid.people["office"], brought(paid)
    sheet = change_sheet(sheet, said(sheet), version=1, by=office, at=JUNE)
    shown = filled(paid, sheet)
    fill_sheet(sheet, shown, notes=(), foot="", by=office, at=JUNE)
    sheet = change_sheet(sheet, said(sheet, maps={"J": ""}), version=2, by=office, at=JUNE)
    now = filled(paid, sheet)

    codes = []
    for seen in (shown, now):
        with pytest.raises(Refused) as no:
            record_sent(sheet, now, seen=seen.digest, notes=(), foot="", by=office, at=JUNE)
        codes.append(no.value.code)

    assert codes == ["sheet.other-now", "sheet.other-taken"]
    fill_sheet(sheet, now, notes=(), foot="", by=office, at=JUNE)
    assert record_sent(sheet, now, seen=now.digest, notes=(), foot="", by=office, at=JUNE).pk


def test_a_table_with_projects_left_over_is_not_recorded(paid, monkeypatch):
    monkeypatch.setattr(filling, "MOST", 1)
    office, sheet = paid.people["office"], brought(paid)
    sheet = change_sheet(sheet, said(sheet), version=1, by=office, at=JUNE)
    found = filled(paid, sheet)

    with pytest.raises(Refused) as no:
        record_sent(sheet, found, seen=found.digest, notes=(), foot="", by=office, at=JUNE)

    assert no.value.code == "sheet.cut"
    assert "还有 1 个项目" in str(no.value)


def test_corrections_ask_the_same_however_many(paid, django_assert_num_queries):
    one, two = sent(paid), sent(paid)
    tables = list(SentTable.objects.select_related("sheet__campaign"))

    with django_assert_num_queries(21) as first:
        corrections_since(tables[:1], known_at=LATER)
    with django_assert_num_queries(len(first.captured_queries)):
        corrections_since(tables, known_at=LATER)
    assert one.pk != two.pk


def test_a_table_needs_a_receiver_and_rows(paid):
    office, sheet = paid.people["office"], brought(paid)
    found = filled(paid, sheet)

    with pytest.raises(Refused) as no:
        record_sent(sheet, found, seen=found.digest, notes=(), foot="", by=office, at=JUNE)

    assert no.value.code == "sheet.no-receiver"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("表.xlsx", b"PK\x03\x04 nothing", "sheet.unreadable"),
        ("表.csv", "甲,乙\n1,2\n".encode(), "sheet.no-header"),
        ("表.csv", "机密★\n项目名称,总投资\n".encode(), "sheet.classified"),
        ("表.exe", b"MZ", "file.kind"),
        ("表.xlsx", b"", "file.empty"),
    ],
)
def test_what_cannot_be_filled_is_refused_and_not_kept(register, name, content, code):
    with pytest.raises(Refused) as no:
        brought_as(register, name, content)

    assert no.value.code == code
    assert not register.campaign.superior_sheets.exists()


def brought_as(register, name, content):
    return bring_sheet(register.campaign, name, content, by=register.people["office"], at=JUNE)


def test_only_the_office_brings_tables(register):
    with pytest.raises(Refused) as no:
        bring_sheet(
            register.campaign, "表.xlsx", empty_sheet(), by=register.people["clerk"], at=JUNE
        )

    assert no.value.code == "office.only"
