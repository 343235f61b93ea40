"""An official document → a plain web page: no script, no picture, nothing fetched."""

from collections.abc import Iterator
from html import escape

from gongjian.documents.official.model import (
    AttachmentHeading,
    Flow,
    Heading,
    Landscape,
    OfficialDocument,
    PageBreak,
    Paragraph,
    TableBlock,
    Text,
    bookmark,
    bracketed,
    runs_of,
    text_and_attachments,
)
from gongjian.documents.official.tables import head_rows, placed_cells

STYLE = """\
body { max-width: 46em; margin: 2em auto; padding: 0 1em; line-height: 1.9;
  font-family: FangSong, "FangSong_GB2312", "Noto Serif CJK SC", serif; }
h1 { text-align: center; font-size: 1.6em; line-height: 1.4; }
h2, h3, h4, h5 { font-size: 1em; margin: 0; text-indent: 2em; }
h2, th, .label { font-family: SimHei, "Noto Sans CJK SC", sans-serif; font-weight: normal; }
h3 { font-family: KaiTi, "KaiTi_GB2312", serif; font-weight: normal; }
p { margin: 0; text-indent: 2em; }
.plain, td p { text-indent: 0; }
.right { text-align: right; text-indent: 0; }
table { border-collapse: collapse; width: 100%; font-size: .85em; line-height: 1.5; }
caption { font-family: SimHei, sans-serif; }
th, td { border: 1px solid; padding: .2em .5em; }
td.left { text-align: left; } td.center { text-align: center; } td.right { text-align: right; }
"""


def write_html(document: OfficialDocument) -> bytes:
    """The same text, headings, tables and figures as the Word file; figures carry their bookmark.

    Errors: ValueError where a table's row has more cells than columns.
    """
    title = escape(document.title.replace("\n", ""))
    text, attachments = text_and_attachments(document)
    lines = [
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<article>",
        *_front(document, title),
        *(written for block in text for written in _block(block)),
        *_signed(document),
        *(written for block in attachments for written in _block(block)),
        *_printed(document),
        "</article>\n</body>\n</html>\n",
    ]
    return "\n".join(lines).encode()


def _front(document: OfficialDocument, title: str) -> Iterator[str]:
    yield from _line(document.draft_mark, "label plain")
    yield from _line(document.issuer_mark, "plain")
    yield from _line(document.doc_no or "", "plain")
    yield f"<h1>{title}</h1>"
    if document.addressee:
        yield from _line(f"{document.addressee.rstrip('：:')}：", "plain")


def _signed(document: OfficialDocument) -> Iterator[str]:
    for index, name in enumerate(document.attachments, start=1):
        yield from _line(f"附件{index if len(document.attachments) > 1 else ''}：{name}", "")
    if document.signature is not None:
        yield from _line(document.signature.issuer, "right")
        yield from _line(document.signature.date, "right")
    yield from _line(bracketed(document.notes), "")


def _printed(document: OfficialDocument) -> Iterator[str]:
    if document.copy_to:
        yield from _line(f"抄送：{document.copy_to.rstrip('。')}。", "plain")
    yield from _line("　".join(document.print_line or ()), "plain")


def _line(text: str, kind: str) -> Iterator[str]:
    if text:
        yield f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _block(block: Flow | Landscape) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
        case Paragraph():
            kind = "right" if block.align == "right" else "" if block.indent else "plain"
            yield (
                f'<p class="{kind}">{_runs(block.text)}</p>'
                if kind
                else f"<p>{_runs(block.text)}</p>"
            )
        case TableBlock():
            yield from _table(block)
        case AttachmentHeading():
            yield from _line(block.label, "label plain")
            yield f"<h2>{escape(block.title)}</h2>"
        case PageBreak():
            yield "<hr>"
        case Landscape():
            for inner in block.blocks:
                yield from _block(inner)


def _table(block: TableBlock) -> Iterator[str]:
    yield from _line(
        block.unit and f"单位：{block.unit}".replace("单位：单位：", "单位："), "right"
    )
    yield "<table>"
    if block.caption:
        yield f"<caption>{escape(block.caption)}</caption>"
    yield "<thead>"
    yield from _rows(block, head=True)
    yield "</thead>\n<tbody>"
    yield from _rows(block, head=False)
    yield "</tbody>\n</table>"
    yield from _line(block.note, "plain")


def _rows(block: TableBlock, *, head: bool) -> Iterator[str]:
    rows = head_rows(block) if head else block.rows
    cells = placed_cells(rows, len(block.columns))
    for row in range(len(rows)):
        line = ""
        for at in sorted((at for at in cells if at.row == row), key=lambda at: at.column):
            spans = f' rowspan="{at.row_span}"' if at.row_span > 1 else ""
            spans += f' colspan="{at.column_span}"' if at.column_span > 1 else ""
            align = cells[at].align or block.columns[at.column].align
            inside = _runs(cells[at].text)
            line += (
                f"<th{spans}>{inside}</th>" if head else f'<td class="{align}"{spans}>{inside}</td>'
            )
        yield f"<tr>{line}</tr>"


def _runs(text: Text) -> str:
    """Escaped text; bold runs and figures in their elements."""
    written = ""
    for run in runs_of(text):
        piece = escape(run.text).replace("\n", "<br>")
        if run.bold:
            piece = f"<b>{piece}</b>"
        if run.struck:
            piece = f"<del>{piece}</del>"
        if run.figure is not None:
            piece = f'<data value="{escape(bookmark(run.figure))}">{piece}</data>'
        written += piece
    return written
