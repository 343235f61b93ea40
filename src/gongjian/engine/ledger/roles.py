"""What a row below a header is: data, category, total, note, the header again, or nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongjian.engine.ledger.empty import is_empty, is_error
from gongjian.engine.ledger.heading import tidy
from gongjian.engine.ledger.layout import CHINESE, GROUP, NOTE
from gongjian.lib.grids import Cell

# What a category begins with, the highest first. A project may begin with 1. too: see `_numbered`.
GROUP_MARKS = (
    re.compile(rf"第[{CHINESE}\d]+(?:部分|篇|章|类|批)[、:：]?"),
    re.compile(r"[IVX]{1,4}[、.．]|[Ⅰ-Ⅻ](?:[、.．]|(?=[一-鿿]))"),  # XX路, V谷 are names
    re.compile(rf"[{CHINESE}]{{1,3}}[、.．](?![{CHINESE}]{{1,3}}[期号标段])"),  # 一、二期安置房
    re.compile(rf"[(（][{CHINESE}]{{1,3}}[)）][、.．]?(?!号)"),
    re.compile(r"(?:——|—|--)(?=\S)"),
    re.compile(r"\d{1,2}(?:[、.．]|[)）])(?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]"),
    re.compile(r"[①-⑳]"),
)
NUMBERED = frozenset(mark.pattern for mark in GROUP_MARKS)
CHINESE_GROUP_MARKS = 5  # those that no project begins with
BARE = re.compile(rf"[(（]?[{CHINESE}]{{1,3}}[)）]?[、.．]?|[IVX]{{1,4}}[、.．]?|[Ⅰ-Ⅻ][、.．]?")
TOTAL = re.compile(
    r"(?:[一-鿿A-Za-z（）()]{0,12}?)(?:合计|小计|总计|共计|累计|总数)(?:[(（][^()（）]*[)）]|[:：]?(?:共)?\d+(?:个|项|家)?(?:项目)?)?[:：]?"
    r"|(?:grand|sub)?[ -]?totals?|总[ 　]*和",
    re.IGNORECASE,
)
PART = re.compile("其中(?:[:：]|$|.{0,12}(?:项目|投资|类)$)")  # a part of the sum above
OF_A_SUM = "part"
SUM = re.compile("(?:合|总|小|共)计")
COUNT = re.compile(r"[(（]?共?计?[:：]?(\d{1,6})[个项家](?:项目)?[)）]?")
NAMED_COUNT = re.compile(
    r"(?:[(（]|共计?|[:：]|(?<=项目))\s*(?:共计?)?\s*(\d{1,6})\s*[个项家]|(?<=[一-鿿])(\d{1,6})[个项家](?:项目)?$"
)
BRACKETED_COUNT = re.compile(r"[(（]共?计?[:：]?\d{1,6}[个项家]")
NUMBER = re.compile(r"[-+]?[\d,，]+(?:\.\d+)?%?(?:[个项家]|[万亿]?元)?")
FIGURE = re.compile(r"\d")
LABEL = re.compile(r"[一-鿿\s]{2,8}[:：]")
ENGLISH_NOTE = re.compile(
    r"(?:notes?|sources?|prepared by|footnotes?)\b[:：. ]|\*+\s", re.IGNORECASE
)
PLACE = re.compile(
    r"[一-鿿]{1,12}(?:省|市|县|区|镇|乡|街道|开发区|高新区|新区|园区|管委会|局|集团|公司)"
)
UNKNOWN = re.compile(r"(?:待|未|暂)[一-鿿]{1,4}")
SUFFIX = re.compile(r"(?:类|重点|建设|重大)*(?:项目|工程)$")
PLANNED = re.compile(r"^(?:计划|拟)")
AFTER_CORE = re.compile(r"(?:类|重点|建设|重大|项目|工程|清单|名单)+(?:[(（][^()（）]*[)）])?$")
BEFORE_CORE = re.compile(r"^(?:20\d\d年度?|本年度?|今年|结转|省|市|县|区|级|重点|重大|建设)+")
LONGEST_GROUP = 30
FEW = 4


@dataclass(slots=True)
class RowKind:
    """What a row is. Of a category: its name, its rank (0 is the highest) and its style."""

    role: str
    name: str = ""
    rank: int = 0
    style: str = ""
    doubtful: bool = False  # a name alone: a group, or a project without its number
    doubt: str = ""  # of data: what else it could be


@dataclass
class Shape:
    """Which columns hold what, as the header says. `key` is the column of the name, `order` that
    of the running number; `figures` are sums and dates, `texts` the other fields."""

    titles: tuple[tuple[str, ...], ...]
    key: int
    order: int | None = None
    figures: frozenset[int] = frozenset()
    texts: frozenset[int] = frozenset()
    groups: re.Pattern[str] | None = None
    width: int = 0
    arabic: bool = False  # do the projects bear 1, 2, 3?
    leaves: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        self.leaves = tuple(path[-1] if path else "" for path in self.titles)


class Roles:
    """Tells the rows of one table, one after the other."""

    def __init__(self, shape: Shape) -> None:
        self._shape = shape
        self._noting = False
        self._ordered = 0
        self._rows = 0

    def tell(self, cells: tuple[Cell, ...], *, across: bool) -> RowKind:
        """What a row is. `across` says that its first text covers most of its width.

        Shapes: the cells of a row. Units: none. Missing: none. Errors: none.
        Source: docs/rules/ledgers.md, K-6.
        """
        if self._is_plain(cells):
            self._rows += 1
            self._noting = False
            return RowKind("data")
        filled = [(at, text) for at, cell in enumerate(cells) if (text := tidy(cell))]
        if not filled:
            return RowKind("blank")
        words = [(at, text) for at, text in filled if not _is_figure(text)]
        found = self._other(cells, filled, words, across=across)
        if found.role == "data":
            self._rows += 1
        return found

    def _is_plain(self, cells: tuple[Cell, ...]) -> bool:
        """The common row, told at a glance: a number, a name, and texts in other fields."""
        shape = self._shape
        if shape.order is None or len(cells) <= max(shape.key, shape.order):
            return False
        order, name = cells[shape.order], cells[shape.key]
        if not isinstance(name, str) or not (
            isinstance(order, float) or (isinstance(order, str) and order.strip().isdecimal())
        ):
            return False
        self._ordered += 1
        texts = sum(isinstance(cells[at], str) for at in shape.texts if at < len(cells))
        return texts >= 1 and not TOTAL.fullmatch(tidy(name))

    def _other(
        self,
        cells: tuple[Cell, ...],
        filled: list[tuple[int, str]],
        words: list[tuple[int, str]],
        *,
        across: bool,
    ) -> RowKind:
        if self._is_header_again(filled):
            return RowKind("header")
        if note := self._note(filled, words):
            return note
        if total := self._total(words):
            return total
        self._noting = False
        if words and PART.match(words[0][1]) and not self._has_order(cells):
            few = len(words) < FEW - 1
            return RowKind("total" if few else "continued", words[0][1], style=OF_A_SUM)
        if category := self._category(cells, filled, words, across=across):
            return category
        if self._is_only_numbered(filled):
            return RowKind("numbered")
        if self._shape.key >= 0 and not any(self._is_headed(at, text) for at, text in filled):
            return RowKind("aside")
        return RowKind("data", doubt=self._doubt(cells, filled, words))

    def _doubt(
        self,
        cells: tuple[Cell, ...],
        filled: list[tuple[int, str]],
        words: list[tuple[int, str]],
    ) -> str:
        """A row that is taken for data, and begins as others do."""
        if not words:
            return ""
        if NOTE.match(words[0][1]):
            return "may_be_note"
        bare = not any(at in self._shape.figures for at, _ in filled)
        marked = any(mark.match(words[0][1]) for mark in GROUP_MARKS[:CHINESE_GROUP_MARKS])
        return "may_be_category" if bare and marked and self._has_order(cells) else ""

    def _is_headed(self, at: int, text: str) -> bool:
        """Does a cell stand below a title, and is no error?"""
        titles = self._shape.titles
        return at < len(titles) and bool(titles[at]) and not is_error(text)

    def _total(self, words: list[tuple[int, str]]) -> RowKind | None:
        """合计 at the head of a row, or anywhere in one that has no name."""
        if not words:
            return None
        at, text = words[0]
        if TOTAL.fullmatch(text) and at <= max(self._shape.key + 1, 2):
            return RowKind("total", text)
        alone = len(words) == 1 and at != self._shape.key and SUM.fullmatch(text)
        return RowKind("total", text) if alone else None

    def _is_header_again(self, filled: list[tuple[int, str]]) -> bool:
        leaves, titles = self._shape.leaves, self._shape.titles
        same = sum(at < len(leaves) and text in titles[at] for at, text in filled)
        return same >= 2 and 2 * same >= len(filled)

    def _note(self, filled: list[tuple[int, str]], words: list[tuple[int, str]]) -> RowKind | None:
        first = filled[0][1]
        labels = sum(LABEL.match(text) is not None for _, text in filled)
        sums = any(at in self._shape.figures and _is_figure(text) for at, text in filled)
        named = sums and filled[0][0] == self._shape.key  # 备注：光伏项目, with a sum of its own
        noted = NOTE.match(first) or ENGLISH_NOTE.match(first)
        if noted and len(words) < FEW and not named:
            self._noting = True
            return RowKind("note", first)
        form = labels and 2 * labels >= len(filled) and len(filled) <= 2 * FEW
        if form and not sums and filled[0][0] < 3:
            return RowKind("note", first)
        alone = len(filled) == 1
        if alone and (self._noting or (len(first) > LONGEST_GROUP and re.search("[。；;]", first))):
            return RowKind("note", first)
        return None

    def _category(
        self,
        cells: tuple[Cell, ...],
        filled: list[tuple[int, str]],
        words: list[tuple[int, str]],
        *,
        across: bool,
    ) -> RowKind | None:
        if not words or words[0][0] > max(self._shape.key, 2):
            return None
        texts = [
            (at, text) for at, text in words if not is_error(text) and not COUNT.fullmatch(text)
        ]
        bare = bool(texts) and BARE.fullmatch(texts[0][1]) is not None
        most = FEW - 1 if self._shape.arabic else 2
        if 2 <= len(texts) <= most and bare and texts[0][0] < texts[1][0]:
            rank = next((n for n, mark in enumerate(GROUP_MARKS) if mark.match(f"{texts[0][1]}、")
                         or mark.match(texts[0][1])), 2)  # fmt: skip
            if texts[1][0] <= self._shape.key + 1:
                return _named(texts[1][1], rank, GROUP_MARKS[rank].pattern)
        if bare or not 1 <= len(texts) <= most:
            return None
        at, text = texts[0]
        if len(texts) > 1:
            return self._marked_among(cells, text)
        for rank, mark in enumerate(GROUP_MARKS):
            if found := mark.match(text):
                if self._has_order(cells) or (
                    rank >= CHINESE_GROUP_MARKS and not self._numbered(cells, filled, across=across)
                ):
                    return None
                place = _named(text[found.end() :] or text, rank, mark.pattern)
                place.doubtful = self._shape.order is None and not across and self._sums(filled)
                return place
        return self._unmarked(cells, filled, at, text, across=across)

    def _marked_among(self, cells: tuple[Cell, ...], text: str) -> RowKind | None:
        """一、交通 beside other words (a unit, a remark), where the projects bear 1, 2, 3."""
        if self._has_order(cells) or not self._shape.arabic:
            return None
        for rank, mark in enumerate(GROUP_MARKS[:CHINESE_GROUP_MARKS]):
            if (found := mark.match(text)) and text[found.end() :]:
                return _named(text[found.end() :], rank, mark.pattern)
        return None

    def _numbered(
        self, cells: tuple[Cell, ...], filled: list[tuple[int, str]], *, across: bool
    ) -> bool:
        """May 1. begin a category here? Only where the projects have a column of numbers, and this
        row has none, and holds a count where the others hold words."""
        return not self._has_order(cells) and self._shape.order is not None and (
            across or self._counts(filled)
        )  # fmt: skip

    def _counts(self, filled: list[tuple[int, str]]) -> bool:
        """Does a number stand where the projects have words?"""
        shape = self._shape
        return any(
            _is_figure(text) and (at in shape.texts or at == shape.key) and at != shape.order
            for at, text in filled
        ) or any(COUNT.search(text) for _, text in filled)

    def _sums(self, filled: list[tuple[int, str]]) -> bool:
        return any(at in self._shape.figures and NUMBER.fullmatch(text) for at, text in filled)

    def _has_order(self, cells: tuple[Cell, ...]) -> bool:
        order = self._shape.order
        held = cells[order] if order is not None and order < len(cells) else None
        return isinstance(held, float) or (
            isinstance(held, str) and FIGURE.search(held) is not None and _is_figure(tidy(held))
        )

    def _unmarked(
        self,
        cells: tuple[Cell, ...],
        filled: list[tuple[int, str]],
        at: int,
        text: str,
        *,
        across: bool,
    ) -> RowKind | None:
        """续建项目, 舜王街道 12: a group without a number of its own."""
        shape = self._shape
        if self._has_order(cells) or len(text) > LONGEST_GROUP or re.search("[。；;]", text):
            return None
        if any(at in shape.figures and UNKNOWN.fullmatch(text) for at, text in filled):
            return None  # a sum that is still unknown is that of a project
        said = COUNT.sub("", text).strip("()（）:：、")
        core = SUFFIX.sub("", said)
        sets = shape.groups is not None and shape.groups.fullmatch(core) is not None
        ordered = shape.order is not None and (self._ordered or not self._rows)
        plain = FIGURE.search(said) is None  # P505544 is a code, and no group
        sure = (
            across
            or sets
            or (shape.order is not None and at == shape.order)
            or (ordered and self._counts(filled) and at <= shape.key)
            or (at < shape.key and shape.order is None and len(filled) == 1 and plain)
        )
        short = len(said) <= 12 and GROUP.search(text) and plain
        counted = any(COUNT.fullmatch(other) for _, other in filled)  # 3个 where others have words
        told = len(filled) == 1 and at <= shape.key and BRACKETED_COUNT.search(text)
        placed = ordered and PLACE.fullmatch(said) and len(filled) > 1
        grouped = sure or counted or placed or told or (ordered and short)
        sort = "sets" if sets else "place" if PLACE.fullmatch(said) else "plain"
        if not grouped:
            return None
        place = _named(text, len(GROUP_MARKS), sort)
        place.doubtful = not sure
        return place

    def _is_only_numbered(self, filled: list[tuple[int, str]]) -> bool:
        """A line of a form that nobody filled in."""
        rest = [text for at, text in filled if at != self._shape.order]
        return len(rest) < len(filled) and all(map(is_empty, rest))


class Path:
    """The categories that a row stands under."""

    def __init__(self) -> None:
        self._stack: list[tuple[float, str, str]] = []
        self._ranks: dict[str, float] = {}

    def enter(self, place: RowKind) -> tuple[str, ...]:
        """Go into a category: as deep as its mark stands below those around it."""
        rank = self._rank(place)
        while self._stack and self._stack[-1][0] >= rank:
            self._stack.pop()
        self._stack.append((rank, place.style, place.name))
        return self.names

    def _rank(self, place: RowKind) -> float:
        """A mark has its rank; groups without one are as deep as the first of their sort was."""
        if place.style in NUMBERED:
            return float(place.rank)
        if place.style not in self._ranks:
            self._ranks[place.style] = (self._stack[-1][0] if self._stack else -1.0) + 0.5
        return self._ranks[place.style]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the categories, the widest first."""
        return tuple(name for _, _, name in self._stack)


