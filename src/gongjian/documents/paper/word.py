"""The paper as Word, by the writer of official documents: tables of small letters, so that it
stays one page."""

from gongjian.documents.official import (
    Block,
    Cell,
    Column,
    OfficialDocument,
    Run,
    TableBlock,
    write_official,
)
from gongjian.documents.paper.model import Paper, Section

POINTS = 10.5


def write_word(paper: Paper) -> bytes:
    """The paper as a docx. The text is the caller's, as it is."""
    blocks: list[Block] = [_facts(paper), *map(_section, paper.sections)]
    return write_official(OfficialDocument(title=paper.title, blocks=tuple(blocks)))


def _facts(paper: Paper) -> Block:
    """What it is of, who hands it out, where on its way it is; then as of when."""
    way = " → ".join(f"【{name}】" if state == "now" else name for name, state in paper.steps)
    rows = [(f"{paper.kind}　{paper.issuer}　{paper.day}",), (paper.facts,), (way,)]
    shown = tuple((Cell(text, align="left"),) for (text,) in rows if text)
    foot = ((Cell((Run(paper.footing),), align="left"),),)
    return TableBlock(
        columns=(Column("", 100, "left"),),
        head=(shown[0],),
        rows=(*shown[1:], *foot),
        points=POINTS,
    )


def _section(section: Section) -> Block:
    if not section.rows:
        return TableBlock(
            columns=(Column(section.title, 100, "left"),),
            rows=((Cell(section.text or "—", align="left"),),),
            points=POINTS,
        )
    columns = tuple(
        Column("", width, "right" if at in section.right else "left")
        for at, width in enumerate(section.widths)
    )
    title = (Cell((Run(section.title, bold=True),), column_span=len(columns), align="left"),)
    heads = tuple(Cell((Run(text, bold=True),)) for text in section.heads)
    head = (title, heads) if heads else (title,)
    return TableBlock(columns=columns, head=head, rows=section.rows, points=POINTS)
