"""The month sheet: a window of projects with their money of a year, accepted and not yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    Count,
    DateTimeField,
    DecimalField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from gongjian.engine.standing import MONTHS, Standing, stand_at
from gongjian.engine.typed import read_typed
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    InvestmentMonth,
    MonthCell,
    MonthPlan,
    Project,
    ProjectDescent,
    ProjectList,
)
from gongjian.flow.projects.queries.amounts import COLUMNS, MonthMoney
from gongjian.flow.projects.queries.events import months_visible_to
from gongjian.flow.projects.queries.listing import RegisterFilter, in_register, narrowed
from gongjian.flow.projects.queries.lists import members_on
from gongjian.flow.projects.queries.reached import last_heirs
from gongjian.foundation.acceptance.models import State
from gongjian.foundation.acceptance.rules import FILL, OPEN
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.rules import KEEP_OFFICE, allows
from gongjian.lib.days import LOCAL, local_day

Column = MonthCell.Column
NEVER = datetime(2000, 1, 1, tzinfo=LOCAL)
NOTHING = MonthMoney(None, None, None, None)
SUM, WHOLE = DecimalField(max_digits=20, decimal_places=2), IntegerField()


@dataclass(frozen=True, slots=True)
class SheetFilter:
    """Which projects a sheet shows: as the register, by who reports, by list, or one's own."""

    register: RegisterFilter = field(default_factory=RegisterFilter)
    unit: str = ""
    listed: ProjectList | None = None
    own: int | None = None  # the key of a unit
    waiting: tuple[str, str] | None = None  # a month, and the state that waits for a step

    @property
    def any(self) -> bool:
        return bool(self.register.any or self.unit or self.listed)


@dataclass(frozen=True, slots=True)
class Told:
    """A month that was sent in and does not count yet, or was returned."""

    uid: UUID
    version: int
    state: str
    money: MonthMoney
    words: str
    correction: bool
    return_reason: str


