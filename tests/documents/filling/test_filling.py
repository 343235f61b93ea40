"""A workbook somebody else made is filled, and stays what it was."""

import io
import re
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from gongjian.documents import Unreadable
from gongjian.documents.filling import Fill, Percent, facts_of, fill_workbook, rebuilt
from gongjian.documents.filling.references import pushed
from gongjian.documents.grids import read_book
from gongjian.lib.grids import Book, Grid
from superior_sheets import empty_sheet

SHEET = "附件1 进度月报"
PAGE = "xl/worksheets/sheet1.xml"


def part(content, path):
    """A part of a package as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(path).decode()


def rows_of(content, sheet=SHEET):
    """{row: texts} of a sheet, as our own reader has it."""
    book = read_book("filled.xlsx", io.BytesIO(content))
    grid = next(one for one in book.grids if one.name == sheet)
    return dict(grid.rows)


def test_cells_are_set_and_all_else_stays():
    came = empty_sheet()

    filled = fill_workbook(came, Fill(SHEET, {(3, 1): "示例项目", (3, 4): Decimal("6.20")}))

    rows = rows_of(filled)
    assert (rows[3][1], rows[3][4]) == ("示例项目", 6.2)
    assert part(filled, "xl/styles.xml") == part(came, "xl/styles.xml").replace(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>",
    )
    assert 'width="33' in part(filled, "xl/worksheets/sheet1.xml")
    assert 'fullCalcOnLoad="1"' in part(filled, "xl/workbook.xml")


def test_a_formula_is_left_alone():
    filled = fill_workbook(empty_sheet(), Fill(SHEET, {(3, 7): Decimal(5)}))

    sheet = part(filled, "xl/worksheets/sheet1.xml")
    assert '<f>IF(F4&gt;0,G4/F4*100,"")</f>' in sheet
    assert (3, 7) in facts_of(empty_sheet(), SHEET).formulas


def test_rows_come_in_with_their_look_and_formulas_and_the_sum_reaches_over_them():
    fill = Fill(SHEET, {(9, 1): "第七个"}, at=5, insert=4)

    filled = fill_workbook(empty_sheet(), fill)

    sheet, workbook = part(filled, "xl/worksheets/sheet1.xml"), part(filled, "xl/workbook.xml")
    assert "<f>SUM(E4:E10)</f>" in sheet
    assert '<f>IF(F9&gt;0,G9/F9*100,"")</f>' in sheet
    assert 'ref="A12:N12"' in sheet
    assert "$A$1:$N$12" in workbook
    assert rows_of(filled)[9][1] == "第七个"
    assert rows_of(filled)[10][1] == "合计"


def test_what_begins_like_a_formula_is_a_text_for_good():
    filled = fill_workbook(empty_sheet(), Fill(SHEET, {(3, 1): "=1+1", (3, 9): "@示例"}))

    sheet = part(filled, "xl/worksheets/sheet1.xml")
    assert ">=1+1</t>" in sheet
    assert "<f>1+1" not in sheet
    assert 'quotePrefix="1"' in part(filled, "xl/styles.xml")


def test_what_is_said_of_a_table_stands_on_a_sheet_of_its_own():
    filled = fill_workbook(empty_sheet(), Fill(SHEET, {}, notes=("甲", "乙"), notes_name="说明"))

    assert rows_of(filled, "说明") == {0: ("甲",), 1: ("乙",)}


def test_a_locked_sheet_stays_locked():
    came = empty_sheet(protect=True)

    assert facts_of(came, SHEET).locked
    assert "<sheetProtection" in part(
        fill_workbook(came, Fill(SHEET, {(3, 1): "甲"})), "xl/worksheets/sheet1.xml"
    )


def test_macros_are_left_out():
    came = with_macros(empty_sheet())

    filled = fill_workbook(came, Fill(SHEET, {(3, 1): "甲"}))

    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower()]
    assert "macroEnabled" not in part(filled, "[Content_Types].xml")


def test_emptiness_is_refused():
    cells = "".join(f'<c r="A{row}" s="1"/>' for row in range(1, 400_000))
    came = swapped(
        empty_sheet(), "xl/worksheets/sheet1.xml", lambda text: text.replace(
            "</sheetData>", f"<row r=\"900000\">{cells}</row></sheetData>")
    )  # fmt: skip

    with pytest.raises(Unreadable) as no:
        facts_of(came, SHEET)

    assert no.value.code == "too_large"


def test_a_document_type_is_refused():
    came = swapped(
        empty_sheet(),
        "xl/styles.xml",
        lambda text: text.replace("<styleSheet", "<!DOCTYPE x [<!ENTITY a 'b'>]><styleSheet", 1),
    )

    with pytest.raises(Unreadable) as no:
        fill_workbook(came, Fill(SHEET, {(3, 1): "甲"}))

    assert no.value.code == "damaged"


def test_a_sheet_of_another_kind_becomes_a_workbook():
    book = read_book("表.csv", io.BytesIO("序号,项目名称,总投资\n,,\n合计,,5\n".encode()))

    rows = dict(read_book("x", io.BytesIO(rebuilt(book))).grids[0].rows)

    assert rows[0] == ("序号", "项目名称", "总投资")
    assert rows[2][0] == "合计"


def test_what_is_made_anew_has_lines_and_prints_on_one_width():
    rows = ((0, ("附件 进度月报",)), (1, ("序号", "项目名称", "总投资", "年计划")),
            (2, (None, "合计", 0.0)), (3, (1.0,)), (4, ()), (5, ("注：本表按月报。",)))  # fmt: skip
    book = Book((Grid("表", rows, merged=((0, 0, 0, 3), (5, 0, 5, 3))),), "xls")

    made = rebuilt(book)

    page = part(made, "xl/worksheets/sheet1.xml")
    cells = dict(re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', page))
    assert {"B4", "C4", "D4", "A5", "D5", "C3", "D3"} <= set(cells)
    assert len({cells["B4"], cells["D5"], cells["C3"]}) == 1  # boxes to be filled, and no 0 in one
    assert cells["A2"] != cells["A4"]
    assert 'orientation="landscape"' in page
    assert "fitToHeight" in page
    assert "_xlnm.Print_Titles" in part(made, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("SUM(E4:E6)", "SUM(E4:E8)"),
        ("SUM($E$4:$E$6)/A3", "SUM($E$4:$E$8)/A3"),
        ('IF(A6="A6",B6,"B6")', 'IF(A8="A6",B8,"B6")'),
        ("'附件 2'!A6+Sheet2!B9", "'附件 2'!A6+Sheet2!B9"),
        ("LOG10(A6)", "LOG10(A8)"),
        ("A4:N6 P6", "A4:N8 P8"),
    ],
)
def test_references_move_with_their_rows(text, moved):
    assert pushed(text, 5, 2) == moved


def test_comments_and_instructions_among_the_cells_are_passed_over():
    came = swapped(
        empty_sheet(), PAGE, lambda text: text.replace("<sheetData>", "<sheetData><!--甲-->")
        .replace('<row r="4"', '<?note a?><row r="4"')
        .replace('<c r="B4"', '<!--乙--><?note b?><c r="B4"'),
    )  # fmt: skip

    filled = fill_workbook(came, Fill(SHEET, {(3, 1): "甲"}, at=5, insert=2, notes=("乙",)))

    assert rows_of(filled)[3][1] == "甲"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("page", '<row r="4"', '<row r="abc"'),
        ("page", '<row r="4"', '<row r="99999999999999999999"'),
        ("page", '<row r="4"', '<row r="-4"'),
        ("page", "</sheetData>", '</sheetData><rowBreaks><brk id="x"/></rowBreaks>'),
        ("book", 'sheetId="1"', 'sheetId="x"'),
        ("types", 'version="1.0"', 'version="x"'),
        ("book", 'sheetId="1"', f'sheetId="{"9" * 5_000}"'),
    ],
)
def test_what_cannot_be_written_again_is_refused_as_the_table_comes(path, old, new):
    part_of = {"page": PAGE, "book": "xl/workbook.xml", "types": "[Content_Types].xml"}[path]
    came = swapped(empty_sheet(), part_of, lambda text: text.replace(old, new, 1))

    with pytest.raises(Unreadable) as no:
        facts_of(came, SHEET)

    assert no.value.code == "damaged"


def test_merged_cells_outside_their_place_break_nothing():
    came = swapped(
        empty_sheet(total=False), PAGE, lambda text: text.replace(
            "</worksheet>", '<extLst><mergeCell ref="A6:B6"/></extLst></worksheet>')
    )  # fmt: skip

    assert rows_of(fill_workbook(came, Fill(SHEET, {(7, 1): "甲"}, at=5, insert=3)))[7][1] == "甲"


def test_the_sheet_of_notes_gets_a_name_of_its_own():
    came = empty_sheet()
    for _ in range(40):
        came = fill_workbook(came, Fill(SHEET, {}, notes=("甲",), notes_name="说明" * 14))

    with zipfile.ZipFile(io.BytesIO(came)) as package:
        names = re.findall('<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
    assert len(set(names)) == len(names) == 42
    assert max(map(len, names)) <= 31


@pytest.mark.parametrize(
    ("shown", "expected"),
    [("0.0%", "23.9%"), ("0%", "23.9%"), ('0.0"%"', 23.9), ("0.0", 23.9), (None, 23.9)],
)
def test_a_rate_is_a_fraction_where_the_cell_shows_percent(shown, expected):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        look = book.add_format({"num_format": shown} if shown else {})
        book.add_worksheet(SHEET).write_blank(0, 0, None, look)

    filled = fill_workbook(
        stream.getvalue(), Fill(SHEET, {(0, 0): Percent(Decimal("23.9"), signed=False)})
    )

    assert rows_of(filled)[0] == (expected,)  # our reader says a percentage as it is printed
    assert ("<v>0.239</v>" in part(filled, PAGE)) == (expected == "23.9%")


def test_a_rate_with_its_sign_is_a_text_where_the_cell_shows_none():
    rate = Percent(Decimal("23.9"), signed=True)

    assert rows_of(fill_workbook(empty_sheet(), Fill(SHEET, {(3, 8): rate})))[3][8] == "23.9%"


def with_macros(content):
    """The same workbook as an xlsm."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as came, zipfile.ZipFile(stream, "w") as made:
        for name in came.namelist():
            held = came.read(name)
            if name == "[Content_Types].xml":
                held = held.replace(
                    b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"
                ).replace(
                    b"</Types>",
                    b'<Override PartName="/xl/vbaProject.bin" ContentType='
                    b'"application/vnd.ms-office.vbaProject"/></Types>',
                )
            if name == "xl/_rels/workbook.xml.rels":
                held = held.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rIdV" Type="http://schemas.microsoft.com/office/2006/'
                    b'relationships/vbaProject" Target="vbaProject.bin"/></Relationships>',
                )
            made.writestr(name, held)
        made.writestr("xl/vbaProject.bin", b"macro")
    return stream.getvalue()


def swapped(content, path, change):
    """The same workbook with one part changed."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as came,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in came.namelist():
            held = came.read(name)
            made.writestr(name, change(held.decode()) if name == path else held)
    return stream.getvalue()
