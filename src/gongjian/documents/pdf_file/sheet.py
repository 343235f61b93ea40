"""One page as the library sees it → characters, ruling lines and pictures in upright places.

Units: points from the upper left corner of the page as a person sees it, y downwards.
"""

from collections import Counter
from collections.abc import Iterator
from ctypes import CFUNCTYPE, c_double, c_float, c_int, c_void_p, cast
from dataclasses import dataclass
from math import hypot, isfinite
from typing import Any, NamedTuple

import pypdfium2_raw as pdfium

from gongjian.documents.pdf_file.folding import fold
from gongjian.documents.pdf_file.opening import Leaf

SMALLEST = 0.5  # nobody can see a character that is smaller
THIN = 3.0  # a filled bar no thicker is a ruling line
SLANT = 1.0  # what a line may be off the level and still count as level
DEEPEST = 8  # forms inside forms
MOST_PARTS = 20_000  # a page with more drawn parts is a map or a plan, and rules no table
ALMOST = 0.17  # sine of ten degrees

# The piece of text that a character is of, as a number: the bindings would wrap it each time.
_piece_of = CFUNCTYPE(c_void_p, pdfium.FPDF_TEXTPAGE, c_int)(
    cast(pdfium.FPDFText_GetTextObject, c_void_p).value or 0
)

Matrix = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """A character: its advance from x0 to x1 on the base line y; size is that of the font.

    `blank` tells what stood before it: 0 nothing, 1 room between words, 2 a blank, 3 a line break.
    """

    x0: float
    x1: float
    y: float
    size: float
    text: str
    blank: int


class Rule(NamedTuple):
    """A drawn line that is level (y0 = y1) or upright (x0 = x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page taken apart. `astray` is text set slantwise or sideways: stamps, watermarks."""

    width: float
    height: float
    glyphs: list[Glyph]
    astray: str
    rules: list[Rule]
    pictured: float  # the share of the page that its largest picture covers
    drawn: int


def read_sheet(leaf: Leaf) -> Sheet:
    """Take one page apart.

    Missing: characters outside the visible page are left out; a page of more than MOST_PARTS
        drawn parts has no rules. Errors: none.
    """
    view, width, height = _view(leaf)
    raw = list(_characters(leaf.text, view))
    ways = Counter(way for _, way in raw)
    upright = max(("right", "down", "up", "left"), key=lambda way: ways[way])
    if upright != "right":
        view, width, height = _turned(view, width, height, upright)
        raw = list(_characters(leaf.text, view))
    glyphs = [
        glyph
        for glyph, way in raw
        if way == "right"
        and glyph.x1 >= -1
        and glyph.x0 <= width + 1
        and -1 <= glyph.y <= height + 1
    ]
    astray = "".join(glyph.text for glyph, way in raw if way != "right")
    parts = _Parts(view, width, height)
    parts.read(leaf.page)
    rules = parts.rules if parts.seen <= MOST_PARTS else []
    return Sheet(width, height, glyphs, astray, rules, parts.pictured, parts.seen)


