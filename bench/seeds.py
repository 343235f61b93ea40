"""Whole files of every format, from which fuzzing starts. A new format joins by one line."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import gongjian
from gongjian.documents import read_document
from gongjian.documents.sheets import Sheet, SheetColumn, write_sheet

PLANS = Path(gongjian.__file__).parent / "interfaces" / "cli" / "demo"
ROWS = tuple(
    (f"第{n}项", f"新签约项目{n * 10}个以上", "市发改局", "2020年底前") for n in range(1, 40)
)
HEADS = ("序号", "工作任务", "责任单位", "完成时限")
PDF_TEXT = "BT /F1 12 Tf 72 700 Td (Target 150 by 2020) Tj 0 -20 Td (60% or more) Tj ET"


def docx() -> bytes:
    return (PLANS / "plan.docx").read_bytes()


def html() -> bytes:
    return (PLANS / "plan.html").read_bytes()


def text() -> str:
    return read_document("plan.docx", docx()).text


def txt() -> bytes:
    return text().encode()


def gb18030() -> bytes:
    return text()[:3000].encode("gb18030")


def utf16() -> bytes:
    return text()[:3000].encode("utf-16")


def csv() -> bytes:
    return "\r\n".join(",".join(row) for row in (HEADS, *ROWS)).encode("utf-8-sig")


def xlsx() -> bytes:
    return write_sheet(Sheet("任务分解表", tuple(SheetColumn(head) for head in HEADS), ROWS))


def pdf() -> bytes:
    """Four objects and a page of text, with a right table of places."""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        " >>",
        f"<< /Length {len(PDF_TEXT)} >>\nstream\n{PDF_TEXT}\nendstream",
    )
    body, places = "%PDF-1.4\n", []
    for number, held in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{held}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode()


def doc() -> bytes | None:
    return _by_office(docx(), "plan.docx", "doc:MS Word 97")


def xls() -> bytes | None:
    return _by_office(xlsx(), "plan.xlsx", "xls:MS Excel 97")


# Name, how it is made, how often of a thousand: a .doc takes LibreOffice a second.
SEEDS: dict[str, tuple[Callable[[], bytes | None], int]] = {
    "plan.docx": (docx, 250),
    "plan.html": (html, 220),
    "plan.txt": (txt, 100),
    "gb18030.txt": (gb18030, 50),
    "utf16.txt": (utf16, 40),
    "plan.csv": (csv, 60),
    "plan.xlsx": (xlsx, 150),
    "plan.xls": (xls, 20),
    "plan.pdf": (pdf, 106),
    "plan.doc": (doc, 4),
}


def seeds() -> Iterator[tuple[str, bytes, int]]:
    """Name, bytes and weight of each seed that this machine can make."""
    for name, (made, weight) in SEEDS.items():
        content = made()
        if content is not None:
            yield name, content, weight


def _by_office(content: bytes, name: str, form: str) -> bytes | None:
    program = shutil.which("soffice")
    if program is None:
        return None
    with TemporaryDirectory() as folder:
        room = Path(folder)
        (room / name).write_bytes(content)
        subprocess.run(
            [program, "--headless", f"-env:UserInstallation={(room / 'me').as_uri()}",
             "--convert-to", form, "--outdir", str(room / "out"), str(room / name)],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return next((room / "out").iterdir()).read_bytes()
