"""The list, a unit's sheet, a leader's sheet and plain tables as Excel files."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from gongjian.documents.sheets import Band, Sheet, SheetColumn, write_book, write_sheet
from gongjian.flow.duties.queries.exports.source import Exported
from gongjian.flow.duties.queries.phrases import column_label
from gongjian.flow.duties.queries.sheets import (
    SheetLine,
    UnitWords,
    in_official_order,
    named,
)

Row = tuple[str | date | None, ...]


def list_xlsx(exported: Exported) -> bytes:
    """The list: category rows, units in order, what changed since the version before.

    A second sheet has it unit by unit, in the official order; a unit's own sheet needs none.
    """
    if exported.of:
        return write_sheet(_sheet(exported))
    return write_book((_sheet(exported), _by_unit(exported)))


def leader_xlsx(exported: Exported, projects: Sequence[Row], teams: Sequence[Row]) -> bytes:
    """A leader's sheet: what is led, the projects sponsored, the task forces."""
    book = [_sheet(exported)]
    heads = (
        (_("包靠项目"), (_("项目"), _("项目代码"), _("属地"), _("总投资（万元）")), projects),
        (_("专班"), (_("专班"), _("对应事项"), _("担任"), _("成员单位")), teams),
    )
    book += [
        Sheet(
            title=f"{exported.of} {name}",
            name=name,
            columns=tuple(
                SheetColumn(head, width)
                for head, width in zip(columns, (40, 28, 16, 30), strict=True)
            ),
            rows=tuple(rows),
            notes=(exported.footing,),
        )
        for name, columns, rows in heads
    ]
    return write_book(book)


def rows_xlsx(
    title: str, heads: Sequence[tuple[str, float]], rows: Sequence[Row], *, notes: Sequence[str]
) -> bytes:
    """Any list of this room as it stands on its page."""
    columns = tuple(SheetColumn(head, width) for head, width in heads)
    return write_sheet(Sheet(title=title, columns=columns, rows=tuple(rows), notes=tuple(notes)))


def _sheet(exported: Exported) -> Sheet:
    compared = bool(exported.before)
    columns = [
        SheetColumn(_("序号"), 8, "code"),
        SheetColumn(_("类别"), 7, "code"),
        SheetColumn(_("任务"), 36),
        SheetColumn(_("年度目标"), 15),
        SheetColumn(_("工作措施"), 28),
        SheetColumn(_("口径"), 28),
        SheetColumn(_("牵头领导"), 11),
        SheetColumn(_("牵头单位"), 16),
        SheetColumn(_("填报单位"), 14),
        SheetColumn(_("责任单位"), 22),
        SheetColumn(_("配合单位"), 22),
        SheetColumn(_("完成时限"), 12, "date"),
    ]
    silences = any(line.silent for line in exported.lines)
    if silences:
        columns.append(SheetColumn(_("未答复"), 16))
    if compared:
        columns.append(SheetColumn(_("较上一版"), 26))
    title = f"{exported.title}（{exported.of}）" if exported.of else exported.title
    return Sheet(
        title=title,
        name=_("责任清单"),
        columns=tuple(columns),
        rows=tuple(_rows(exported, silences=silences, compared=compared)),
        notes=(exported.footing, *_notes(exported)),
    )


def _by_unit(exported: Exported) -> Sheet:
    """What each unit has a part in, under its name; units in the official order."""
    return Sheet(
        title=_("%(title)s（按单位分列）") % {"title": exported.title},
        name=_("按单位分列"),
        columns=(
            SheetColumn(_("角色"), 10, "code"),
            SheetColumn(_("序号"), 8, "code"),
            SheetColumn(_("任务"), 46),
            SheetColumn(_("年度目标"), 18),
            SheetColumn(_("牵头单位"), 18),
            SheetColumn(_("填报单位"), 18),
            SheetColumn(_("完成时限"), 12, "date"),
        ),
        rows=tuple(_unit_rows(exported.lines)),
        notes=(exported.footing,),
    )


def _unit_rows(lines: Sequence[SheetLine]) -> Iterator[Row | Band]:
    roles = (_("牵头"), _("责任"), _("配合"))
    held: dict[str, list[tuple[int, SheetLine]]] = {}
    units: dict[str, UnitWords] = {}
    for line in lines:
        sides = ((line.lead,) if line.lead else (), line.responsible, line.supporting)
        for side, named_units in enumerate(sides):
            for unit in named_units:
                units[unit.code] = unit
                held.setdefault(unit.code, []).append((side, line))
    for unit in in_official_order(units.values()):
        parts = sorted(held[unit.code], key=lambda part: part[0])
        counts = _("、").join(
            _("%(role)s %(count)s 项") % {"role": role, "count": count}
            for side, role in enumerate(roles)
            if (count := sum(part[0] == side for part in parts))
        )
        yield Band(_("%(unit)s　%(counts)s") % {"unit": unit.name, "counts": counts})
        for side, line in parts:
            lead = line.lead.short if line.lead else ""
            yield (roles[side], line.code, line.title, line.goal, lead, line.fills, line.deadline)


def _rows(exported: Exported, *, silences: bool, compared: bool) -> Iterator[Row | Band]:
    action = None
    for line in exported.lines:
        if line.action_seq != action:
            action = line.action_seq
            yield Band(f"{line.action_seq}　{line.action}")
        yield _row(exported, line, silences=silences, compared=compared)
    for line in exported.removed:
        row = _row(exported, line, silences=silences, compared=compared)
        yield (*row[:-1], _("这一版调出")) if compared else row


def _row(exported: Exported, line: SheetLine, *, silences: bool, compared: bool) -> Row:
    row: Row = (
        line.code,
        _("目标") if line.kind == "target" else _("任务"),
        line.title,
        line.goal,
        line.measures,
        line.definition,
        line.leader,
        line.lead.short if line.lead else "",
        line.fills,
        named(line.responsible),
        named(line.supporting),
        line.deadline,
    )
    if silences:
        row = (*row, line.silent)
    return (*row, _difference(exported, line)) if compared else row


def _difference(exported: Exported, line: SheetLine) -> str:
    if exported.is_new(line):
        return _("新增")
    return _("；").join(
        _("%(column)s：%(old)s → %(new)s")
        % {"column": column_label(column), "old": old or _("无"), "new": new or _("无")}
        for column, (old, new) in exported.changed(line).items()
    )


def _notes(exported: Exported) -> Iterator[str]:
    if exported.draft:
        yield _("征求意见稿，未经签发不作为下达依据。")
    if exported.proposed:
        yield _("其中 %(count)s 行的单位按方案原文提出，尚待确认。") % {"count": exported.proposed}
    if exported.sha256:
        yield _("内容校验值（SHA-256）：%(digest)s") % {"digest": exported.sha256}
