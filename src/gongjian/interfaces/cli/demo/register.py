"""The demo's register: 300 projects, their lists, stages, months of money and moved dates.

More than 300 are made like those of the file, for whoever wants to see a large register.
"""

import csv
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files

from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import projects_registered
from gongjian.flow.projects.usecases import (
    Because,
    MonthWords,
    Paper,
    PlannedMonths,
    ProjectWords,
    Proof,
    StageWords,
    YearWords,
    accept_months,
    accept_stages,
    add_to_list,
    bring_map,
    change_project,
    check_months,
    check_stages,
    count_target,
    make_list,
    plan_months,
    publish_rates,
    reckon_rates,
    recognise_stages,
    register_projects,
    report_months,
    report_stages,
    suspend_project,
)
from gongjian.interfaces.cli.demo.county import County
from gongjian.interfaces.cli.demo.data import table
from gongjian.interfaces.cli.demo.following import (
    Adjusting,
    follow_permits,
    sponsor_everybody,
)
from gongjian.interfaces.cli.demo.months import Event
from gongjian.interfaces.cli.demo.year import Year
from gongjian.lib.days import LOCAL
from gongjian.lib.unit_codes import uscc_of

WAN = Decimal(10_000)
FILLER = "projects"
LISTED = date(2020, 3, 31)
LISTS = (
    ("county", "2020年重大重点项目名单", ""),
    ("prefecture", "2020年潍坊市重点项目（示例）", "prefecture"),
    ("province", "2020年省重点项目（示例）", "province"),
)
PAPER = "诸攻坚办发〔2020〕5号（示例）"
PROOFS = {
    "signed": ("contract",),
    "established": ("filing",),
    "feasibility_approved": ("feasibility_reply",),
    "started": ("building_contract", "building_permit", "site_check"),
    "completed": ("acceptance",),
}
TITLES = {
    "contract": "投资合同（示例）",
    "filing": "备案证明（示例）",
    "feasibility_reply": "可研批复（示例）",
    "building_contract": "施工合同（示例）",
    "building_permit": "施工许可证（示例）",
    "site_check": "现场核查记录（示例）",
    "acceptance": "竣工验收备案（示例）",
}
COUNTED = {"T07": "signed", "T08": "established", "T09": "started"}
COUNTS = date(2020, 6, 1)
JUNE = date(2020, 6, 23)
WAITING = ("started", "completed")  # of June: the office has not looked yet
REGION = "370782"
Row = dict[str, str]


def register_events(county: County, year: Year, *, many: int) -> Iterator[Event]:
    """The register is filled in April and goes on by the month, after the projects of duties."""
    register = _Register(county, year, many)
    yield from (
        Event(_at(4, 7, 10), 2, register.register),
        Event(_at(4, 7, 11), 2, register.list_them),
        Event(_at(4, 8, 9), 2, lambda at: register.report(at, upto=date(2020, 3, 31))),
        Event(_at(4, 8, 15), 2, lambda at: register.pay(at, (1, 2, 3))),
        Event(_at(5, 8, 9), 2, lambda at: register.report(at, upto=date(2020, 4, 30))),
        Event(_at(5, 8, 15), 2, lambda at: register.pay(at, (4,))),
        Event(_at(4, 8, 16), 2, register.sponsor),
        Event(_at(4, 9, 9), 2, register.permits),
        Event(_at(5, 15, 9), 2, lambda at: register.adjusting.in_may(at)),
        Event(_at(6, 22, 8), 2, lambda at: register.adjusting.in_june(at)),
        Event(_at(6, 22, 9), 2, register.sponsor),
        Event(_at(5, 20, 9), 2, register.move_dates),
        Event(_at(6, 5, 9), 2, lambda at: register.report(at, upto=date(2020, 5, 31))),
        Event(_at(6, 5, 15), 2, lambda at: register.pay(at, (5,))),
        Event(_at(6, 5, 16), 2, register.reckon),
        Event(_at(6, 8, 10), 2, register.count),
        Event(
            _at(6, 24, 10), 2, lambda at: register.report(at, upto=date(2020, 6, 23), waits=True)
        ),
    )