@dataclass(slots=True)
class MonthOf:
    """One month of one project; `cells` are drafts: {column: (typed, version)}."""

    planned: Decimal | None = None
    money: MonthMoney = NOTHING
    words: str = ""
    uid: UUID | None = None  # of the first row that was sent in
    accepted: bool = False
    told: Told | None = None
    cells: dict[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether a reporter may still type: nothing was sent in, or it came back."""
        return not self.accepted and (self.told is None or self.told.state in OPEN)

    def is_unsettled(self, column: str) -> bool:
        """Whether a figure waits to be sent in, checked or accepted."""
        under_way = self.told is not None and self.told.state not in OPEN
        return column in self.cells or (under_way and column != Column.PLANNED)

    @property
    def says_anything(self) -> bool:
        """Whether sending the drafts in would say or change something."""
        blank = all(not typed.strip() for typed, _version in self.cells.values())
        return bool(self.cells) and (not blank or self.told is not None)

    def standing_value(self, column: str) -> Decimal | str | None:
        """What a cell shows without its draft: what counts, else what was sent in."""
        if column == Column.PLANNED:
            return self.planned
        source = self.told if self.told is not None and not self.accepted else self
        if column == Column.WORDS:
            return source.words
        value: Decimal | None = getattr(source.money, column)
        return value

    def would_say(self, column: str) -> Decimal | None:
        """The figure of a column if the drafts were sent in; one that is no number counts as one.

        Of a month that came back, what it said stands where nothing else is typed.
        """
        if column in self.cells:
            read = read_typed(self.cells[column][0])
            return read.yuan if read.code in ("ok", "empty") else Decimal(0)
        value = self.standing_value(column)
        return value if isinstance(value, Decimal) else None

    def as_told(self, column: str) -> Decimal | None:
        """The figure with what does not count yet; a draft that is no number changes nothing."""
        value = self.planned if column == Column.PLANNED else getattr(self.money, column)
        if self.told is not None and self.told.state not in OPEN and column != Column.PLANNED:
            value = getattr(self.told.money, column)
        if column in self.cells:
            read = read_typed(self.cells[column][0])
            return read.yuan if read.code in ("ok", "empty") else value
        return value


@dataclass(slots=True)
class SheetRow:
    """A project of the sheet with its twelve months, January first."""

    pk: int
    uid: UUID
    name: str
    code: str
    township: str
    unit: str
    unit_pk: int | None
    standing: str
    total: Decimal | None
    year_plan: Decimal | None
    done_before: Decimal | None
    months: list[MonthOf] = field(default_factory=lambda: [MonthOf() for _ in range(MONTHS)])

    def counted(self, month: int, column: str = Column.DONE) -> Standing:
        """Where the project stands by what was accepted."""
        figures = [getattr(one.money, column) for one in self.months]
        return self._stands([one.planned for one in self.months], figures, month)

    def told(self, month: int, column: str = Column.DONE) -> Standing:
        """Where it would stand if all that was sent in and typed were accepted."""
        planned = [one.as_told(Column.PLANNED) for one in self.months]
        return self._stands(planned, [one.as_told(column) for one in self.months], month)

    def _stands(
        self, planned: list[Decimal | None], done: list[Decimal | None], month: int
    ) -> Standing:
        return stand_at(planned, done, year_plan=self.year_plan, month=month)


@dataclass(frozen=True)
class Window:
    """The projects of one page of the sheet, and how many there are."""

    rows: list[SheetRow]
    total: int

    @cached_property
    def keys(self) -> list[int]:
        return [row.pk for row in self.rows]


def sheet_window(
    campaign: Campaign,
    wanted: SheetFilter,
    *,
    reader: User,
    at: datetime,
    offset: int,
    limit: int,
) -> Window:
    """A window of the sheet in the order of the register. Two queries; five with a stage."""
    found = _wanted(campaign, wanted, at=at)
    counted = found.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk"))
    whole = found.annotate(whole=Subquery(counted.values("n")))
    lines = list(_told(whole, campaign, "whole")[offset : offset + limit])
    if not lines and offset:
        return Window([], found.count())
    rows = [SheetRow(*line[:-1]) for line in lines]
    fill_months(rows, year=campaign.year, reader=reader)
    return Window(rows, lines[0][-1] if lines else 0)


def sheet_rows(campaign: Campaign, uids: Iterable[UUID], *, reader: User) -> list[SheetRow]:
    """The rows of these projects of a year, in their order. Two queries."""
    found = in_register(campaign, RegisterFilter()).filter(uid__in=list(uids))
    rows = [SheetRow(*line) for line in _told(found, campaign)]
    fill_months(rows, year=campaign.year, reader=reader)
    return rows


def sheet_keys(
    campaign: Campaign, wanted: SheetFilter, *, at: datetime
) -> list[tuple[UUID, str, str]]:
    """(uid, name, code) of every project of the sheet, in its order. One query."""
    return list(_wanted(campaign, wanted, at=at).values_list("uid", "name", "code"))


def fill_months(rows: Iterable[SheetRow], *, year: int, reader: User) -> None:
    """The money of a year for each of the rows: what counts, what was sent in, what was typed.

    Of two projects found to be one, the month of the one that stayed counts; the other's only
    where that has none. One query, however many.
    """
    of = {row.pk: row for row in rows}
    found = [_Line._make(line) for line in _lines(list(of), year, reader)]
    heirs = last_heirs({line.project: line.number for line in found if line.kind == "merge"})
    lent: dict[tuple[int, int], MonthMoney] = {}
    for line in sorted(found, key=lambda one: (one.kind, one.at, one.number)):
        if line.kind == "merge":
            continue
        row, place = of.get(line.project), int(line.month[5:]) - 1
        if row is not None:
            _put(row.months[place], line)
        elif line.kind == "month" and line.code == State.ACCEPTED:
            heir = heirs.get(line.project)
            if heir in of:
                lent[heir, place] = line.money
    for (heir, place), money in lent.items():
        month = of[heir].months[place]
        if not month.accepted:
            month.money, month.accepted = money, True


def cells_seen_by(reader: User) -> Q:
    """Whose drafts a reader sees: those of the own unit; plans are the office's."""
    seen = Q(pk__in=[])
    if reader.unit_id is not None and allows(FILL, reader):
        seen |= Q(unit=reader.unit_id)
    if allows(KEEP_OFFICE, reader):
        seen |= Q(column=Column.PLANNED)
    return seen


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """What a sheet may be narrowed to: places, units that report, lists."""

    townships: list[str]
    units: list[str]
    lists: list[tuple[UUID, str]]


def sheet_choices(campaign: Campaign, *, on: date) -> SheetChoices:
    """The choices of the filters, in their order. One query."""
    township = Q(kind=Unit.Kind.TOWNSHIP)
    reports = Exists(Project.objects.filter(filler=OuterRef("pk")))
    units = Unit.objects.in_force(on).filter(township | Q(reports)).order_by()
    lists = campaign.lists.order_by()
    found = (
        units.annotate(what=F("kind"), named=F("short_name"), place=F("order"))
        .values_list("what", "named", "uid", "place")
        .union(
            lists.annotate(what=Value("list"), named=F("name"), place=F("pk")).values_list(
                "what", "named", "uid", "place"
            ),
            all=True,
        )
    )
    lines = sorted(found, key=lambda line: line[3])
    return SheetChoices(
        townships=[name for what, name, _uid, _place in lines if what == Unit.Kind.TOWNSHIP],
        units=[name for what, name, _uid, _place in lines if what != "list"],
        lists=[(uid, name) for what, name, uid, _place in lines if what == "list"],
    )


class _Line(NamedTuple):
    """One row of the union: a month, a plan, a draft, or a project found to be another one."""

    kind: str
    project: int
    month: str
    done: Decimal | None
    stat_done: Decimal | None
    arrived: Decimal | None
    early_cost: Decimal | None
    words: str
    code: str  # state of a month, column of a draft
    reason: str
    corrects: int | None
    uid: UUID
    number: int  # version; of a merge the project that stayed
    at: datetime

    @property
    def money(self) -> MonthMoney:
        return MonthMoney(self.done, self.stat_done, self.arrived, self.early_cost)


def _lines(keys: list[int], year: int, reader: User) -> Any:
    """All that one window needs of four tables, in one query."""
    merged = ProjectDescent.objects.filter(kind=ProjectDescent.Kind.MERGE)
    of_year = Q(month__startswith=f"{year}-")
    lending = Q(state=State.ACCEPTED, project__in=merged.values("earlier"))
    months = months_visible_to(reader).filter(Q(project__in=keys) | lending, of_year)
    plans = MonthPlan.objects.filter(of_year, project__in=keys)
    cells = MonthCell.objects.filter(of_year, cells_seen_by(reader), project__in=keys)
    known = Coalesce(F("accepted_at"), F("filled_at"), Value(NEVER), output_field=DateTimeField())
    money = {column: F(column) for column in COLUMNS}
    return _shaped(
        months, "month", words=F("words"), code=F("state"), reason=F("return_reason"),
        corrects=F("corrects"), number=F("version"), moment=known, **money,
    ).union(
        _shaped(plans, "plan", done=F("planned"), number=F("number"), moment=F("set_at")),
        _shaped(cells, "cell", words=F("typed"), code=F("column"), number=F("version"),
                moment=F("typed_at")),
        _shaped(merged, "merge", project=F("earlier"), month=Value(""), number=F("later"),
                moment=Value(NEVER, output_field=DateTimeField())),
        all=True,
    )  # fmt: skip


def _shaped(rows: QuerySet[Any], kind: str, *, moment: object, **known: object) -> Any:
    """Rows of one table in the columns of the union."""
    nothing = Value(None, output_field=SUM)
    said: dict[str, object] = {
        "kind": Value(kind), "project": F("project"), "month": F("month"), "done": nothing,
        "stat_done": nothing, "arrived": nothing, "early_cost": nothing, "words": Value(""),
        "code": Value(""), "reason": Value(""), "corrects": Value(None, output_field=WHOLE),
        "uid": F("uid"), "number": Value(0), "at": moment,
    }  # fmt: skip
    said |= known
    # Under names of their own: an annotation may not bear that of a column.
    shaped = rows.order_by().annotate(**{f"x_{name}": said[name] for name in _Line._fields})
    return shaped.values_list(*(f"x_{name}" for name in _Line._fields))


def _put(month: MonthOf, line: _Line) -> None:
    if line.kind == "plan":
        month.planned = line.done
    elif line.kind == "cell":
        month.cells[line.code] = (line.words, line.number)
    elif line.code == State.ACCEPTED:
        month.money, month.words, month.accepted = line.money, line.words, True
    else:
        month.told = Told(line.uid, line.number, line.code, line.money, line.words,
                          line.corrects is not None, line.reason)  # fmt: skip
    if line.kind == "month" and line.corrects is None:
        month.uid = line.uid


def _wanted(campaign: Campaign, wanted: SheetFilter, *, at: datetime) -> QuerySet[Project]:
    found = in_register(campaign, wanted.register)
    if wanted.listed is not None:
        found = found.filter(pk__in=members_on(wanted.listed, local_day(at)).values("pk"))
    if wanted.own is not None:
        found = found.filter(_reported_by(Q(pk=wanted.own)))
    if wanted.waiting is not None:
        month, state = wanted.waiting
        told = InvestmentMonth.objects.filter(month=month, state=state)
        found = found.filter(pk__in=told.values("project"))
    if wanted.unit:
        found = found.filter(_reported_by(Q(short_name=wanted.unit)))
    return narrowed(found, campaign, wanted.register, known_at=at)


def _told(found: QuerySet[Project], campaign: Campaign, *more: str) -> Any:
    """The columns of a row, in its order; a project without a place in the year has no plan."""
    return found.annotate(
        year=FilteredRelation("years", condition=Q(years__campaign=campaign)),
        town=Coalesce(F("township__short_name"), Value("")),
        reports=Coalesce(F("filler__short_name"), F("township__short_name"), Value("")),
        reporting=Coalesce(F("filler"), F("township")),
    ).values_list(
        "pk", "uid", "name", "code", "town", "reports", "reporting", "standing",
        "total_investment", "year__plan_investment", "year__done_before", *more,
    )  # fmt: skip


def _reported_by(which: Q) -> Q:
    units = Unit.objects.filter(which).values("pk")
    return Q(filler__in=units) | Q(filler__isnull=True, township__in=units)
