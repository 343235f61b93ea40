"""The parts of the package beside the text: styles, fonts, settings, relations, properties."""

from datetime import UTC, datetime

from lxml import etree

from gongjian.documents.official.page import BODY_SIZE, LINE, NUMBER_SIZE, TIGHTER, Sheet
from gongjian.documents.official.xml import UNWRITABLE, Element, serialised, w

SONG, BODY, HEI, KAI, PLAIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
RED = "FF0000"
# A machine without the font of the standard takes the next of its kind.
ALTERNATIVES = {
    SONG: "方正小标宋_GBK,华文中宋,Noto Serif CJK SC",
    BODY: "仿宋,FangSong,华文仿宋,Noto Serif CJK SC",
    HEI: "SimHei,Noto Sans CJK SC",
    KAI: "楷体,KaiTi,华文楷体,LXGW WenKai",
    PLAIN: "SimSun,Noto Serif CJK SC",
    LATIN: "Liberation Serif",
}
TITLE_SIZE = 22  # points, 二号
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
COMPATIBILITY = "http://schemas.microsoft.com/office/word"
BUILT_IN = ("Normal", "Body Text", "Title")  # names Word knows; all others are our own
PARTS = ("styles", "settings", "fontTable")
FOOTERS = tuple(name for turned in (False, True) for _, name in Sheet(turned).footers())


def fonts(east: str) -> Element:
    """Chinese letters in this font, the others in Times New Roman."""
    return w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=east, cs=LATIN)


def size(points: float) -> tuple[Element, Element]:
    """The size of letters, in both of Word's ways; half points."""
    half = round(points * 2)
    return w("sz", val=half), w("szCs", val=half)


def exact(points_in_twips: int, **more: int) -> Element:
    """A line of exactly this height."""
    return w("spacing", line=points_in_twips, lineRule="exact", before=0, after=0, **more)


def styles() -> Element:
    """All paragraph styles; text set in nothing else is 仿宋 of 16 points, 28 to a line."""
    defaults = w(
        "docDefaults",
        w(
            "rPrDefault",
            w("rPr", fonts(BODY), *size(BODY_SIZE), w("lang", val="en-US", eastAsia="zh-CN")),
        ),
        w("pPrDefault", w("pPr", w("autoSpaceDE", val=0), w("autoSpaceDN", val=0), exact(LINE))),
    )
    centred, left = w("jc", val="center"), w("jc", val="left")
    two = w("ind", firstLineChars=200, firstLine=2 * BODY_SIZE * 20)
    none = w("snapToGrid", val=0)
    return w(
        "styles",
        defaults,
        _style("Normal", "Normal", [w("jc", val="both")], [w("spacing", val=TIGHTER)]),
        _style("Body", "Body Text", [two]),
        *(_heading(level, font) for level, font in enumerate((HEI, KAI, BODY, BODY), start=1)),
        _style(
            "Title", "Title", [centred, none], [fonts(SONG), *size(TITLE_SIZE), w("spacing", val=0)]
        ),
        _style(
            "IssuerMark",
            "Issuer Mark",
            [w("jc", val="center"), w("snapToGrid", val=0)],
            [fonts(SONG), w("color", val=RED)],
        ),
        _style("Label", "Label", [left], [fonts(HEI)]),
        _style(
            "TableCaption", "Table Caption", [w("keepNext"), w("jc", val="center")], [fonts(HEI)]
        ),
        _style(
            "TableNote",
            "Table Note",
            [w("snapToGrid", val=0), exact(360), w("jc", val="left")],
            [*size(10.5), w("spacing", val=0)],
        ),
        _style(
            "TableText",
            "Table Text",
            [w("snapToGrid", val=0), exact(320), w("jc", val="center")],
            [*size(10.5), w("spacing", val=0)],
        ),
        _style(
            "PrintBlock",
            "Print Block",
            [w("snapToGrid", val=0), exact(500), w("jc", val="left")],
            [*size(NUMBER_SIZE), w("spacing", val=0)],
        ),
        _style(
            "PageNumber",
            "Page Number Line",
            [w("snapToGrid", val=0), exact(NUMBER_SIZE * 20)],
            [
                w("rFonts", ascii=PLAIN, hAnsi=PLAIN, eastAsia=PLAIN, cs=PLAIN),
                *size(NUMBER_SIZE),
                w("spacing", val=0),
            ],
        ),
    )


def _heading(level: int, font: str) -> Element:
    indent = w("ind", firstLineChars=200, firstLine=2 * BODY_SIZE * 20)
    outline = w("outlineLvl", val=level - 1)
    return _style(
        f"Heading{level}", f"heading {level}", [w("keepNext"), indent, outline], [fonts(font)]
    )


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


def font_table() -> Element:
    """Each font with what may stand in for it."""
    return w(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=others),
                w("charset", val="86" if name != LATIN else "00"),
                name=name,
            )
            for name, others in ALTERNATIVES.items()
        ),
    )


def settings() -> Element:
    """Odd and even pages differ; punctuation keeps its width, or the grid of 28 would be lost."""
    return w(
        "settings",
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="doNotCompress"),
        w(
            "compat",
            w("doNotExpandShiftReturn"),
            w("useFELayout"),
            w("compatSetting", name="compatibilityMode", uri=COMPATIBILITY, val=15),
        ),
    )


def core_properties(title: str, creator: str, at: datetime | None) -> bytes:
    """Title, author and time of the file; the time is the caller's, never the machine's."""
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    kind = "http://www.w3.org/2001/XMLSchema-instance"
    core = f"{PACKAGE}/metadata/core-properties"
    root = etree.Element(
        f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc, "dcterms": terms}
    )
    for name, text in (("title", title), ("creator", creator)):
        etree.SubElement(root, f"{{{dc}}}{name}").text = UNWRITABLE.sub("", text)
    if at is not None:
        for name in ("created", "modified"):
            moment = etree.SubElement(root, f"{{{terms}}}{name}")
            moment.set(f"{{{kind}}}type", "dcterms:W3CDTF")
            moment.text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return serialised(root)


def content_types() -> bytes:
    """What each part of the package is."""
    root = etree.Element("Types", xmlns=f"{PACKAGE}/content-types")
    for ending, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, "Default", Extension=ending, ContentType=kind)
    kinds = {"document": "document.main", **{part: part for part in PARTS}}
    kinds |= dict.fromkeys(FOOTERS, "footer")
    for part, kind in kinds.items():
        etree.SubElement(
            root, "Override", PartName=f"/word/{part}.xml", ContentType=f"{MAIN}.{kind}+xml"
        )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    etree.SubElement(root, "Override", PartName="/docProps/core.xml", ContentType=core)
    return serialised(root)


def relations(targets: dict[str, tuple[str, str]]) -> bytes:
    """Relation id → kind and path."""
    root = etree.Element("Relationships", xmlns=f"{PACKAGE}/relationships")
    for relation, (kind, path) in targets.items():
        etree.SubElement(root, "Relationship", Id=relation, Type=kind, Target=path)
    return serialised(root)


def package_relations() -> bytes:
    """From the package to its document and properties."""
    core = f"{PACKAGE}/relationships/metadata/core-properties"
    return relations(
        {
            "document": (f"{OFFICE}/officeDocument", "word/document.xml"),
            "core": (core, "docProps/core.xml"),
        }
    )


def document_relations() -> bytes:
    """From the document to its styles, settings, fonts and footers."""
    targets = {part: (f"{OFFICE}/{part}", f"{part}.xml") for part in PARTS}
    targets |= {name: (f"{OFFICE}/footer", f"{name}.xml") for name in FOOTERS}
    return relations(targets)