class _Register:
    """Does what projects.csv says, in batches, each act by the account whose turn it is."""

    def __init__(self, county: County, year: Year, many: int) -> None:
        self.county, self.year, self.many = county, year, many
        self.office, self.reviewer = county.users["office"], county.users["office.review"]
        self.clerk = county.users["projects.fill"]
        self.head = county.users["projects.check"]
        self.rows: list[tuple[Project, Row]] = []
        self.reported: set[tuple[int, str]] = set()

    def register(self, at: datetime) -> None:
        there = len(projects_registered(self.year.campaign))
        told = _some(_rows(), self.many - there)
        words = [(self._words(row), _year(row)) for row in told]
        made = register_projects(self.year.campaign, words, by=self.office, at=at)
        self.rows = [*zip(made, told, strict=True), *self._of_duties()]
        plans = [PlannedMonths(project, _plan(row)) for project, row in self.rows]
        plan_months(plans, self.year.campaign, by=self.office, at=at)

    def _of_duties(self) -> Iterator[tuple[Project, Row]]:
        """The projects that the list of duties brought, with what their rows say."""
        there = {one.name: one for one in projects_registered(self.year.campaign)}
        blank = dict.fromkeys(_rows()[0], "") | {"track": "enterprise"}
        for row in table("duties")["project"]:
            told = {name: str(value) for name, value in row.items() if name in blank}
            yield there[row["name"]], blank | told

    def list_them(self, at: datetime) -> None:
        whole = projects_registered(self.year.campaign)
        for kind, name, level in LISTS:
            listed = make_list(self.year.campaign, kind, name, by=self.office, at=at)
            chosen = [p for p, row in self.rows if row["level"] == level] if level else whole
            add_to_list(listed, chosen, Paper(PAPER, LISTED), by=self.office, at=at)
            if not level:
                self.listed = listed
                self.adjusting = Adjusting(self.county, listed, self.rows)
        publish_rates(by=self.office, at=at)
        bring_map((files(__package__) / "tiles.geojson").read_bytes(), by=self.office, at=at)

    def sponsor(self, at: datetime) -> None:
        sponsor_everybody(self.county, self.year, at=at)

    def permits(self, at: datetime) -> None:
        follow_permits(self.county, self.rows, at=at)

    def count(self, at: datetime) -> None:
        """From June on what was signed, filed and started is counted, and nobody types it."""
        for code, stage in COUNTED.items():
            target = self.year.targets[code]
            count_target(target, "stage_events", stage, from_day=COUNTS, by=self.office, at=at)

    def report(self, at: datetime, *, upto: date, waits: bool = False) -> None:
        """Stages up to a day that were not reported yet; the newest starts wait to be accepted."""
        said = [
            (project, words)
            for project, row in self.rows
            for words in self._stages(row)
            if words.day <= upto and (project.pk, words.stage) not in self.reported
        ]
        self.reported |= {(project.pk, words.stage) for project, words in said}
        events = report_stages(said, by=self.clerk, at=at)
        check_stages(events, by=self.head, at=at)
        recognised = [event for event in events if event.recogniser_id is not None]
        recognise_stages(recognised, by=self.county.users["invest.lead"], at=at)
        ready = [event for event in events if not (waits and event.stage in WAITING)]
        accept_stages(ready, by=self.reviewer, at=at)

    def pay(self, at: datetime, months: Sequence[int]) -> None:
        said = [
            (project, words)
            for project, row in self.rows
            for month in months
            if (words := _paid(row, month)) is not None
        ]
        rows = report_months(said, by=self.clerk, at=at)
        check_months(rows, by=self.head, at=at)
        accept_months(rows, by=self.reviewer, at=at)

    def move_dates(self, at: datetime) -> None:
        """Some are put off, each with its reason; two rest for a while."""
        moved = [(project, row) for project, row in self.rows if row["moved_to"]]
        for project, row in moved:
            words = replace(ProjectWords.of(project), planned_start=last_day(row["moved_to"]))
            change_project(
                project,
                words,
                version=project.version,
                reason=row["moved_why"],
                by=self.office,
                at=at,
            )
        for project, row in moved[-2:]:
            why = Because(at.date(), row["moved_why"], PAPER)
            resume = date(2020, 9, 1)
            suspend_project(project, why, expected_resume=resume, by=self.office, at=at)

    def reckon(self, at: datetime) -> None:
        reckon_rates(self.listed, as_of=date(2020, 5, 31), by=self.office, at=at)

    def _words(self, row: Row) -> ProjectWords:
        return ProjectWords(
            name=row["name"],
            code=row["code"],
            township=self.county.units[row["township"]],
            filler=self.county.units[FILLER],
            track=row["track"],
            category=row["category"],
            nature=row["nature"],
            industry=row["industry"],
            promoted=row["promoted"] == "True",
            owner=row["owner"],
            uscc=row["uscc"],
            investor=row["investor"],
            scope=row["scope"],
            total_investment=amount_of(row["total"]),
            contract_funds=amount_of(row["contract"]),
            land_secured_on=_day(row["land"]),
            stat_enrolled_on=_day(row["stat"]),
            planned_start=last_day(row["planned_start"]),
            planned_start_precision="month",
            planned_finish=last_day(row["planned_finish"]),
            planned_finish_precision="month",
        )

    def _stages(self, row: Row) -> Iterator[StageWords]:
        filed = "established" if row["track"] == "enterprise" else "feasibility_approved"
        for column, stage in (
            ("signed", "signed"),
            ("established", filed),
            ("started", "started"),
            ("completed", "completed"),
        ):
            if row[column]:
                day = date.fromisoformat(row[column])
                number = f"示例〔{day.year}〕{row['uscc'][8:16]}号"
                proofs = tuple(Proof(code, TITLES[code], number) for code in PROOFS[stage])
                invest = self.county.units["invest"] if stage == "signed" else None
                yield StageWords(stage, day, proofs, recogniser=invest)


