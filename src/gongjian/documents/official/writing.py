"""An official document → the bytes of a Word file."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from gongjian.documents.official import back
from gongjian.documents.official.body import Body
from gongjian.documents.official.front import front
from gongjian.documents.official.model import OfficialDocument, text_and_attachments
from gongjian.documents.official.page import footer
from gongjian.documents.official.parts import (
    FOOTERS,
    content_types,
    core_properties,
    document_relations,
    font_table,
    package_relations,
    settings,
)
from gongjian.documents.official.styles import styles
from gongjian.documents.official.xml import Element, W, local, serialised, w

EPOCH = (1980, 1, 1, 0, 0, 0)  # of every entry of the package: a zip knows no earlier day


def write_official(document: OfficialDocument, *, at: datetime | None = None) -> bytes:
    """The document on the page of the standard: 22 lines of 28 characters, 37/35/28/26 mm.

    Missing: without `at` the file names no time of creation.
    Errors: ValueError where a table's row has more cells than columns.
    Source: GB/T 9704-2012, 5 and 7. The same document and time give the same bytes.
    """
    parts = {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": package_relations(),
        "docProps/core.xml": core_properties(
            document.title.replace("\n", ""), document.issuer_mark, at
        ),
        "word/document.xml": serialised(w("document", _body(document))),
        "word/_rels/document.xml.rels": document_relations(),
        "word/styles.xml": serialised(styles()),
        "word/settings.xml": serialised(settings()),
        "word/fontTable.xml": serialised(font_table()),
        **{f"word/{name}.xml": serialised(footer(name)) for name in FOOTERS},
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for path, content in parts.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            package.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)
    return stream.getvalue()


def _body(document: OfficialDocument) -> Element:
    body = Body(turned=document.turned)
    text, attachments = text_and_attachments(document)
    blocks = [
        *front(document),
        *back.held_to_signature(body.text(text), document.signature),
        *body.back_upright(),
        *back.attachment_list(document.attachments),
        *back.signature(document.signature),
        *back.notes(document.notes),
        *body.attachments(attachments),
    ]
    ending = list(back.print_block(document))
    if ending:
        blocks.extend(body.back_upright())
    return w("body", *_closed(blocks), *ending, body.last_section())


def _closed(blocks: Iterable[Element]) -> list[Element]:
    """The blocks with each section closed by the paragraph it ends in, where it ends in one.

    An empty paragraph that closes it would want room of its own, and open a page for nothing.
    """
    kept: list[Element] = []
    for block in blocks:
        closing = block.find("w:pPr/w:sectPr", {"w": W})
        last = kept[-1] if kept else block
        if closing is None or last is block or local(last) != "p" or _closes(last):
            kept.append(block)
        else:
            last[0].append(closing)
    return kept


def _closes(paragraph: Element) -> bool:
    return paragraph.find("w:pPr/w:sectPr", {"w": W}) is not None
