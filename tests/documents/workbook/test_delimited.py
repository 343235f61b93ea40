import codecs

import pytest

from documents.workbook_parts import cells, texts
from gongjian.documents import Limits, Unreadable, read_document

PLAIN = "任务,牵头单位\r\n新建公园12座,县住建局\r\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("gb18030"),
        codecs.BOM_UTF16_LE + PLAIN.encode("utf-16-le"),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
    ],
    ids=["utf-8", "bom", "gb18030", "utf-16", "semicolon", "tab"],
)
def test_csv_is_a_table_in_any_encoding_with_any_delimiter(content):
    document = read_document("分解.CSV", content)

    assert cells(document) == [
        (0, 0, "任务"), (0, 1, "牵头单位"), (1, 0, "新建公园12座"), (1, 1, "县住建局"),
    ]  # fmt: skip
    assert document.media == "csv"


def test_quoted_field_keeps_its_commas_and_joins_its_lines():
    content = '任务,单位\n"新建公园12座，\n其中口袋公园3座","县住建局,""县财政局"""\n\n末,行\n'

    document = read_document("a.csv", content.encode())

    assert texts(document)[2:4] == ["新建公园12座， 其中口袋公园3座", '县住建局,"县财政局"']
    assert [cell.row for cell in document.blocks[0].cells] == [0, 0, 1, 1, 3, 3]


def test_one_column_of_sentences_is_not_cut_at_its_commas():
    content = "2020年要点\n年内新签约项目150个，新立项100个。\n加快建设;加强领导。\n"

    document = read_document("a.csv", content.encode())

    assert [column for _, column, _ in cells(document)] == [0, 0, 0]
    assert document.title == "2020年要点"


def test_text_under_another_name_stays_a_text():
    assert read_document("a.txt", PLAIN.encode()).media == "txt"


@pytest.mark.parametrize(
    ("content", "limits", "code"),
    [
        (b" \r\n", Limits(), "empty"),
        (b"\x00\x01\x02", Limits(), "not_text"),
        (b"a,b\n" * 100, Limits(cells=50), "too_large"),
        (b"a,b\n" * 100, Limits(text_bytes=50), "too_large"),
        (b'"' + b"a" * 1_100_000, Limits(), "damaged"),
    ],
)
def test_unreadable_csv_says_why(content, limits, code):
    with pytest.raises(Unreadable) as no:
        read_document("a.csv", content, limits=limits)

    assert no.value.code == code
