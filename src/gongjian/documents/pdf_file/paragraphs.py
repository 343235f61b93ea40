"""Lines → paragraphs: what only the width of the page broke is joined again."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from gongjian.documents.pdf_file.columns import Item, Ruled
from gongjian.documents.pdf_file.lines import Line, is_latin

NUMERAL = "一二三四五六七八九十百"
MARKER = re.compile(
    rf"[{NUMERAL}]{{1,4}}[、.．]|[（(][{NUMERAL}\d]{{1,4}}[）)]|\d{{1,3}}(?:[、．]|\.(?!\d))"
    rf"|[①-⑳]|第[{NUMERAL}\d]{{1,4}}[章节条编篇]|附件?\s*\d*[:：]|[●■◆•▪○□]"
)
CONTENTS = re.compile(r"(?:[.．…·]\s*){4,}\d+$")  # a line of a table of contents
ENDING = "。！？；：.!?;:"
GLUE = re.compile(r"(?:[的和与及、]|关于)$")  # a title that goes on below
SAME_SIZE = 0.12
SPREAD = 1.5  # times the usual distance of lines: a space between paragraphs
LEADING = 1.75  # ems from line to line, where too few lines tell
HALF_EMPTY = 0.6  # of the page: text that reaches no further has shown no right edge
INDENT = 1.2  # ems, and more: the first line of a paragraph
CENTRED = 5.0  # ems, and more: set in the middle or to the right
SLACK = 0.3  # ems that a line may lack and still be full
DIVIDED = re.compile(r"([A-Za-z]+)-$")
WORD = re.compile(r"[A-Za-z]+")
QUOTES = "“”‘’\"'"


@dataclass(slots=True)
class Column:
    """A column of a page as it is read; `kind` is that of columns which should have one measure."""

    page: int
    kind: tuple[int, int, int]
    items: list[Item]
    left: float = 0.0
    right: float = 0.0
    leading: float = 0.0

    @property
    def lines(self) -> list[Line]:
        return [item for item in self.items if isinstance(item, Line)]


@dataclass(slots=True)
class Joined:
    """A paragraph: its text, the page on which it begins, its first line, and its column."""

    text: str
    page: int
    first: Line
    column: Column


def joined(columns: Sequence[Column]) -> Iterator[Joined | tuple[Ruled, int]]:
    """The paragraphs, and the tables with their page, in reading order."""
    _measure(columns)
    indented = _is_indented(columns)
    words = _words(columns)
    open_: Joined | None = None
    last: tuple[Line, Column] | None = None
    begun = False  # the line before is the first of its paragraph
    for column in columns:
        for item in _levelled(column.items):
            if isinstance(item, Ruled):
                if open_ is not None:
                    yield open_
                open_, last = None, None
                yield item, column.page
                continue
            pair = None if last is None else _Pair(*last, item, column, begun, indented)
            if open_ is None or pair is None or pair.parts():
                if open_ is not None:
                    yield open_
                open_, begun = Joined(item.text, column.page, item, column), True
            else:
                open_.text, begun = join(open_.text, item.text, words), False
            last = (item, column)
    if open_ is not None:
        yield open_


def join(above: str, below: str, words: Container[str] = ()) -> str:
    """Two lines as one: Chinese without a blank, Latin with one, a divided word whole again.

    A hyphen stays where both its sides are `words`: high-quality was not divided.
    """
    above, below = above.rstrip(), below.lstrip()
    divided, rest = DIVIDED.search(above), WORD.match(below)
    if divided and rest:
        is_compound = divided[1].lower() in words and rest[0] in words
        return above + below if is_compound or not rest[0].islower() else above[:-1] + below
    ends, begins = above.rstrip(QUOTES)[-1:], below.lstrip(QUOTES)[:1]
    is_spaced = ends and begins and is_latin(ends) and is_latin(begins)
    return f"{above} {below}" if is_spaced else above + below


def _words(columns: Sequence[Column]) -> frozenset[str]:
    """All Latin words of the text, where any line ends with a hyphen."""
    lines = [line.text for column in columns for line in column.lines]
    if not any(map(DIVIDED.search, lines)):
        return frozenset()
    inner = (word for line in lines for word in WORD.findall(line)[:-1])
    return frozenset(word.lower() for word in inner)


def _levelled(items: Iterable[Item]) -> Iterator[Item]:
    """Lines side by side at one height as one line, a tab between them."""
    held: Line | None = None
    for item in items:
        if isinstance(item, Line) and held is not None and abs(item.y - held.y) < 0.3 * held.size:
            first, then = sorted((held, item), key=lambda line: line.x0)
            text = f"{first.text}\t{then.text}"
            held = Line(first.x0, then.x1, first.y, first.size, text, first.lead, then.solid)
            continue
        if held is not None:
            yield held
            held = None
        if isinstance(item, Line):
            held = item
        else:
            yield item
    if held is not None:
        yield held


def _measure(columns: Sequence[Column]) -> None:
    """Give each column its edges: its own lines tell them, and those of its kind where it is short.

    A page of short lines has no right edge to show; one of indented lines no left edge.
    """
    kinds: dict[tuple[int, int, int], list[Column]] = defaultdict(list)
    for column in columns:
        if column.lines:
            kinds[column.kind].append(column)
    for alike in kinds.values():
        lefts = Counter[int]()
        for column in alike:
            column.left = min(line.x0 for line in column.lines)
            lefts[round(column.left / 2)] += len(column.lines)
        usual = 2.0 * lefts.most_common(1)[0][0]
        widths = Counter[int]()
        for column in alike:
            em = median(line.size for line in column.lines)
            if len(column.lines) < 6 and column.left > usual - em / 2:
                column.left = min(usual, column.left)
            reach = max(line.solid for line in column.lines)
            column.right = reach
            widths[round((reach - column.left) / 4)] += len(column.lines)
        width = 4.0 * widths.most_common(1)[0][0]
        for column in alike:
            column.right = max(column.right, column.left + width)
            column.leading = _leading(column.lines)
    for column in columns:
        page, beside, _ = column.kind
        if column.lines and beside == 1 and column.right < HALF_EMPTY * page:
            column.right = _right_elsewhere(column, columns) or page - column.left


def _right_elsewhere(column: Column, columns: Sequence[Column]) -> float:
    """The right edge of a column on another page that begins at the same place, 0 without one.

    The last page of a text in two columns has one, and a cover has nothing like it.
    """
    em = column.lines[0].size
    alike = (other for other in columns if other.lines and other.kind[1] > 1)
    return next(
        (
            other.right
            for other in alike
            if abs(other.left - column.left) < em and other.right > column.right - em
        ),
        0.0,
    )


def _leading(lines: list[Line]) -> float:
    steps = [
        below.y - above.y
        for above, below in itertools.pairwise(lines)
        if below.y - above.y > 0.5 * above.size
        and abs(above.size - below.size) <= SAME_SIZE * above.size
    ]
    return median(steps) if len(steps) > 2 else 0.0


def _is_indented(columns: Sequence[Column]) -> bool:
    """The paragraphs of this text begin two characters in."""
    lines = [(line.x0 - column.left) / line.size for column in columns for line in column.lines]
    begun = sum(1.5 < indent < 2.6 for indent in lines)
    return begun > max(2, len(lines) / 20)


@dataclass(slots=True)
class _Pair:
    """A line and the next one, and whether a paragraph ends between them."""

    above: Line
    here: Column
    below: Line
    there: Column
    begun: bool
    indented: bool

    def parts(self) -> bool:
        above, below = self.above, self.below
        if abs(above.size - below.size) > SAME_SIZE * max(above.size, below.size):
            return True
        if "\t" in above.text or "\t" in below.text or CONTENTS.search(above.text):
            return True
        if self._is_spread():
            return True
        if self._is_title():
            return not GLUE.search(above.text)
        if MARKER.match(below.text) and not self._runs_on():
            return True
        return self._is_set_off() or not self._is_full()

    def _is_spread(self) -> bool:
        if self.here is not self.there:
            return False
        usual = self.here.leading or LEADING * self.above.size
        step = self.below.y - self.above.y
        return step > SPREAD * usual or step < 0

    def _is_title(self) -> bool:
        return all(
            self._is_centred(line, column) and line.x0 - column.left > line.size
            for line, column in ((self.above, self.here), (self.below, self.there))
        )

    def _runs_on(self) -> bool:
        """In a text of indented paragraphs, a line at the edge goes on, whatever it begins with."""
        return (
            self.indented
            and self._indent(self.below, self.there) < INDENT
            and self._is_full()
            and self.above.text[-1] not in ENDING
        )

    def _is_set_off(self) -> bool:
        """By its indent, or as what stands in the middle or at the right."""
        above = self._indent(self.above, self.here)
        below = self._indent(self.below, self.there)
        is_aligned = abs(above - below) < 0.5
        ended = self.above.text[-1] in ENDING
        if self.begun and not ended and above < INDENT and self._is_full():
            # A title too long for its line, or an item whose further lines hang below its words.
            return below >= CENTRED and not self._is_centred(self.below, self.there)
        if below >= CENTRED or (self.begun and above >= CENTRED):
            return not is_aligned or not self._is_full()
        if below < INDENT:
            return False
        if is_aligned:
            return self.begun and (ended or self.indented)
        hangs = self.begun and below > above and MARKER.match(self.above.text) is not None
        return not hangs or ended

    def _is_full(self) -> bool:
        """No room was left above for what begins below."""
        room = self.here.right - self.above.x1
        return self.below.lead > room - SLACK * self.above.size

    @staticmethod
    def _is_centred(line: Line, column: Column) -> bool:
        return abs(line.x0 + line.x1 - column.left - column.right) < 1.5 * line.size

    @staticmethod
    def _indent(line: Line, column: Column) -> float:
        return (line.x0 - column.left) / max(line.size, 1.0)
