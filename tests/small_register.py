"""A register small enough to be read whole: the small county, a township, two projects, a list."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.apps import apps

from gongjian.flow.projects.models import Project, ProjectList
from gongjian.flow.projects.usecases import (
    MonthWords,
    Paper,
    ProjectWords,
    Proof,
    StageWords,
    YearWords,
    accept_months,
    accept_stages,
    add_to_list,
    check_months,
    check_stages,
    make_list,
    register_project,
    report_month,
    report_stage,
)
from gongjian.foundation.orgs.models import Role, Unit
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import create_account, grant_role, register_units
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.days import LOCAL, local_day
from small_county import BEGIN, JUNE, PASSWORD, County, small_county

FEBRUARY = datetime(2020, 2, 3, 9, tzinfo=LOCAL)
PROOFS = {
    "signed": ("contract",),
    "established": ("filing",),
    "feasibility_approved": ("feasibility_reply",),
    "started": ("building_contract", "building_permit", "site_check"),
    "completed": ("acceptance",),
    "in_production": ("invoice",),
    "full_effect": ("performance_review",),
    "negotiating": ("visit_record",),
    "framework_signed": ("framework",),
}
PAPER = Paper(doc_no="示例办发〔2020〕1号", day=date(2020, 1, 20))


@dataclass
class Register:
    """What a test reaches for: the county, a township with two accounts, a list, two projects."""

    county: County
    township: Unit
    listed: ProjectList
    mill: Project
    dairy: Project

    def __getattr__(self, name):
        return getattr(self.__dict__["county"], name)

    def words(self, name, **more):
        return words(name, self.township, **more)

    def reported(self, project, stage, day, *, at=JUNE, by=None, **more):
        """V0."""
        shown = tuple(Proof(code, f"示例{code}", "示例1号") for code in PROOFS.get(stage, ()))
        said = StageWords(stage, day, shown, **more)
        return report_stage(project, said, by=by or self.people["clerk"], at=at)

    def reached(self, project, stage, day, *, at=JUNE):
        """V3."""
        event = self.reported(project, stage, day, at=at)
        check_stages([event], by=self.people["head"], at=at)
        accept_stages([event], by=self.people["reviewer"], at=at)
        return event

    def paid(self, project, month, *, at=JUNE, **amounts):
        """V3."""
        said = MonthWords(month, **{k: Decimal(v) for k, v in amounts.items()})
        row = report_month(project, said, by=self.people["clerk"], at=at)
        check_months([row], by=self.people["head"], at=at)
        accept_months([row], by=self.people["reviewer"], at=at)
        return row


def wrong_rows():
    """What the proof of the log finds about the register alone."""
    tables = {
        model._meta.db_table
        for model in apps.get_models()
        if model.__module__.startswith("gongjian.flow.projects")
    }
    return [found for found in audit_findings() if found.table in tables]


def words(name, township, **more):
    """A project with all that the gates ask for."""
    said = {
        "owner": "示例制造有限公司",
        "uscc": "91350100M000100Y43",
        "investor": "示例投资有限公司",
        "industry": "C1499",
        "promoted": True,
        "total_investment": Decimal(200000000),
        "contract_funds": Decimal(150000000),
        "planned_start": date(2020, 3, 31),
        "planned_start_precision": "month",
        "planned_finish": date(2020, 12, 31),
        "planned_finish_precision": "year",
    } | more
    return ProjectWords(name=name, township=township, **said)


def small_register(**county):
    """Two projects on one list since 20 January: a new one of 2 亿元, a continued one of 3 亿元."""
    made = small_county(**({"june": False} | county))
    township = register_units(
        [
            Unit(
                code="north",
                name="示例北镇",
                short_name="北镇",
                kind=Unit.Kind.TOWNSHIP,
                level=Unit.Level.TOWNSHIP,
                order=9,
            )
        ],
        by=None,
        at=BEGIN,
    )[0]
    for name, role in (("clerk", Role.UNIT_REPORTER), ("head", Role.UNIT_APPROVER)):
        person = create_account(
            name,
            display_name=f"{name}某",
            password=PASSWORD,
            unit=township,
            must_change=False,
            by=None,
            at=BEGIN,
        )
        grant_role(person, role, by=None, at=BEGIN)
        made.people[name] = account(name, on=local_day(BEGIN))
    office = made.people["office"]
    mill = register_project(
        made.campaign,
        words("示例纺织智能工厂项目", township, code="2020-370782-17-03-000001"),
        year=YearWords("new", Decimal(120000000)),
        by=office,
        at=BEGIN,
    )
    dairy = register_project(
        made.campaign,
        words(
            "示例乳品冷链基地项目",
            township,
            code="2020-370782-14-03-000002",
            total_investment=Decimal(300000000),
            uscc="91110000802100433B",
            owner="示例乳业有限公司",
            investor="示例乳业集团",
        ),
        year=YearWords("continued", Decimal(100000000), Decimal(50000000)),
        by=office,
        at=BEGIN,
    )
    listed = make_list(made.campaign, "county", "2020年县重点项目", by=office, at=BEGIN)
    add_to_list(listed, [mill, dairy], PAPER, by=office, at=FEBRUARY)
    return Register(made, township, listed, mill, dairy)
