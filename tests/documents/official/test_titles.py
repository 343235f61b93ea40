"""Titles break between words; rows of a table stay whole unless they are long."""

import io

import docx
import pytest
from docx.oxml.ns import qn

from gongjian.documents.official import (
    Cell,
    Column,
    OfficialDocument,
    TableBlock,
    broken,
    write_official,
)
from gongjian.documents.official.titles import WIDEST, width


@pytest.mark.parametrize(
    ("pieces", "lines"),
    [
        (["关于春耕的通知"], ["关于春耕的通知"]),
        (
            ["关于印发", "《2020年", "重点工作攻坚年", "责任清单》", "的通知"],
            ["关于印发《2020年", "重点工作攻坚年责任清单》的通知"],
        ),
        (
            ["关于征求", "《2020年", "重点工作攻坚年", "责任清单", "（征求意见稿）》", "意见的函"],
            ["关于征求《2020年重点工作攻坚年", "责任清单（征求意见稿）》意见的函"],
        ),
        (["长" * 25, "短"], ["长" * 25, "短"]),
    ],
)
def test_a_title_breaks_between_its_words_into_even_lines(pieces, lines):
    assert broken(pieces).split("\n") == lines


def test_no_line_of_a_title_is_wider_than_the_page_while_its_words_fit():
    pieces = [f"第{n}项工作、" for n in range(8)]

    lines = broken(pieces).split("\n")

    assert "".join(lines) == "".join(pieces)
    assert max(map(width, lines)) <= WIDEST
    assert all(line.endswith("、") for line in lines)


def table_of(rows):
    block = TableBlock(columns=(Column("事项", 1), Column("单位", 1)), rows=rows)
    content = write_official(OfficialDocument(title="清单", blocks=(block,)))
    return docx.Document(io.BytesIO(content)).tables[0]


def whole(row):
    return row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None


def test_a_short_row_stays_on_a_page_and_a_long_one_may_go_over():
    table = table_of((("短", "甲局"), ("长", "镇街、" * 120)))

    assert [whole(row) for row in table.rows] == [True, True, False]


def test_the_name_of_a_group_stays_with_the_row_below_it():
    table = table_of(((Cell("1　双招双引", column_span=2),), ("签约", "甲局")))

    kept = [
        row.cells[0].paragraphs[0]._p.pPr.find(qn("w:keepNext")) is not None for row in table.rows
    ]
    assert kept == [False, True, False]
