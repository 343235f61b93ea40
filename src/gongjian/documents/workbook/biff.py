"""What an xls says about how its cells look: number formats, errors, hidden rows and columns."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongjian.documents.workbook.formats import BUILT_IN

BOF, EOF, BOUNDSHEET, FORMAT, XF, ROW, COLINFO = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x208, 0x7D
LABELSST, LABEL, NUMBER, RK, MULRK, BOOLERR, FORMULA = 0xFD, 0x204, 0x203, 0x27E, 0xBD, 0x205, 6
CELLS = {LABELSST, LABEL, NUMBER, RK, BOOLERR, FORMULA}
ERRORS = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A",
}  # fmt: skip
FILEPASS = 0x2F
LATEST = 0x600  # the version of Excel 97 and later

Place = tuple[int, int]


@dataclass(slots=True)
class Look:
    """How the cells of one sheet look. `formats` are codes; `last` is the last place in use."""

    formats: dict[Place, str] = field(default_factory=dict)
    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    first: Place = (1 << 16, 1 << 16)
    last: Place = (-1, -1)

    @property
    def area(self) -> int:
        """Places of the rectangle around all cells."""
        (top, left), (bottom, right) = self.first, self.last
        return max(bottom - top + 1, 0) * max(right - left + 1, 0)


def looks(stream: bytes) -> list[Look]:
    """The sheets of a workbook stream, in their order.

    Shapes: one Look a sheet. Missing: a record cut short is passed over. Errors: none.
    Source: MS-XLS, 2.4.
    """
    codes = dict(BUILT_IN)
    styles: list[int] = []
    starts: list[int] = []
    version = LATEST
    for kind, body in _records(stream, 0):
        if kind == BOF and len(body) >= 2:
            version = struct.unpack_from("<H", body)[0]
        elif kind == BOUNDSHEET and len(body) >= 4:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == FORMAT and len(body) > 5:
            codes[struct.unpack_from("<H", body)[0]] = _code(body, version)
        elif kind == XF and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    shown = [codes.get(style, "") for style in styles]
    return [_look(stream, start, shown) for start in starts]


def locked(stream: bytes) -> bool:
    """Does a workbook open with a password only? One that may not be changed is not locked."""
    return any(kind == FILEPASS for kind, _ in _records(stream, 0))


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the stream, up to its end."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        depth += (kind == BOF) - (kind == EOF)
        if kind == EOF and depth <= 0:
            return
        at += 4 + size


def _code(body: bytes, version: int) -> str:
    if version < LATEST:
        return body[3 : 3 + body[2]].decode("gb18030", errors="replace")
    count, wide = struct.unpack_from("<HB", body, 2)
    if wide & 1:
        return body[5 : 5 + 2 * count].decode("utf-16-le", errors="replace")
    return body[5 : 5 + count].decode("latin-1")


def _look(stream: bytes, start: int, styles: list[str]) -> Look:
    look = Look()
    for kind, body in _records(stream, start):
        if kind in CELLS and len(body) >= 6:
            row, column, style = struct.unpack_from("<HHH", body)
            _note(look, (row, column), style, styles)
            if error := _error(kind, body):
                look.errors[row, column] = error
        elif kind == MULRK and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            for index in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * index)[0]
                _note(look, (row, column + index), style, styles)
        elif kind == ROW and len(body) >= 16 and body[12] & 0x20:
            look.hidden_rows.add(struct.unpack_from("<H", body)[0])
        elif kind == COLINFO and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            look.hidden_columns.update(range(first, min(last, 255) + 1))
    return look


def _note(look: Look, place: Place, style: int, styles: list[str]) -> None:
    look.first = (min(look.first[0], place[0]), min(look.first[1], place[1]))
    look.last = (max(look.last[0], place[0]), max(look.last[1], place[1]))
    if code := styles[style] if style < len(styles) else "":
        look.formats[place] = code


def _error(kind: int, body: bytes) -> str:
    if kind == BOOLERR and len(body) >= 8 and body[7]:
        return ERRORS.get(body[6], "")
    if kind == FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return ERRORS.get(body[8], "")
    return ""
