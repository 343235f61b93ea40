"""The zip package of an Office file, opened so that no part can grow without bound."""

import io
import lzma
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO, ClassVar

from lxml import etree

from gongjian.documents.unreadable import Limits, Unreadable

Element = etree._Element
ENTRY = b"PK\x01\x02"  # how an entry of the list of parts begins
OFFICE_DOCUMENT = "/officeDocument"
OTHER_KINDS = {"xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx", "content.xml": "odt"}
# All that zipfile and its decompressors raise over bytes that were tampered with.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def name(element: Element) -> str:
    """The local name: transitional and strict files differ only in their namespaces."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element, key: str = "val") -> str | None:
    """An attribute by its local name, whatever its namespace."""
    for label, held in element.attrib.items():
        if str(label).rpartition("}")[2] == key:
            return str(held)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of local names."""
    for step in path:
        if element is None:
            return None
        element = next((inner for inner in element if name(inner) == step), None)
    return element


class Package:
    """The parts of a docx by name. Errors: Unreadable 'damaged', 'unknown_format', 'too_large'.

    `others` are the parts that show another kind of file, `fallback` is the main part of this one.
    """

    others: ClassVar[Mapping[str, str]] = OTHER_KINDS
    fallback: ClassVar[str] = "word/document.xml"

    def __init__(self, content: bytes, limits: Limits) -> None:
        # Counted before they are listed: a list of a million entries is a bomb of its own.
        limits.check("parts", content.count(ENTRY))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except BROKEN as broken:
            raise Unreadable("damaged", part="zip") from broken
        entries = self._zip.infolist()
        self._limits = limits
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        self._nodes = 0
        # Declared sizes are believed only as an upper bound: zipfile never unpacks past them.
        limits.check("unpacked_bytes", sum(entry.file_size for entry in entries))
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable("encrypted")
        for part, kind in self.others.items():
            if part in self._sizes:
                raise Unreadable("unknown_format", found=kind)
        self.main = self._main_part()

    def part(self, path: str) -> Element | None:
        """A part as a tree; None where the package has none of that name."""
        if path not in self._sizes:
            return None
        content = self._content(path)
        self._nodes += content.count(b"<") + content.count(b"=")
        self._limits.check("nodes", self._nodes)
        return _parse(content, path)

    def elements(self, path: str, labels: tuple[str, ...]) -> Iterator[Element]:
        """The elements of these local names, one at a time: a part is never in memory as a whole.

        Each is empty again after it was taken.
        """
        if path not in self._sizes:
            return
        content = self._content(path)
        tags = [f"{{*}}{label}" for label in labels]
        try:
            for _, element in etree.iterparse(
                io.BytesIO(content), tag=tags, resolve_entities=False, no_network=True,
                load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=False,
            ):  # fmt: skip
                _refuse_document_type(element, path)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except (etree.XMLSyntaxError, ValueError) as broken:
            raise Unreadable("damaged", part=path) from broken

    def opened(self, path: str) -> IO[bytes]:
        """A part as a stream, for a reader that takes it piece by piece."""
        if path not in self._sizes:  # what names it, names a folder or nothing
            raise Unreadable("damaged", part=path)
        self._limits.check("part_bytes", self._sizes[path])
        try:
            return self._zip.open(path)
        except BROKEN as broken:
            raise Unreadable("damaged", part=path) from broken

    def sizes(self) -> Iterator[tuple[int, int]]:
        """What each part unpacks to, and what it takes packed."""
        for entry in self._zip.infolist():
            yield entry.file_size, max(entry.compress_size, 1)

    def has(self, start: str) -> bool:
        """Is there a part whose path starts so?"""
        return any(path.startswith(start) for path in self._sizes)

    def targets(self, kind: str) -> dict[str, str]:
        """The paths that the main part refers to by this kind of relation, by their ids."""
        folder, _, file = self.main.rpartition("/")
        relations = self.part(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for relation in relations if relations is not None else ():
            if (value(relation, "Type") or "").endswith(f"/{kind}"):
                target = posixpath.join("/", folder, value(relation, "Target") or "")
                path = posixpath.normpath(target).lstrip("/")
                found[value(relation, "Id") or path] = path
        return found

    def related(self, kind: str) -> list[tuple[str, Element]]:
        """The parts that the main one refers to by this kind of relation, sorted by name."""
        found = [(path, self.part(path)) for path in sorted(set(self.targets(kind).values()))]
        return [(path, part) for path, part in found if part is not None]

    def _content(self, path: str) -> bytes:
        self._limits.check("part_bytes", self._sizes[path])
        try:
            return self._zip.read(path)
        except BROKEN as broken:
            raise Unreadable("damaged", part=path) from broken

    def _main_part(self) -> str:
        relations = self.part("_rels/.rels")
        for relation in relations if relations is not None else ():
            if (value(relation, "Type") or "").endswith(OFFICE_DOCUMENT):
                path = posixpath.normpath((value(relation, "Target") or "").lstrip("/"))
                if path in self._sizes:
                    return path
        if self.fallback in self._sizes:
            return self.fallback
        raise Unreadable("unknown_format", found="zip")


def _parse(content: bytes, path: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Unreadable("damaged", part=path) from broken
    _refuse_document_type(root, path)
    return root


def _refuse_document_type(element: Element, path: str) -> None:
    """Office writes no document type, so one is an attack: no entity, no network.

    The parser itself says whether there was one: it may stand behind blanks or in UTF-16.
    """
    if element.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("damaged", part=path)
