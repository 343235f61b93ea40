"""What one row of a table says: the targets in its cells, and its task."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongjian.engine.extract.columns import NO_TARGET, ORGANISATIONS, is_division
from gongjian.engine.extract.comparators import Link, decide, limit_after, link_of
from gongjian.engine.extract.deadlines import Frame, last_day, periods, section_frame
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.duties import Duty, units
from gongjian.engine.extract.findings import Direction, Precision
from gongjian.engine.extract.lines import Line, Span
from gongjian.engine.extract.milestones import MilestoneDraft, milestones_in
from gongjian.engine.extract.outline import SILENT, Place
from gongjian.engine.extract.quantities import Quantity, quantities
from gongjian.engine.extract.scan import Scan
from gongjian.engine.extract.targets import targets_in
from gongjian.engine.extract.tasks import TaskDraft
from gongjian.engine.extract.tense import BASE
from gongjian.engine.extract.thread import Thread
from gongjian.engine.extract.words import UNIT
from gongjian.engine.ledger import Header

WEIGHT = re.compile(r"（\d+(?:\.\d+)?%?分?）")
LEADING_SCOPE = re.compile(r"^(?:年度?|全年|今年)(?=[一-鿿]{3})")
WORDY = 8  # characters: a goal of one word is no piece of work
OVER_TIME = re.compile("(?:累计|年均|平均每年)$")
SIGNS: dict[str, Direction] = {
    "≥": ">=", ">": ">=", "不低于": ">=", "≤": "<=", "<": "<=", "不超过": "<=", "约": "~",
}  # fmt: skip
PARTS = re.compile("[，；、]")
UNIT_IN_NAME = re.compile(rf"（((?:[十百千]?[万亿]|[十百千])?(?:{UNIT})|[万亿])）$")
STAGE_LIKE = 4  # characters: less than this says nothing that could be looked at
PRECISIONS: dict[int, Precision] = {len("2025-06"): "month", len("2025-06-30"): "day"}
FIGURE_DATE = re.compile(r"((?:19|20)\d\d)(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?年?(?: |$)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the header of its table and the period of its section.

    `cells` are its spans under their columns, `start` is where its own cells begin (a merged cell
    may begin in a row above), `measure` the unit that stands above the whole table."""

    view: str
    text: str
    place: Place
    header: Header
    cells: tuple[Span, ...]
    start: int
    frame: Frame
    measure: str = ""

    def spans(self, kind: str) -> list[Span]:
        pairs = zip(self.header.kinds, self.cells, strict=False)
        return [span for column, span in pairs if column == kind and span[0] < span[1]]

    def units(self, kind: str) -> tuple[str, ...]:
        names = (units(self.text, self.view, *span) for span in self.spans(kind))
        return tuple(part for group in names for name in group for part in _lines(name))

    def title(self, column: int) -> str:
        return self.header.titles[column] if column < len(self.header.columns) else ""

    @property
    def deadline(self) -> str | None:
        """The deadline in the column of deadlines, in words or in figures."""
        for span in self.spans("when"):
            for found in periods(self.view, *span, self.frame):
                if found.deadline:
                    return found.deadline
            if figures := FIGURE_DATE.match(self.view[slice(*span)]):
                return _date(*figures.groups())
        return None


def _lines(name: str) -> list[str]:
    """The units that stood on lines of their own in a cell; a name broken over two is one."""
    parts = name.split()
    alike = len({part[0] for part in parts}) == 1 and min(map(len, parts)) > 2
    apart = alike or all(ORGANISATIONS.search(part) for part in parts)
    return parts if apart else ["".join(parts)]


def _date(year: str, month: str | None, day: str | None) -> str | None:
    if month is None:
        return year
    if not 1 <= int(month) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def read_row(row: Row, *, first_leads: bool) -> Iterator[tuple[Place, Draft | TaskDraft]]:
    """The targets and the task of one row.

    Shapes: one row and the header of its table. Units: as written, or from the unit's column.
    Missing: a row without units and without a date is no task. Errors: none.
    Source: docs/rules/reading.md, R-8.
    """
    if row.place.key in SILENT:
        return
    yield from ((row.place, draft) for draft in _targets(row))
    if is_division(row.header) and (task := _task(row, first_leads=first_leads)):
        yield row.place, task


