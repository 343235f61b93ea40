"""Builds WordprocessingML. Word refuses a file whose properties stand in another order than the
schema's, so the order is kept here once."""

import re
from collections.abc import Iterable

from lxml import etree

Element = etree._Element
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
UNWRITABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PIECES = re.compile(r"([\n\t])")

_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr tabs kinsoku"
    " overflowPunct autoSpaceDE autoSpaceDN snapToGrid spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs strike color spacing kern sz szCs lang",
    "tblPr": "tblpPr tblW jc tblInd tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge tcBorders textDirection vAlign",
    "sectPr": "footerReference type pgSz pgMar pgNumType docGrid",
}
ORDERS = {name: order.split() for name, order in _ORDERS.items()}


def w(name: str, /, *children: Element | None, **attributes: str | int) -> Element:
    """An element of the main namespace; None among the children is left out."""
    kept = [inner for inner in children if inner is not None]
    if order := ORDERS.get(name):
        kept.sort(key=lambda inner: order.index(local(inner)))
    element = etree.Element(f"{{{W}}}{name}", nsmap={"w": W, "r": R})
    for key, held in attributes.items():
        element.set(f"{{{W}}}{key}", str(held))
    element.extend(kept)
    return element


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_run(text: str, *properties: Element) -> Element:
    """A run; line feeds and tabs become Word's own, what XML cannot hold is left out."""
    run = w("r", w("rPr", *properties) if properties else None)
    for piece in PIECES.split(UNWRITABLE.sub("", text)):
        if piece in {"\n", "\t"}:
            run.append(w("br" if piece == "\n" else "tab"))
        elif piece:
            held = w("t")
            held.text = piece
            held.set(XML_SPACE, "preserve")
            run.append(held)
    return run


def paragraph(style: str, runs: Iterable[Element] = (), *properties: Element | None) -> Element:
    """A paragraph of this style with its own properties over it."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *runs)


def line(style: str, text: str, *properties: Element | None) -> Element:
    """A paragraph of one plain run."""
    return paragraph(style, [text_run(text)] if text else [], *properties)


def serialised(root: Element) -> bytes:
    """The part as bytes: the same tree, the same bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
