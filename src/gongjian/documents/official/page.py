"""The page: margins, grid, page numbers. Units: twips, 1/20 point, unless a name says otherwise."""

from dataclasses import dataclass

from gongjian.documents.official.xml import Element, R, paragraph, text_run, w

PAPER_SHORT, PAPER_LONG = 11906, 16838  # A4


def twips(millimetres: float) -> int:
    """Millimetres in twips, to the nearest."""
    return round(millimetres * 1440 / 25.4)


TOP, BOTTOM, LEFT, RIGHT = (twips(margin) for margin in (37, 35, 28, 26))
AREA_WIDTH = PAPER_SHORT - LEFT - RIGHT
AREA_LENGTH = PAPER_LONG - TOP - BOTTOM
LINES, CHARACTERS = 22, 28

# 22 lines in 225 mm: 29 points each would be four twips too many, and the last line would go.
LINE = AREA_LENGTH // LINES
BODY_SIZE = 16  # points, 三号
# 28 characters of 16 points are wider than 156 mm; each gives up a quarter point.
TIGHTER = AREA_WIDTH // CHARACTERS - BODY_SIZE * 20
CHARACTER = BODY_SIZE * 20 + TIGHTER

NUMBER_SIZE = 14  # points, 四号
BAND = NUMBER_SIZE * 20  # the strip that holds the number of a turned page
NUMBER_BELOW = twips(7)  # from the type area to the page number
FOOTER = BOTTOM - NUMBER_BELOW - NUMBER_SIZE * 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """An upright or a turned page: its width for text."""

    landscape: bool = False

    @property
    def width(self) -> int:
        return AREA_LENGTH if self.landscape else AREA_WIDTH

    def section(self, *, first: bool) -> Element:
        """The properties of a section of such pages.

        A turned page keeps the type area of an upright one: its left is the foot of the paper.
        """
        short, long = PAPER_SHORT, PAPER_LONG
        size = (
            w("pgSz", w=long, h=short, orient="landscape")
            if self.landscape
            else w("pgSz", w=short, h=long)
        )
        top, bottom, left, right = (
            (LEFT, RIGHT, BOTTOM, TOP) if self.landscape else (TOP, BOTTOM, LEFT, RIGHT)
        )
        margins = w(
            "pgMar",
            top=top,
            right=right,
            bottom=bottom,
            left=left,
            header=twips(15),
            footer=FOOTER if not self.landscape else twips(12),
            gutter=0,
        )
        return w(
            "sectPr",
            *(_footer(kind, name) for kind, name in self.footers()),
            w("type", val="nextPage"),
            size,
            margins,
            w("pgNumType", start=1) if first else None,
            w("docGrid", type="lines", linePitch=LINE),
        )

    def footers(self) -> tuple[tuple[str, str], ...]:
        """Which footer serves odd (default) and even pages."""
        turned = "Turned" if self.landscape else ""
        return (("default", f"odd{turned}"), ("even", f"even{turned}"))


def _footer(kind: str, name: str) -> Element:
    reference = w("footerReference", type=kind)
    reference.set(f"{{{R}}}id", name)
    return reference


def footer(name: str) -> Element:
    """The page number — 1 —: one character in, from the right on odd pages, else the left."""
    number = paragraph("PageNumber", _number(), *_place(odd=name.startswith("odd")))
    return w("ftr", *(_turned(number) if name.endswith("Turned") else [number]))


def _place(*, odd: bool) -> tuple[Element, Element]:
    side = {"rightChars": 100, "right": 280} if odd else {"leftChars": 100, "left": 280}
    return w("ind", **side), w("jc", val="right" if odd else "left")


def _number() -> list[Element]:
    """The field with its dashes, in one paragraph."""
    code = w("instrText")
    code.text = " PAGE "
    return [
        text_run("— "),
        w("r", w("fldChar", fldCharType="begin")),
        w("r", code),
        w("r", w("fldChar", fldCharType="separate")),
        text_run("1"),
        w("r", w("fldChar", fldCharType="end")),
        text_run(" —"),
    ]


def _turned(number: Element) -> list[Element]:
    """On a turned page the number stays where the upright pages have it: along the left edge."""
    cell = w(
        "tc",
        w("tcPr", w("tcW", w=BAND, type="dxa"), w("textDirection", val="tbRl")),
        number,
    )
    row = w("tr", w("trPr", w("trHeight", val=AREA_WIDTH, hRule="exact")), cell)
    place = w("tblpPr", horzAnchor="page", vertAnchor="page", tblpX=FOOTER, tblpY=LEFT)
    margins = w(
        "tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right"))
    )
    table = w(
        "tbl",
        w("tblPr", place, w("tblW", w=BAND, type="dxa"), w("tblLayout", type="fixed"), margins),
        w("tblGrid", w("gridCol", w=BAND)),
        row,
    )
    return [table, paragraph("PageNumber")]
