"""A superior's table as its page shows it: the filled sheet, its columns, what stays empty."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongjian.flow.projects.queries import Basis, month_of
from gongjian.flow.projects.queries.superior import (
    COUNTED,
    MONTHLY,
    FilledSheet,
    SheetColumnRead,
    field_choices,
    field_label,
    how_filled,
    lacking_lines,
    printed,
    told_by,
    why_not,
)

SHOWN = 6  # lines of the preview
WIDEST = 60  # columns
NAMES = 100  # in one line of the notes
RECKONED = frozenset({"seq", "share_of_plan", "done_in_all"})
UNITS = ("元", "千元", "万元", "百万元", "亿元")  # not shown: as ledgers write them


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of the preview: its number, how it looks, (text, is a number, stays empty) a cell;
    `gap` is said where rows are left out."""

    number: str
    look: str
    cells: tuple[tuple[str, bool, bool], ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """One column: `way` is how it is filled (ok, part, no), with its word."""

    letter: str
    title: str
    field: str
    label: str
    how: str
    told: str
    look_twice: bool
    way: str
    word: str
    money: bool
    unit: str
    why: str
    choices: tuple[tuple[str, str, bool], ...]


def column_lines(filled: FilledSheet) -> list[ColumnLine]:
    """Every column with what it is filled with, or why it is not."""
    choices, lacking = field_choices(), filled.lacking
    return [
        _column(column, filled, filled.gaps.get(place, 0), lacking.get(place, 0), choices)
        for place, column in enumerate(filled.read.columns)
    ]


def _column(
    column: SheetColumnRead,
    filled: FilledSheet,
    gaps: int,
    lacks: int,
    choices: list[tuple[str, str]],
) -> ColumnLine:
    month, upto, lines = column.month, month_of(filled.basis.as_of), len(filled.lines)
    money = bool(column.unit)
    if not column.field:
        way, word = "no", _("填不了")
        why = why_not(column.code, column.known)
    elif column.field in COUNTED and month > upto:
        way, word = "no", _("没到")
        why = _("选的这份数只到 %(upto)s，这一列要 %(month)s；换一份数再填") % {
            "upto": upto,
            "month": month,
        }
    elif (gaps or lacks) and lines:
        way, word = ("no", _("全空")) if gaps == lines else ("part", _("部分"))
        said = []
        if gaps:
            said.append(_("%(all)s 个中 %(gaps)s 个登记册里没有，留空"))
        if lacks:
            said.append(_("%(lacks)s 个缺月份，只加已采信的月份，合计也一样"))
        why = _("；").join(said) % {"all": lines, "gaps": gaps, "lacks": lacks}
    else:
        way, word = "ok", _("算出") if column.field in RECKONED else _("台账")
        why = ""
    return ColumnLine(
        letter=column.letter,
        title=column.title,
        field=column.field,
        label=field_label(column.field) if column.field else "",
        how=how_filled(column.field, unit=column.unit, month=month, guessed=column.guessed_unit),
        told=told_by(column.code, "") if column.field else "",
        look_twice=column.code in ("alike", "values", "given_year") or column.guessed_unit,
        way=way,
        word=word,
        money=money,
        unit=column.unit,
        why=why,
        choices=tuple((code, label, code == column.field) for code, label in choices),
    )


def preview(filled: FilledSheet) -> list[SheetLine]:
    """The sheet from its top: what stands above, the first lines, the sums, what stands below."""
    read = filled.read
    places = [column.at for column in read.columns][:WIDEST]
    lines = [
        _above(str(row + 1), texts, places, head=row >= read.head[0]) for row, texts in read.above
    ]
    for line in filled.lines[:SHOWN]:
        values = dict(zip((column.at for column in read.columns), line.values, strict=True))
        lines.append(
            SheetLine(
                str(line.row + 1),
                "",
                tuple(
                    (printed(values[at]), not isinstance(values[at], str), values[at] is None)
                    for at in places
                ),
            )
        )
    rest = len(filled.lines) - SHOWN
    if rest > 0:
        first, last = filled.lines[SHOWN].row + 1, filled.lines[-1].row + 1
        said = _("第 %(first)s—%(last)s 行，%(count)s 个项目")
        gap = said % {"first": first, "last": last, "count": rest}
        lines.append(SheetLine("…", "", gap=gap))
    for row, texts in read.below:
        number = str(filled.shifted(row) + 1)
        if row == read.total:
            summed = list(_texts(texts, places))
            for place, at in enumerate(places):
                if at in filled.sums or read.columns[place].unit:  # a formula over nothing says 0
                    summed[place] = (printed(filled.sums.get(at)), True, False)
            lines.append(SheetLine(number, "im-s", tuple(summed)))
        else:
            lines.append(_above(number, texts, places, head=False))
    return lines


def foot_of(basis: Basis, definitions: str, by: str) -> str:
    """What is written below a table: as of when, from which figures, by what, by whom."""
    return _("截至 %(day)s　数据：%(basis)s　口径版本：%(definitions)s　填表人：%(who)s") % {
        "day": basis.as_of.isoformat(),
        "basis": basis.words,
        "definitions": definitions,
        "who": by,
    }


def notes_of(columns: list[ColumnLine], filled: FilledSheet) -> list[str]:
    """What stands on the sheet of notes: what is empty and why, which months the sums of which row
    lack, what was not found."""
    notes = [_("填报说明（报出前请核对，可以删掉这一页）")]
    notes += [f"{line.letter} {line.title}：{line.why}" for line in columns if line.why]
    for place, column in enumerate(filled.read.columns):
        if column.field not in MONTHLY:
            continue
        names = [line.name for line in filled.lines if line.values[place] is None]
        for first in range(0, len(names), NAMES):
            notes.append(
                _("%(column)s 未报：%(names)s")
                % {
                    "column": f"{column.letter} {column.title}",
                    "names": "、".join(names[first : first + NAMES]),
                }
            )
    lacking = lacking_lines(filled)
    if lacking:
        notes.append(_("累计里缺月份的（那几个月没有采信的数，不当作 0）："))
        notes += lacking
    if filled.unknown:
        said = _("登记册里没有的项目，没有填：%(names)s")
        notes.append(said % {"names": "、".join(filled.unknown)})
    return [*notes, *filled.read.notes]


def unit_choices(unit: str) -> list[tuple[str, bool]]:
    """The units of money a column may be in."""
    return [(one, one == unit) for one in UNITS]


def _above(number: str, texts: tuple[str, ...], places: list[int], *, head: bool) -> SheetLine:
    """A row above the lines; a title that stands alone runs across."""
    filled = [text for text in texts if text]
    if len(filled) == 1 and not head:
        return SheetLine(number, "im-no", gap=filled[0])
    return SheetLine(number, "im-h" if head else "im-no", _texts(texts, places))


def _texts(texts: tuple[str, ...], places: list[int]) -> tuple[tuple[str, bool, bool], ...]:
    held: Mapping[int, str] = dict(enumerate(texts))
    return tuple((held.get(at, ""), False, False) for at in places)
