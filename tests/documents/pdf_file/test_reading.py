import random

import pytest

from documents.pdf_parts import column, pdf, picture, rule, table, text
from gongjian.documents import Limits, Unreadable, classified_mark, read_document
from gongjian.lib.pages import Cell, Paragraph, Table

HAN = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"  # fills a line of 28
LONG = ["\u3000\u3000" + HAN[:26], HAN, HAN[:10] + "。"]
JOINED = HAN[:26] + HAN + HAN[:10] + "。"


def read(content: bytes):
    return read_document("方案.pdf", content)


def parts(document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def refusal(content: bytes, limits: Limits | None = None) -> tuple[str, dict]:
    with pytest.raises(Unreadable) as no:
        read_document("方案.pdf", content, limits=limits or Limits())
    return no.value.code, no.value.params


def test_lines_are_joined_and_paragraphs_kept_apart():
    page = column(
        [*LONG, "\u3000\u3000年内新签约项目150个以上。", "\u3000\u3000一、总体要求", *LONG]
    )

    document = read(pdf(page))

    assert document.media == "pdf"
    assert parts(document) == [JOINED, "年内新签约项目150个以上。", "一、总体要求", JOINED]
    assert document.text == "\n".join(parts(document)) + "\n"


def test_list_items_stand_alone_without_an_indent():
    page = column(
        [HAN, "一、" + HAN[:26], "（一）" + HAN[:25], "1." + HAN[:27], "2." + HAN[:5], HAN]
    )

    assert parts(read(pdf(page))) == [
        HAN,
        "一、" + HAN[:26],
        "（一）" + HAN[:25],
        "1." + HAN[:27],
        "2." + HAN[:5],
        HAN,
    ]


def test_number_at_the_edge_of_an_indented_text_is_no_list_item():
    page = column(["\u3000\u3000" + HAN[:26], "二、三产业" + HAN[:5] + "。", *LONG, *LONG])

    assert parts(read(pdf(page)))[0] == HAN[:26] + "二、三产业" + HAN[:5] + "。"


def test_latin_lines_are_joined_by_a_blank_and_divided_words_made_whole():
    lines = [
        "The county will carry through high quality growth over the years with",
        "a steady hand, and in every town the people are asked how it was real-",
        "ised; what counts is the number, not the page it is written on. A high-",
        "quality plan has few words.",
    ]
    page = column(lines, size=12, step=16)

    assert parts(read(pdf(page))) == [
        " ".join(lines).replace("real- ised", "realised").replace("high- quality", "high-quality")
    ]


def test_title_is_the_first_line_in_the_middle():
    page = text("重点工作实施方案", 209, 760, 22) + text("（示例稿）", 243, 730, 22) + column(LONG)

    document = read(pdf(page))

    assert document.title == "重点工作实施方案"
    assert parts(document) == ["重点工作实施方案", "（示例稿）", JOINED]


def test_title_too_long_for_its_line_and_hanging_items_are_joined():
    title = text(HAN[:20], 72, 760, 22) + text("的通知", 259, 730, 22)
    item = ["甲、" + HAN[:26], "\u3000\u3000" + HAN[:26], "\u3000\u3000" + HAN[:3] + "。"]

    assert parts(read(pdf(title + column(item * 2)))) == [
        HAN[:20] + "的通知",
        *["甲、" + HAN[:26] + HAN[:26] + HAN[:3] + "。"] * 2,
    ]


def test_two_columns_are_read_one_after_the_other():
    left = ["\u3000\u3000左栏" + HAN[:14], *[HAN[:18]] * 4, "左栏止。"]
    right = ["\u3000\u3000右栏" + HAN[:14], *[HAN[:18]] * 4, "右栏止。"]
    page = (
        text("两栏之上通栏的一个标题比一栏要宽得多", 150, 760, 16)
        + column(left, 60, 700, 12, 20)
        + column(right, 310, 704, 12, 20)
        + text("两栏之下通栏的一行也比一栏要宽得多，在栏后读。", 60, 500, 16)
    )

    assert parts(read(pdf(page))) == [
        "两栏之上通栏的一个标题比一栏要宽得多",
        "左栏" + HAN[:14] + HAN[:18] * 4 + "左栏止。",
        "右栏" + HAN[:14] + HAN[:18] * 4 + "右栏止。",
        "两栏之下通栏的一行也比一栏要宽得多，在栏后读。",
    ]


def test_ruled_table_has_its_cells_and_its_merged_cells():
    rows = [
        ["类别", "任务", "时限"],
        ["产业", "新签约项目一百五\n十个以上", "6月底"],
        [None, "到位资金140亿元", "12月底"],
        ["合计", "<", "2项"],
    ]
    page = (
        text("附表", 72, 740)
        + table(rows, [72, 132, 222, 300], 700)
        + text("注：按月调度。", 72, 500)
    )

    document = read(pdf(page))

    assert parts(document) == [
        "附表",
        "类别\t任务\t时限\n产业\t新签约项目一百五十个以上\t6月底\n\t到位资金140亿元\t12月底\n合计\t\t2项",
        "注：按月调度。",
    ]
    found = document.blocks[1]
    assert isinstance(found, Table)
    held = {(c.row, c.column): (c.row_span, c.column_span) for c in found.cells}
    assert held[1, 0] == (2, 1)
    assert held[3, 0] == (1, 2)
    assert (2, 0) not in held
    assert [document.text[c.start : c.end] for c in found.cells][3:6] == [
        "产业",
        "新签约项目一百五十个以上",
        "6月底",
    ]


@pytest.mark.parametrize(
    "drawn",
    [
        "".join(f"72 {y} 228 0.5 re f 72 {y} 0.5 30 re f 132 {y} 0.5 30 re f 300 {y} 0.5 30 re f\n"
                for y in (640, 670)) + "72 700 228 0.5 re f\n",
        "72 640 60 30 re S 72 670 60 30 re S 132 640 168 30 re S 132 670 168 30 re S\n",
        "72 640 228 60 re 132 640 m 132 700 l 72 670 m 300 670 l S\n",
        "72 700 m 300 700 l 72 670 m 300 670 l 72 640 m 300 640 l 132 640 m 132 700 l S\n",
        "q 2 0 0 2 0 0 cm 36 320 114 30 re 66 320 m 66 350 l 36 335 m 150 335 l S Q\n",
    ],
    ids=["bars", "boxes", "outline", "open sides", "scaled"],
)  # fmt: skip
def test_table_is_seen_however_its_lines_are_drawn(drawn):
    words = text("序号", 76, 680, 10) + text("任务", 136, 680, 10)
    words += text("1", 76, 650, 10) + text("新签约", 136, 650, 10)

    document = read(pdf(drawn + words))

    assert parts(document) == ["序号\t任务\n1\t新签约"]
    assert isinstance(document.blocks[0], Table)


def test_frame_around_a_text_is_no_table():
    frame = rule(60, 600, 540, 600) + rule(60, 730, 540, 730)
    frame += rule(60, 600, 60, 730) + rule(540, 600, 540, 730)

    assert read(pdf(frame + column(LONG))).blocks == (Paragraph(0, len(JOINED)),)


def test_table_goes_on_over_the_page_without_its_repeated_head():
    head = ["序号", "任务"]
    xs = [72, 132, 300]
    first = table([head, ["1", "新签约"], ["2", "新立项目再新开"]], xs, 200)
    second = table([head, ["", "工项目"], ["3", "到位资金"]], xs, 760) + text("以上。", 72, 500)

    document = read(pdf(column(LONG, step=20) + first, second))

    assert parts(document) == [
        JOINED,
        "序号\t任务\n1\t新签约\n2\t新立项目再新开工项目\n3\t到位资金",
        "以上。",
    ]
    assert [block.page for block in document.blocks] == [1, 1, 2]
    assert document.blocks[1].cells[-1] == Cell(
        len(document.text) - 9, len(document.text) - 5, 3, 1
    )


def test_merged_cell_goes_on_over_the_page():
    xs = [72, 132, 222, 300]
    first = table([["产业", "新签约", "6月"], [None, "新立项", "6月"]], xs, 200)
    second = table([["", "新开工", "7月"], [None, "到位资金", "8月"]], xs, 760)

    found = read(pdf(column(LONG, step=20) + first, second)).blocks[1]

    assert isinstance(found, Table)
    assert found.cells[0].row_span == 4
    assert len(found.cells) == 9


def test_other_table_on_the_next_page_is_another_table():
    first = table([["序号", "任务"], ["1", "新签约"]], [72, 132, 300], 200)
    second = table([["单位", "时限"], ["市商务局", "6月"]], [72, 202, 300], 760)

    assert len(read(pdf(first, second)).blocks) == 2


def test_heads_feet_and_page_numbers_are_margins_and_a_paragraph_runs_over_the_page():
    def page(number: int, lines: list[str]) -> str:
        head = text("重点工作实施方案", 72, 800, 10)
        return head + column(lines) + text(f"— {number} —", 280, 40, 14)

    document = read(
        pdf(page(1, LONG[:2]), page(2, [HAN, HAN[:9] + "。"]), page(3, ["\u3000\u3000" + HAN[:5]]))
    )

    assert parts(document) == [HAN[:26] + HAN * 2 + HAN[:9] + "。", HAN[:5]]
    assert document.blocks[1] == Paragraph(document.text.rindex("一二三四五"), 98, page=3)
    assert document.margins == ("重点工作实施方案", "— 1 —")


@pytest.mark.parametrize("foot", ["— 3 —", "第 3 页 共 9 页", "第3页，共9页", "3/9", "- 3 -", "3"])
def test_page_number_of_a_single_page_is_dropped(foot):
    document = read(pdf(column(LONG) + text(foot, 280, 40, 14)))

    assert (parts(document), document.margins) == ([JOINED], (foot,))


def test_lines_that_only_happen_to_stand_at_one_height_are_text():
    pages = [column([HAN[number] * 28, HAN[number + 1] * 9 + "。"], y=790) for number in range(4)]

    assert read(pdf(*pages)).margins == ()


def test_title_that_says_the_same_as_the_head_above_it_stays():
    head = text("重点工作实施方案", 72, 800, 10)
    pages = [head + column(LONG) for _ in range(3)]
    pages[0] += text("重点工作实施方案", 209, 760, 22)

    document = read(pdf(*pages))

    assert parts(document) == ["重点工作实施方案", *[JOINED] * 3]
    assert document.margins == ("重点工作实施方案",)


def test_mark_of_secrecy_is_found_in_the_head_and_in_the_body():
    page = column(LONG)
    body = read(pdf(text("000001", 72, 790) + text("机密★10年", 72, 762) + page, page))
    head = read(pdf(*[text("机密★10年", 400, 810, 12) + page] * 3))
    stamp = read(pdf(page + text("秘密★5年", size=60, matrix="0.7 0.7 -0.7 0.7 200 200")))

    assert classified_mark(body) == "机密★10年"
    assert (head.margins, classified_mark(head)) == (("机密★10年",), "机密★10年")
    assert classified_mark(stamp) == "秘密★5年"
    assert parts(stamp) == [JOINED]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_and_cropped_page_reads_the_same(turn):
    boxes = f"/Rotate {turn}/MediaBox[0 0 595 842]/CropBox[40 300 580 800]"

    assert parts(read(pdf(column(LONG) + text("界外", 72, 100), page=boxes))) == [JOINED]


def test_text_set_sideways_reads_as_it_is_meant():
    page = text("横表第一行。", matrix="0 1 -1 0 300 300") + text(
        "第二行。", matrix="0 1 -1 0 360 300"
    )

    assert parts(read(pdf(page))) == ["横表第一行。", "第二行。"]


def test_characters_that_only_look_right_are_folded():
    lines = ["⼯作⻋⻔⻓", "全\u3000角空", "\U00020000字\ue000", "ﬁt 面积5㎡", "\u200b看不见\ufeff"]
    page = "".join(text(line, y=700 - 60 * number) for number, line in enumerate(lines))

    assert parts(read(pdf(page))) == [
        "工作车门长",
        "全 角空",
        "\U00020000字\ue000",
        "fit 面积5㎡",
        "看不见",
    ]


def test_character_that_stands_alone_is_read_whatever_fonts_the_machine_has():
    page = "".join(text(letter, 72 + 16 * place) for place, letter in enumerate("计划1项，a，"))

    assert parts(read(pdf(page))) == ["计划1项，a，"]


def test_character_printed_twice_is_read_once():
    whole = text("加粗的字11") + text("加粗的字11", 72.4)
    singly = "".join(text("加", 72 + off, 600) + text("粗", 88 + off, 600) for off in (0, 0.4))
    each = "".join(
        text(letter, x, 500) for letter, x in zip("加加粗粗", (72, 72, 88, 88), strict=True)
    )

    assert parts(read(pdf(whole + singly + each))) == ["加粗的字11", "加粗", "加粗"]


def test_stamp_that_lies_on_the_page_is_read_with_it():
    words = text("机密★10年", 4, 6, 16)
    form = "/Type/XObject/Subtype/Form/BBox[0 0 150 30]/Resources<</Font<</F1 3 0 R>>>>"
    stamp = (
        "/Type/Annot/Subtype/Stamp/F 4/Rect[400 760 550 790]/AP<</N 8 0 R>>",
        f"{form}/Length {len(words)}",
    )
    document = read(pdf(column(LONG), page="/Annots[7 0 R]", more=(stamp[0], "", stamp[1], words)))

    assert parts(document) == ["机密★10年", JOINED]


def test_text_without_size_or_place_is_not_seen():
    none = (
        text("隐", size=0)
        + text("隐", matrix="0 0 0 0 72 600")
        + text("隐", matrix="1 0 0 0 72 600")
    )
    far = text("远", matrix="1e38 0 0 1e38 1e38 1e38") + text("远", x=9000)

    assert parts(read(pdf(none + far + column(LONG)))) == [JOINED]


def test_page_that_is_a_picture_is_named():
    document = read(pdf(column(LONG), picture(), column(LONG)))

    assert (parts(document), document.left_out) == ([JOINED, JOINED], ("images",))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(picture(), picture() + text("3", 300, 40)), "scan"),
        (pdf("".join(f"{x} 9 m 9 {x} l S\n" for x in range(200))), "scan"),
        (pdf(""), "empty"),
        (pdf(), "empty"),
        (pdf(text("计划"), password="secret"), "encrypted"),
        (pdf(text("计划"))[:500], "damaged"),
        (b"%PDF-1.7\n" + random.Random(1).randbytes(50_000), "damaged"),
        (pdf(text("一"), text("二"), kids="2 0 R 2 0 R"), "damaged"),
    ],
    ids=["scan", "outlines", "nothing", "no-pages", "locked", "cut", "noise", "loop"],
)
def test_file_without_text_says_why(content, code):
    assert refusal(content)[0] == code


def test_file_locked_without_a_password_opens():
    assert parts(read(pdf(text("新签约项目150个"), password=""))) == ["新签约项目150个"]


def test_sign_may_stand_a_little_way_in():
    assert parts(read(b"\r\n" * 40 + pdf(text("计划")))) == ["计划"]


def test_limits_are_named():
    content = pdf(text("重点工作"), text("攻坚年"))

    assert refusal(content, Limits(pages=1)) == ("too_large", {"measure": "pages", "limit": 1})
    assert refusal(content, Limits(text_bytes=5))[1] == {"measure": "text_bytes", "limit": 5}
    assert refusal(pdf(*[""] * 5_001)) == ("too_large", {"measure": "pages", "limit": 5_000})
