import pytest

from documents.word_parts import p, word
from gongjian.documents import read_document
from gongjian.lib.pages import Cell, Paragraph, Table


def lines(content: bytes) -> list[str]:
    return read_document("a.docx", content).text.splitlines()


def numbered(text: str, list_id: int, level: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def level(place: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


LEVELS = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%4", "<w:isLgl/>")
    + level(4, "bullet", "•")
    + "</w:abstractNum>"
)
NUMBERING = (
    LEVELS + '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def test_numbers_that_word_computes_stand_in_the_text():
    body = (
        numbered("总体要求", 1)
        + numbered("工作目标", 1)
        + numbered("产业", 1, 1)
        + numbered("新签约", 1, 2)
        + numbered("新立项", 1, 2)
        + numbered("项目", 1, 1)
        + numbered(" ", 1, 2)
        + numbered("新开工", 1, 2)
        + numbered("到位资金", 1, 3)
        + numbered("圆点", 1, 4)
        + numbered("另起", 2)
        + numbered("未知列表", 9)
    )

    assert lines(word(body, numbering=NUMBERING)) == [
        "一、总体要求",
        "二、工作目标",
        "（一）产业",
        "1.新签约",
        "2.新立项",
        "（二）项目",
        "2.新开工",
        "2.1 到位资金",
        "圆点",
        "五、另起",
        "未知列表",
    ]


def test_number_comes_from_the_style_and_can_be_switched_off():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H1b"><w:name w:val="副"/>'
        '<w:basedOn w:val="H1"/></w:style>'
    )
    body = (
        p("总体要求", '<w:pStyle w:val="H1"/>')
        + p("工作目标", '<w:pStyle w:val="H1b"/>')
        + p("附则", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("正文", '<w:outlineLvl w:val="1"/>')
        + p("还是正文", '<w:outlineLvl w:val="9"/>')
    )

    document = read_document("a.docx", word(body, numbering=NUMBERING, styles=styles))

    assert document.text.splitlines() == [
        "一、总体要求",
        "二、工作目标",
        "附则",
        "正文",
        "还是正文",
    ]
    assert [block.level for block in document.blocks] == [1, 1, 1, 2, 0]


def test_endless_chain_of_styles_ends():
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="A"/></w:style>'
    )

    document = read_document("a.docx", word(p("一", '<w:pStyle w:val="A"/>'), styles=styles))

    assert [block.level for block in document.blocks] == [2]


def test_merged_cells_are_one_cell_each():
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    span, start, go_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    held = f"<w:sdt><w:sdtContent>{cell('立项')}</w:sdtContent></w:sdt>"
    rows = (
        f"<w:tr>{cell('序号', start)}{cell('目标', span)}</w:tr>"
        f"<w:tr>{cell('', go_on)}{cell('签约')}{cell('150个')}</w:tr>"
        f"<w:tr>{cell('', go_on)}{held}{cell('100个')}</w:tr>"
    )

    document = read_document("a.docx", word(p("表") + f"<w:tbl>{rows}</w:tbl>" + p("后")))

    assert document.text == "表\n序号\t目标\n\t签约\t150个\n\t立项\t100个\n后\n"
    assert document.blocks == (
        Paragraph(0, 1),
        Table(
            2,
            25,
            (
                Cell(2, 4, 0, 0, 3, 1),
                Cell(5, 7, 0, 1, 1, 2),
                Cell(9, 11, 1, 1),
                Cell(12, 16, 1, 2),
                Cell(18, 20, 2, 1),
                Cell(21, 25, 2, 2),
            ),
        ),
        Paragraph(26, 27),
    )


def test_cell_of_several_paragraphs_is_one_line():
    inner = "<w:tbl><w:tr><w:tc>" + p("内表") + "</w:tc></w:tr></w:tbl>"
    table = (
        f"<w:tbl><w:tr><w:tc>{p('一')}{p('二')}{inner}</w:tc><w:tc>{p('三')}</w:tc></w:tr></w:tbl>"
    )

    assert lines(word(table)) == ["一 二 内表\t三"]


def test_tracked_changes_are_read_as_accepted():
    body = (
        "<w:p><w:r><w:t>新签约</w:t></w:r>"
        "<w:del><w:r><w:delText>120</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>150</w:t></w:r></w:ins><w:r><w:t>个</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>"
        + p("后半句。")
        + "<w:p><w:moveFrom><w:r><w:t>原处</w:t></w:r></w:moveFrom></w:p>"
        + "<w:p><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("删去的行")
        + "</w:tc></w:tr>"
        + "<w:tr><w:tc>"
        + p("留下的行")
        + "</w:tc></w:tr></w:tbl>"
    )

    document = read_document("a.docx", word(body))

    assert document.text.splitlines() == ["新签约150个", "前半句，后半句。", "新处", "留下的行"]
    assert document.left_out == ("deleted",)


@pytest.mark.parametrize(("change", "inside"), [("del", "delText"), ("moveFrom", "t")])
def test_deleted_text_is_named(change, inside):
    gone = f"<w:p><w:{change}><w:r><w:{inside}>旧</w:{inside}></w:r></w:{change}></w:p>"

    document = read_document("a.docx", word(p("新") + gone))

    assert (document.text, document.left_out) == ("新\n", ("deleted",))


def test_text_box_is_read_once():
    box = f"<w:txbxContent>{p('框内文字')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )

    assert lines(word(body)) == ["正文", "框内文字"]


def test_what_is_not_text_is_named():
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>可见</w:t></w:r>'
        "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
        "<w:r><w:object><w:OLEObject/></w:object></w:r>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )

    document = read_document(
        "a.docx", word(body, footnotes=f"<w:footnote>{p('脚注')}</w:footnote>")
    )

    assert document.text == "可见\n"
    assert document.left_out == ("embedded", "hidden", "images", "footnotes")


@pytest.mark.parametrize(
    "body",
    [
        p("一") + '<w:p><w:r><w:br w:type="page"/><w:t>二</w:t></w:r></w:p>',
        p("一") + p("二", "<w:pageBreakBefore/>"),
        p("一", "<w:sectPr/>") + p("二"),
        p("一") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>二</w:t></w:r></w:p>",
        p("一")
        + '<w:p><w:r><w:br w:type="page"/><w:lastRenderedPageBreak/><w:t>二</w:t></w:r></w:p>',
    ],
)
def test_pages_are_counted(body):
    document = read_document("a.docx", word(body))

    assert [(block.page, document.text[block.start : block.end]) for block in document.blocks] == [
        (1, "一"),
        (2, "二"),
    ]


def test_strict_office_file_reads_the_same():
    strict = word(p("计划"), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")

    assert lines(strict) == ["计划"]


def test_level_that_never_restarts_goes_on():
    lists = (
        '<w:abstractNum w:abstractNumId="1">'
        + level(0, "chineseCounting", "%1、")
        + level(1, "decimal", "第%2条　", '<w:lvlRestart w:val="0"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = "".join(numbered(text, 1, place) for text, place in (
        ("总则", 0), ("目的", 1), ("范围", 1), ("附则", 0), ("施行", 1)
    ))  # fmt: skip

    assert lines(word(body, numbering=lists)) == [
        "一、总则",
        "第1条　目的",
        "第2条　范围",
        "二、附则",
        "第3条　施行",
    ]


def test_level_comes_from_the_style_that_stands_for_it():
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="纲"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="纲"/>'
        + level(0, "chineseCounting", "%1、", '<w:pStyle w:val="H1"/>')
        + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>')
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}">{listed}</w:style>'
        for name in ("H1", "H2")
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{style}"/>')
        for text, style in (("目标", "H1"), ("签约", "H2"), ("开工", "H2"), ("保障", "H1"))
    )

    assert lines(word(body, numbering=lists, styles=styles)) == [
        "一、目标",
        "（一）签约",
        "（二）开工",
        "二、保障",
    ]