def _rows() -> list[Row]:
    text = (files(__package__) / "projects.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _some(rows: list[Row], many: int) -> list[Row]:
    """So many rows: what three targets count comes first; beyond the file, more like them."""
    first = sorted(rows, key=lambda row: row["promoted"] != "True")
    rounds = range(1, -(-many // len(rows)))
    return [*first, *(_like(row, n, len(rows)) for n in rounds for row in rows)][:many]


def _like(row: Row, n: int, whole: int) -> Row:
    """Another project of the same kind: other people's, continued, and counted by no target."""
    serial = n * whole + int(row["uscc"][8:16])
    here = f"示例{n}区"
    told = {name: row[name].replace("示例", here, 1) for name in ("name", "owner", "investor")}
    code = f"{row['code'][:-6]}{500_000 + serial:06}" if row["code"] else ""
    stages = ("signed", "established", "started")
    last_year = {name: _year_before(row[name]) for name in stages}
    uscc = uscc_of(serial, region=REGION)
    return {**row, **told, **last_year, "code": code, "uscc": uscc, "promoted": "False"}


def _year_before(day: str) -> str:
    return f"{int(day[:4]) - 1}{day[4:]}" if day else ""


def _year(row: Row) -> YearWords:
    return YearWords(row["plan_class"], amount_of(row["year_plan"]), amount_of(row["done_before"]))


def _plan(row: Row) -> dict[str, Decimal]:
    amounts = enumerate(row["plan"].split(), start=1)
    return {f"2020-{month:02}": Decimal(amount) * WAN for month, amount in amounts}


def _paid(row: Row, month: int) -> MonthWords | None:
    done, early, arrived = (_of(row[name], month) for name in ("done", "early", "arrived"))
    if done is None and early is None and not arrived:
        return None
    return MonthWords(f"2020-{month:02}", done=done, early_cost=early, arrived=arrived)


def _of(amounts: str, month: int) -> Decimal | None:
    said = amounts.split()
    return None if not said or said[month - 1] == "-" else Decimal(said[month - 1]) * WAN


def amount_of(amount: str) -> Decimal | None:
    return Decimal(amount) * WAN if amount else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def last_day(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def _at(month: int, day: int, hour: int) -> datetime:
    return datetime(2020, month, day, hour, tzinfo=LOCAL)
