"""Small Word packages, written part by part, so that a test shows the XML it is about."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def word(body: str, *, namespace: str = W, **parts: str) -> bytes:
    """A docx with this body; `numbering`, `styles`, `header1` … are the inside of other parts."""
    roots = {
        "numbering": "numbering",
        "styles": "styles",
        "header1": "hdr",
        "footnotes": "footnotes",
    }
    files = {
        "_rels/.rels": _relations({"document": "word/document.xml"}, "officeDocument"),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations({part: f"{part}.xml" for part in parts}),
    }
    for part, inside in parts.items():
        root = roots.get(part, part)
        files[f"word/{part}.xml"] = f"<w:{root} {SPACES}>{inside}</w:{root}>"
    return zipped({path: text.replace(W, namespace).encode() for path, text in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            package.writestr(path, content)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _relations(targets: dict[str, str], kind: str = "") -> str:
    lines = "".join(
        f'<Relationship Id="{part}" Target="{target}"'
        f' Type="{OFFICE}/{kind or part.rstrip("0123456789")}"/>'
        for part, target in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{lines}</Relationships>'
