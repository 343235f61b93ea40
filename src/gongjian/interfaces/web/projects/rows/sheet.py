"""The rows of the month sheet: every cell written once, ready to print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, partial
from html import escape
from uuid import UUID

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjian.flow.projects.models import MonthCell
from gongjian.flow.projects.queries import Asked, MoneyStanding, MonthOf, SheetRow
from gongjian.foundation.acceptance.models import State
from gongjian.interfaces.web.projects.money import WAN
from gongjian.interfaces.web.tags import options as written_options
from gongjian.lib.rounding import grouped, rounded

Column = MonthCell.Column
MONEY = (Column.PLANNED, Column.DONE, Column.STAT_DONE, Column.ARRIVED, Column.EARLY_COST)
COLUMNS = (*MONEY, Column.WORDS)
SUMS = (Column.DONE, Column.STAT_DONE, Column.PLANNED)
YEARLY: tuple[str, ...] = ("sum", "gap", "need", "state")
DERIVED: tuple[str, ...] = ("before", "plans", "sum", "stat", "gap", "need", "state")
SELECTED = mark_safe(" selected")
ENDED = ("terminated", "relocated", "split", "merged")


def phrases() -> dict[str, str]:
    """What rows say, by column and by state; looked up once a language and not once a cell."""
    return _phrases(get_language() or "")


@cache
def _phrases(_language: str) -> dict[str, str]:
    return {
        **{column.value: str(column.label) for column in COLUMNS},
        **{state.value: str(state.label) for state in State},
        "before": _("上月完成"), "plans": _("累计计划"), "sum": _("累计完成（调度）"),
        "stat": _("累计完成（统计）"), "gap": _("缺口"), "need": _("以后每月需"),
        "state": _("状态"), "year": _("年计划"), "month": _("%(month)s月"), "late": _("补报"),
        "ahead": _("未到"), "none": _("未报"), "draft_of": _("草稿"), "correction": _("更正"),
        "not_yet": _("未采信"), "with": _("含未采信的数"), "no_year": _("本年未报"),
        "one": _("%(month)s月未报"), "many": _("%(month)s月等 %(many)s 个月未报"),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all rows of one sheet share: the month, what the reader may fill, what is closed."""

    year: int
    number: int
    today: str
    closed: Mapping[str, str]
    unit: int | None = None  # whose projects the reader reports on
    plans: bool = False  # whether the reader plans
    step: str = ""  # the state of months whose next step is the reader's
    measure: str = ""  # the one column of a sheet of the whole year; empty: one month
    faults: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    asked: Mapping[tuple[int, str], list[Asked]] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=phrases)
    base: str = field(default_factory=partial(reverse, "projects"))

    def key(self, number: int) -> str:
        return f"{self.year}-{number:02}"

    @property
    def keys(self) -> list[str]:
        """month:column of each column that is filled in, in the order of the table."""
        if self.measure:
            return [f"{self.key(number)}:{self.measure}" for number in range(1, 13)]
        return [f"{self.month}:{column}" for column in COLUMNS]

    @property
    def month(self) -> str:
        return self.key(self.number)

    def is_editable(self, row: SheetRow, number: int, column: str) -> bool:
        """Whether the reader may type here; the use-case asks its rules again."""
        key = self.key(number)
        if key in self.closed or row.standing in ENDED:
            return False
        if column == Column.PLANNED:
            return self.plans
        return (
            self.unit is not None
            and row.unit == self.unit
            and key <= self.today
            and row.months[number - 1].is_open
        )


def amount(value: Decimal | None) -> str:
    """万元 with thousand separators, without its unit. Missing: an empty string."""
    if value is None:
        return ""
    return grouped(rounded(value / WAN, 2)).replace("-", "−")


def table_body(rows: list[SheetRow], sheet: Sheet) -> SafeString:
    """The rows of a window."""
    return mark_safe(  # every word of a person is escaped
        "".join(_line(row, sheet, place) for place, row in enumerate(rows))
    )


