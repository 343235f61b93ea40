"""What stands before the text: draft mark, red head, title, addressee."""

from collections.abc import Iterator

from gongjian.documents.official.model import OfficialDocument
from gongjian.documents.official.page import AREA_WIDTH, LINE, twips
from gongjian.documents.official.styles import RED, exact, size
from gongjian.documents.official.xml import Element, line, paragraph, text_run, w

MARK_TOP = twips(35)  # from the top of the type area to the top of the issuer mark
RULE = 12  # eighths of a point
RULE_BELOW = 11  # points between the number and the red rule: 4 mm
LARGEST_MARK, SMALLEST_MARK = 44, 18  # points


def front(document: OfficialDocument) -> Iterator[Element]:
    """The paragraphs before the first block."""
    if document.draft_mark:
        yield line("Label", document.draft_mark)
    if document.issuer_mark:
        yield from _red_head(document)
        yield from _empty(2)
    for part in document.title.split("\n"):
        yield line("Title", part)
    yield from _empty(1)
    if document.addressee:
        yield line("Normal", f"{document.addressee.rstrip('：:')}：", w("jc", val="left"))


def _red_head(document: OfficialDocument) -> Iterator[Element]:
    """The issuer in red, the number two lines below it, and the red rule."""
    points = mark_size(document.issuer_mark)
    before = MARK_TOP - (LINE if document.draft_mark else 0)
    # The rule has a thickness of its own: unless it is taken off, the page holds a line less.
    height = round(points * 20 * 1.2) - RULE * 20 // 8
    yield paragraph(
        "IssuerMark",
        [text_run(document.issuer_mark, *size(points))],
        w("spacing", before=before, after=0, line=height, lineRule="exact"),
    )
    yield from _empty(2)
    rule = w("pBdr", w("bottom", val="single", sz=RULE, space=RULE_BELOW, color=RED))
    yield line("Normal", document.doc_no or "", rule, w("jc", val="center"))


def mark_size(mark: str) -> float:
    """Points at which the mark fills the width, within what looks like a head."""
    widest = AREA_WIDTH / 20 / max(len(mark), 1)
    return max(SMALLEST_MARK, min(LARGEST_MARK, int(widest * 0.96)))


def _empty(lines: int) -> Iterator[Element]:
    for _ in range(lines):
        yield line("Normal", "", exact(LINE))
