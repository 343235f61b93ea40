import pytest

from documents.word_parts import p, word
from gongjian.documents import read_document

STYLES = (
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
)


def centred(text: str) -> str:
    return p(text, '<w:jc w:val="center"/>')


def styled(text: str) -> str:
    return p(text, '<w:pStyle w:val="T"/>')


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (p("密级") + centred("关于攻坚的通知") + p("正文"), "关于攻坚的通知"),
        (centred("关于重点工作攻坚") + centred("的通知") + p("正文"), "关于重点工作攻坚的通知"),
        (centred("关于攻坚的通知") + centred("（2020年3月）"), "关于攻坚的通知"),
        (
            centred("诸城市人民政府文件")
            + centred("诸政发〔2020〕1号")
            + centred("关于攻坚的通知"),
            "关于攻坚的通知",
        ),
        (centred("页首一行") + styled("关于攻坚") + styled("的通知") + p("正文"), "关于攻坚的通知"),
        (styled("关于攻坚的通知") + p("正文") + styled("附件的题目"), "关于攻坚的通知"),
        (p("正文") * 12 + centred("表一"), ""),
        (p("正文"), ""),
    ],
)
def test_title_of_a_word_file(body, title):
    assert read_document("a.docx", word(body, styles=STYLES)).title == title
