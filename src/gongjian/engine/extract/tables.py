"""Tables: rows of a division of tasks (牵头单位, 责任单位) and tables of indicators with values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from gongjian.engine.extract.actions import ActionDraft
from gongjian.engine.extract.comparators import decide, limit_after, link_of
from gongjian.engine.extract.deadlines import Frame, periods, section_frame
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.duties import Duty, units
from gongjian.engine.extract.findings import Direction
from gongjian.engine.extract.lines import Line, Span
from gongjian.engine.extract.outline import SILENT, Place
from gongjian.engine.extract.quantities import Quantity, quantities
from gongjian.engine.extract.survey import Survey
from gongjian.engine.extract.targets import targets_in
from gongjian.engine.extract.tasks import TaskDraft
from gongjian.engine.extract.thread import Thread
from gongjian.engine.extract.words import any_of

COLUMNS = {
    "number": any_of(r"^(?:序号|编号|No\.?)$"),
    "lead": any_of("牵头(?:单位|部门)", "主办(?:单位|部门)", "主责(?:单位|部门)", "^牵头$"),
    "sole": any_of("(?:责任|负责|承办|实施|落实|完成)(?:单位|部门|主体)", "责任分工"),
    "support": any_of("(?:配合|协办|协同|参与|参加)(?:单位|部门)"),
    "when": any_of("时限|完成时间|进度(?:要求|安排)|期限|时间节点"),
    "person": any_of("责任人|领导|联系人|负责人"),
    "unit": any_of("^(?:计量)?单位$"),
    "past": any_of("实际|上年|去年|基期|现状|完成(?:值|数|情况)|权重|分值|备注|属性"),
    "value": any_of(
        "^.{0,12}年(?:度)?(?:目标|计划|任务)", "^(?:目标|计划|任务)(?:值|数|量)$", "年度目标值",
        r"^(?:19|20)\d\d年?$", "^数量$",
    ),
    "class": any_of("类别|领域|板块"),
    "work": any_of("任务|内容|目标|举措|措施|事项|要点|做法"),
    "name": any_of("项目|名称|指标|工作"),
}  # fmt: skip
NO_TARGET = ("number", "lead", "sole", "support", "when", "person", "unit", "past", "class")
WEIGHT = re.compile(r"（\d+(?:\.\d+)?%?分?）")
LEADING_SCOPE = re.compile(r"^(?:年度?|全年|今年)(?=[一-鿿]{3})")
SIGNS: dict[str, Direction] = {
    "≥": ">=", ">": ">=", "不低于": ">=", "≤": "<=", "<": "<=", "不超过": "<=", "约": "~",
}  # fmt: skip
UNIT_IN_TITLE = re.compile(r"（([^（）]{1,8})）$")


@dataclass(frozen=True, slots=True)
class Header:
    """What each column of a table holds, and how it is titled."""

    columns: tuple[str, ...]
    titles: tuple[str, ...] = ()

    @property
    def assigns(self) -> bool:
        return bool({"lead", "sole", "support"} & set(self.columns))


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the header of its table and the period of its section."""

    view: str
    text: str
    place: Place
    header: Header
    frame: Frame

    @property
    def cells(self) -> tuple[Span, ...]:
        """The cells under their columns; a row without its first cells (merged) moves right."""
        own = self.place.line.cells
        return ((0, 0),) * (len(self.header.columns) - len(own)) + own

    def spans(self, kind: str) -> list[Span]:
        pairs = zip(self.header.columns, self.cells, strict=False)
        return [span for column, span in pairs if column == kind and span[0] < span[1]]

    def units(self, kind: str) -> tuple[str, ...]:
        names = (units(self.text, self.view, *span) for span in self.spans(kind))
        return tuple(name for group in names for name in group)

    @property
    def deadline(self) -> str | None:
        """The deadline in the column of deadlines."""
        for span in self.spans("when"):
            for found in periods(self.view, *span, self.frame):
                if found.deadline:
                    return found.deadline
        return None


def header_of(view: str, line: Line) -> Header | None:
    """The header that a row is, or None for a row of data."""
    titles = tuple(view[slice(*cell)].replace(" ", "") for cell in line.cells)
    kinds = tuple(_kind(title) for title in titles)
    short = all(len(title) <= 14 for title in titles)
    return Header(kinds, titles) if short and sum(map(bool, kinds)) >= 2 else None


def _kind(title: str) -> str:
    bare = UNIT_IN_TITLE.sub("", title)
    return next((kind for kind, words in COLUMNS.items() if words.search(bare)), "")


def read_row(row: Row, *, first_leads: bool) -> Iterator[tuple[Place, Draft | TaskDraft]]:
    """The targets and the task of one row.

    Shapes: one row and the header of its table. Units: as written, or from the unit's column.
    Missing: a row without units is no task. Errors: none. Source: docs/rules/reading.md, R-8.
    """
    if row.place.key in SILENT:
        return
    yield from ((row.place, draft) for draft in _targets(row))
    if row.header.assigns and (task := _task(row, first_leads=first_leads)):
        yield row.place, task


