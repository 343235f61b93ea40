import io
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from lxml import etree

from gongjian.documents.sheets import Band, Sheet, SheetColumn, Total, write_book, write_sheet

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
COLUMNS = (
    SheetColumn("指标", 20),
    SheetColumn("目标值", 14, "number", 2),
    SheetColumn("完成率", 10, "percent", 1),
    SheetColumn("期限", 12, "date"),
)
JULY_2 = datetime(2020, 7, 2, tzinfo=UTC)


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def cells(content: bytes) -> dict[str, tuple[str, str | None]]:
    """Place → (type, value) of each cell that holds something."""
    shared = ["".join(si.itertext()) for si in part(content, "xl/sharedStrings.xml")]
    found = {}
    for cell in part(content, "xl/worksheets/sheet1.xml").iter(f"{M}c"):
        assert cell.find(f"{M}f") is None
        held = cell.findtext(f"{M}v")
        if held is not None:
            kind = cell.get("t", "n")
            found[cell.get("r")] = (kind, shared[int(held)] if kind == "s" else held)
    return found


def test_values_keep_their_kind():
    rows = (("新签约项目", Decimal("150.50"), Decimal("0.387"), date(2020, 6, 30)),)

    content = write_sheet(Sheet("任务分解表", COLUMNS, rows, notes=("注：示例",), unit="单位：个"))

    assert cells(content) == {
        "A1": ("s", "任务分解表"),
        "A2": ("s", "单位：个"),
        "A3": ("s", "指标"),
        "B3": ("s", "目标值"),
        "C3": ("s", "完成率"),
        "D3": ("s", "期限"),
        "A4": ("s", "新签约项目"),
        "B4": ("n", "150.50"),
        "C4": ("n", "0.387"),
        "D4": ("n", "44012"),
        "A5": ("s", "注：示例"),
    }


def test_nothing_reported_is_an_empty_cell():
    rows = (("甲", None, float("nan"), None), ("乙", Decimal("NaN"), 0, None))

    held = cells(write_sheet(Sheet("表", COLUMNS, rows)))

    assert {place: value for place, value in held.items() if place[1] in "34"} == {
        "A3": ("s", "甲"),
        "A4": ("s", "乙"),
        "C4": ("n", "0"),
    }


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "http://x.cn", "123", "{=1}"]
)
def test_text_stays_text(text):
    held = cells(write_sheet(Sheet("表", COLUMNS, ((text, text, text, text),))))

    assert {held[f"{column}3"] for column in "ABCD"} == {("s", text)}


def test_text_that_looks_live_is_marked_as_text():
    live = write_sheet(Sheet("表", COLUMNS[:1], (("=1+1",),)))
    dull = write_sheet(Sheet("表", COLUMNS[:1], (("1+1",),)))

    def marks(content: bytes) -> int:
        return len(part(content, "xl/styles.xml").findall(f".//{M}xf[@quotePrefix='1']"))

    assert (marks(live), marks(dull)) == (1, 0)


def test_amount_beyond_excel_is_written_to_the_last_digit():
    amounts = (Decimal("123456789012345678.25"), Decimal("1234567890123.25"))
    rows = tuple(("甲", amount, None, None) for amount in amounts)

    held = cells(write_sheet(Sheet("表", COLUMNS, rows)))

    assert (held["B3"], held["B4"]) == (("s", "123456789012345678.25"), ("n", "1234567890123.25"))


def test_sheet_prints_turned_with_its_head_on_every_page():
    content = write_sheet(Sheet("表", COLUMNS, (("甲", 1, 1, None),), unit="单位：个"))
    page = part(content, "xl/worksheets/sheet1.xml")
    book = part(content, "xl/workbook.xml")

    assert dict(page.find(f"{M}pageSetup").attrib) == {
        "paperSize": "9",
        "orientation": "landscape",
        "fitToHeight": "0",
    }
    assert page.find(f"{M}sheetViews/{M}sheetView/{M}pane").get("topLeftCell") == "A4"
    names = {node.get("name"): node.text for node in book.iter(f"{M}definedName")}
    assert names["_xlnm.Print_Titles"] == "表!$3:$3"


def test_same_sheets_give_the_same_bytes():
    sheet = Sheet("表", COLUMNS, (("甲", 1, 1, None),))

    assert write_sheet(sheet, at=JULY_2) == write_sheet(sheet, at=JULY_2)
    core = zipfile.ZipFile(io.BytesIO(write_sheet(sheet))).read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"1980-01-01"}


def test_names_of_sheets_are_ones_excel_accepts():
    titles = ("任务[2020]/表", "任务[2020]/表", "长" * 40, "长" * 40, "'", "A", "a")
    content = write_book([Sheet(title, COLUMNS, ()) for title in titles])

    names = [node.get("name") for node in part(content, "xl/workbook.xml").iter(f"{M}sheet")]

    assert names == ["任务 2020  表", "任务 2020  表2", "长" * 31, "长" * 27 + "4", "5", "A", "a7"]


def test_row_of_another_length_is_an_error():
    with pytest.raises(ValueError, match="shorter"):
        write_sheet(Sheet("表", COLUMNS, (("甲",),)))


def test_a_band_stands_across_all_columns_and_rows_are_as_high_as_their_text():
    columns = (SheetColumn("序号", 8, "code"), SheetColumn("口径", 28))
    words = "以签订协议并备案的为准" * 5  # 55 letters, 12 a line
    content = write_sheet(Sheet("清单", columns, (Band("1　双招双引"), ("1-1", words))))

    page = part(content, "xl/worksheets/sheet1.xml")
    merged = [cell.get("ref") for cell in page.iter(f"{M}mergeCell")]
    heights = {row.get("r"): float(row.get("ht", 0)) for row in page.iter(f"{M}row")}
    assert cells(content)["A3"] == ("s", "1　双招双引")
    assert "A3:B3" in merged
    assert round(heights["4"]) == 5 * 16 + 5


def test_a_wide_sheet_is_printed_on_a3():
    wide = tuple(SheetColumn(f"第{n}栏", 30) for n in range(7))

    page = part(write_sheet(Sheet("宽表", wide, (("",) * 7,))), "xl/worksheets/sheet1.xml")

    assert page.find(f"{M}pageSetup").get("paperSize") == "8"


def test_arrows_filter_the_rows_and_not_their_sums():
    rows = (("甲", 1, None, None), ("乙", 2, None, None), Total(("合计", 3, None, None)))

    page = part(write_sheet(Sheet("表", COLUMNS, rows)), "xl/worksheets/sheet1.xml")

    assert page.find(f"{M}autoFilter").get("ref") == "A2:D4"


def test_a_row_is_no_higher_than_a_spreadsheet_knows():
    page = part(write_sheet(Sheet("表", COLUMNS, (("长" * 9_000, None, None, None),))),
                "xl/worksheets/sheet1.xml")  # fmt: skip

    assert max(float(row.get("ht", 0)) for row in page.iter(f"{M}row")) <= 409
