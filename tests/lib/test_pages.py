"""Where a character of a document stands."""

import pytest

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


@pytest.mark.parametrize(
    ("spot", "name"),
    [
        (Spot(1, 1), ""),
        (Spot(1, 1, 1, 5, 2, "表"), "B5"),
        (Spot(1, 1, 1, 1, 26, "表"), "Z1"),
        (Spot(1, 1, 1, 9, 703, "表"), "AAA9"),
    ],
)
def test_a_cell_is_named_as_a_workbook_names_it(spot, name):
    assert spot.cell == name