def table_foot(sums: Mapping[str, str], sheet: Sheet) -> SafeString:
    """What a window adds up to, as cells."""
    months = [str(number) for number in range(1, 13)]
    columns = [*months, "sum"] if sheet.measure else [*MONEY, "", "before", "plans", "sum", "stat"]
    cells = "".join(
        f'<td class="g-num" data-s="{name}">{sums[name]}</td>' if name else "<td></td>"
        for name in columns
    )
    return mark_safe(cells + "<td></td>" * 3)


def _line(row: SheetRow, sheet: Sheet, place: int) -> str:
    """One project as a row of the table: its name, its cells, what follows from them."""
    if sheet.measure:
        cells = "".join(_cell(row, sheet, n, sheet.measure, place) for n in range(1, 13))
        wanted = YEARLY
    else:
        cells = "".join(_cell(row, sheet, sheet.number, column, place) for column in COLUMNS)
        wanted = DERIVED
    told = derived(row, sheet)
    after = "".join(
        f'<td class="{"ms-st" if name == "state" else "g-num ms-" + name}" data-d="{name}"'
        f' data-l="{sheet.words[name]}">{told[name]}</td>'
        for name in wanted
    )
    sub = [sheet.units.get(row.township or 0, "")]
    sub.append(f"{sheet.words['year']} {amount(row.year_plan) or '—'}")
    if row.unit not in (row.township, sheet.unit):  # last: it is what may be cut off
        sub.append(sheet.units.get(row.unit or 0, ""))
    return (
        f'<tr data-p="{row.uid}"><th scope="row" class="ms-nm" id="n{place}">'
        f'<a class="nm" href="{sheet.base}{row.uid}/">{escape(row.name)}</a>'
        f'<span class="sub">{escape(" · ".join(filter(None, sub)))}</span></th>{cells}{after}</tr>'
    )


def derived(row: SheetRow, sheet: Sheet) -> dict[str, str]:
    """What follows from the cells of a row, as markup: sums, gap, need and state."""
    column = sheet.measure if sheet.measure in SUMS[:2] else Column.DONE
    counted, told = row.counted(sheet.number, column), row.told(sheet.number, column)
    stat, stat_told = (row.counted(sheet.number, Column.STAT_DONE).done,
                       row.told(sheet.number, Column.STAT_DONE).done)  # fmt: skip
    before = row.months[sheet.number - 2].money.done if sheet.number > 1 else None
    return {
        "before": amount(before),
        "plans": amount(counted.planned),
        "sum": _sum(counted.done, told.done, sheet),
        "stat": _sum(stat, stat_told, sheet),
        "gap": _follows(counted.gap, told.gap, _lacking(told, sheet), sheet),
        "need": _follows(_need(counted), _need(told), "", sheet),
        "state": _state(row, sheet),
    }


def options(pairs: Iterable[tuple[str, object]], current: str) -> SafeString:
    """What a list of the filters offers; written at once, as there are many."""
    return written_options((value, label, value == current) for value, label in pairs)


def cell_name(uid: UUID, month: str, column: str, version: int) -> str:
    """The name of a field: which cell it is, over which version of its draft."""
    return f"{uid}:{month}:{column}:{version}"


def totals(rows: list[SheetRow], sheet: Sheet) -> dict[str, str]:
    """What the page adds up to, by column; accepted and what is not yet, apart."""
    found = {}
    columns = [(n, sheet.measure) for n in range(1, 13)] if sheet.measure else [
        (sheet.number, column) for column in MONEY
    ]  # fmt: skip
    for number, column in columns:
        name = f"{number}" if sheet.measure else str(column)
        shown = [_shown_amount(row.months[number - 1], column) for row in rows]
        found[name] = amount(_total(shown))
    number = sheet.number
    found["before"] = amount(
        _total([row.months[number - 2].money.done for row in rows]) if number > 1 else None
    )
    found["plans"] = amount(_total([row.counted(number).planned for row in rows]))
    for name, column in (("sum", Column.DONE), ("stat", Column.STAT_DONE)):
        measured = sheet.measure if sheet.measure in SUMS[:2] and name == "sum" else column
        found[name] = _sum(
            _total([row.counted(number, measured).done for row in rows]),
            _total([row.told(number, measured).done for row in rows]),
            sheet,
        )
    return found


