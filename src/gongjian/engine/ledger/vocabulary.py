"""Which words name which column: a table of words that the caller brings."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[str | None]  # a text a column: "" is empty, None is covered by the cell on its left

BRACKET = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
UNIT = re.compile(r"^[^\d,，、;；:：年月]{1,10}$")
MEASURE = re.compile(  # 单位：亿元、个、处 is the unit of none of them alone
    r"(?<![一-鿿])(?:计量|金额|货币|数量|数据)?单位[:：]\s*([^\s,，、/;；:：()（）]{1,10})(?![^\s,，、/;；:：()（）]|[,，、/])"
)
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class ValueRule:
    """A column of kind `kind` ("" for one whose title says nothing) is `becomes` where at least
    the share `least` of its values match `values`."""

    kind: str
    values: re.Pattern[str]
    becomes: str
    least: float = 0.6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The kinds of columns and the words of their titles, tried in their order.

    `titles` are (kind, words); a title of two rows is tried as a whole and by its lower part.
    """

    titles: tuple[tuple[str, re.Pattern[str]], ...]
    by_values: tuple[ValueRule, ...] = ()

    def kind(self, title: str, lower: str = "") -> str:
        """The kind that a title names, "" where no word of it is known."""
        forms = [bare(title), *([bare(lower)] if lower and lower != title else [])]
        return next(
            (kind for kind, words in self.titles if any(words.search(form) for form in forms)), ""
        )


def bare(title: str) -> str:
    """A title without blanks and without what stands in brackets.

    >>> bare("总 投资（万元）"), bare("（一）")
    ('总投资', '')
    """
    return BRACKET.sub("", compact(title))


def compact(text: str | None) -> str:
    """A text without blanks, in half-width letters.

    >>> compact("序　号"), compact("２０２５年")
    ('序号', '2025年')
    """
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def unit_of(title: str) -> str:
    """The unit of measure that a title gives: in brackets at its end, or after 单位：.

    >>> unit_of("总投资（亿元）"), unit_of("目标值(单位：万元)"), unit_of("完成时限（月）")
    ('亿元', '万元', '')
    """
    if named := MEASURE.search(title):
        return named[1]
    found = re.search(r"[(（]([^()（）]*)[)）]$", title.strip())
    return found[1].strip() if found and UNIT.match(found[1].strip()) else ""


def year_of(title: str) -> int | None:
    """The one year that a title names; of a period its last.

    >>> year_of("2025年目标值"), year_of("2021-2025年"), year_of("目标")
    (2025, 2025, None)
    """
    found = YEAR.findall(compact(title))
    return int(found[-1]) if found else None
