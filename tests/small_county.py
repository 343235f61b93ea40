"""A county small enough to be read whole: three units, two targets, a task, May and June 2020.

新签约项目 (≥150 个) is led and filled by 投促; 新开工项目 (≥60 个) is led by 投促 and filled by
发改, so that its figures pass the lead unit too. Nothing is reported until a test says so.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.usecases import Allotment, assign_target, name_leader
from gongjian.flow.judgement.usecases import accept_report, freeze_period, open_period, publish_pack
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Definition,
    Milestone,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.usecases import create_campaign
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import period_by_key, report_of_target, sides_of_report
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    check_report,
    confirm_report,
    open_evidence,
    plan_period,
    save_draft,
    submit_report,
)
from gongjian.foundation.orgs.models import Person, Post, PostHolding, Role, Unit, User
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import create_account, grant_role, register_units
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.lib.days import LOCAL, local_day
from remembered import remembered

BEGIN = datetime(2020, 1, 2, 9, tzinfo=LOCAL)
MAY = datetime(2020, 5, 26, 9, tzinfo=LOCAL)
MAY_FROZEN = datetime(2020, 6, 1, 18, tzinfo=LOCAL)
JUNE = datetime(2020, 6, 29, 10, tzinfo=LOCAL)
JUNE_FROZEN = datetime(2020, 7, 1, 18, tzinfo=LOCAL)
MEASURES = "每月调度，逐个推进"
DEFINED = "以签订协议并备案的为准"
PASSWORD = "Trial-2020-Green"
BACKEND = "gongjian.interfaces.web.sessions.Accounts"
PEOPLE = {
    "office": ("office", Role.CAMPAIGN_OFFICE),
    "reviewer": ("office", Role.OFFICE_REVIEWER),
    "second_reviewer": ("office", Role.OFFICE_REVIEWER),
    "reporter": ("invest", Role.UNIT_REPORTER),
    "colleague": ("invest", Role.UNIT_REPORTER),
    "approver": ("invest", Role.UNIT_APPROVER),
    "lead": ("invest", Role.LEAD_UNIT),
    "other_reporter": ("reform", Role.UNIT_REPORTER),
    "other_approver": ("reform", Role.UNIT_APPROVER),
    "leader": ("leaders", Role.COUNTY_LEADER),
    "principal": ("leaders", Role.PRINCIPAL_LEADER),
    "sysadmin": (None, Role.SYS_ADMIN),
}


@dataclass
class County:
    """What a test reaches for: units and people by name, the two targets, the task."""

    campaign: Campaign
    signed: Target
    started: Target
    task: Task
    milestone: Milestone
    units: dict[str, Unit]
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError as unknown:
            raise AttributeError(name) from unknown

    def report(self, target: Target, period: str = "2020-06") -> Report:
        """The first report of a target, as it stands now."""
        return report_of_target(target, period_by_key(period))

    def fill(self, target: Target, value: object, *, period: str = "2020-06", at=JUNE) -> Report:
        """A draft with a figure and what stands behind it, by the unit that fills it."""
        by = self.people["reporter" if target == self.signed else "other_reporter"]
        report = self.report(target, period)
        draft = Draft(value=Decimal(str(value)), words="进展")
        report = save_draft(report, draft, version=report.version, by=by, at=at)
        file = open_evidence(report, "清单.txt", "示例清单".encode(), by=by, at=at)
        add_evidence(report, doc_no="示例1号", title="清单", file=file, by=by, at=at)
        return report

    def send(self, target: Target, value: object, *, period: str = "2020-06", at=JUNE) -> Report:
        """V0."""
        by = self.people["reporter" if target == self.signed else "other_reporter"]
        return submit_report(self.fill(target, value, period=period, at=at), by=by, at=at)

    def confirmed(
        self, target: Target, value: object, *, period: str = "2020-06", at=JUNE
    ) -> Report:
        """As far as the office's desk."""
        report = self.send(target, value, period=period, at=at)
        by = self.people["approver" if target == self.signed else "other_approver"]
        report = check_report(report, by=by, at=at)
        if sides_of_report(report).lead_is_another:
            report = confirm_report(report, by=self.people["lead"], at=at)
        return report

    def accepted(
        self, target: Target, value: object, *, period: str = "2020-06", at=JUNE
    ) -> Report:
        """V3."""
        report = self.confirmed(target, value, period=period, at=at)
        return accept_report(report, by=self.people["reviewer"], at=at)

    def freeze(self, period: str = "2020-06", at=JUNE_FROZEN) -> None:
        """Past the hour of a period."""
        freeze_period(period, at=at)