def _named(text: str, rank: int, style: str) -> RowKind:
    name = re.sub(
        r"[(（][^()（）]*\d+\s*(?:[个项家]|[万亿]元)[^()（）]*[)）]|[:：]$", "", text
    ).strip()
    name = re.sub(r"\s*[:：]?共?计?\d+\s*[个项家](?:项目)?$", "", name).strip("：: ")
    return RowKind("category", name or text, rank, style)


def group_core(name: str) -> str:
    """The word of a category that may be a value of its rows.

    >>> group_core("2026年计划新开工项目（12项）"), group_core("储备粮库群建设")
    ('计划新开工', '储备粮库群建设')
    """
    said = COUNT.sub("", name).strip("()（）:：、")
    return BEFORE_CORE.sub("", AFTER_CORE.sub("", said))


def count_in(text: str) -> int | None:
    """The number of projects that a category names in its own words: （12项）, 共12个."""
    found = NAMED_COUNT.search(text)
    return int(found[1] or found[2]) if found else None


def _is_figure(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None or is_empty(text) or is_error(text)


def figures(cells: tuple[Cell, ...]) -> Iterator[tuple[int, str]]:
    """The plain numbers of a row, with their columns."""
    for at, cell in enumerate(cells):
        text = tidy(cell)
        if text and NUMBER.fullmatch(text):
            yield at, text
