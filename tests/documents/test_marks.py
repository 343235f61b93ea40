import pytest

from documents.word_parts import p, word
from gongjian.documents import classified_mark, read_document
from gongjian.lib.pages import Document


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★10年\n诸城市委办公室文件", "机密★10年"),
        ("绝密★\n通知", "绝密★"),
        ("秘密★启封前\n通知", "秘密★启封前"),
        ("绝密★启用前", "绝密★启用前"),
        ("秘　密 ★ １０ 年\n通知", "秘密★10年"),
        ("000012\n机密★长期\n特急", "机密★长期"),
        ("000012　　机密★1年", "机密★1年"),
        ("机密★1年 特急\n通知", "机密★1年"),
        ("密级：秘密\n通知", "秘密"),
        ("机　密\n关于×××的通知", "机密"),
        ("诸城市委办公室文件　　秘密★5年", "秘密★5年"),
        ("内部资料\t秘密*5年", "秘密*5年"),
        ("【秘密☆】\n通知", "秘密☆"),
    ],
)
def test_mark_is_found_in_the_opening(text, mark):
    assert classified_mark(Document.from_text(text)) == mark


@pytest.mark.parametrize(
    "text",
    [
        "关于加强保守国家秘密工作的通知",
        "严守商业秘密，保护企业合法权益。",
        "国家秘密★",
        "确保数据机密性、完整性",
        "凡标注“机密★10年”字样的文件，一律不得上传。",
        "标有机密★字样的一律不得上传",
        "禁止上传涉密信息",
        "机密档案库房建设工程★",
        "通知\n" * 40 + "机密★10年",
    ],
)
def test_prose_about_secrets_is_no_mark(text):
    assert classified_mark(Document.from_text(text)) is None


def test_mark_in_a_page_header_or_text_box_is_found():
    inner = f"<v:textbox><w:txbxContent>{p('秘密★1年')}</w:txbxContent></v:textbox>"
    box = f"<w:p><w:r><w:pict>{inner}</w:pict></w:r></w:p>"

    in_header = read_document("a.docx", word(p("通知"), header1=p("机密★10年")))
    in_box = read_document("a.docx", word(box + p("通知")))

    assert (in_header.text, in_header.margins) == ("通知\n", ("机密★10年",))
    assert classified_mark(in_header) == "机密★10年"
    assert classified_mark(in_box) == "秘密★1年"


def test_mark_of_a_later_page_is_not_the_mark_of_the_file():
    page_break = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

    document = read_document("a.docx", word(p("通知") + page_break + p("秘密★1年")))

    assert [block.page for block in document.blocks] == [1, 2]
    assert classified_mark(document) is None
