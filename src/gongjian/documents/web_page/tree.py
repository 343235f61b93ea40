"""A parsed page, and a walk over it that no depth can exhaust."""

import re
from collections.abc import Callable, Iterator
from typing import Literal

from lxml import etree

from gongjian.documents.decoding import decode
from gongjian.documents.unreadable import Limits, Unreadable

Element = etree._Element
Step = tuple[Literal["start", "end"], Element]

DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""")
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
HEAD_BYTES = 4096
# A tag to its end; what stands in quotes cannot end it. Possessive: no text makes it look twice.
TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
QUOTED = re.compile(r""""[^"]*+"|'[^']*+'""")
NAMED = re.compile(r"[\s/]+[^\s/>]")  # where an attribute begins
TAG_WEIGHT = 10
MOST_ATTRIBUTES = 1_000  # of one element: the parser compares each with each

_BLOCKS = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre"
    " section summary table tbody td tfoot th thead title tr ul"
)
_SILENT = (
    "script style noscript template svg math iframe frame object embed audio video canvas map head"
    " input select textarea datalist"
)
BLOCKS = frozenset(_BLOCKS.split())
SILENT = frozenset(_SILENT.split())


def parse(content: bytes, limits: Limits) -> Element:
    """The page as a tree. Errors: Unreadable 'empty', 'not_text', 'too_deep', 'too_large'."""
    declared = DECLARED.search(content[:HEAD_BYTES])
    text = decode(content, declared=declared[1].decode("ascii") if declared else None)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    clean = DECLARATION.sub("", text).replace("\x00", "")
    _check_size(clean, limits)
    root = etree.fromstring(clean.encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise Unreadable("too_deep")
    if root is None:
        raise Unreadable("empty")
    return root


def _check_size(text: str, limits: Limits) -> None:
    """Before there is a tree. A tag weighs several times what it does in a Word file: each
    element is walked several times, and its words are counted."""
    tags = [QUOTED.sub("", found[0]) for found in TAG.finditer(text)]
    attributes = [len(NAMED.findall(found)) for found in tags]
    limits.check("nodes", TAG_WEIGHT * text.count("<") + sum(attributes))
    if max(attributes, default=0) > MOST_ATTRIBUTES:
        raise Unreadable("too_large", measure="attributes", limit=MOST_ATTRIBUTES)


def tag(element: Element) -> str:
    """The name of an element in small letters."""
    return str(element.tag).lower()


def inner_text(element: Element) -> str:
    """All text inside an element."""
    return "".join(map(str, element.itertext()))


def walk(root: Element, skip: Callable[[Element], bool] = lambda _: False) -> Iterator[Step]:
    """Each element as it opens and as it closes; what lies inside a skipped one is passed over."""
    stack: list[tuple[Element, Iterator[Element]]] = []
    yield "start", root
    stack.append((root, iter(() if skip(root) else root)))
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", element
        else:
            yield "start", child
            stack.append((child, iter(() if skip(child) else child)))


def drop(element: Element) -> None:
    """Empty an element; what follows it stays. (Moving that text fails on control characters.)"""
    element.text = None
    del element[:]
    element.attrib.clear()
