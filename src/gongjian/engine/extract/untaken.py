"""Every number of a plan that is in no target, and why not: the proof that nothing was lost.

code             what it says
date             a date, a year or a time of day
reference        a document number, a telephone number, a model or a code
order            an ordinal, a rank, a grade, the number of a heading or of a chapter
glossary, past-section, furniture, rule-section      the section holds no plan
past             the sentence reports a result
baseline         where a change starts from (由38%提高到45%)
comparison       the level of the nation, of others, of the average
per-head         a sum for each person or case; a prize or a fine
size             the size of one project
part             how many parts the paper itself has
state            what there is already, or is missing
plan-share       the share of the plan that is done
age, score, span a person's age; points; a span of time that is no measure
rule             the rate of a rule
attributive      a part of the noun behind it
threshold        the bar of a metric (投资2000万元以上的项目)
numeral          a word more than a number (一个, 三农)
name             a number in a name (“双百”工程)
no-unit          a number without a unit
column           a column of a table that holds no target (序号, 上年实际)
repeated         a number that a target of the same row has already
total            a row that adds up the others (合计)
in-action, in-task, in-milestone    it is part of that finding's words
no-metric        nothing says what is measured
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from gongjian.engine.extract.findings import Findings
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.quantities import TOKEN, kind_of
from gongjian.engine.extract.reader import Reading, read
from gongjian.lib.pages import Document

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
SENTENCE_END = re.compile("[。！？；!?;\n]")
LONGEST = 500  # characters before and behind a number: a sentence that runs on is cut there
SECTIONS = {
    "glossary": "glossary", "past": "past-section", "furniture": "furniture",
    "rule": "rule-section", "total": "total",
}  # fmt: skip
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Untaken:
    """A number that is in no target: where it stands, its sentence, and a code of the table."""

    start: int
    end: int
    sentence: Span
    code: str


def explain_plan(document: Document) -> tuple[Findings, tuple[Untaken, ...]]:
    """The findings of a plan, and every other number of it with the reason why it is no target.

    Shapes: numbers in the order of the text. Units: none. Missing: words that only sound like a
    number (一个, 一批) are left out. Errors: none. Source: docs/rules/reading.md, R-11.
    """
    reading = read(document)
    return reading.findings, tuple(_untaken(reading))


def _untaken(reading: Reading) -> Iterator[Untaken]:
    taken = sorted(target.number for target in reading.findings.targets)
    passed = sorted(reading.passed)
    inside = _inside(reading)
    view = reading.survey.view
    sentences = Sentences(view)
    seen: set[int] = set()  # the cells of merged rows stand in several lines
    for place in reading.survey.places:
        for span, kind in _numbers(view, place):
            if span[0] in seen or _meets(taken, span):
                continue
            seen.add(span[0])
            at = bisect_left(passed, span[0])
            noted = passed[at] if at < len(passed) and passed[at] < span[1] else None
            code = kind or SECTIONS.get(place.key) or reading.passed.get(noted or -1)
            code = code or inside.of(span, place.line.cells)
            line = (place.line.start, place.line.end)
            if code == "column" and _repeats(view, taken, line, span):
                code = "repeated"
            yield Untaken(*span, sentences.around(line, span), code)


def _repeats(view: str, taken: list[Span], line: Span, span: Span) -> bool:
    """Does a cell say again what a target of its row has: 建成基站400个 | 400?"""
    first, last = bisect_left(taken, line), bisect_left(taken, (line[1], line[1]))
    digits = DIGITS.match(view, *span)
    values = [DIGITS.match(view, *number) for number in taken[first:last]]
    return digits is not None and digits[0] in [value[0] for value in values if value]


def _numbers(view: str, place: Place) -> Iterator[tuple[Span, str]]:
    """The numbers of a line with what they are by themselves: a date, a reference, an order."""
    begin = place.line.start
    for token in TOKEN.finditer(view, place.line.start, place.line.end):
        yield from _digits(view, begin, token.start(), place)
        begin = token.end()
        kind = _order(token.start(), place) or kind_of(token)
        if kind != "word":
            yield token.span(), kind
    yield from _digits(view, begin, place.line.end, place)


def _digits(view: str, start: int, end: int, place: Place) -> Iterator[tuple[Span, str]]:
    """What the grammar of quantities does not know, and the number of a heading."""
    for found in DIGITS.finditer(view, start, end):
        yield found.span(), _order(found.start(), place)


def _order(start: int, place: Place) -> str:
    """The number of a heading or of a list item stands before its body."""
    head = place.title[0] if place.title else place.body
    return "order" if place.number and start < head else ""


def _meets(spans: list[Span], span: Span) -> bool:
    """Does a span share a character with one of the sorted spans?"""
    index = bisect_right(spans, (span[1] - 1, span[1])) - 1
    return index >= 0 and spans[index][1] > span[0]


@dataclass(frozen=True, slots=True)
class _Inside:
    """The words of the findings that are no targets; `works` are the texts of the tasks."""

    text: str
    works: frozenset[str]
    spans: tuple[tuple[str, list[Span]], ...]

    def of(self, span: Span, cells: tuple[Span, ...]) -> str:
        found = next((code for code, spans in self.spans if _meets(spans, span)), "")
        if found == "in-task" and len(cells) > 1:  # the evidence of a row is the whole row
            cell = next((cell for cell in cells if cell[0] <= span[0] < cell[1]), (0, 0))
            found = found if self.text[slice(*cell)].strip() in self.works else ""
        return found or ("column" if cells else "no-metric")


def _inside(reading: Reading) -> _Inside:
    findings = reading.findings
    kinds = (
        ("in-action", findings.actions),
        ("in-milestone", findings.milestones),
        ("in-task", findings.tasks),
    )
    works = frozenset(task.text for task in findings.tasks)
    spans = tuple((code, sorted((one.start, one.end) for one in found)) for code, found in kinds)
    return _Inside(reading.survey.text, works, spans)


class Sentences:
    """The sentences of a text; the marks of one line are looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line: Span = (-1, -1)
        self._marks: list[int] = []

    def around(self, within: Span, span: Span) -> Span:
        """The sentence around a span, inside a line, a cell or a paragraph."""
        if within != self._line:
            self._line = within
            self._marks = [mark.start() for mark in SENTENCE_END.finditer(self._text, *within)]
        before, behind = bisect_left(self._marks, span[0]), bisect_left(self._marks, span[1])
        start = self._marks[before - 1] + 1 if before else min(within[0], span[0])
        end = self._marks[behind] if behind < len(self._marks) else max(within[1], span[1])
        return max(start, span[0] - LONGEST), min(end, span[1] + LONGEST)