def small_county(*, june: bool = True, may: dict[str, object] | None = None) -> County:
    """The county with May frozen on what `may` says of signed and started, and June open."""
    may = may or {}
    key = ("county", june, *sorted(may.items()), settings.FILES)  # where the evidence was kept
    return remembered(key, lambda: _built(june=june, may=may))


def _built(*, june: bool, may: dict[str, object]) -> County:
    set_up_installation("demo", place="示例县", at=BEGIN, clock=JUNE)
    units = _units()
    people = {name: _person(name, units, unit, role) for name, (unit, role) in PEOPLE.items()}
    county = _plan(units, people)
    _periods(county, june=june, may=may)
    return county


def _units() -> dict[str, Unit]:
    names = {"leaders": "市领导", "office": "攻坚办", "invest": "投促", "reform": "发改"}
    rows = [
        Unit(code=code, name=name, short_name=name, kind=Unit.Kind.DEPARTMENT, order=order)
        for order, (code, name) in enumerate(names.items())
    ]
    return {unit.code: unit for unit in register_units(rows, by=None, at=BEGIN)}


def _person(name: str, units: dict[str, Unit], unit: str | None, role: Role) -> User:
    made = create_account(
        name,
        display_name=f"{name}某",
        password=PASSWORD,
        unit=units[unit] if unit else None,
        must_change=False,
        by=None,
        at=BEGIN,
    )
    grant_role(made, role, by=None, at=BEGIN)
    return account(name, on=local_day(BEGIN))


def _post(user: User) -> Post:
    """The post the leader stands in."""
    person = Person.objects.create(name=user.display_name, account=user, mobile="13800000001")
    post = Post.objects.create(
        unit=user.unit, name="副市长", kind=Post.Kind.LEADER, valid_from=date(2019, 1, 1)
    )
    PostHolding.objects.create(person=person, post=post, valid_from=date(2019, 1, 1))
    return post


def _plan(units: dict[str, Unit], people: dict[str, User]) -> County:
    office, day = people["office"], date(2020, 1, 1)
    campaign = create_campaign("重点工作攻坚年", year=2020, by=office, at=BEGIN)
    action = Action.objects.create(campaign=campaign, seq=1, name="双招双引")
    name_leader(action, _post(people["leader"]), by=office, at=BEGIN)
    end = date(2020, 12, 31)
    targets = []
    for seq, (metric, value) in enumerate((("新签约项目", 150), ("新开工项目", 60)), start=1):
        target = Target.objects.create(
            action=action,
            seq=seq,
            metric=metric,
            comparator=">=",
            unit="个",
            deadline=end,
            measures=MEASURES,
        )
        Definition.objects.create(target=target, number=1, text=DEFINED, valid_from=day)
        TargetValue.objects.create(target=target, value=value, valid_from=day)
        TargetSource.objects.create(target=target, valid_from=day)
        targets.append(target)
    for target, fills in zip(targets, ("invest", "reform"), strict=True):
        allotment = Allotment(lead=units["invest"], fills=units[fills])
        assign_target(target, allotment, by=office, at=BEGIN)
    task = Task.objects.create(
        action=action, seq=3, title="建立签约项目台账", deadline=end, measures=MEASURES
    )
    Definition.objects.create(task=task, number=1, text=DEFINED, valid_from=day)
    Duty.objects.create(
        task=task,
        unit=units["invest"],
        role=Duty.Role.LEAD,
        order=1,
        valid_from=day,
        confirmed_by=office,
        confirmed_at=BEGIN,
    )
    node = Milestone.objects.create(
        action=action, task=task, seq=1, text="台账建成", day=date(2020, 6, 30)
    )
    publish_pack("zhucheng_default", by=office, at=BEGIN)
    return County(campaign, *targets, task, node, units, people)


def _periods(county: County, *, june: bool, may: dict[str, object]) -> None:
    office = county.people["office"]
    opening = MAY - timedelta(hours=9)
    plan_period("2020-05", by=office, at=BEGIN, opens_at=opening, freezes_at=MAY_FROZEN)
    open_period("2020-05", at=MAY)
    for name, value in may.items():
        county.accepted(getattr(county, name), value, period="2020-05", at=MAY)
    if june:
        freeze_period("2020-05", at=MAY_FROZEN)
        open_period("2020-06", at=datetime(2020, 6, 25, tzinfo=LOCAL))
