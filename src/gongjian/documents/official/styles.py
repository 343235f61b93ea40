"""The paragraph styles: which letters, how large, how far apart the lines."""

from collections.abc import Iterator

from gongjian.documents.official.page import BODY_SIZE, LINE, NUMBER_SIZE, TIGHTER
from gongjian.documents.official.xml import Element, w

SONG, BODY, HEI, KAI, PLAIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
RED = "FF0000"
TITLE_SIZE = 22  # points, 二号
SMALL_SIZE = 10.5  # points, 五号
BUILT_IN = ("Normal", "Body Text", "Title")  # names Word knows, beside its headings


def fonts(east: str, latin: str = LATIN) -> Element:
    """Chinese letters in this font, the others in Times New Roman."""
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=east, cs=latin)


def size(points: float) -> tuple[Element, Element]:
    """The size of letters, in both of Word's ways; half points."""
    half = round(points * 2)
    return w("sz", val=half), w("szCs", val=half)


def exact(height: int) -> Element:
    """A line of exactly this height in twips."""
    return w("spacing", line=height, lineRule="exact", before=0, after=0)


def styles() -> Element:
    """All styles; a text set in nothing else is 仿宋 of 16 points, 28 to a line."""
    letters = w("rPr", fonts(BODY), *size(BODY_SIZE), w("lang", val="en-US", eastAsia="zh-CN"))
    defaults = w(
        "docDefaults",
        w("rPrDefault", letters),
        w("pPrDefault", w("pPr", exact(LINE))),
    )
    return w("styles", defaults, *_of_text(), *_of_tables())


def _of_text() -> Iterator[Element]:
    # Word would part digits from Chinese letters by a gap, and the grid of 28 would be lost.
    no_gaps = (w("autoSpaceDE", val=0), w("autoSpaceDN", val=0))
    yield _style("Normal", "Normal", [*no_gaps, _align("both")], [w("spacing", val=TIGHTER)])
    yield _style("Body", "Body Text", [_two_in()])
    for level, font in enumerate((HEI, KAI, BODY, BODY), start=1):
        of_paragraph = [w("keepNext"), _two_in(), w("outlineLvl", val=level - 1)]
        yield _style(f"Heading{level}", f"heading {level}", of_paragraph, [fonts(font)])
    large = [fonts(SONG), *size(TITLE_SIZE), w("spacing", val=0)]
    yield _style("Title", "Title", [_off_grid(), _align("center")], large)
    red = [fonts(SONG), w("color", val=RED)]
    yield _style("IssuerMark", "Issuer Mark", [_off_grid(), _align("center")], red)
    yield _style("Label", "Label", [_align("left")], [fonts(HEI)])


def _of_tables() -> Iterator[Element]:
    """Tables, the block of the printer and the page number do not stand on the grid."""
    of_caption = [w("keepNext"), _align("center")]
    yield _style("TableCaption", "Table Caption", of_caption, [fonts(HEI)])
    for style_id, name, align, height, points in (
        ("TableNote", "Table Note", "left", 360, SMALL_SIZE),
        ("TableText", "Table Text", "center", 320, SMALL_SIZE),
        ("PrintBlock", "Print Block", "left", 500, NUMBER_SIZE),
    ):
        letters = [*size(points), w("spacing", val=0)]
        yield _style(style_id, name, [_off_grid(), exact(height), _align(align)], letters)
    letters = [fonts(PLAIN, PLAIN), *size(NUMBER_SIZE), w("spacing", val=0)]
    yield _style("PageNumber", "Page Number", [_off_grid(), exact(NUMBER_SIZE * 20)], letters)


def _style(
    style_id: str, name: str, of_paragraph: list[Element], of_run: list[Element] | None = None
) -> Element:
    basis = {"default": "1"} if style_id == "Normal" else {}
    own = {} if name in BUILT_IN or name.startswith("heading") else {"customStyle": "1"}
    return w(
        "style",
        w("name", val=name),
        None if basis else w("basedOn", val="Normal"),
        w("qFormat"),
        w("pPr", *of_paragraph),
        w("rPr", *of_run) if of_run else None,
        type="paragraph",
        styleId=style_id,
        **basis,
        **own,
    )


def _align(side: str) -> Element:
    return w("jc", val=side)


def _off_grid() -> Element:
    return w("snapToGrid", val=0)


def _two_in() -> Element:
    """The first line set in by two characters."""
    return w("ind", firstLineChars=200, firstLine=2 * BODY_SIZE * 20)