def _targets(row: Row) -> Iterator[Draft]:
    names: dict[str, Span] = {}
    said: list[Quantity] = []
    due = row.deadline
    for column, span in enumerate(row.cells):
        kind = row.header.kinds[column] if column < len(row.header.columns) else ""
        if span[0] >= span[1] or kind in NO_TARGET:
            continue
        if span[0] < row.start:  # merged: its numbers were read in the row where it begins
            names[kind] = span
            continue
        if alone := list(_alone(row.view, span)):
            name = names.get("name") or names.get("work") or names.get("")
            if name and kind:
                for part, quantity in alone:
                    found = _cell_target(row, name, column, part, quantity)
                    if found and not _said(quantity, said):
                        yield found
            continue
        inner = replace(row.place, line=Line(*span), body=span[0], title=None)
        for draft in targets_in(row.view, inner, row.frame, Thread()):
            own = draft.deadline != row.frame.deadline
            said.append(draft.quantity)
            yield draft if own or due is None else replace(draft, deadline=due)
        names[kind] = span


def _said(quantity: Quantity, said: Sequence[Quantity]) -> bool:
    """Does the work name the number that its goal repeats: 建成基站400个 | 400?"""
    return any(
        quantity.value == other.value and (quantity.bare or quantity.unit == other.unit)
        for other in said
    )


def _alone(view: str, span: Span) -> Iterator[tuple[Span, Quantity]]:
    """The numbers that fill a cell, part by part: 34亿元，增长5% are two."""
    found = []
    start = span[0]
    for part in PARTS.split(view[slice(*span)]):
        quantity = _number(view, (start, start + len(part)))
        if quantity is None:
            return
        found.append(((start, start + len(part)), quantity))
        start += len(part) + 1
    yield from found


def _number(view: str, span: Span) -> Quantity | None:
    """The number that fills a part by itself, with no more than a sign or linking words."""
    base = BASE.search(view, *span)
    end = base.start() if base else span[1]
    found = list(quantities(view, span[0], end))
    if len(found) != 1:
        return None
    quantity = found[0]
    _, taken = limit_after(view[quantity.end : end])
    before = view[span[0] : quantity.start].strip(" （")  # 〔18.5〕: the sum of the years
    after = view[quantity.end + taken : end].strip(" 。；）")
    linked = before in SIGNS or not _words(before, quantity).rest
    return quantity if linked and not after else None


def _words(before: str, quantity: Quantity) -> Link:
    """The linking words that stand alone before a number: 增长, 达到, 不低于."""
    return link_of(before, rate=quantity.share)


def _cell_target(row: Row, name: Span, column: int, cell: Span, quantity: Quantity) -> Draft | None:
    """A number alone in its cell: the metric stands in the row, the year above the column."""
    view = row.view
    metric, unit = _metric(view[slice(*name)])
    if quantity.bare:
        unit = _unit_of(row, column) or unit or row.measure
        if not unit:
            return None
        quantity = replace(quantity, unit=unit)
    limit, _ = limit_after(view[quantity.end : cell[1]])
    sign = view[cell[0] : quantity.start].strip()
    link = link_of(metric, rate=quantity.share)
    moves = link.noun or (quantity.share and link.growth)
    metric = OVER_TIME.sub("", link.rest) if moves else metric
    if not metric:
        return None
    own = _words(sign, quantity)
    yearly = row.header.kinds[column] == "growth"
    growth = own.growth or ("+" if yearly else link.growth if moves else "")
    link = replace(link, growth=growth, limit=SIGNS.get(sign) or own.limit)
    comparator, direction = decide(
        link, limit, ranged=quantity.high is not None, plus=quantity.plus
    )
    return Draft(
        metric=metric, qualifier="", comparator=comparator, direction=direction,
        quantity=quantity, span=(max(name[0], row.start), cell[1]),
        code="target.cell", link=sign, marker=limit or "", number_at=quantity.start,
        deadline=row.deadline or (_goal_year(row) if yearly else None)
        or section_frame(row.title(column), row.frame).deadline,
    )  # fmt: skip


