"""The paper as Word, by the writer of official documents: tables of small letters, so that it
stays one page."""

from collections.abc import Sequence
from dataclasses import replace

from gongjian.documents.official import (
    Cell,
    Column,
    OfficialDocument,
    Run,
    TableBlock,
    write_official,
)
from gongjian.documents.paper.model import Paper, Section

POINTS = 10.5
NARROW = 3  # columns of a part that is short enough to be told in a line


def write_word(paper: Paper) -> bytes:
    """The paper as a docx: what is short stands in one table, for each gap costs two lines."""
    short = [part for part in paper.sections if _is_short(part)]
    long = [part for part in paper.sections if not _is_short(part)]
    blocks = [_head(paper, short), *(_table(part) for part in long)]
    blocks[-1] = replace(blocks[-1], note=paper.footing)
    return write_official(OfficialDocument(title=paper.title, blocks=tuple(blocks)))


def _is_short(section: Section) -> bool:
    return not section.heads and len(section.widths) <= NARROW


def _head(paper: Paper, short: Sequence[Section]) -> TableBlock:
    """What it is of and where on its way; then each short part beside its title."""
    way = " → ".join(f"【{name}】" if state == "now" else name for name, state in paper.steps)
    said = [(paper.kind, paper.facts), *([("", way)] if way else [])]
    said += [(part.title, _text(part)) for part in short]
    top = Cell(f"{paper.issuer}　{paper.day}", column_span=2, align="right")
    return TableBlock(
        columns=(Column("", 16, "left"), Column("", 84, "left")),
        head=((top,),),
        rows=tuple((Cell((Run(title, bold=True),)), Cell(text or "—")) for title, text in said),
        points=POINTS,
    )


def _text(section: Section) -> str:
    """A short part as running text, a row after the other."""
    if not section.rows:
        return section.text.replace("\n", "　")
    return "；".join("　".join(filter(None, row)) for row in section.rows)


def _table(section: Section) -> TableBlock:
    columns = tuple(
        Column("", width, "right" if at in section.right else "left")
        for at, width in enumerate(section.widths)
    )
    title = (Cell((Run(section.title, bold=True),), column_span=len(columns), align="left"),)
    heads = tuple(Cell((Run(text, bold=True),)) for text in section.heads)
    head = (title, heads) if heads else (title,)
    return TableBlock(columns=columns, head=head, rows=section.rows, points=POINTS)
