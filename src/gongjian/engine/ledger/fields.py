"""What a caller wants out of a ledger: its fields, the words that head them, and the best match."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from gongjian.engine.ledger.vocabulary import bare, compact

Kind = Literal["order", "text", "names", "money", "date", "span", "code", "other"]
Code = Literal["word", "parts", "alike", "values", "given", "sums", ""]

YEARS = re.compile(r"(?:19|20)\d\d(?:年度|年|/\d{2,4})?|(?:本|当|今|全)年度?")
YEARLY = "年度"  # what stands for the year of a title: 2022年计划投资 is 年度计划投资
ORNAMENTS = re.compile(r"[★▲■●◆*＊#:：\\/、.．()（）\[\]【】“”\"']+")
DEFINED = re.compile(r"[(\[]([^()\[\]]*口径[^()\[\]]*)[)\]]")
BELONGING = re.compile("^所[属在]")
HAN = re.compile(r"[一-鿿]")
LATIN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[£$€%]")
SURE = {"word": 1.0, "given": 2.0, "parts": 0.8, "alike": 0.5, "sums": 0.45, "values": 0.4}
ALIKE = 0.5  # of the pairs of letters of a title and a word
AHEAD = 0.08  # of the next field


@dataclass(frozen=True, slots=True)
class Field:
    """One field: titles as they are written (`words`), what others of its titles say (`parts`),
    what stands in such a column (`values`).

    `kept` is false for a column that is known and not wanted; `also` is the second field of a
    `span` (2020—2023); `grouped` says that a row above may give the value for those below it;
    `past` that a date in it has passed; `yearly` that its title may name another year than the
    sheet; `sums` is the field that a column of this title is where it holds sums: 今年计划 says
    nothing of money; `asks` are the fields that its titles leave open; `single` says that a cell
    holds one name, `named` that its values are names; `check` says what is wrong with a value, as a
    code, "" where nothing is; `spelt` writes a code in its one spelling."""

    name: str
    kind: Kind = "text"
    words: tuple[str, ...] = ()
    parts: re.Pattern[str] | None = None
    values: re.Pattern[str] | None = None
    kept: bool = True
    also: str = ""
    grouped: bool = False
    past: bool = False
    yearly: bool = False
    sums: str = ""
    asks: tuple[str, ...] = ()
    single: bool = False
    named: bool = False
    check: Callable[[str], str] | None = None
    spelt: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The field of a title, how it was told, and by which word."""

    field: Field
    code: Code
    word: str = ""


@dataclass(frozen=True)
class Lexicon:
    """The fields in the order in which their parts are tried; `key` is the one no row may lack."""

    fields: tuple[Field, ...]
    key: str
    parts_of: tuple[tuple[str, str], ...] = ()  # (part, whole): sums of which one holds the other
    order: tuple[str, ...] = ()  # of the fields in a record
    stands_in: str = ""  # a field that a row may have instead of the key
    unique: str = ""  # the code that rows of different names do not share

    def without(self, words: Collection[str]) -> "Lexicon":
        """The same lexicon with words left out, to measure what the rest makes of them."""
        forms = set(map(form, words))
        fields = tuple(
            replace(field, words=tuple(word for word in field.words if form(word) not in forms))
            for field in self.fields
        )
        return replace(self, fields=fields)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """The first field of each name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def _words(self) -> dict[str, Field]:
        return {form(word): field for field in reversed(self.fields) for word in field.words}

    @cached_property
    def _pairs(self) -> tuple[tuple[frozenset[str], str, Field], ...]:
        return tuple((_pairs(word), word, field) for word, field in self._words.items())

    def match(self, path: tuple[str, ...]) -> Match | None:
        """The field that a title names, of one row or of several.

        Shapes: the titles from the highest row to the lowest. Units: none. Missing: None where no
        word is known. Errors: none. Source: docs/rules/ledgers.md, K-3.

        A child means what it says together with its parent (计划总投资 below 年度计划投资 is the
        plan of the year), unless its own word leaves no choice.
        """
        forms = [each for title in path if (each := form(title))]
        if not forms:
            return None
        whole, leaf = "".join(forms), forms[-1]
        if field := self._words.get(whole):
            return Match(field, "word", whole)
        own = self._words.get(leaf)
        joined = self._by_parts("/".join(forms)) if own is None or len(forms) > 1 else None
        if own is None:
            return joined or self._alike(leaf)
        if joined is not None and joined.field is not own and self._gives_way(own, joined.field):
            return joined
        return Match(own, "word", leaf)

    @staticmethod
    def _gives_way(own: Field, joined: Field) -> bool:
        """Does the parent change what a child says? Sums and dates, and words below a year's plan;
        a start or an end below 起止 stays one."""
        if own.kind == "date" and joined.kind == "span":
            return False
        changes = own.kind in ("money", "date", "span", "other")
        return changes or (own.kind == "text" and not joined.kept)

    def by_values(self, held: list[str], *, headed: bool) -> Match | None:
        """The field whose values stand in a column that nothing heads; below a title that is no
        word of ours only codes are told so."""
        for field in self.fields:
            if headed and field.kind != "code":
                continue
            if field.values is not None and held:
                found = sum(field.values.fullmatch(text) is not None for text in held)
                if found >= 0.8 * len(held):
                    return Match(field, "values", f"{found}/{len(held)}")
        return None

    def _by_parts(self, whole: str) -> Match | None:
        for field in self.fields:
            if field.parts is not None and (found := field.parts.search(whole)):
                return Match(field, "parts", found[0])
        return None

    def _alike(self, leaf: str) -> Match | None:
        pairs = _pairs(leaf)
        best: dict[str, tuple[float, str, Field]] = {}
        for other, word, field in self._pairs:
            share = 2 * len(pairs & other) / (len(pairs) + len(other)) if pairs and other else 0.0
            if share > best.get(field.name, (0.0,))[0]:
                best[field.name] = (share, word, field)
        ranked = sorted(best.values(), key=lambda item: -item[0])
        if not ranked or ranked[0][0] < ALIKE:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < AHEAD:
            return None
        return Match(ranked[0][2], "alike", ranked[0][1])


def form(title: str) -> str:
    """A title as it is compared: without blanks, brackets, marks and units; any year is 年度.
    By which definition a figure is formed stays: it tells two figures apart.

    >>> form("2022年计划 投资（万元）"), form("rawProvidedDate"), form("★项目名称")
    ('年度计划投资', 'raw provided date', '项目名称')
    >>> form("完成投资（统计口径）")
    '完成投资统计口径'
    """
    whole = DEFINED.sub(r"\1", compact(title))
    if not HAN.search(whole):
        words = LATIN.findall(title.replace("_", " "))
        return " ".join(words).lower()
    text = bare(whole) or ORNAMENTS.sub("", whole)
    return YEARS.sub(YEARLY, ORNAMENTS.sub("", text)).replace(YEARLY * 2, YEARLY)


def _pairs(text: str) -> frozenset[str]:
    """The pairs of letters by which titles are alike; 所属 alone makes none so."""
    text = BELONGING.sub("", text) or text
    return frozenset(_each_pair(text)) or frozenset({text})


def _each_pair(text: str) -> Iterator[str]:
    if not HAN.search(text):
        yield from text.split()
        return
    for at in range(len(text) - 1):
        yield text[at : at + 2]
