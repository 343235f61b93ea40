"""The blocks of the text, in upright and turned sections."""

from collections.abc import Iterator

from gongjian.documents.official.bookmarks import Bookmarks
from gongjian.documents.official.model import (
    AttachmentHeading,
    Block,
    Flow,
    Heading,
    Landscape,
    PageBreak,
    Paragraph,
    TableBlock,
)
from gongjian.documents.official.page import Sheet
from gongjian.documents.official.tables import table
from gongjian.documents.official.xml import Element, line, paragraph, w

UPRIGHT, TURNED = Sheet(), Sheet(landscape=True)


class Body:
    """Writes blocks one after another and closes a section where the paper turns."""

    def __init__(self, *, turned: bool = False) -> None:
        self._bookmarks = Bookmarks()
        self._usual = self._sheet = TURNED if turned else UPRIGHT
        self._sections = 0
        self._new_page = False  # whether nothing stands on this page yet

    def text(self, blocks: tuple[Block, ...]) -> Iterator[Element]:
        """The blocks of the text itself."""
        yield from self._blocks(blocks)

    def attachments(self, blocks: tuple[Block, ...]) -> Iterator[Element]:
        """The attachments; list, signature and note of the text stand before them."""
        self._new_page = False
        yield from self._blocks(blocks)

    def back_upright(self) -> Iterator[Element]:
        """What follows stands on an upright page, or on what is usual in the document."""
        yield from self._turn(self._usual)

    def last_section(self) -> Element:
        """The properties of the section the document ends in."""
        return self._sheet.section(first=self._sections == 0)

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[Element]:
        for block in blocks:
            if isinstance(block, Landscape):
                yield from self._turn(TURNED)
                for inner in block.blocks:
                    yield from self._block(inner)
            else:
                yield from self._turn(self._usual)
                yield from self._block(block)

    def _turn(self, sheet: Sheet) -> Iterator[Element]:
        """A section ends in the properties of its last paragraph."""
        if sheet == self._sheet:
            return
        yield w("p", w("pPr", w("pStyle", val="TableNote"), self.last_section()))
        self._sheet = sheet
        self._sections += 1
        self._new_page = True

    def _block(self, block: Flow) -> Iterator[Element]:
        match block:
            case Heading():
                yield line(f"Heading{block.level}", block.text)
            case Paragraph():
                style = "Body" if block.indent else "Normal"
                yield paragraph(style, self._bookmarks.runs(block.text), w("jc", val=block.align))
            case TableBlock():
                yield from table(block, self._sheet.width, self._bookmarks)
            case AttachmentHeading():
                yield from self._attachment(block)
            case PageBreak():
                yield paragraph("TableNote", [w("r", w("br", type="page"))])
        self._new_page = isinstance(block, PageBreak)

    def _attachment(self, block: AttachmentHeading) -> Iterator[Element]:
        fresh = None if self._new_page else w("pageBreakBefore")
        yield line("Label", block.label, fresh, w("keepNext"))
        yield line("Normal", "", w("keepNext"))
        yield line("Title", block.title, w("keepNext"))
        yield line("Normal", "", w("keepNext"))