def rows_of(survey: Survey) -> Iterator[Row]:
    """The rows of every table under their headers. A table without a header counts as work."""
    header = Header(())
    table = 0
    for place in survey.places:
        cells = place.line.cells
        if len(cells) < 2:
            continue
        if place.line.table != table:
            goes_on = len(header.columns) == len(cells)
            header = header if goes_on else Header(("name", *["work"] * (len(cells) - 1)))
            table = place.line.table
        if found := header_of(survey.view, place.line):
            header = found
        else:
            yield Row(survey.view, survey.text, place, header, survey.frames[place.line.start])


def classes_of(rows: list[Row]) -> Iterator[tuple[Place, ActionDraft]]:
    """The classes of work of tables that assign units: a column so titled, or one before the
    work whose cells span several rows."""
    for _, group in groupby(rows, key=lambda row: row.place.line.table):
        table = list(group)
        header = table[0].header
        if not header.assigns or "work" not in header.columns:
            continue
        for column in range(header.columns.index("work")):
            spans = {
                row.cells[column]: row.place for row in reversed(table) if column < len(row.cells)
            }
            filled = {span: place for span, place in spans.items() if span[0] < span[1]}
            kind = header.columns[column]
            if kind == "class" or (kind in ("name", "") and 0 < len(filled) < len(table)):
                for span, place in filled.items():
                    yield place, _class(place, span)


def _class(place: Place, span: Span) -> ActionDraft:
    scope = (place.line.start, place.line.end)
    return ActionDraft(span, scope, None, "action.heading", (("number", ""),), 0.7)


def _targets(row: Row) -> Iterator[Draft]:
    name: Span | None = None
    due = row.deadline
    for column, span in enumerate(row.cells):
        kind = row.header.columns[column] if column < len(row.header.columns) else ""
        if span[0] >= span[1] or kind in NO_TARGET:
            continue
        if alone := _alone(row.view, span):
            if name and (found := _cell_target(row, name, column, alone)):
                yield found
            continue
        inner = replace(row.place, line=Line(*span), body=span[0], title=None)
        for draft in targets_in(row.view, inner, row.frame, Thread()):
            own = draft.deadline != row.frame.deadline
            yield draft if own or due is None else replace(draft, deadline=due)
        name = name if kind == "value" else span


def _alone(view: str, span: Span) -> Quantity | None:
    """The number that fills a cell by itself."""
    found = list(quantities(view, *span))
    if len(found) != 1:
        return None
    quantity = found[0]
    _, taken = limit_after(view[quantity.end : span[1]])
    before = view[span[0] : quantity.start].strip()
    after = view[quantity.end + taken : span[1]].strip(" 。；")
    return quantity if (not before or before in SIGNS) and not after else None


def _cell_target(row: Row, name: Span, column: int, quantity: Quantity) -> Draft | None:
    """A number alone in its cell: the metric stands in the row, the year above the column."""
    view, cell = row.view, row.cells[column]
    title = row.header.titles[column] if column < len(row.header.titles) else ""
    if quantity.bare:
        unit = _unit_of(row, title)
        if unit is None:
            return None
        quantity = replace(quantity, unit=unit)
    limit, _ = limit_after(view[quantity.end : cell[1]])
    sign = view[cell[0] : quantity.start].strip()
    metric = LEADING_SCOPE.sub("", WEIGHT.sub("", view[slice(*name)])).strip()
    link = link_of(metric, rate=quantity.share)
    metric = link.rest if link.noun else metric
    if not metric:
        return None
    link = replace(link, growth=link.growth if link.noun else "", limit=SIGNS.get(sign))
    comparator, direction = decide(
        link, limit, ranged=quantity.high is not None, plus=quantity.plus
    )
    return Draft(
        metric=metric, qualifier="", comparator=comparator,
        direction=direction, quantity=quantity, span=(name[0], cell[1]), code="target.cell",
        link=sign, marker=limit or "", number_at=quantity.start,
        deadline=row.deadline or section_frame(title, row.frame).deadline,
    )  # fmt: skip


def _unit_of(row: Row, title: str) -> str | None:
    for span in row.spans("unit"):
        return row.view[slice(*span)].strip()
    found = UNIT_IN_TITLE.search(title)
    return found[1] if found else None


def _task(row: Row, *, first_leads: bool) -> TaskDraft | None:
    work = row.spans("work") or row.spans("name")
    lead, sole, support = row.units("lead"), row.units("sole"), row.units("support")
    if not lead:
        lead, sole = (sole[:1], sole[1:]) if first_leads else (sole, ())
    if not work or not (lead or support):
        return None
    span = max(work, key=lambda cell: cell[1] - cell[0])
    own = [found for found in periods(row.view, *span, row.frame) if found.ahead and found.deadline]
    deadline = row.deadline or (own[0].deadline if own else row.frame.deadline)
    duty = Duty(lead, sole + support, role="row")
    line = row.place.line
    return TaskDraft(span, (line.start, line.end), duty, deadline, "task.row")
