"""What stands in an official document, and nothing about how it looks."""

import re
from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text. `figure` marks a number that can be followed back to its records.

    `struck` is what a newer version took out, printed with a line through it.
    """

    text: str
    bold: bool = False
    figure: str | None = None
    struck: bool = False


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 一、 2 （一） 3 1. 4 （1）; its number stands in the text."""

    text: str
    level: Literal[1, 2, 3, 4] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; the first line is set in by two characters unless `indent` is off."""

    text: Text
    indent: bool = True
    align: Literal["both", "left", "center", "right"] = "both"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that spans rows or columns, or is set otherwise than its column."""

    text: Text
    row_span: int = 1
    column_span: int = 1
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, and where its values stand."""

    head: str
    width: float = 1
    align: Align = "center"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table. Shapes: every row fills all columns, counting the spans of the rows above it.

    `head` replaces the single row of column heads where a head needs two rows or merged cells.
    `unit` is printed as given: 单位：万元; `maker` at the other end of its line: 编制单位：…
    Units: `points` is the size of its letters.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    head: tuple[tuple[str | Cell, ...], ...] = ()
    caption: str = ""
    unit: str = ""
    note: str = ""
    points: float = 10.5
    maker: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class AttachmentHeading:
    """附件 on a new page: its label stands top left, its title centred on the third line."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Landscape:
    """Blocks on pages turned sideways, for tables too wide for an upright page."""

    blocks: tuple["Flow", ...]


Flow = Heading | Paragraph | TableBlock | PageBreak | AttachmentHeading
Block = Flow | Landscape


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, and the date as it is written: 2020年3月23日. The system never draws a seal."""

    issuer: str
    date: str


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """An official document (公文), part by part in the order of the standard.

    Missing: '' or None leaves a part out; without an issuer mark there is no red head.
    Source: GB/T 9704-2012, 7.2–7.4.
    """

    title: str
    blocks: tuple[Block, ...]
    issuer_mark: str = ""
    doc_no: str | None = None
    draft_mark: str = ""
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signature: Signature | None = None
    notes: str = ""
    copy_to: str = ""
    print_line: tuple[str, str] | None = None  # who prints, and when: 2020年3月23日印发
    turned: bool = False  # every page is turned sideways: a paper that is one wide table


def text_and_attachments(
    document: OfficialDocument,
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks of the text and those of its attachments: the signature stands between them."""
    for index, block in enumerate(document.blocks):
        first = block.blocks[0] if isinstance(block, Landscape) and block.blocks else block
        if isinstance(first, AttachmentHeading):
            return document.blocks[:index], document.blocks[index:]
    return document.blocks, ()


def bookmark(figure: str) -> str:
    """The Word bookmark and HTML id of a figure: a letter first, 40 characters at most."""
    return f"fig_{re.sub(r'[^0-9A-Za-z_]', '_', figure)}"[:40]


def runs_of(text: Text) -> tuple[Run, ...]:
    """A plain text is one run."""
    return (Run(text),) if isinstance(text, str) else text


def plain(text: Text) -> str:
    """The characters alone."""
    return "".join(run.text for run in runs_of(text))


def bracketed(note: str) -> str:
    """附注 stands in brackets: （此件公开发布）."""
    return note if not note or note.startswith(("（", "(")) else f"（{note}）"
