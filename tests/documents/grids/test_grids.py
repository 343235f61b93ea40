"""Cells of a ledger as its file keeps them, from every format, and files made to harm a reader."""

import io
import struct
import zipfile
from datetime import date

import pytest

from documents.workbook_parts import workbook
from gongjian.documents import Limits, Unreadable
from gongjian.documents.grids import mark_of_book, read_book
from gongjian.lib.grids import TOO_LONG, UNCLOSED, UNCOMPUTED

HEAD = ["序号", "项目名称", "总投资（万元）"]
ODS = """<office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:automatic-styles><style:style style:name="off"><style:table-properties
 table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"""


def rows(content, name="a.xlsx", **limits):
    book = read_book(name, io.BytesIO(content), **limits)
    return [(at, list(cells)) for at, cells in book.grids[0].rows]


def refused(content, name="a.xlsx", **limits):
    with pytest.raises(Unreadable) as no:
        rows(content, name, **limits)
    return no.value.code


def patched(change, path="xl/worksheets/sheet1.xml", **options):
    """A small workbook of which a part, its first sheet, was changed as bytes."""
    old = zipfile.ZipFile(io.BytesIO(workbook([HEAD, [1, "甲", 5]], **options)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part) if name == path else part)
    return out.getvalue()


def below(xml):
    return patched(lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>"))


# Workbooks


def test_numbers_keep_every_digit_and_dates_their_precision():
    def write(book, page):
        form = {
            "C1": (1234.5678, "#,##0.0"), "C2": (0.0555, "0%"), "C3": (12.3456, '0.0"亿元"'),
            "C4": (123456, '0!.0,"万元"'), "C5": (2020.1, "0.00"), "C6": (2020.1, "General"),
        }  # fmt: skip
        for place, (number, code) in form.items():
            page.write_number(place, number, book.add_format({"num_format": code}))
        for place, code in (("D1", "yyyy-mm-dd"), ("D2", 'yyyy"年"m"月"'), ("D3", 'm"月"d"日"')):
            page.write_datetime(place, date(2020, 6, 1), book.add_format({"num_format": code}))

    found = rows(workbook(write))

    assert [cells[2] for _, cells in found] == [
        1234.5678, "5.55%", "12.3456亿元", "12.3456万元", "2020.10", 2020.1,
    ]  # fmt: skip
    assert [cells[3] for _, cells in found[:3]] == ["2020-06-01", "2020-06", "2020-06-01"]


def test_formula_gives_its_saved_result_or_says_that_there_is_none():
    cells = b'<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3"><f>X9</f></c></row>'

    assert rows(below(cells))[-1] == (2, [2.0, UNCOMPUTED])


def test_book_says_what_it_holds_and_was_not_read():
    def hidden(_book, page):
        page.write(0, 0, "代码表")
        page.hide()

    content = workbook([HEAD, [1, "甲", 5]], hidden)
    with zipfile.ZipFile(out := io.BytesIO(content), "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")

    book = read_book("a.xlsm", io.BytesIO(out.getvalue()))

    assert [grid.name for grid in book.grids] == ["表1"]
    assert set(book.left_out) == {"hidden_sheets", "macros"}


def test_merged_and_hidden_places_are_told_and_still_read():
    def write(_book, page):
        page.merge_range("A1:C1", "标题")
        page.write_row("A2", HEAD)
        page.write_row("A3", [1, "甲", 5])
        page.set_row(2, None, None, {"hidden": True})
        page.set_column("C:C", None, None, {"hidden": True})

    grid = read_book("a.xlsx", io.BytesIO(workbook(write))).grids[0]

    assert grid.merged == ((0, 0, 0, 2),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {2})
    assert [at for at, _ in grid.rows] == [0, 1, 2]


def test_rows_of_a_large_book_are_the_same_on_every_round():
    content = workbook([[f"{row}-{column}" for column in range(12)] for row in range(8_000)])

    grid = read_book("a.xlsx", io.BytesIO(content)).grids[0]

    first, second = list(grid.rows), list(grid.rows)
    assert first == second
    assert (len(first), first[-1][1][-1]) == (8_000, "7999-11")


def test_ods_gives_values_not_what_they_look_like():
    table = """<table:table table:name="台账"><table:table-row>
    <table:table-cell office:value-type="string"><text:p>项目名称</text:p></table:table-cell>
    <table:table-cell table:number-columns-spanned="2"><text:p>投资</text:p></table:table-cell>
    <table:covered-table-cell/></table:table-row>
    <table:table-row table:number-rows-repeated="500000"><table:table-cell
      table:number-columns-repeated="1024"/></table:table-row>
    <table:table-row><table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>
    <table:table-cell office:value-type="float" office:value="12.3456"><text:p>12.3</text:p></table:table-cell>
    <table:table-cell office:value-type="date" office:date-value="2020-06-01"><text:p>2020年6月</text:p></table:table-cell>
    <table:table-cell table:formula="of:=[.B9]"/>
    <table:table-cell office:value-type="percentage" office:value="0.055"><text:p>5%</text:p></table:table-cell>
    </table:table-row></table:table><table:table table:style-name="off"><table:table-row><table:table-cell>
    <text:p>x</text:p></table:table-cell></table:table-row></table:table>"""
    content = zipped_ods(ODS % table)

    book = read_book("a.ods", io.BytesIO(content))

    assert [list(cells) for _, cells in book.grids[0].rows] == [
        ["项目名称", "投资"], ["甲", 12.3456, "2020-06", UNCOMPUTED, "5.5%"],
    ]  # fmt: skip
    assert [at for at, _ in book.grids[0].rows] == [0, 500_001]
    assert (book.grids[0].merged, book.left_out) == (((0, 1, 0, 2),), ("hidden_sheets",))


def zipped_ods(content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
    return out.getvalue()


# Texts


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_is_read_whatever_its_letters_and_its_delimiter(encoding, delimiter):
    text = "".join(
        delimiter.join(row) + "\r\n" for row in [HEAD, ["1", "甲乡水厂", "5"], ["", "乙"]]
    )

    assert rows(text.encode(encoding), "a.csv") == [
        (0, HEAD), (1, ["1", "甲乡水厂", "5"]), (2, [None, "乙"]),
    ]  # fmt: skip


def test_western_csv_is_not_taken_for_chinese():
    text = "Name;Cost\nÉcole Québec;£5\nPont d’été;£6\n"

    assert rows(text.encode("cp1252"), "a.csv")[1][1] == ["École Québec", "£5"]


def test_lines_end_where_a_spreadsheet_ends_them():
    text = '名称,备注\n甲,"一\n二"\n乙,三\x85四\u2028五\n'

    assert [cells for _, cells in rows(text.encode(), "a.csv")][1:] == [
        ["甲", "一\n二"], ["乙", "三\x85四\u2028五"],
    ]  # fmt: skip


def test_quotation_mark_without_its_pair_is_told_by_the_rows_it_swallowed():
    text = '序号,名称,投资,备注\n1,甲,1,"x\n2,乙,2,y\n3,丙,3,z\n4,丁,4,w\n'

    assert rows(text.encode(), "a.csv")[1] == (1, ["1", "甲", "1", UNCLOSED])


def test_json_of_objects_keeps_numbers_as_they_are_written():
    held = '{"data": {"list": [{"a": 0.10, "b": {"c": true}}, {"a": 12345678901234567890}]}}'

    assert rows(held.encode(), "a.json") == [
        (0, ["a", "b/c"]), (1, ["0.10", "TRUE"]), (2, ["12345678901234567890"]),
    ]  # fmt: skip


def test_json_lines_are_one_sheet():
    text = '{"a": "1"}\n{"a": "2"}\n'

    assert [cells for _, cells in rows(text.encode(), "a.jsonl")] == [["a"], ["1"], ["2"]]


def test_text_without_a_table_is_refused():
    assert refused(b"<html><body><p>no table here</p></body></html>", "a.html") == "no_table"


def test_mark_of_secrecy_at_the_head_of_a_sheet_is_found():
    book = read_book("a.xlsx", io.BytesIO(workbook([["机密★5年"], HEAD, [1, "甲", 5]])))

    assert mark_of_book(book) == "机密★5年"


# Files made to harm


def test_cell_longer_than_a_person_types_is_told():
    text = ",".join(HEAD) + "\n1," + "长" * 3_500_000 + ",5\n"

    assert rows(text.encode(), "a.csv")[1][1] == ["1", TOO_LONG, "5"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "empty"),
        (lambda: b"\x00" * 1000, "not_text"),
        (lambda: b"\n" * 100_000, "empty"),
        (lambda: b"PK\x03\x04 torn", "damaged"),
        (lambda: patched(lambda part: part[: len(part) // 2]), "damaged"),
        (lambda: patched(lambda part: b"<!DOCTYPE x>" + part[part.index(b"<worksheet") :]), "damaged"),
        (lambda: patched(lambda part: b'<?xml version="1.0" encoding="x-none"?>'
                         + part[part.index(b"<worksheet") :]), "damaged"),
        (lambda: patched(lambda part: part.replace(b"worksheets/sheet1.xml", b"worksheets/"),
                         "xl/_rels/workbook.xml.rels"), "damaged"),
        (lambda: below(b'<row r="3">' + b" " * 60_000_000 + b"</row>"), "too_large"),
        (lambda: patched(lambda part: part.replace(b"</sheetData>", b"</sheetData><mergeCells>"
                         + b'<mergeCell ref="A5:A6"/>' * 200_001 + b"</mergeCells>")), "too_large"),
    ],
    ids=["nothing", "nul", "blank", "torn zip", "torn xml", "entities", "encoding", "folder", "bomb", "ranges"],
)  # fmt: skip
def test_hostile_file_is_refused_with_a_reason(content, code):
    assert refused(content()) == code


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_deep_json_is_refused(text):
    assert refused(text.encode(), "a.json") in {"too_deep", "damaged"}


def test_empty_rows_and_ranges_over_everything_cost_nothing():
    many = b"".join(b'<row r="%d"/>' % row for row in range(3, 200_000))
    everywhere = patched(
        lambda part: part.replace(b"</sheetData>", many + b"</sheetData><mergeCells>"
                                  b'<mergeCell ref="A1:XFD1048576"/></mergeCells>')
    )  # fmt: skip

    assert [at for at, _ in rows(everywhere)] == [0, 1]


def test_more_cells_than_the_limit_are_refused():
    content = "a,b\n" * 3_000

    assert refused(content.encode(), "a.csv", limits=Limits(cells=1_000)) == "too_large"


def test_ods_that_repeats_a_filled_cell_without_end_is_refused():
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    content = zipped_ods(ODS % f"<table:table>{row}</table:table>")

    assert refused(content, "a.ods", limits=Limits(cells=1_000_000)) == "too_large"


# The xls of Excel 97, written record by record


def record(kind, payload=b""):
    return struct.pack("<HH", kind, len(payload)) + payload


def old_text(text):
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def compound(stream):
    """An OLE file that holds one stream, named Workbook."""
    size = max(4096, -(-len(stream) // 512) * 512)
    body = stream.ljust(size, b"\x00")
    sectors = size // 512
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0,
        0xFFFFFFFE, 0,
    )  # fmt: skip
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)

    def entry(name, kind, child, start, length):
        raw = name.encode("utf-16-le") + b"\0\0"
        return raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(raw), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child, b"", 0, 0, 0,
            start, length,
        )  # fmt: skip

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, size)
    return header + struct.pack("<128I", *table) + folder.ljust(512, b"\0") + body


def test_xls_gives_texts_numbers_dates_and_ranges():
    font = record(
        0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial"
    )
    looks = [0] * 16 + [14]  # the last one shows a date
    styles = b"".join(record(0xE0, struct.pack("<HHH14s", 0, code, 0, b"")) for code in looks)
    sheet = b"".join((
        record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)),
        record(0x204, struct.pack("<HHH", 0, 0, 15) + old_text("项目名称")),
        record(0x204, struct.pack("<HHH", 1, 0, 15) + old_text("甲")),
        record(0x203, struct.pack("<HHHd", 1, 1, 15, 12.3456)),
        record(0x203, struct.pack("<HHHd", 1, 2, 16, 43983.0)),
        record(0x205, struct.pack("<HHHBB", 1, 3, 15, 0x17, 1)),
        record(0xE5, struct.pack("<HHHHH", 1, 0, 0, 0, 2)),
        record(0x0A),
    ))  # fmt: skip
    front = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + font * 5 + styles
    name = struct.pack("<BB", 2, 1) + "台账".encode("utf-16-le")
    start = len(front) + 4 + 6 + len(name) + 4
    bound = record(0x85, struct.pack("<IH", start, 0) + name)

    book = read_book("a.xls", io.BytesIO(compound(front + bound + record(0x0A) + sheet)))

    grid = book.grids[0]
    assert (book.media, grid.name, grid.merged) == ("xls", "台账", ((0, 0, 0, 2),))
    assert [list(cells) for _, cells in grid.rows] == [
        ["项目名称"], ["甲", 12.3456, "2020-06-01", "#REF!"],
    ]  # fmt: skip


def test_one_nul_in_a_text_is_dropped_and_said():
    book = read_book("a.csv", io.BytesIO("项目名称,总投资\n甲园\x00区,12\n".encode()))

    assert [cells for _, cells in book.grids[0].rows][1] == ("甲园区", "12")
    assert book.left_out == ("nul_bytes",)