def _view(leaf: Leaf) -> tuple[Matrix, float, float]:
    """The matrix from the page's own space to what a person sees, and the size of that."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(leaf.page, box)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    width, height = right - left, top - bottom
    turns = pdfium.FPDFPage_GetRotation(leaf.page) % 4
    if turns == 1:
        return (0, 1, 1, 0, -bottom, -left), height, width
    if turns == 2:
        return (-1, 0, 0, 1, right, -bottom), width, height
    if turns == 3:
        return (0, -1, -1, 0, top, right), height, width
    return (1, 0, 0, -1, -left, top), width, height


def _turned(view: Matrix, width: float, height: float, way: str) -> tuple[Matrix, float, float]:
    """The view of a page whose text runs another way, turned so that it runs to the right."""
    if way == "up":
        return _after(view, (0, 1, -1, 0, height, 0)), height, width
    if way == "down":
        return _after(view, (0, -1, 1, 0, 0, width)), height, width
    return _after(view, (-1, 0, 0, -1, width, height)), width, height


def _after(first: Matrix, then: Matrix) -> Matrix:
    """One matrix that does what the two do one after the other."""
    a, b, c, d, e, f = first
    k, l, m, n, o, p = then  # noqa: E741
    return (
        a * k + b * m,
        a * l + b * n,
        c * k + d * m,
        c * l + d * n,
        e * k + f * m + o,
        e * l + f * n + p,
    )


def _characters(text: Any, view: Matrix) -> Iterator[tuple[Glyph, str]]:
    """Each character that shows something, with the way its line runs, in the file's order.

    What is set in one piece has one size, one base line and one way: they are asked for once.
    """
    a, _, c, _, e, _ = view
    box = pdfium.FS_RECTF()
    known: dict[int, str] = {}
    blank, high, piece = 3, 0, 0
    size = base = 0.0
    way = ""
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in {0x0D, 0x0A}:
            blank = 3
            continue
        if 0xD800 <= code < 0xDC00:  # the first half of a pair; the second follows
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + (high - 0xD800) * 0x400 + code - 0xDC00
        high = 0
        meant = known.get(code)
        if meant is None:
            meant = known[code] = fold(code)
        if meant == " ":
            is_set = code != 0x20 or not pdfium.FPDFText_IsGenerated(text, index)
            blank = max(blank, 2 if is_set else 1)
            continue
        if not meant:
            continue
        this = _piece_of(text, index)
        if this != piece or not this:
            piece = this
            size, base, way = _setting(text, index, view)
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        sides = (box.bottom * c, box.top * c) if c else (box.left * a, box.right * a)
        x0, x1 = (
            (sides[0] + e, sides[1] + e) if sides[0] <= sides[1] else (sides[1] + e, sides[0] + e)
        )
        if size > SMALLEST and isfinite(x0 + x1 + base + size):
            yield Glyph(x0, x1, base, size, meant, blank), way
            blank = 0


def _setting(text: Any, index: int, view: Matrix) -> tuple[float, float, str]:
    """The size of a character, its base line, and the way its line runs."""
    x, y, matrix = c_double(), c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index) * hypot(matrix.c, matrix.d)
    return abs(size), x.value * view[1] + y.value * view[3] + view[5], _way(matrix, view)


def _way(matrix: Any, view: Matrix) -> str:
    """Where the line of a character runs to: right, left, up, down, or slant."""
    across = matrix.a * view[0] + matrix.b * view[2]
    along = matrix.a * view[1] + matrix.b * view[3]
    length = hypot(across, along) or 1.0
    if abs(along) < ALMOST * length:
        return "right" if across >= 0 else "left"
    if abs(across) < ALMOST * length:
        return "down" if along > 0 else "up"
    return "slant"


class _Parts:
    """The drawn parts of a page: ruling lines, and how much of it is a picture."""

    def __init__(self, view: Matrix, width: float, height: float) -> None:
        self._view = view
        self._area = max(width * height, 1.0)
        self._x, self._y = c_float(), c_float()
        self.rules: list[Rule] = []
        self.pictured = 0.0
        self.seen = 0

    def read(self, page: Any) -> None:
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._part(pdfium.FPDFPage_GetObject(page, index), self._view, 0)

    def _part(self, part: Any, view: Matrix, depth: int) -> None:
        if self.seen > MOST_PARTS:
            return
        kind = pdfium.FPDFPageObj_GetType(part)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self.seen += 1
            self._path(part, _after(_matrix(part), view))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            a, b, c, d, _, _ = _after(_matrix(part), view)
            self.pictured = max(self.pictured, abs(a * d - b * c) / self._area)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            inner = _after(_matrix(part), view)
            for index in range(pdfium.FPDFFormObj_CountObjects(part)):
                self._part(pdfium.FPDFFormObj_GetObject(part, index), inner, depth + 1)

    def _path(self, path: Any, view: Matrix) -> None:
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
        if not fill.value and not stroke.value:
            return
        for points, closed in self._outlines(path, view):
            self.rules.extend(_ruled(points, closed, is_stroked=bool(stroke.value)))

    def _outlines(
        self, path: Any, view: Matrix
    ) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """The runs of straight lines of a path. A curve breaks a run."""
        a, b, c, d, e, f = view
        points: list[tuple[float, float]] = []
        for index in range(min(pdfium.FPDFPath_CountSegments(path), MOST_PARTS)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            x, y = self._x.value, self._y.value
            place = (a * x + c * y + e, b * x + d * y + f)
            if kind == pdfium.FPDF_SEGMENT_LINETO:
                points.append(place)
            else:
                yield points, False
                points = [place]
            if pdfium.FPDFPathSegment_GetClose(segment):
                yield points, True
                points = [place]
        self.seen += index // 100 if points else 0
        yield points, False


def _matrix(part: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(part, matrix):
        return (1, 0, 0, 1, 0, 0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _ruled(points: list[tuple[float, float]], closed: bool, *, is_stroked: bool) -> Iterator[Rule]:
    """Level and upright lines: a thin bar is one, the edges of a stroked outline are several."""
    if len(points) < 2:
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if bottom - top <= THIN < right - left:
        yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif right - left <= THIN < bottom - top:
        yield Rule((left + right) / 2, top, (left + right) / 2, bottom)
    elif is_stroked:
        for (x, y), (u, v) in zip(
            points, [*points[1:], points[0]] if closed else points[1:], strict=False
        ):
            if abs(y - v) <= SLANT < abs(x - u):
                yield Rule(min(x, u), (y + v) / 2, max(x, u), (y + v) / 2)
            elif abs(x - u) <= SLANT < abs(y - v):
                yield Rule((x + u) / 2, min(y, v), (x + u) / 2, max(y, v))
