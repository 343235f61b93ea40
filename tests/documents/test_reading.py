import codecs

import pytest

from documents.word_parts import p, word, zipped
from gongjian.documents import Limits, Unreadable, read_document

TEXT = "关于重点工作的通知\r\n\r\n　　年内新签约项目150个以上。\n\t到位资金140亿元。"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be"],
)
def test_text_is_decoded_and_otherwise_unchanged(content):
    document = read_document("计划.txt", content)

    assert document.text == TEXT
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "关于重点工作的通知",
        "　　年内新签约项目150个以上。",
        "\t到位资金140亿元。",
    ]
    assert (document.media, document.title) == ("txt", "关于重点工作的通知")


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        (
            "plan.txt",
            b"<!DOCTYPE html><html><body><p>\xe8\xae\xa1\xe5\x88\x92</p></body></html>",
            "html",
        ),
        ("plan.doc", "<html><body><p>计划</p></body></html>".encode("gb18030"), "html"),
        ("plan.html", "计划<p>任务</p>".encode(), "html"),
        ("plan.html", "计划".encode(), "txt"),
        ("plan.txt", "<<关于计划的意见>>印发".encode(), "txt"),
        ("plan.txt", word(p("计划")), "docx"),
    ],
)
def test_document_is_told_by_its_content(name, content, media):
    assert read_document(name, content).media == media


@pytest.mark.parametrize(
    ("content", "code", "params"),
    [
        (b"", "empty", {}),
        (b" \r\n\xe3\x80\x80", "empty", {}),
        (codecs.BOM_UTF8, "empty", {}),
        (b"<html><body><script>var a = 1</script></body></html>", "empty", {}),
        (b"<html><body><img src='1.jpg'></body></html>", "scan", {}),
        (b"\x00\x01\x02" * 50, "not_text", {}),
        (b"\xff\xfa\x81" * 50, "not_text", {}),
        (b"%PDF-1.7\n...", "damaged", {"part": "pdf"}),
        (b"\xff\xd8\xff\xe0" + bytes(20), "unknown_format", {"found": "jpg"}),
        (b"PK\x03\x04 cut off", "damaged", {"part": "zip"}),
        (word(p("计划"))[:-30], "damaged", {"part": "zip"}),
        (word(p("计划"))[:-4] + b"\xff" * 4, "damaged", {"part": "_rels/.rels"}),
        (zipped({"a.txt": b"1"}), "unknown_format", {"found": "zip"}),
        (zipped({"xl/workbook.xml": b"<a/>"}), "empty", {}),
        (zipped({"word/document.xml": b"<a><b></a>"}), "damaged", {"part": "word/document.xml"}),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            {},
        ),
    ],
)
def test_unreadable_file_says_why(content, code, params):
    with pytest.raises(Unreadable) as no:
        read_document("计划.docx", content)

    assert (no.value.code, no.value.params) == (code, params)


@pytest.mark.parametrize("whole", [199, 198])
def test_text_cut_inside_a_character_is_still_read(whole):
    text = "重点工作攻坚" * whole
    cut = (text + "年").encode()[:-1]

    assert read_document("a.txt", cut).text == text + "\N{REPLACEMENT CHARACTER}"


def test_text_that_fits_two_encodings_is_utf8():
    content = "重点工作攻坚年度".encode()
    assert content.decode("gb18030")  # nonsense, and no error

    assert read_document("a.txt", content).text == "重点工作攻坚年度"


def test_gb18030_cut_inside_a_character_is_still_read():
    cut = ("重点工作攻坚" * 20).encode("gb18030")[:-1]

    assert read_document("a.txt", cut).text[:-1] == "重点工作攻坚" * 19 + "重点工作攻"


def test_package_bomb_is_refused_before_it_is_unpacked():
    bomb = zipped({"word/document.xml": bytes(30_000_000)})

    with pytest.raises(Unreadable) as no:
        read_document("a.docx", bomb, limits=Limits(unpacked_bytes=20_000_000))

    assert len(bomb) < 100_000
    assert no.value.params == {"measure": "unpacked_bytes", "limit": 20_000_000}


def test_package_of_very_many_parts_is_refused():
    crowd = zipped({f"word/{number}.xml": b"" for number in range(50)})

    with pytest.raises(Unreadable) as no:
        read_document("a.docx", crowd, limits=Limits(parts=49))

    assert no.value.params == {"measure": "parts", "limit": 49}


def test_entities_are_never_expanded():
    lol = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    evil = f'<!DOCTYPE a [<!ENTITY l0 "ha">{lol}]><a>&l9;</a>'
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'

    for text in (evil, outside):
        with pytest.raises(Unreadable) as no:
            read_document("a.docx", zipped({"word/document.xml": text.encode()}))
        assert no.value.code == "damaged"


@pytest.mark.parametrize(
    ("limits", "measure"), [(Limits(bytes=10), "bytes"), (Limits(text_bytes=5), "text_bytes")]
)
@pytest.mark.parametrize(
    "content",
    ["重点工作攻坚年".encode(), "<p>重点工作攻坚年</p>".encode(), word(p("重点工作攻坚年"))],
    ids=["txt", "html", "docx"],
)
def test_too_large_file_names_the_limit(content, limits, measure):
    with pytest.raises(Unreadable) as no:
        read_document("a.html", content, limits=limits)

    assert (no.value.code, no.value.params["measure"]) == ("too_large", measure)


def test_deeply_nested_page_is_read_or_refused_and_never_breaks():
    def nested(depth: int) -> bytes:
        return ("<div>" * depth + "深" + "</div>" * depth + "<p>后</p>").encode()

    assert read_document("a.html", nested(1500)).text == "深\n后\n"
    with pytest.raises(Unreadable) as no:
        read_document("a.html", nested(100_000))
    assert no.value.code == "too_deep"
