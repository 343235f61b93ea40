"""Bytes of a page → its paragraphs, headings and tables."""

import re
from collections.abc import Iterator

from gongjian.documents.assembly import Assembly
from gongjian.documents.grid import Spanning, place
from gongjian.documents.unreadable import Limits
from gongjian.documents.web_page.furniture import strip_furniture
from gongjian.documents.web_page.tree import BLOCKS, Element, inner_text, parse, tag, walk
from gongjian.lib.pages import Document

TAGS = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|article|section|table|h[1-6]|span|br)"
    rb"(?:\s[^<>]*)?/?>)",
    re.IGNORECASE,
)
OPENING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<", re.DOTALL)
HEAD_BYTES = 4096

# A line wrapped in the source between two Chinese characters is no space.
WRAPPED = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef“”])[ \t]*[\r\n]\s*(?=[\u2e80-\u9fff\uff00-\uffef“”])"
)
SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff\xad]")
HEADING = re.compile(r"h([1-6])")
EDGES = " \u3000\t\r\n"
LONG_CELL = 400  # a cell with several paragraphs and more than this holds a page, not a value


def looks_like_html(name: str, content: bytes) -> bool:
    """By its tags; a file that is not called .html must begin with one."""
    head = content[:HEAD_BYTES]
    if not TAGS.search(head):
        return False
    return bool(OPENING.match(head)) or name.lower().endswith((".html", ".htm", ".xhtml"))


def read_html(content: bytes, limits: Limits) -> Document:
    """The article of a page. Errors: Unreadable 'empty', 'scan', 'too_deep', 'too_large'."""
    root = parse(content, limits)
    title = _title(root)
    images = ["images"] if root.find(".//body//img") is not None else []
    left_out = strip_furniture(root)
    assembly = Assembly(limits)
    _Writer(assembly, limits).write(root)
    return assembly.build("html", title=title, left_out=[*left_out, *images])


def tidy(text: str) -> str:
    """What a browser shows of a text: runs of space are one, the indent is no text."""
    text = INVISIBLE.sub("", text)
    return SPACES.sub(" ", WRAPPED.sub("", text)).strip(EDGES)


def _title(root: Element) -> str:
    """The first h1, else the page's title."""
    for path in (".//h1", ".//title"):
        found = root.find(path)
        if found is not None and (text := tidy(inner_text(found))):
            return text
    return ""


class _Writer:
    """Walks the tree and closes a paragraph at every border of a block."""

    def __init__(self, assembly: Assembly, limits: Limits) -> None:
        self._assembly = assembly
        self._limits = limits
        self._line: list[str] = []
        self._level = 0
        self._kept_lines = 0

    def write(self, root: Element) -> None:
        for step, element in walk(root, skip=_is_data_table):
            if step == "start":
                self._open(element)
            else:
                self._close(element)
        self._flush()

    def _open(self, element: Element) -> None:
        name = tag(element)
        if name in BLOCKS or name == "br":
            self._flush()
        if heading := HEADING.fullmatch(name):
            self._level = int(heading[1])
        self._kept_lines += name == "pre"
        if name == "table" and _is_data_table(element):
            for caption in element.iter("caption"):
                self._assembly.add_paragraph(_cell_text(caption))
            self._assembly.add_table(place(list(_rows(element)), self._limits))
        else:
            self._text(element.text)

    def _close(self, element: Element) -> None:
        name = tag(element)
        if name in BLOCKS:
            self._flush()
        if HEADING.fullmatch(name):
            self._level = 0
        self._kept_lines -= name == "pre"
        self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if not self._kept_lines:
            self._line.append(text or "")
            return
        for index, line in enumerate((text or "").split("\n")):
            if index:
                self._flush()
            self._line.append(line)

    def _flush(self) -> None:
        self._assembly.add_paragraph(tidy("".join(self._line)), level=self._level)
        self._line = []


def _is_data_table(element: Element) -> bool:
    """A table of values; old pages lay out the whole article in one."""
    if tag(element) != "table" or element.find(".//table") is not None:
        return False
    cells = [cell for row in element.iter("tr") for cell in row if tag(cell) in {"td", "th"}]
    if len(cells) < 2:
        return False
    return not any(_holds_article(cell) for cell in cells)


def _holds_article(cell: Element) -> bool:
    blocks = sum(1 for inner in cell.iter("p", "h1", "h2", "h3", "br"))
    return blocks >= 3 and len(inner_text(cell)) > LONG_CELL


def _rows(table: Element) -> Iterator[list[Spanning]]:
    for row in table.iter("tr"):
        yield [
            Spanning(_cell_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"))
            for cell in row
            if tag(cell) in {"td", "th"}
        ]


def _cell_text(cell: Element) -> str:
    """The text of a cell in one line: its own lines stand one space apart."""
    lines: list[list[str]] = [[]]
    for step, element in walk(cell):
        if tag(element) in BLOCKS or tag(element) == "br":
            lines.append([])
        if step == "start" or element is not cell:
            lines[-1].append((element.text if step == "start" else element.tail) or "")
    return " ".join(filter(None, (tidy("".join(line)) for line in lines)))


def _span(cell: Element, name: str) -> int:
    digits = re.match(r"\s*(\d{1,6})", cell.get(name) or "1")
    return int(digits[1]) if digits else 1