def _metric(name: str) -> tuple[str, str]:
    """The metric, and the unit that stands in brackets behind it: 粮食产量（万吨）."""
    metric = LEADING_SCOPE.sub("", WEIGHT.sub("", name)).strip()
    found = UNIT_IN_NAME.search(metric)
    return (metric[: found.start()].strip(), found[1]) if found else (metric, "")


def _unit_of(row: Row, column: int) -> str:
    for span in row.spans("unit"):
        return row.view[slice(*span)].strip()
    return row.header.columns[column].unit if column < len(row.header.columns) else ""


def content_column(table: Sequence[Row]) -> int | None:
    """The column that says what is to be done: that of the work, else goals written in clauses."""
    kinds = table[0].header.kinds
    if "work" in kinds:
        return kinds.index("work")
    goals = [column for column, kind in enumerate(kinds) if kind == "value"]
    return next(
        (column for column in goals if any(has_clauses(row, column) for row in table)), None
    )


def has_clauses(row: Row, column: int) -> bool:
    """Does a cell hold more than a number?"""
    if column >= len(row.cells) or _length(row.cells[column]) < WORDY:
        return False
    return not list(_alone(row.view, row.cells[column]))


def _task(row: Row, *, first_leads: bool) -> TaskDraft | None:
    written = [
        row.cells[column]
        for column, kind in enumerate(row.header.kinds)
        if kind == "value" and has_clauses(row, column)
    ]
    work = row.spans("work") or written or row.spans("name")
    lead, sole, support = row.units("lead"), row.units("sole"), row.units("support")
    if not lead:
        lead, sole = (sole[:1], sole[1:]) if first_leads else (sole, ())
    if not work or not (lead or support or row.deadline):
        return None
    span = max(work, key=_length)
    own = [found for found in periods(row.view, *span, row.frame) if found.ahead and found.deadline]
    deadline = row.deadline or (own[0].deadline if own else _goal_year(row) or row.frame.deadline)
    duty = Duty(lead, sole + support, role="row")
    return TaskDraft(span, (row.start, row.place.line.end), duty, deadline, "task.row")


def _goal_year(row: Row) -> str | None:
    """The last year that the table sets goals for."""
    years = [column.year for column in row.header.columns if column.kind == "value" and column.year]
    return str(max(years)) if years else None


def row_milestones(row: Row) -> Iterator[tuple[Place, MilestoneDraft]]:
    """The milestones of a row: dates in the words of its work, else its deadline.

    Shapes: one row. Units: the last day as YYYY-MM-DD. Missing: a deadline of a whole year is no
    milestone, nor is that of a row which is a task: the task has it. Errors: none.
    Source: docs/rules/reading.md, R-5.
    """
    work = [span for span in row.spans("work") or row.spans("name") if span[0] >= row.start]
    found = False
    for span in work:
        for draft in milestones_in(row.place, Scan(row.view, *span, row.frame)):
            found = True
            yield row.place, draft
    if row.place.key in SILENT:
        return
    yield from ((row.place, draft) for draft in _stages(row))
    if found or not work or is_division(row.header):
        return
    for span in row.spans("when"):
        words = row.view[slice(*span)]
        written = [when for when in periods(row.view, *span, row.frame) if when.deadline]
        deadline = written[0].deadline if written else row.deadline
        fine = written[0].precision if written else PRECISIONS.get(len(deadline or ""), "year")
        date = last_day(deadline or "")
        if date and fine != "year":
            yield row.place, MilestoneDraft(max(work, key=_length), date, fine, words)
            return


def _stages(row: Row) -> Iterator[MilestoneDraft]:
    """What is to stand at the end of each quarter or month that has a column of its own."""
    for column, (kind, span) in enumerate(zip(row.header.kinds, row.cells, strict=False)):
        if kind != "stage" or _length(span) < STAGE_LIKE or span[0] < row.start:
            continue
        title = row.title(column)
        for when in periods(title, 0, len(title), row.frame):
            if date := last_day(when.deadline or ""):
                yield MilestoneDraft(span, date, when.precision, title)
                break


def _length(span: Span) -> int:
    return span[1] - span[0]