def _shown_amount(month: MonthOf, column: str) -> Decimal | None:
    if column in month.cells:
        return month.as_told(column)
    value = month.standing_value(column)
    return value if isinstance(value, Decimal) else None


def _total(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _cell(row: SheetRow, sheet: Sheet, number: int, column: str, place: int) -> str:
    month, key = row.months[number - 1], sheet.key(number)
    standing = month.standing_value(column)
    shown = standing if isinstance(standing, str) else amount(standing)
    typed, version = _typed(month, column)
    label = sheet.words[column] if not sheet.measure else sheet.words["month"] % {"month": number}
    marks = ["ms-w" if column == Column.WORDS else "g-num"]
    if sheet.measure and number == sheet.number:
        marks.append("ms-now")
    if not sheet.is_editable(row, number, column):
        return _closed_cell(row, sheet, number, column, shown, marks, label)
    marks.append("ms-ed")
    if column in month.cells and typed.strip() != shown.strip():
        marks.append("ms-dr")
    fault = sheet.faults.get((row.pk, key, column), "")
    asked = sheet.asked.get((row.pk, column), []) if number == sheet.number else []
    told, more = "", ""
    if fault or asked:
        marks.append("ms-er" if fault else "ms-as")
        ident = f"s{place}{column}{number}"
        told = say(fault, asked, ident)
        more = f' aria-describedby="{ident}"' + (' aria-invalid="true"' if fault else "")
    name = cell_name(row.uid, key, column, version)
    head = f"h{number}" if sheet.measure else f"h-{column}"
    common = f'name="{name}" aria-labelledby="n{place} {head}"{more}'
    if column == Column.WORDS:
        field_ = f'<textarea rows="1" {common}>{escape(typed)}</textarea>'
    else:
        field_ = f'<input {common} value="{escape(typed)}" inputmode="decimal" autocomplete="off">'
    plan = _plan(month, sheet)
    return f'<td class="{" ".join(marks)}" data-l="{label}"{plan}>{field_}{told}</td>'


def fields_of(row: SheetRow, sheet: Sheet) -> dict[str, str]:
    """What stands in the fields of a row, by month:column; cells nobody may type into are none."""
    return {
        key: _typed(row.months[number - 1], column)[0]
        for key in sheet.keys
        for column, number in [(key[8:], int(key[5:7]))]
        if sheet.is_editable(row, number, column)
    }


def _typed(month: MonthOf, column: str) -> tuple[str, int]:
    """What a field shows, and the version of its draft; 0 where there is none."""
    standing = month.standing_value(column)
    shown = standing if isinstance(standing, str) else amount(standing)
    return month.cells.get(column, (shown, 0))


def _closed_cell(
    row: SheetRow,
    sheet: Sheet,
    number: int,
    column: str,
    shown: str,
    marks: list[str],
    label: str,
) -> str:
    month, key = row.months[number - 1], sheet.key(number)
    asked: list[Asked] = []
    if month.told is not None and not month.accepted and column != Column.PLANNED:
        marks.append("ms-wt")
        asked = sheet.asked.get((row.pk, column), []) if number == sheet.number else []
    elif key > sheet.today and column != Column.PLANNED:
        marks.append("ms-fut")
    elif key in sheet.closed:
        marks.append("ms-lock")
    told = ""
    if asked:
        marks.append("ms-as")
        answer = sheet.answers.get(row.pk, "")
        told = say("", [Asked(one.code, one.sentence) for one in asked], "", answer=answer)
    plan = _plan(month, sheet)
    return f'<td class="{" ".join(marks)}" data-l="{label}"{plan}>{escape(shown)}{told}</td>'


def _plan(month: MonthOf, sheet: Sheet) -> str:
    """In a sheet of the year a figure stands under what was planned for its month."""
    if sheet.measure not in SUMS[:2]:
        return ""
    return f' data-plan="{amount(month.planned)}"'


def say(fault: str, asked: list[Asked], name: str, *, answer: str = "") -> str:
    """The sentences beside a cell: what is wrong, what is asked back, what else it could be."""
    said = [f'<b class="ms-bad">{escape(fault)}</b>'] if fault else []
    for one in asked:
        said.append(escape(one.sentence))
        if one.fix is not None:
            words = _("改为 %(value)s") % {"value": amount(one.fix)}
            button = f'<button class="btn btn-sm" type="button" data-fix="{amount(one.fix)}">'
            said.append(f"{button}{words}</button>")
    if answer:
        said.append(escape(_("说明：%(why)s") % {"why": answer}))
    inside = "".join(f"<span>{one}</span>" for one in said)
    ident = f' id="{name}"' if name else ""
    return f'<div class="ms-pop"{ident}>{inside}</div>'


def _sum(counted: Decimal | None, told: Decimal | None, sheet: Sheet) -> str:
    """What was accepted; behind it, marked, what is sent in or typed and does not count yet."""
    shown = amount(counted)
    more = (told or Decimal(0)) - (counted or Decimal(0))
    if told is None or told == counted:
        return shown
    sign = "+" if more >= 0 else ""
    return f'{shown}<i class="ms-more" title="{sheet.words["not_yet"]}">{sign}{amount(more)}</i>'


def _follows(counted: Decimal | None, told: Decimal | None, lacking: str, sheet: Sheet) -> str:
    if told is None:
        return f'<span class="g-3">{escape(lacking) or "—"}</span>'
    if counted == told:
        return _signed(told)
    return f'<i class="ms-more ms-with" title="{sheet.words["with"]}">{_signed(told)}</i>'


def _signed(value: Decimal) -> str:
    shown = amount(value)
    return f"<b>{shown}</b>" if value < 0 else shown


def _need(standing: MoneyStanding) -> Decimal | None:
    return None if standing.needed is None else max(standing.needed, Decimal(0))


def _lacking(standing: MoneyStanding, sheet: Sheet) -> str:
    """Which months were not reported: 5月未报, 3–5月未报; a year without any is 本年未报."""
    months = standing.unreported
    if not months:
        return ""
    if standing.done is None:
        return sheet.words["no_year"]
    said = {"month": months[0], "many": len(months)}
    return sheet.words["many" if len(months) > 1 else "one"] % said


def _state(row: SheetRow, sheet: Sheet) -> str:
    """Where the month of a project stands, with the tick or the link that leads on."""
    month = row.months[sheet.number - 1]
    if month.told is not None:
        told = month.told
        label = str(escape(sheet.words[told.state]))
        link = f'<a href="{sheet.base}months/{told.uid}/">{label}</a>'
        if told.correction:
            link = f"{sheet.words['correction']} {link}"
        if told.state == sheet.step:
            named = escape(_("勾选 %(name)s") % {"name": row.name})
            tick = (
                f'<input class="form-check-input" type="checkbox" name="row" form="step"'
                f' value="{told.uid}:{told.version}" aria-label="{named}">'
            )
            return f"<label>{tick} {link}</label>"
        if told.return_reason:
            return f'<span title="{escape(told.return_reason)}">{link}</span>'
        return link
    if month.accepted:
        label = sheet.words[State.ACCEPTED]
        return f'<a href="{sheet.base}months/{month.uid}/">{label}</a>' if month.uid else label
    drafts = sum(1 for typed, _version in month.cells.values() if typed.strip())
    if drafts:
        return f'<span class="g-tag g-tag-a">{sheet.words["draft_of"]} {drafts}</span>'
    if sheet.month > sheet.today:
        return f'<span class="g-3">{sheet.words["ahead"]}</span>'
    if sheet.month in sheet.closed and sheet.unit == row.unit:
        link = f"{sheet.base}{row.uid}/months/new/?month={sheet.month}"
        return f'<a href="{link}">{sheet.words["late"]}</a>'
    return f'<span class="g-none">{sheet.words["none"]}</span>'
