import struct
from datetime import date

import pytest

from documents.workbook_parts import OFFICE, cells, converted, texts, workbook
from gongjian.documents import Limits, Unreadable, read_document
from gongjian.documents.workbook.compound import stream
from gongjian.lib.pages import Spot

needs_office = pytest.mark.skipif(OFFICE is None, reason="makes its files with LibreOffice")
INTERFACE, FILEPASS, PROTECT = struct.pack("<HH", 0xE1, 2), 0x2F, 0x12  # kinds of records
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def write(book, page):
    page.merge_range("A1:D1", "责任分解表")
    page.write_row("A2", ["指标", "目标值", "完成时限", "牵头单位"])
    page.write("A3", "粮食总产量")
    page.write("B3", 0.055, book.add_format({"num_format": "0.0%"}))
    page.write_datetime("C3", date(2020, 6, 30), book.add_format({"num_format": 'yyyy"年"m"月"'}))
    page.merge_range("D3:D4", "县农业农村局\n县统计局")
    page.write("A4", "内部")
    page.write("B4", 150)
    page.write("A5", "出错")
    page.write_formula("B5", "=NA()", None, "#N/A")
    page.write("A6", "不公开")
    page.set_row(5, None, None, {"hidden": True})


write.title = "分解"


@pytest.fixture(scope="module")
def xls(tmp_path_factory):
    def hidden(_book, page):
        page.write(0, 0, "代码表")
        page.hide()

    return converted(workbook(write, hidden), "xls", tmp_path_factory.mktemp("xls"))


@needs_office
@pytest.mark.parametrize("name", ["分解.xls", "分解.et", "分解.xlsx"])
def test_xls_is_read_as_its_xlsx_would_be(xls, name):
    document = read_document(name, xls)

    assert texts(document) == [
        "责任分解表", "指标", "目标值", "完成时限", "牵头单位", "粮食总产量", "5.5%", "2020年6月",
        "县农业农村局 县统计局", "内部", "150", "出错", "#N/A",
    ]  # fmt: skip
    assert cells(document) == cells(read_document("a.xlsx", workbook(write)))
    merged = [c for c in document.blocks[0].cells if (c.row_span, c.column_span) != (1, 1)]
    assert [(c.row, c.column, c.row_span, c.column_span) for c in merged] == [
        (0, 0, 1, 4), (2, 3, 2, 1),
    ]  # fmt: skip
    assert document.spot(document.text.index("5.5%")) == Spot(1, 1, 1, 3, 2, "分解")
    assert (document.media, document.title) == ("xls", "责任分解表")
    assert document.left_out == ("hidden",)


@needs_office
def test_xls_beyond_the_limit_of_cells_is_refused(xls):
    with pytest.raises(Unreadable, match="too_large"):
        read_document("a.xls", xls, limits=Limits(cells=5))


@needs_office
@pytest.mark.parametrize("kept", [600, 2000, 4000])
def test_xls_cut_short_is_damaged(xls, kept):
    with pytest.raises(Unreadable) as no:
        read_document("a.xls", xls[:kept] + "Workbook".encode("utf-16-le"))

    assert no.value.code in {"damaged", "empty"}


@needs_office
def test_xls_with_a_password_is_encrypted(xls):
    book = bytearray(xls)
    struct.pack_into("<HHH", book, xls.index(INTERFACE), FILEPASS, 2, 1)

    with pytest.raises(Unreadable, match="encrypted"):
        read_document("a.xls", bytes(book))


@needs_office
def test_xls_that_may_not_be_changed_is_read(xls):
    book = bytearray(xls)
    struct.pack_into("<HHH", book, xls.index(INTERFACE), PROTECT, 2, 1)

    assert read_document("a.xls", bytes(book)).title == "责任分解表"


def test_what_only_says_that_it_is_a_workbook_is_damaged():
    with pytest.raises(Unreadable, match="damaged"):
        read_document("a.xls", OLE + bytes(600) + "Workbook".encode("utf-16-le"))


@pytest.mark.parametrize("content", [b"", OLE, OLE + b"\xff" * 2000, OLE + bytes(5000)])
def test_stream_of_nothing_readable_is_empty(content):
    assert stream(content, "Workbook") == b""
