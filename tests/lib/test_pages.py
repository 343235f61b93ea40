"""Where a character of a document stands."""

from gongjian.lib.pages import Cell, Document, Paragraph, Spot, Table

TEXT = "方案\n任务\t单位\n建园\t\n完"
DOCUMENT = Document(
    TEXT,
    (
        Paragraph(0, 2),
        Table(3, 11, (Cell(3, 5, 4, 1), Cell(6, 8, 4, 2), Cell(9, 11, 5, 1)), 2, "分解"),
        Paragraph(13, 14, page=3),
    ),
)


def test_spot_names_the_paragraph_and_its_page():
    assert DOCUMENT.spot(1) == Spot(1, 1)
    assert DOCUMENT.spot(13) == Spot(3, 3)


def test_spot_names_the_cell_of_the_sheet():
    assert DOCUMENT.spot(6) == Spot(2, 2, 1, 5, 3, "分解")
    assert DOCUMENT.spot(10) == Spot(2, 2, 1, 6, 2, "分解")


def test_spot_is_none_between_blocks():
    assert DOCUMENT.spot(2) is None
    assert DOCUMENT.spot(99) is None
