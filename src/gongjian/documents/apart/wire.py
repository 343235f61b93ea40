"""A Document as one line of JSON, and back. What comes back is checked like any foreign file."""

import json
from collections.abc import Sequence
from typing import Any, get_args

from gongjian.documents.unreadable import Code, Unreadable
from gongjian.lib.pages import Block, Cell, Document, Media, Paragraph, Table

LONGEST_PARAM = 200
DEEPEST = 9


def document_line(document: Document) -> bytes:
    """Half a surrogate pair stands as it is: JSON must carry what a Document may hold."""
    said = {
        "text": document.text,
        "blocks": [_block_said(block) for block in document.blocks],
        "media": document.media,
        "title": document.title,
        "left_out": document.left_out,
        "margins": document.margins,
    }
    return json.dumps({"document": said}, ensure_ascii=False).encode("utf-8", "surrogatepass")


def refusal_line(no: Unreadable) -> bytes:
    return json.dumps({"unreadable": no.code, "params": no.params}).encode()


def fault_line(fault: Exception) -> bytes:
    return json.dumps({"fault": repr(fault)}).encode()


def answer_from(said: bytes, reader: str) -> Document:
    """Errors: the Unreadable that was said; 'damaged' for anything that is no answer.

    RuntimeError where the reader could not start: that is our fault, and not the file's.
    """
    try:
        answer = json.loads(said.decode("utf-8", "surrogatepass"))
        if "document" in answer:
            return _document(answer["document"])
        if "fault" in answer:
            no: Exception = RuntimeError(f"reader {reader}: {_string(answer['fault'])}")
        else:
            no = _refusal(answer)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as broken:
        raise Unreadable("damaged", part=reader) from broken
    raise no


def _block_said(block: Block) -> list[Any]:
    if isinstance(block, Paragraph):
        return [block.start, block.end, block.page, block.level]
    cells = [[c.start, c.end, c.row, c.column, c.row_span, c.column_span] for c in block.cells]
    return [block.start, block.end, block.page, block.sheet, cells]


def _document(said: dict[str, Any]) -> Document:
    text = _string(said["text"])
    if said["media"] not in get_args(Media):
        raise ValueError(said["media"])
    return Document(
        text=text,
        blocks=tuple(_block(block, len(text)) for block in said["blocks"]),
        media=said["media"],
        title=_string(said["title"]),
        left_out=tuple(map(_string, said["left_out"])),
        margins=tuple(map(_string, said["margins"])),
    )


def _block(said: Sequence[Any], length: int) -> Block:
    start, end = _span(said, length)
    page = _count(said[2], least=1)
    if len(said) == 4:
        return Paragraph(start, end, page=page, level=_count(said[3], most=DEEPEST))
    cells = tuple(_cell(cell, start, end) for cell in said[4])
    return Table(start, end, cells, page=page, sheet=_string(said[3]))


def _cell(said: Sequence[Any], least: int, most: int) -> Cell:
    start, end = _span(said, most)
    if start < least:
        raise ValueError(start)
    row, column = _count(said[2]), _count(said[3])
    return Cell(start, end, row, column, _count(said[4], least=1), _count(said[5], least=1))


def _span(said: Sequence[Any], length: int) -> tuple[int, int]:
    end = _count(said[1], most=length)
    return _count(said[0], most=end), end


def _count(value: Any, *, least: int = 0, most: int = 10**9) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _refusal(said: dict[str, Any]) -> Unreadable:
    code, params = said["unreadable"], said["params"]
    if code not in get_args(Code):
        raise ValueError(code)
    for value in params.values():
        if type(value) is not int and len(_string(value)) > LONGEST_PARAM:
            raise ValueError(value)
    return Unreadable(code, **params)
