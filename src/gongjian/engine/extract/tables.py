"""Tables: rows of a division of tasks (牵头单位, 责任单位) and tables of indicators with values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongjian.engine.extract.comparators import Link, decide, limit_after
from gongjian.engine.extract.deadlines import Frame, periods
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.duties import Duty, units
from gongjian.engine.extract.lines import Line, Span
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.quantities import Quantity, quantities
from gongjian.engine.extract.targets import targets_in
from gongjian.engine.extract.tasks import TaskDraft

COLUMNS = (
    ("number", re.compile(r"^(?:序号|编号|No\.?)$")),
    ("lead", re.compile(r"牵头(?:单位|部门)|主办(?:单位|部门)|主责(?:单位|部门)")),
    ("sole", re.compile(r"责任(?:单位|部门|主体)|负责(?:单位|部门)|承办(?:单位|部门)|实施(?:单位|主体)|"
    r"落实(?:单位|部门)")),
    ("support", re.compile(r"(?:配合|协办|协同|参与)(?:单位|部门)")),
    ("when", re.compile(r"时限|完成时间|进度(?:要求|安排)|期限")),
    ("person", re.compile(r"责任人|领导|联系人|负责人")),
    ("unit", re.compile(r"^(?:计量)?单位$")),
    ("value", re.compile(r"目标值|计划(?:数|值)|任务数|年度目标值|年(?:目标|计划|任务)(?:值|数)?$|^(?:19|"
    r"20)\d\d年?$|^数量$")),
    ("work", re.compile(r"任务|内容|目标|举措|措施|事项|要点|做法")),
    ("name", re.compile(r"项目|名称|指标|类别|工作")),
)  # fmt: skip
WEIGHT = re.compile(r"（\d+(?:\.\d+)?%?分?）")
LEADING_SCOPE = re.compile(r"^(?:年度?|全年|今年)(?=[一-鿿]{3})")
EMPTY = Line(0, 0)


@dataclass(frozen=True, slots=True)
class Header:
    """Which column of a table holds what."""

    columns: tuple[str, ...]

    def spans(self, cells: tuple[Span, ...], kind: str) -> list[Span]:
        pairs = zip(self.columns, cells, strict=False)
        return [span for column, span in pairs if column == kind and span[0] < span[1]]

    @property
    def assigns(self) -> bool:
        return bool({"lead", "sole", "support"} & set(self.columns))


def header_of(view: str, line: Line) -> Header | None:
    """The header that a row is, or None for a row of data."""
    kinds = [_kind(view[slice(*cell)].replace(" ", "")) for cell in line.cells]
    known = [kind for kind in kinds if kind]
    short = all(cell[1] - cell[0] <= 14 for cell in line.cells)
    return Header(tuple(kinds)) if len(known) >= 2 and short else None


def _kind(title: str) -> str:
    return next((kind for kind, words in COLUMNS if words.search(title)), "")


def read_row(
    view: str, text: str, place: Place, header: Header, frame: Frame, *, first_leads: bool
) -> Iterator[Draft | TaskDraft]:
    """The targets and the task of one row.

    Shapes: one row and the header of its table. Units: as written, or from the unit's column.
    Missing: a row without units is no task. Errors: none. Source: docs/rules/reading.md, R-8.
    """
    cells = place.line.cells
    work = header.spans(cells, "work") or header.spans(cells, "name")
    yield from _row_targets(view, place, header, frame)
    if header.assigns and work:
        task = _row_task(view, text, place, header, frame, work, first_leads=first_leads)
        if task:
            yield task


def _row_targets(view: str, place: Place, header: Header, frame: Frame) -> Iterator[Draft]:
    name: Span | None = None
    unit = next(iter(header.spans(place.line.cells, "unit")), None)
    for kind, span in zip(header.columns, place.line.cells, strict=False):
        if span[0] >= span[1] or kind in (
            "number",
            "lead",
            "sole",
            "support",
            "when",
            "person",
            "unit",
        ):
            continue
        alone = _alone(view, span)
        if alone and name:
            yield from _cell_target(view, place, (name, span), alone, unit, frame)
        elif not alone:
            inner = replace(place, line=Line(*span), body=span[0], title=None)
            yield from targets_in(view, inner, frame, past_text=False)
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
    return (
        quantity
        if before in ("", ">", "<", "≥", "≤", "不低于", "不超过", "约") and not after
        else None
    )


def _cell_target(
    view: str, place: Place, spans: tuple[Span, Span], quantity: Quantity, unit: Span | None,
    frame: Frame,
) -> Iterator[Draft]:  # fmt: skip
    if place.key in ("past", "glossary"):
        return
    if quantity.bare:
        if unit is None:
            return
        quantity = replace(quantity, unit=view[slice(*unit)].strip())
    name, cell = spans
    limit, _ = limit_after(view[quantity.end : cell[1]])
    sign = view[cell[0] : quantity.start].strip()
    link = Link("", {"≥": ">=", "≤": "<=", "不低于": ">=", "不超过": "<=", "约": "~"}.get(sign))  # type: ignore[arg-type]
    comparator, direction = decide(
        link, limit, ranged=quantity.high is not None, plus=quantity.plus
    )
    metric = LEADING_SCOPE.sub("", WEIGHT.sub("", view[slice(*name)])).strip()
    yield Draft(
        metric=metric, qualifier="", comparator=comparator, direction=direction, quantity=quantity,
        span=(name[0], cell[1]), code="target.cell", link=sign, marker=limit or "",
        number_at=quantity.start, deadline=frame.deadline,
    )  # fmt: skip


def _row_task(
    view: str, text: str, place: Place, header: Header, frame: Frame, work: list[Span], *,
    first_leads: bool,
) -> TaskDraft | None:  # fmt: skip
    def named(kind: str) -> tuple[str, ...]:
        return tuple(
            name
            for span in header.spans(place.line.cells, kind)
            for name in units(text, view, *span)
        )

    lead, sole, support = named("lead"), named("sole"), named("support")
    if not lead:
        lead, sole = (sole[:1], sole[1:]) if first_leads else (sole, ())
    if not (lead or support):
        return None
    span = max(work, key=lambda cell: cell[1] - cell[0])
    when = [
        found
        for cell in header.spans(place.line.cells, "when")
        for found in periods(view, *cell, frame)
    ]
    own = [found for found in periods(view, *span, frame) if found.ahead and found.deadline]
    dated = [found.deadline for found in when + own if found.deadline]
    duty = Duty(lead, sole + support, role="行")
    return TaskDraft(
        span,
        (place.line.start, place.line.end),
        duty,
        dated[0] if dated else frame.deadline,
        "task.row",
    )
