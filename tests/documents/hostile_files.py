"""Files made to harm a reader, each by a function, so that nothing of them lies in the tree."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

from documents.word_parts import SPACES, p, word, zipped

MAIN = "word/document.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
BODY = f"<w:document {SPACES}><w:body>{p('计划')}</w:body></w:document>"
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
NETWORK = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a>&x;</a>'
HTML = b"<!DOCTYPE html><html><body>"


def part(text: str | bytes, name: str = MAIN) -> bytes:
    """A package whose main part is this."""
    return zipped({name: text if isinstance(text, bytes) else text.encode()})


def lying(claimed: int, *, times: int = 1) -> bytes:
    """A package that claims another size of its part than it unpacks to."""
    packed = zipped({MAIN: b"<a>" + bytes(5_000_000)})
    real = struct.pack("<L", 5_000_003)
    assert packed.count(real) == 2
    return packed.replace(real, struct.pack("<L", claimed)) * times


def kernel(entries: int) -> bytes:
    """Many entries that all point at one packed piece: the bomb that overlaps itself."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = squeeze.compress(bytes(1_000_000)) + squeeze.flush()
    crc, name = zlib.crc32(bytes(1_000_000)), b"word/document.xml"
    sizes = struct.pack("<LLL", crc, len(data), 1_000_000)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes
    local += struct.pack("<HH", len(name), 0) + name + data
    listed = bytearray()
    for number in range(entries):
        own = name if not number else b"%d" % number
        listed += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        listed += struct.pack("<HHHHHLL", len(own), 0, 0, 0, 0, 0, 0) + own
    end = struct.pack("<HHHHLLH", 0, 0, entries, entries, len(listed), len(local), 0)
    return local + bytes(listed) + b"PK\x05\x06" + end


def named(name: str) -> bytes:
    """A right Word file with one more part of this name."""
    stream = io.BytesIO(word(p("计划")))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(name, b"<a/>")
    return stream.getvalue()


def pointing(target: str) -> bytes:
    """A Word file whose relation leads elsewhere."""
    return zipped(
        {
            MAIN: BODY.encode(),
            "word/_rels/document.xml.rels": (
                f'<Relationships><Relationship Type="x/styles" Target="{target}"/></Relationships>'
            ).encode(),
        }
    )


def nested_zip(depth: int) -> bytes:
    content = word(p("计划"))
    for _ in range(depth):
        content = zipped({"inner.docx": content})
    return content


