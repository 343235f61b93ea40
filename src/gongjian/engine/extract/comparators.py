"""Comparator and direction: the words before a number (不低于, 达到, 增长) and after it (以上)."""

import re
from dataclasses import dataclass

from gongjian.engine.extract.findings import Comparator, Direction
from gongjian.engine.extract.guards import guarded
from gongjian.engine.extract.words import (
    ABOUT,
    AFTER_ABOUT,
    AFTER_LEAST,
    AFTER_MOST,
    AT_LEAST,
    AT_MOST,
    DOWNWARD,
    EXACTLY,
    UPWARD,
    WORK,
    either,
)

RATE_NOUN = either("增速 增幅 增长率 涨幅 增长幅度 降幅 下降率 下降幅度")
# a single character is no link where it ends another word: 签约, 发达, 通过, 统计, 城镇新增
PART_OF_A_WORD = guarded(
    r"(?:[节功性产职才智]能|[签预契制节条公合特协大集]约|[发直送抵表传下]达|[通经跨度]过|[统设审会预估]计|"
    r"[成作行认因以]为|[存实所现]在|[公一]共"
    r"|[但就总即凡可]是|[高]超|新增|[提晋]升|[遍覆]及|[折]合|[削]减|[设]施|[集]中|[主重需]要|"
    r"[新]建|[投]降|[首]都|[平年]均|[附相临邻]近|[及]至|[周得]到)$"
)
LINK = guarded(
    rf"(?:(?P<least>{AT_LEAST})|(?P<most>{AT_MOST})|(?P<about>{ABOUT})"
    rf"|(?P<rate>(?<!自然){RATE_NOUN})|(?P<up>{UPWARD})|(?P<down>{DOWNWARD})|(?P<order>(?:分别|"
    rf"依次)(?:为|是|(?!{UPWARD}|{DOWNWARD}){WORK})?)"
    rf"|(?P<each>(?:均|都|各自?|皆|双双){WORK}?)"
    rf"|(?P<exact>(?:按|按照)?{EXACTLY})"
    r"|(?P<filler>力争|确保|努力|争取|预期|预计|年均|平均|每年|再|拟?按|要|将|也|可|能|可能|应|"
    r"需|目标|上限|下限|幅度|，|：| |不变|进一步|左右|同比|年度|全年|今年|原则上|"
    r"其中))$"
)
LONGEST = 12  # characters of the longest linking word, its verb included
AFTER = re.compile(
    rf" *(?:（含）)?(?:(?P<least>{AFTER_LEAST})|(?P<most>{AFTER_MOST})|"
    rf"(?P<about>{AFTER_ABOUT})|(?P<plus>[多余]))"
)
PRICES = re.compile("价格|CPI|物价")
SIDES: dict[str, Direction] = {"least": ">=", "most": "<=", "about": "~", "plus": ">="}
ARRIVES = re.compile(r"(?:到|至|为)$")


@dataclass(slots=True)
class Link:
    """What the words before a number say. `rest` is what is left of them; `order` (分别) and
    `each` (均) deal the numbers to the heads."""

    rest: str
    limit: Direction | None = None
    growth: str = ""
    order: bool = False
    each: bool = False
    linked: bool = False
    noun: bool = False
    words: str = ""


def link_of(left: str, *, rate: bool) -> Link:
    """Peel the linking words off the end of what stands before a number.

    Shapes: the words before the number, in its clause; `rate`: its unit is % or points or 倍.
    Units: none. Missing: no linking word leaves everything as it is. Errors: none.
    Source: docs/rules/reading.md, R-4.
    """
    peel = Peel(left)
    while (found := _last_word(peel.rest)) and peel.take(found, rate=rate):
        pass
    return Link(
        peel.rest, peel.limit, peel.growth, peel.order, peel.each, peel.linked, peel.noun,
        left[len(peel.rest) :],
    )  # fmt: skip


def _last_word(rest: str) -> re.Match[str] | None:
    """The linking word that ends the words before a number; none is longer than LONGEST."""
    return LINK.search(rest, max(0, len(rest) - LONGEST))


@dataclass(slots=True)
class Peel:
    """A link on its way: `rest` grows shorter word by word, `arrives` after 到 or 至."""

    rest: str
    limit: Direction | None = None
    growth: str = ""
    order: bool = False
    each: bool = False
    linked: bool = False
    noun: bool = False
    arrives: bool = False

    def take(self, found: re.Match[str], *, rate: bool) -> bool:
        """Take one word off; false when it is no link and peeling ends."""
        kind, word = str(found.lastgroup), found[0]
        if self.noun or (len(word) == 1 and PART_OF_A_WORD.search(self.rest)):
            return False
        if kind in ("up", "down") and not self._grow(kind, rate=rate):
            return False
        keeps = False
        if kind in SIDES:
            self.limit = self.limit or SIDES[kind]
        elif kind == "rate":
            self.growth, self.noun = ("-" if word.startswith(("降", "下降")) else "+"), True
            keeps = self.growth == "+" and PRICES.search(self.rest[: found.start()]) is not None
        elif kind == "exact" and ARRIVES.search(word):
            self.arrives = not self.growth
        self.order = self.order or kind == "order"
        self.each = self.each or kind == "each"
        self.linked = self.linked or kind not in ("filler", "each")
        self.rest = self.rest if keeps else self.rest[: found.start()]
        return True

    def _grow(self, kind: str, *, rate: bool) -> bool:
        """增长 by a rate is growth; 增长到 is a level; 增加5000个 stays the verb of its noun."""
        if self.growth or not (rate or self.arrives):
            return False
        self.growth = "" if self.arrives else "+" if kind == "up" else "-"
        self.arrives = False
        return True


def limit_after(right: str) -> tuple[Direction | None, int]:
    """The marker right after a number, and how many characters it takes."""
    found = AFTER.match(right)
    if found is None:
        return None, 0
    return SIDES[str(found.lastgroup)], found.end()


def decide(
    link: Link, after: Direction | None, *, ranged: bool, plus: bool
) -> tuple[Comparator, Direction | None]:
    """The comparator, and for growth the direction. The marker after the number wins.

    >>> decide(Link("", "~", "+"), None, ranged=False, plus=False)
    ('+%', '~')
    """
    limit: Direction | None = after or link.limit or (">=" if plus else None)
    if ranged and limit is None:
        limit = "~"
    if link.growth:
        return ("+%" if link.growth == "+" else "-%"), limit or "="
    return limit or "=", None
