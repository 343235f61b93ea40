"""The parts of the package beside the text: fonts, settings, relations, properties."""

from datetime import UTC, datetime

from lxml import etree

from gongjian.documents.official.page import Sheet
from gongjian.documents.official.styles import BODY, HEI, KAI, LATIN, PLAIN, SONG
from gongjian.documents.official.xml import UNWRITABLE, Element, serialised, w

# A machine without the font of the standard takes the next of its kind.
ALTERNATIVES = {
    SONG: "方正小标宋_GBK,华文中宋,Noto Serif CJK SC",
    BODY: "仿宋,FangSong,华文仿宋,Noto Serif CJK SC",
    HEI: "SimHei,Noto Sans CJK SC",
    KAI: "楷体,KaiTi,华文楷体,LXGW WenKai",
    PLAIN: "SimSun,Noto Serif CJK SC",
    LATIN: "Liberation Serif",
}
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
COMPATIBILITY = "http://schemas.microsoft.com/office/word"
PARTS = ("styles", "settings", "fontTable")
FOOTERS = tuple(name for turned in (False, True) for _, name in Sheet(turned).footers())


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
