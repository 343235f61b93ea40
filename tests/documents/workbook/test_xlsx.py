import re
import zipfile
from datetime import date
from io import BytesIO

import pytest

from documents.workbook_parts import cells, texts, workbook
from gongjian.documents import Limits, Unreadable, classified_mark, read_document
from gongjian.lib.pages import Spot


def test_cell_stands_where_the_sheet_shows_it():
    def write(_book, page):
        page.merge_range("B2:D2", "责任分解表")
        page.write("B4", "任务")
        page.write("D4", "牵头单位")

    document = read_document("a.xlsx", workbook(write))

    assert document.text == "\t责任分解表\n\t任务\t\t牵头单位\n"
    assert cells(document) == [(1, 1, "责任分解表"), (3, 1, "任务"), (3, 3, "牵头单位")]
    assert document.spot(document.text.index("牵头")) == Spot(1, 1, 1, 4, 4, "表1")
    assert (document.media, document.title, document.left_out) == ("xlsx", "责任分解表", ())


def test_values_are_read_as_a_person_sees_them():
    def write(book, page):
        def form(code):
            return book.add_format({"num_format": code})

        page.write(0, 0, 0.05, form("0%"))
        page.write(0, 1, 0.0555, form("0.0%"))
        page.write_datetime(0, 2, date(2020, 6, 30), form("yyyy-mm-dd"))
        page.write_datetime(0, 3, date(2020, 6, 30), form('yyyy"年"m"月"'))
        page.write_datetime(0, 4, date(2020, 6, 30), form("yyyy/m/d"))
        page.write(0, 5, 150)
        page.write(0, 6, 1234.5, form("#,##0.00"))
        page.write(0, 7, 0.1 + 0.2)
        page.write(0, 8, True)
        page.write_formula(0, 9, "=NA()", None, "#N/A")
        page.write_formula(0, 10, '="甲"&"乙"', None, "甲乙")
        page.write(0, 11, "第一行\r\n第二行\t末")
        page.write(0, 12, 12, form('0"家"'))
        page.write_rich_string(0, 13, "力争", book.add_format({"bold": True}), "150个")

    document = read_document("a.xlsx", workbook(write))

    assert texts(document) == [
        "5%", "5.6%", "2020-06-30", "2020年6月", "2020-06-30", "150", "1,234.50", "0.3", "TRUE",
        "#N/A", "甲乙", "第一行 第二行 末", "12家", "力争150个",
    ]  # fmt: skip


def test_days_are_counted_from_1904_where_the_file_says_so():
    def write(book, page):
        page.write_datetime(0, 0, date(2020, 6, 30), book.add_format({"num_format": 14}))

    document = read_document("a.xlsx", workbook(write, date_1904=True))

    assert texts(document) == ["2020-06-30"]


def test_merged_cell_is_one_cell_that_ends_with_the_sheet():
    def write(_book, page):
        page.write_row(0, 0, ["任务", "牵头单位"])
        page.write_column(1, 0, ["甲", "乙", "丙"])
        page.merge_range("B2:B3", "县住建局")
        page.merge_range("B4:B1048576", "县教体局")

    table = read_document("a.xlsx", workbook(write)).blocks[0]

    assert [(c.row, c.column, c.row_span) for c in table.cells if c.column] == [
        (0, 1, 1), (1, 1, 2), (3, 1, 1),
    ]  # fmt: skip


def test_what_a_workbook_hides_is_named_and_not_read():
    def write(_book, page):
        page.write_column(0, 0, ["任务", "内部任务", "公开任务"])
        page.write_column(0, 1, ["备注", "甲", "乙"])
        page.set_row(1, None, None, {"hidden": True})
        page.set_column(1, 1, None, None, {"hidden": True})

    def hidden(_book, page):
        page.write(0, 0, "代码表")
        page.hide()

    document = read_document("a.xlsx", workbook(write, hidden))

    assert cells(document) == [(0, 0, "任务"), (2, 0, "公开任务")]
    assert (len(document.blocks), document.left_out) == (1, ("hidden",))


