import io
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import docx
import pytest
from docx.enum.section import WD_ORIENT
from lxml import etree

from documents.official.samples import BULLETIN, COLUMNS, LINES
from gongjian.documents import read_document
from gongjian.documents.official import (
    AttachmentHeading,
    Landscape,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    TableBlock,
    write_official,
)
from gongjian.lib.pages import Table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
JULY_2 = datetime(2020, 7, 2, 9, tzinfo=UTC)


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(name))


def test_page_has_the_margins_and_grid_of_the_standard():
    sections = docx.Document(io.BytesIO(write_official(BULLETIN))).sections

    assert [(s.orientation, round(s.page_width.mm), round(s.page_height.mm)) for s in sections] == [
        (WD_ORIENT.PORTRAIT, 210, 297),
        (WD_ORIENT.LANDSCAPE, 297, 210),
        (WD_ORIENT.PORTRAIT, 210, 297),
    ]
    upright, turned = sections[0], sections[1]
    margins = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert [round(margin.mm, 1) for margin in margins] == [37, 35, 28, 26]
    # The paper is only turned: its type area stays where it was.
    margins = (turned.left_margin, turned.right_margin, turned.top_margin, turned.bottom_margin)
    assert [round(margin.mm, 1) for margin in margins] == [35, 37, 28, 26]
    for section in sections:
        grid = section._sectPr.find(f"{W}docGrid")
        assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")


def test_22_lines_and_28_characters_fit_and_no_more():
    section = docx.Document(io.BytesIO(write_official(BULLETIN))).sections[0]
    styles = part(write_official(BULLETIN), "word/styles.xml")
    tighter = int(styles.find(f"{W}style/{W}rPr/{W}spacing").get(f"{W}val"))
    height = section.page_height.pt - section.top_margin.pt - section.bottom_margin.pt
    width = section.page_width.pt - section.left_margin.pt - section.right_margin.pt

    assert 22 * 28.95 <= height < 23 * 28.95
    assert 28 * (16 + tighter / 20) <= width < 29 * (16 + tighter / 20)