def test_paragraph_that_was_moved_counts_once():
    def moved(text: str, change: str) -> str:
        return (
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            f"<w:rPr><w:{change}/></w:rPr></w:pPr>"
            f"<w:{change}><w:r><w:t>{text}</w:t></w:r></w:{change}></w:p>"
        )

    body = moved("保障", "moveFrom") + numbered("目标", 1) + moved("保障", "moveTo")

    assert lines(word(body, numbering=NUMBERING)) == ["一、目标", "二、保障"]


def test_deleted_cells_are_gone_and_boxes_in_cells_are_read_as_accepted():
    box = "<w:txbxContent>" + p("框") + "<w:p><w:del><w:r><w:t>旧</w:t></w:r></w:del></w:p>"
    boxed = f"<w:pict><v:textbox>{box}</w:txbxContent></v:textbox></w:pict>"
    first = f"<w:tc><w:p><w:r><w:t>甲</w:t>{boxed}</w:r></w:p></w:tc>"
    gone = f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{p('删')}</w:tc>"
    row = f"{first}{gone}<w:tc>{p('乙')}</w:tc>"

    assert lines(word(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")) == ["甲 框\t乙"]


def test_content_controls_fields_and_links_are_text():
    body = (
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + p("控件") + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink>"
        "<w:sdt><w:sdtContent><w:r><w:t>行内</w:t></w:r></w:sdtContent></w:sdt>"
        '<w:fldSimple w:instr="DATE"><w:r><w:t>2020年</w:t></w:r></w:fldSimple></w:p>'
    )

    assert lines(word(body)) == ["控件", "链接行内2020年"]