def test_merged_cell_that_begins_in_a_hidden_row_begins_where_it_shows():
    def write(_book, page):
        page.write_column(0, 0, ["甲", "乙", "丙"])
        page.merge_range("B1:B3", "县住建局")
        page.set_row(0, None, None, {"hidden": True})

    cell = read_document("a.xlsx", workbook(write)).blocks[0].cells[1]

    assert (cell.row, cell.column, cell.row_span) == (1, 1, 2)


def test_each_sheet_is_a_table_under_its_name():
    def second(_book, page):
        page.write(2, 1, "县住建局")

    second.title = "责任清单"

    document = read_document("a.xlsx", workbook([["任务"]], [], second))

    assert [block.sheet for block in document.blocks] == ["表1", "责任清单"]
    assert document.spot(document.text.index("县住建局")) == Spot(1, 2, 2, 3, 2, "责任清单")


def test_sheet_in_use_to_its_last_row_is_read_at_once():
    def write(book, page):
        page.write(0, 0, "任务")
        page.write_blank(1_048_575, 3, None, book.add_format({"border": 1}))
        page.write(1_048_575, 0, "注：完")

    document = read_document("a.xlsx", workbook(write))

    assert cells(document) == [(0, 0, "任务"), (1_048_575, 0, "注：完")]
    assert document.text == "任务\n注：完\n"


def test_mark_of_secrecy_at_the_head_of_the_page_is_seen():
    def write(_book, page):
        page.write(0, 0, "任务")
        page.set_header('&L&"宋体"&10机密★1年&R第 &P 页')

    document = read_document("a.xlsx", workbook(write))

    assert classified_mark(document) == "机密★1年"


@pytest.mark.parametrize(
    ("limits", "measure"),
    [(Limits(cells=100), "cells"), (Limits(text_bytes=100), "text_bytes"),
     (Limits(unpacked_bytes=1000), "unpacked_bytes")],
)  # fmt: skip
def test_workbook_beyond_the_limits_is_refused(limits, measure):
    content = workbook([["任务"] * 20] * 20)

    with pytest.raises(Unreadable) as no:
        read_document("a.xlsx", content, limits=limits)

    assert (no.value.code, no.value.params["measure"]) == ("too_large", measure)


def test_empty_workbook_says_so():
    with pytest.raises(Unreadable, match="empty"):
        read_document("a.xlsx", workbook([]))


def changed(content, part, change):
    """A workbook with one part rewritten."""
    source, stream = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for path in source.namelist():
            held = source.read(path)
            target.writestr(path, change(held) if path == part else held)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda held: held[:-40]),
        ("xl/worksheets/sheet1.xml", lambda held: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + held),
        ("xl/sharedStrings.xml", lambda held: held.replace(b"</si>", b"")),
        ("xl/workbook.xml", lambda _: b"no xml"),
    ],
)
def test_damaged_workbook_says_which_part(part, change):
    content = changed(workbook([["任务", "牵头单位"]]), part, change)

    with pytest.raises(Unreadable) as no:
        read_document("a.xlsx", content)

    assert (no.value.code, no.value.params) == ("damaged", {"part": part})


@pytest.mark.parametrize(
    "change",
    [
        lambda held: re.sub(rb' r="[A-Z]+\d+"', b"", held),
        lambda held: re.sub(rb' r="\d+"', b"", held),
        lambda held: held.replace(b"<v>1</v>", b"<v>99</v>"),
        lambda held: held.replace(b'ref="A1:B1"', b'ref="A1"'),
        lambda held: held.replace(b'r="A1"', b'r="ZZZ9999999"'),
    ],
    ids=["cells without address", "rows without number", "string not there", "odd range", "far"],
)
def test_careless_workbook_is_read_as_far_as_it_goes(change):
    def write(_book, page):
        page.merge_range("A1:B1", "任务")
        page.write(1, 0, "甲")

    content = changed(workbook(write), "xl/worksheets/sheet1.xml", change)

    document = read_document("a.xlsx", content)

    assert {"任务", "甲"} & set(texts(document))