def test_each_part_has_its_chinese_font():
    styles = part(write_official(BULLETIN), "word/styles.xml")

    fonts = {
        style.get(f"{W}styleId"): style.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")
        for style in styles.iter(f"{W}style")
        if style.find(f"{W}rPr/{W}rFonts") is not None
    }

    assert fonts == {
        "Heading1": "黑体",
        "Heading2": "楷体_GB2312",
        "Heading3": "仿宋_GB2312",
        "Heading4": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "IssuerMark": "方正小标宋简体",
        "Label": "黑体",
        "TableCaption": "黑体",
        "PageNumber": "宋体",
    }
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert default.find(f"{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312"
    assert default.find(f"{W}sz").get(f"{W}val") == "32"


def test_what_was_written_can_be_read_back():
    document = read_document("通报.docx", write_official(BULLETIN))

    assert document.text.splitlines() == LINES
    assert document.title == "关于1—6月份重点工作攻坚进展情况的通报"
    assert set(document.margins) == {"— 1 —"}
    headings = {
        b.level: document.text[b.start : b.end]
        for b in document.blocks[6:20]
        if not isinstance(b, Table) and b.level
    }
    assert headings == {1: "一、总体情况", 2: "（一）双招双引", 3: "1.项目", 4: "（1）开工"}
    table = next(block for block in document.blocks if isinstance(block, Table))
    spans = [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]
    assert [span for span in spans if span[2:] != (1, 1)] == [(1, 1, 2, 1), (3, 1, 1, 2)]


def test_attachments_begin_pages_of_their_own():
    document = read_document("通报.docx", write_official(BULLETIN))
    pages = {document.text[block.start : block.end]: block.page for block in document.blocks}

    assert [pages[line] for line in ("（此件公开发布）", "附件1", "附件2")] == [1, 2, 3]


def test_attachment_without_a_turned_page_breaks_the_page_once():
    plain = OfficialDocument(
        title="通知",
        blocks=(
            Paragraph("正文"),
            AttachmentHeading("附件1", "甲"),
            AttachmentHeading("附件2", "乙"),
        ),
    )

    document = read_document("a.docx", write_official(plain))

    assert [(block.page, document.text[block.start : block.end]) for block in document.blocks] == [
        (1, "通知"),
        (1, "正文"),
        (2, "附件1"),
        (2, "甲"),
        (3, "附件2"),
        (3, "乙"),
    ]


def test_same_document_gives_the_same_bytes():
    first = write_official(BULLETIN, at=JULY_2)

    assert write_official(BULLETIN, at=JULY_2) == first
    days = {entry.date_time[:3] for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()}
    assert days == {(1980, 1, 1)}
    core = part(first, "docProps/core.xml")
    assert [node.text for node in core] == [
        "关于1—6月份重点工作攻坚进展情况的通报",
        "诸城市重点工作攻坚办公室文件",
        "2020-07-02T09:00:00Z",
        "2020-07-02T09:00:00Z",
    ]
    assert len(part(write_official(BULLETIN), "docProps/core.xml")) == 2


def test_figures_are_bookmarked_each_by_its_own_name():
    body = part(write_official(BULLETIN), "word/document.xml")

    names = [node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")]
    starts = [node.get(f"{W}id") for node in body.iter(f"{W}bookmarkStart")]
    ends = [node.get(f"{W}id") for node in body.iter(f"{W}bookmarkEnd")]

    assert names == ["fig_7_2020_06", "fig_7_2020_06__2", "fig_7_2020_06__3"]
    assert starts == ends == ["0", "1", "2"]


def test_table_rows_do_not_split_and_heads_repeat():
    table = part(write_official(BULLETIN), "word/document.xml").find(f"{W}body/{W}tbl")
    rows = table.findall(f"{W}tr")

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
        True,
        False,
        False,
        False,
    ]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
    assert sum(widths) == 8845


def test_page_number_stands_right_on_odd_and_left_on_even_pages():
    content = write_official(BULLETIN)

    for name, side in (
        ("odd", "right"),
        ("even", "left"),
        ("oddTurned", "right"),
        ("evenTurned", "left"),
    ):
        footer = part(content, f"word/{name}.xml")
        number = next(p for p in footer.iter(f"{W}p") if p.find(f"{W}r") is not None)
        assert number.find(f"{W}pPr/{W}jc").get(f"{W}val") == side
        assert number.find(f"{W}pPr/{W}ind").get(f"{W}{side}Chars") == "100"
        assert [node.text for node in footer.iter(f"{W}instrText")] == [" PAGE "]
    assert part(content, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_row_wider_than_its_table_is_an_error():
    wide = TableBlock(COLUMNS, (("1", "2", "3", "4", "5"),))

    with pytest.raises(ValueError, match="4 columns"):
        write_official(OfficialDocument(title="表", blocks=(wide,)))


def test_any_text_can_be_written():
    odd = "a\x00\x0b<&>\"'\ud800 上\t下\n换行 "

    document = read_document(
        "a.docx", write_official(OfficialDocument("题", (Paragraph((Run(odd),)),)))
    )

    assert document.text == "题\na<&>\"' 上\t下\n换行\n"


@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice and pdftotext are not here",
)
def test_rendered_page_holds_22_lines_of_28_characters(tmp_path):
    text = "一二三四五六七八九十" * 300
    (tmp_path / "a.docx").write_bytes(write_official(OfficialDocument("题", (Paragraph(text),))))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "a.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    output = subprocess.run(
        ["pdftotext", "-layout", "-f", "2", "-l", "2", "a.pdf", "-"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    *lines, number = [line.strip() for line in output.splitlines() if line.strip()]
    assert [len(line) for line in lines] == [28] * 22
    assert number.replace(" ", "") == "—2—"


def test_what_a_newer_version_took_out_is_struck_through():
    changed = Paragraph((Run("市财政局", struck=True, bold=True), Run("市科技局", bold=True)))

    written = docx.Document(io.BytesIO(write_official(OfficialDocument("清单", blocks=(changed,)))))

    runs = [run for paragraph in written.paragraphs for run in paragraph.runs if "局" in run.text]
    assert [(run.text, run.font.strike) for run in runs] == [("市财政局", True), ("市科技局", None)]


def test_a_section_is_closed_by_its_last_paragraph_and_a_rule_takes_no_line_of_the_page():
    document = OfficialDocument(
        title="关于印发《2020年\n责任清单》的通知",
        issuer_mark="诸城市重点工作攻坚年办公室文件",
        doc_no="诸攻坚办发〔2020〕9号",
        addressee="各有关单位",
        blocks=(
            Paragraph("已经审定，现印发给你们。"),
            Landscape((AttachmentHeading("附件", "责任清单"), Paragraph("甲"))),
        ),
        attachments=("责任清单",),
        signature=Signature("办公室", "2020年7月2日"),
    )
    written = docx.Document(io.BytesIO(write_official(document)))

    closing = [p for p in written.paragraphs if p._p.find(f"{W}pPr/{W}sectPr") is not None]
    assert [p.text for p in closing] == ["2020年7月2日"]
    mark, _blank, _second, ruled = written.paragraphs[:4]
    (rule,) = ruled._p.iter(f"{W}bottom")
    height = 28 * 1.2 - int(rule.get(f"{W}sz")) / 8
    assert mark.paragraph_format.line_spacing.pt == pytest.approx(height, abs=0.05)
