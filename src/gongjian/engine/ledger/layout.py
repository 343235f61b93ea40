"""What each row of a table is: above the header, header, category, total, note or data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gongjian.engine.ledger.header import Header, find_header, header_at
from gongjian.engine.ledger.vocabulary import MEASURE, Row, Vocabulary, compact

Role = Literal["above", "header", "category", "total", "note", "data", "blank"]

CHINESE = "一二三四五六七八九十百"
LEVELS = (
    re.compile(rf"第[{CHINESE}]+(?:部分|篇|章|类)"),
    re.compile(rf"[{CHINESE}]{{1,3}}[、.．]|[IVX]{{1,4}}[、.．]"),
    re.compile(rf"[(（][{CHINESE}]{{1,3}}[)）]"),
    re.compile(r"——|—|--"),
)
ORDINAL = re.compile(rf"[(（]?[{CHINESE}]{{1,3}}[)）]?[、.．]?|[IVX]{{1,4}}[、.．]?")
UNNUMBERED = len(LEVELS)  # the level of 续建项目 and other groups that bear no number
LONGEST_GROUP = 40
GROUP = re.compile(
    r"(?:类|项目|工程|方面|领域|板块|行动|任务|指标|建设|民生|产业)(?:[(（][^()（）]*[)）])?[:：]?$"
)
TOTAL = re.compile(
    r"(?:[^\d,，。]{0,8}(?:合计|小计|总计)|共计|累计|总数)(?:[(（][^()（）]*[)）]|\d+[项个家]?)?[:：]?"
)
NOTE = re.compile(
    r"(?:注|备注|附注|说明|填表说明|填报说明|编制说明|填表人|填报人|制表|制表人|审核|审核人|联系人|"
    r"联系电话|单位负责人|分管领导|负责人签字|报送单位|填报单位|填报时间|填报日期|报送时间|制表单位)"
    r"\d{0,2}[:：.、]|※|[*＊]注"
)
NUMBER = re.compile(r"[-+]?[\d,]+(?:\.\d+)?%?[个项家万亿元]*|[-/—]|#[A-Z/0!?]+")
SENTENCE = re.compile(r"[。；;]")
FIGURE = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Place:
    """One row: its role, the header it stands under (an index of `Layout.headers`), and for a
    category the column of its name and its level (0 is the highest)."""

    role: Role
    header: int | None = None
    column: int = 0
    level: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of a table. `unit` is the unit of measure that stands above for all of them."""

    places: tuple[Place, ...]
    headers: tuple[Header, ...]
    unit: str = ""


def lay_out(rows: Sequence[Row], vocabulary: Vocabulary, *, given: Header | None = None) -> Layout:
    """Say of each row what it is.

    Shapes: rows of texts, a text a column; one Place a row. Units: rows and columns count from 0.
    Missing: without a header, and without a `given` one, every row is data. Errors: none.
    Source: docs/rules/reading.md, R-8.
    """
    first = find_header(rows, vocabulary)
    if first is None and given is None:
        plain = (Place("data" if any(row) else "blank") for row in rows)
        return Layout(tuple(plain), ())
    headers = [] if given is None else [given]
    reader = _Reader(rows, vocabulary, headers, first)
    places = tuple(reader.read())
    above = [text for row in rows[: first.first if first else 0] for text in row if text]
    units = [found[1] for text in above if (found := MEASURE.search(compact(text)))]
    return Layout(places, tuple(headers), units[0] if units else "")


class _Reader:
    """Goes down the rows once; a header may come again, with other columns."""

    def __init__(
        self,
        rows: Sequence[Row],
        vocabulary: Vocabulary,
        headers: list[Header],
        first: Header | None,
    ) -> None:
        self._rows = rows
        self._vocabulary = vocabulary
        self._headers = headers
        self._first = first
        self._noting = False

    def read(self) -> Iterator[Place]:
        row = 0
        while row < len(self._rows):
            header = self._header(row)
            if header is not None:
                self._headers.append(header)
                self._noting = False
                yield from [Place("header", len(self._headers) - 1)] * (header.last - row + 1)
                row = header.last + 1
                continue
            yield self._place(row)
            row += 1

    def _header(self, row: int) -> Header | None:
        """The first header; below it only a row that says the same titles, or three known ones."""
        if self._first is not None and row <= self._first.first:
            return self._first if row == self._first.first else None
        found = header_at(self._rows, row, self._vocabulary)
        if found is None:
            return None
        known = set(self._headers[-1].titles) - {""}
        titles = [title for title in found.titles if title]
        named = sum(bool(kind) for kind in found.kinds)
        again = len(known.intersection(titles))
        return found if again >= 2 or (named >= 3 and 2 * named > len(titles)) else None

    def _place(self, row: int) -> Place:
        cells = self._rows[row]
        filled = [(at, text) for at, cell in enumerate(cells) if (text := compact(cell))]
        if not filled:
            return Place("blank")
        if not self._headers:
            return Place("above")
        under = len(self._headers) - 1
        words = [(at, text) for at, text in filled if not NUMBER.fullmatch(text)]
        if NOTE.match(filled[0][1]) or (self._noting and len(words) < 2):
            self._noting = True
            if len(words) < 2 or NOTE.match(filled[0][1]):
                return Place("note", under)
        self._noting = False
        if words and words[0][1] and TOTAL.fullmatch(words[0][1]):
            return Place("total", under)
        if category := self._category(cells, filled, words):
            return Place("category", under, *category)
        return Place("data", under)

    def _category(
        self, cells: Row, filled: list[tuple[int, str]], words: list[tuple[int, str]]
    ) -> tuple[int, int] | None:
        """The column and the level of the name, where a row only names a group."""
        if len(words) == 2 and ORDINAL.fullmatch(words[0][1]) and words[0][0] < words[1][0]:
            level = next((n for n, mark in enumerate(LEVELS) if mark.match(words[0][1])), 1)
            return words[1][0], level
        if len(words) != 1:
            return None
        at, text = words[0]
        level = next((n for n, mark in enumerate(LEVELS) if mark.match(text)), UNNUMBERED)
        if level < UNNUMBERED:
            return at, level
        across = sum(cell is None for cell in cells[at:]) >= max(1, (len(cells) - 1) // 2)
        if len(filled) > 1 or len(text) > LONGEST_GROUP or SENTENCE.search(text):
            return None
        grouped = GROUP.search(text) is not None
        wide = len(self._headers[-1].columns) > 2
        if (
            across
            or (wide and at <= 1 and grouped)
            or (wide and at == 0 and not FIGURE.search(text))
        ):
            return at, level
        return None
