"""What stands after the text: attachments, signature, note, and the block of the printer."""

from collections.abc import Iterable, Iterator

from gongjian.documents.official.model import OfficialDocument, Signature, bracketed
from gongjian.documents.official.page import AREA_WIDTH, CHARACTER, LEFT
from gongjian.documents.official.styles import exact
from gongjian.documents.official.xml import Element, line, local, w

THICK, THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm
DATE_INDENT = 4  # characters between the date and the right margin
LEAST_INDENT = 2
COPY_LABEL = 3 * 280  # 抄送： in letters of 14 points


def held_to_signature(text: Iterable[Element], signed: Signature | None) -> list[Element]:
    """The text, its last paragraph on one page with the signature: no page bears that alone."""
    blocks = list(text)
    if signed is not None and blocks and local(blocks[-1]) == "p":
        blocks[-1][0].insert(1, w("keepNext"))  # behind the style, as the schema orders it
    return blocks


def attachment_list(names: tuple[str, ...]) -> Iterator[Element]:
    """附件：1. … one blank line below the text, the names under each other."""
    if not names:
        return
    yield line("Normal", "", w("keepNext"))
    wide = "附件：" if len(names) == 1 else "附件：1. "
    hanging = width(wide)
    for index, name in enumerate(names, start=1):
        label = wide if index == 1 else f"{index}. "
        own = width(label)
        indent = w("ind", left=round((2 + hanging) * CHARACTER), hanging=round(own * CHARACTER))
        yield line("Normal", label + name, indent, w("jc", val="left"), w("keepNext"))


def signature(signed: Signature | None) -> Iterator[Element]:
    """The issuer centred over the date, the date four characters in from the right."""
    if signed is None:
        return
    for _ in range(2):
        yield line("Normal", "", w("keepNext"))
    issuer, date = indents(signed)
    for text, indent, keep in ((signed.issuer, issuer, w("keepNext")), (signed.date, date, None)):
        right = w("ind", right=round(indent * CHARACTER))
        yield line("Normal", text, right, w("jc", val="right"), keep)


def indents(signed: Signature) -> tuple[float, float]:
    """How far issuer and date stand in from the right, in characters."""
    over = (width(signed.issuer) - width(signed.date)) / 2
    issuer = DATE_INDENT - over
    if issuer >= LEAST_INDENT:
        return issuer, DATE_INDENT
    return LEAST_INDENT, LEAST_INDENT + over


def notes(text: str) -> Iterator[Element]:
    """附注: in brackets, two characters in."""
    if text:
        yield line("Body", bracketed(text))


def print_block(document: OfficialDocument) -> Iterator[Element]:
    """版记 at the foot of the last page, between thick rules: 抄送, and who printed it when."""
    lines: list[Element] = []
    if document.copy_to:
        text = f"抄送：{document.copy_to.rstrip('。')}。"
        hanging = w("ind", left=280 + COPY_LABEL, right=280, hanging=COPY_LABEL)
        lines.append(line("PrintBlock", text, hanging))
    if document.print_line is not None:
        end = w("tabs", w("tab", val="right", pos=AREA_WIDTH - 280))
        sides = w("ind", left=280, right=280)
        lines.append(line("PrintBlock", "\t".join(document.print_line), end, sides))
    if lines:
        yield _foot_table(lines)
        yield line("TableNote", "", exact(20))  # a table needs a paragraph after it


def _foot_table(lines: list[Element]) -> Element:
    """A row a line, fixed to the bottom of the type area."""
    # LibreOffice lets so wide a table float only where it is placed from the edge of the page.
    place = w("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=LEFT, tblpYSpec="bottom")
    rules = [w(side, val="single", sz=THICK, space=0, color="000000") for side in ("top", "bottom")]
    inner = w("insideH", val="single", sz=THIN, space=0, color="000000")
    margins = w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right")))
    return w(
        "tbl",
        w(
            "tblPr",
            place,
            w("tblW", w=AREA_WIDTH, type="dxa"),
            w("tblBorders", *rules, inner),
            w("tblLayout", type="fixed"),
            margins,
        ),
        w("tblGrid", w("gridCol", w=AREA_WIDTH)),
        *(
            w(
                "tr",
                w("trPr", w("cantSplit")),
                w("tc", w("tcPr", w("tcW", w=AREA_WIDTH, type="dxa")), text),
            )
            for text in lines
        ),
    )


def width(text: str) -> float:
    """Characters a text is wide: a Latin letter or a digit is half of one."""
    return sum(
        0.5 if ord(character) < 0x2E80 and character not in "“”‘’—…" else 1 for character in text
    )
