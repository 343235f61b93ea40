"""The bulletin as an official paper in Word (GB/T 9704)."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from gongjian.documents.official import (
    AttachmentHeading,
    Cell,
    Column,
    Heading,
    Landscape,
    OfficialDocument,
    Paragraph,
    Run,
    Signature,
    TableBlock,
    write_official,
)
from gongjian.documents.official import Block as PaperBlock
from gongjian.flow.bulletins.queries.pieces import Pieces
from gongjian.flow.bulletins.queries.text import Block, WrittenBulletin

WIDTHS = (1.0, 3.4, 1.7, 1.5, 1.5, 1.1, 1.1, 1.3, 2.2)


def bulletin_word(bulletin: WrittenBulletin, *, at: datetime) -> bytes:
    """The paper; every figure in it is a bookmark that bears the id of its fact."""
    text = [block for block in bulletin.blocks if block.kind not in ("table", "note")]
    table = next(block for block in bulletin.blocks if block.kind == "table")
    note = next(block for block in bulletin.blocks if block.kind == "note")
    caption = _plain(table.pieces)
    document = OfficialDocument(
        title="\n".join(bulletin.title_lines),
        issuer_mark=bulletin.issuer,
        draft_mark=_("代拟稿 · 实时") if bulletin.draft else "",
        addressee=_("各镇街党（工）委、政府（办事处），市直各部门、单位"),
        blocks=(
            *_flow(text),
            Landscape((AttachmentHeading(_("附件"), caption), _table(table, _plain(note.pieces)))),
        ),
        attachments=(caption,),
        signature=Signature(bulletin.issuer, bulletin.day),
    )
    return write_official(document, at=at)


def _flow(blocks: list[Block]) -> Iterator[PaperBlock]:
    for block in blocks:
        if block.kind == "heading":
            yield Heading(_plain(block.pieces), 1)
        elif block.kind == "subheading":
            yield Heading(_plain(block.pieces), 2)
        else:
            yield Paragraph(_runs(block.pieces))


def _table(block: Block, note: str) -> TableBlock:
    heads, *rows = block.rows
    left = {_("目标"), _("牵头单位")}
    columns = tuple(
        Column(head.text, width, "left" if head.text in left else "center")
        for head, width in zip(heads, WIDTHS, strict=True)
    )
    cells = tuple(tuple(Cell(_runs((piece,))) for piece in row) for row in rows)
    return TableBlock(columns=columns, rows=cells, note=note, points=9)


def _runs(pieces: Pieces) -> tuple[Run, ...]:
    return tuple(Run(piece.text, figure=piece.figure or None) for piece in pieces)


def _plain(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)
