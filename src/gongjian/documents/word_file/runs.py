"""The text of a paragraph: runs, fields, changes taken as accepted, and the boxes hung on it."""

from dataclasses import dataclass, field

from gongjian.documents.word_file.package import Element, child, name, value
from gongjian.documents.word_file.styles import is_on

GONE = frozenset(
    {"del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPr", "pPr", "rt"}
)
PICTURES = frozenset({"blip", "imagedata"})
SIGNS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "ptab": "\t",
}


@dataclass(slots=True)
class Content:
    """What one paragraph holds. A page break stands in the text as a form feed."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    left_out: dict[str, None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "".join(self.parts)


def read_runs(paragraph: Element, *, rendered_breaks: bool) -> Content:
    """Walk a paragraph. `rendered_breaks`: pages are counted where Word last broke them."""
    content = Content()
    _read(paragraph, content, rendered_breaks)
    return content


def _read(element: Element, content: Content, rendered: bool) -> None:
    for part in element:
        label = name(part)
        if label in GONE:
            _note_change(label, part, content)
        elif label == "txbxContent":
            content.boxes.append(part)
        elif label == "t":
            content.parts.append(part.text or "")
        elif label == "lastRenderedPageBreak" or (label == "br" and value(part, "type") == "page"):
            content.parts.append("\f" if rendered == (label != "br") else "")
        elif label in SIGNS:
            content.parts.append(SIGNS[label])
        elif label == "r" and is_on(child(part, "rPr", "vanish")):
            content.left_out["hidden"] = None
        else:
            if label in PICTURES:
                content.left_out["images"] = None
            _read(part, content, rendered)


def _note_change(label: str, part: Element, content: Content) -> None:
    if label in {"del", "moveFrom"} and any(
        name(inner) in {"delText", "t"} for inner in part.iter()
    ):
        content.left_out["deleted"] = None