def tables(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p("内") + "</w:tc></w:tr></w:tbl>" * depth


def noise(size: int) -> bytes:
    return random.Random(20260101).randbytes(size)


# Name of the file, its bytes, and what may become of it: a code, or "read".
Case = tuple[str, Callable[[], bytes], set[str]]
CASES: dict[str, Case] = {
    "empty": ("a.docx", lambda: b"", {"empty"}),
    "one byte": ("a.docx", lambda: b"P", {"damaged"}),
    "random": ("a.docx", lambda: noise(100_000), {"not_text"}),
    "random after PK": ("a.docx", lambda: b"PK\x03\x04" + noise(100_000), {"damaged"}),
    "random after OLE": ("a.doc", lambda: OLE + noise(100_000), {"unknown_format"}),
    "random after %PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + noise(9_000), {"unknown_format", "damaged"}),
    "nulls": ("a.txt", lambda: bytes(100_000), {"not_text"}),
    "utf-16 without its mark": ("a.txt", lambda: "重点工作计划150个".encode("utf-16-le") * 9, {"not_text", "read"}),
    "lone surrogates": ("a.txt", lambda: b"\xff\xfe" + "计划".encode("utf-16-le") + b"\x00\xd8" * 9, {"read"}),
    "surrogates in utf-8": ("a.txt", lambda: "计划".encode() * 900 + b"\xed\xa0\x80", {"read"}),
    "bidi": ("a.txt", lambda: "计划\u202e个051\u202c\u2066\u2069".encode(), {"read"}),
    "declared size too small": ("a.docx", lambda: lying(100), {"damaged"}),
    "declared size too large": ("a.docx", lambda: lying(90_000_000), {"damaged"}),
    "declared size beyond all": ("a.docx", lambda: lying(4_000_000_000), {"too_large"}),
    "zip after zip": ("a.docx", lambda: word(p("一")) * 3, {"read", "damaged"}),
    "one kernel": ("a.docx", lambda: kernel(3_000), {"too_large"}),
    "one kernel, small": ("a.docx", lambda: kernel(100), {"damaged"}),
    "zip in zip in zip": ("a.docx", lambda: nested_zip(40), {"unknown_format"}),
    "entries without end": ("a.docx", lambda: kernel(20_000), {"too_large"}),
    "path up": ("a.docx", lambda: named("../../etc/passwd"), {"read"}),
    "path from the root": ("a.docx", lambda: named("/etc/passwd"), {"read"}),
    "path with backslashes": ("a.docx", lambda: named("..\\..\\a.exe"), {"read"}),
    "path with a null": ("a.docx", lambda: named("word/a\x00.xml"), {"read"}),
    "relation up": ("a.docx", lambda: pointing("../../../../etc/passwd"), {"read"}),
    "relation outside": ("a.docx", lambda: pointing("file:///etc/passwd"), {"read"}),
    "relation to itself": ("a.docx", lambda: pointing("document.xml"), {"read"}),
    "billion laughs": ("a.docx", lambda: part(f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l9;</a>'), {"damaged"}),
    "laughs in an attribute": ("a.docx", lambda: part(f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l9;"/>'), {"damaged"}),
    "entity of a file": ("a.docx", lambda: part(FILE), {"damaged"}),
    "entity of the network": ("a.docx", lambda: part(NETWORK), {"damaged"}),
    "type behind a mark": ("a.docx", lambda: part(b"\xef\xbb\xbf" + FILE.encode()), {"damaged"}),
    "type in utf-16": ("a.docx", lambda: part(f'<?xml version="1.0" encoding="UTF-16"?>{FILE}'.encode("utf-16")), {"damaged"}),
    "type behind blanks": ("a.docx", lambda: part('<?xml version="1.0"?>' + " " * 9000 + FILE), {"damaged"}),
    "type without entities": ("a.docx", lambda: part(f"<!DOCTYPE a>{BODY}"), {"damaged"}),
    "type in the relations": ("a.docx", lambda: zipped({MAIN: BODY.encode(), "_rels/.rels": FILE.encode()}), {"damaged"}),
    "tables in tables": ("a.docx", lambda: word(tables(60)), {"read"}),
    "10,000 tables in tables": ("a.docx", lambda: word(tables(10_000)), {"damaged"}),
    "10,000 runs in runs": ("a.docx", lambda: word("<w:p>" + "<w:ins>" * 10_000), {"damaged"}),
    "many attributes": ("a.docx", lambda: part("<a" + "".join(f' a{n}=""' for n in range(200_000)) + "/>"), {"empty"}),
    "many namespaces": ("a.docx", lambda: part("".join(f'<a xmlns:n{n}="u">' for n in range(200))), {"damaged"}),
    "style of itself": ("a.docx", lambda: word(p("计划", '<w:pStyle w:val="A"/>'), styles='<w:style w:styleId="A"><w:basedOn w:val="A"/></w:style>'), {"read"}),
    "label of megabytes": ("a.docx", lambda: word('<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 5000 + p("计划"), numbering=f'<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:lvlText w:val="{"%1" * 500_000}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'), {"read"}),
    "cells of 1000 by 1000": ("a.html", lambda: HTML + b"<table>" + b"<tr><td rowspan=1000 colspan=1000>x" * 1000, {"too_large"}),
    "span of a million": ("a.docx", lambda: word('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr>' + p("甲") + "</w:tc></w:tr></w:tbl>"), {"read"}),
    "called .txt": ("a.txt", lambda: word(p("计划")), {"read"}),
    "called .doc": ("a.doc", lambda: word(p("计划")), {"read"}),
    "picture called .docx": ("a.docx", lambda: PNG, {"unknown_format"}),
    "page called .docx": ("a.docx", lambda: HTML + "<p>计划".encode(), {"read"}),
    "text called .docx": ("a.docx", lambda: "计划".encode(), {"damaged"}),
    "text called .doc": ("a.doc", lambda: "计划".encode(), {"read"}),
    "encrypted package": ("a.docx", lambda: OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), {"encrypted"}),
    "10,000 divs in divs": ("a.html", lambda: HTML + b"<div>" * 10_000 + "计划".encode(), {"too_deep"}),
    "a million open tags": ("a.html", lambda: HTML + b"<b>x" * 1_000_000, {"too_large"}),
    "attributes of one tag": ("a.html", lambda: HTML + b"<p" + b"".join(b" a%d" % n for n in range(300_000)), {"too_large"}),
    "page that leads away": ("a.html", lambda: HTML + '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><p>计划'.encode(), {"read"}),
    "page of another file": ("a.html", lambda: HTML + '<iframe src="file:///etc/passwd"></iframe><p>计划'.encode(), {"read"}),
    "page with entities": ("a.html", lambda: '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>计划&x;</html>'.encode(), {"read"}),
    "old scripts": ("a.html", lambda: HTML + b"<script>" + b"x" * 900_000 + "</script><p>计划".encode(), {"read"}),
}  # fmt: skip

# What comes near a limit: read in a process of 1 GiB.
HEAVY: dict[str, Case] = {
    "a gigabyte of zeros": ("a.docx", lambda: part(bytes(1_000_000_000)), {"too_large"}),
    "50 MB of zeros": ("a.docx", lambda: part(b"<a>" + bytes(50_000_000)), {"damaged"}),
    "tags up to the limit": ("a.docx", lambda: word("x<w:p/>" * 2_900_000), {"too_large"}),
    "a million paragraphs": ("a.docx", lambda: word("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_000_000), {"too_large"}),
    "a paragraph of 5 million": ("a.docx", lambda: word(p("年" * 5_000_000)), {"too_large", "damaged"}),
    "cells up to the limit": ("a.docx", lambda: word("<w:tbl>" + ("<w:tr>" + f"<w:tc>{p('x')}</w:tc>" * 60 + "</w:tr>") * 1_000 + "</w:tbl>"), {"read"}),
    "a million lines": ("a.txt", lambda: b"x\n" * 1_000_000, {"too_large"}),
    "over 2 MB in one line": ("a.txt", lambda: "年".encode() * 700_000, {"too_large"}),
    "over 50 MB": ("a.txt", lambda: b"x" * 50_000_001, {"too_large"}),
    "a page of tags": ("a.html", lambda: HTML + b"<header>" * 1_500 + b"<br>" * 150_000, {"empty"}),
    "a page of spans": ("a.html", lambda: HTML + b"<table>" + b"<tr><td colspan=1000>x<td>y" * 20_000, {"too_large"}),
    "random up to the limit": ("a.txt", lambda: noise(1_000_000).replace(b"\0", b"") * 12, {"not_text"}),
}  # fmt: skip
