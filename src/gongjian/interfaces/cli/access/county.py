"""A county with one thing of each kind in a unit of one's own and in another one."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from gongjian.flow.bulletins.usecases import write_bulletin
from gongjian.flow.duties.queries import handover_rows, opinion_rows, proposed_duties
from gongjian.flow.duties.usecases import (
    Allotment,
    ForceWords,
    assign_target,
    confirm_duties,
    draft_list,
    hand_over_post,
    make_force,
    name_leader,
    propose_duties,
    send_list,
)
from gongjian.flow.judgement.usecases import publish_pack
from gongjian.flow.plan.models import Campaign, PlanDocument, Task
from gongjian.flow.plan.queries import (
    candidate_by_uid,
    candidate_rows,
    document_by_uid,
    plan_actions,
    target_by_uid,
    task_by_uid,
)
from gongjian.flow.plan.usecases import (
    accept_candidate,
    adopt_plan,
    create_campaign,
    define_node,
    describe_measures,
    edit_candidate,
    upload_plan,
)
from gongjian.flow.progress.models import Period
from gongjian.flow.progress.queries import (
    evidence_rows,
    period_by_key,
    report_of_target,
)
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    open_evidence,
    plan_period,
    save_draft,
)
from gongjian.foundation.orgs.models import Post, Role, Unit, User
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import (
    create_account,
    give_delegation,
    grant_role,
    open_post,
    register_person,
    register_regions,
    register_units,
)
from gongjian.foundation.records.usecases import set_up_installation
from gongjian.interfaces.cli.access.register import (
    Side,
    lay_beside_plan,
    milestones_of,
    register_of,
    sent_of,
)
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import LOCAL, local_day
from gongjian.lib.passwords import first_password

AT = datetime(2020, 6, 26, 9, tzinfo=LOCAL)
DAY = date(2020, 1, 1)
PLAN = (
    "示例县2020年重点工作攻坚年实施方案\n"  # not shown
    "\n"
    "一、重点攻坚行动\n"
    "（一）突破大项目。\n"
    "年内新签约项目150个以上（牵头单位：甲局）。\n"
    "年内新开工项目60个以上（牵头单位：乙局）。\n"
    "推行拿地即开工，6月底前印发办法（牵头单位：甲局；完成时限：2020年9月底前）。\n"
    "整治河道排口，10月底前完成（牵头单位：乙局；完成时限：2020年10月底前）。\n"
)
OWN, OTHER = "own", "other"
NAMES = {
    "leaders": "县领导",  # not shown
    "office": "攻坚办",  # not shown
    OWN: "甲局",  # not shown
    OTHER: "乙局",  # not shown
}
HOMES = {
    Role.CAMPAIGN_OFFICE: "office",
    Role.OFFICE_REVIEWER: "office",
    Role.PRINCIPAL_LEADER: "leaders",
    Role.COUNTY_LEADER: "leaders",
    Role.UNIT_REPORTER: OWN,
    Role.UNIT_APPROVER: OWN,
    Role.LEAD_UNIT: OWN,
    Role.TOWNSHIP: OWN,
    Role.SYS_ADMIN: "",
    Role.SEC_ADMIN: "",
    Role.AUDIT_ADMIN: "",
}
NOBODY = "nobody"


@dataclass(slots=True)
class County:
    """An account a role, and the uid of a thing of each kind: {kind: {own | other: uid}}."""

    units: dict[str, Unit]
    accounts: dict[str, User] = field(default_factory=dict)
    things: dict[str, dict[str, UUID]] = field(default_factory=dict)

    def put(self, kind: str, own: UUID, other: UUID) -> None:
        self.things[kind] = {OWN: own, OTHER: other}


def found_county() -> County:
    """Make everything by the use-cases of the rooms, as people would."""
    set_up_installation("demo", place="示例县", at=AT, clock=AT)  # not shown
    made = [
        Unit(code=code, name=name, short_name=name, kind=Unit.Kind.DEPARTMENT)
        for code, name in NAMES.items()
    ]
    county = County({unit.code: unit for unit in register_units(made, by=None, at=AT)})
    for role, home in HOMES.items():
        county.accounts[role.value] = _account(county, role.value, role, home)
    county.accounts[NOBODY] = _account(county, NOBODY, None, OWN)
    for role in (Role.UNIT_REPORTER, Role.UNIT_APPROVER):
        name = f"other_{role.value}"
        county.accounts[name] = _account(county, name, role, OTHER)
    _orgs(county)
    _plan(county)
    _delegations(county)
    return county


def readers(county: County) -> dict[str, User]:
    """{role: account} of those who are asked for."""
    return {name: user for name, user in county.accounts.items() if not name.startswith("other_")}


def _account(county: County, name: str, role: Role | None, home: str) -> User:
    user = create_account(
        name,
        display_name=name,
        password=first_password(),
        unit=county.units.get(home),
        must_change=False,
        by=None,
        at=AT,
    )
    if role is not None:
        grant_role(user, role, by=None, at=AT)
    return account(name, on=local_day(AT))


def _orgs(county: County) -> None:
    sides = (OWN, OTHER)
    county.put("unit", *(county.units[side].uid for side in sides))
    named = {"370782001": "甲街道", "370782002": "乙街道"}  # not shown
    areas = register_regions(named, by=None, at=AT)
    county.put("region", *(area.uid for area in areas.values()))
    people, posts, holdings = [], [], []
    for side in sides:
        prefix = "" if side == OWN else "other_"
        reporter = county.accounts[f"{prefix}{Role.UNIT_REPORTER.value}"]
        unit = county.units[side]
        person = register_person(side, mobile="13800000000", account=reporter, by=None, at=AT)
        post = open_post(unit, side, kind=Post.Kind.HEAD, from_day=DAY, by=None, at=AT)
        holdings.append(hand_over_post(post, to=person, from_day=DAY, by=None, at=AT))
        giver = register_person(f"{side} giver", by=None, at=AT)
        desk = open_post(unit, "desk", kind=Post.Kind.STAFF, from_day=DAY, by=None, at=AT)
        hand_over_post(desk, to=giver, from_day=DAY, by=None, at=AT)
        hand_over_post(desk, to=person, from_day=local_day(AT), by=None, at=AT)
        people.append(person)
        posts.append(post)
    county.put("person", *(one.uid for one in people))
    county.put("post", *(one.uid for one in posts))
    county.put("holding", *(one.uid for one in holdings))
    county.put(
        "account",
        *(county.accounts[name].uid for name in ("unit_reporter", "other_unit_reporter")),
    )


def _delegations(county: County) -> None:
    """After all work is done: whoever stands in for another is one hand with them from that day."""
    day, given = local_day(AT), []
    for side in (OWN, OTHER):
        prefix = "" if side == OWN else "other_"
        given.append(
            give_delegation(
                county.accounts[f"{prefix}{Role.UNIT_REPORTER.value}"],
                since=day,
                until=day + timedelta(days=9),
                reason=side,
                by=county.accounts[f"{prefix}{Role.UNIT_APPROVER.value}"],
                at=AT,
            )
        )
    county.put("delegation", *(one.uid for one in given))


def _plan(county: County) -> None:
    office = county.accounts[Role.CAMPAIGN_OFFICE.value]
    campaign = create_campaign("攻坚年", year=2020, by=office, at=AT)  # not shown
    document = upload_plan(campaign, "plan.txt", PLAN.encode(), by=office, at=AT)
    do_due(lambda: AT)
    document = document_by_uid(document.uid, reader=office)
    for row in candidate_rows(document):
        candidate = candidate_by_uid(row.uid, reader=office)
        if row.kind != "action" and not row.home:
            edit_candidate(candidate, {"under": "1"}, version=row.version, by=office, at=AT)
        else:
            accept_candidate(candidate, version=row.version, by=office, at=AT)
    first = candidate_rows(document)[0].uid
    adopt_plan(document, by=office, at=AT)
    county.put("document", document.uid, document.uid)
    county.put("candidate", first, first)
    _work(county, campaign, document)


def _work(county: County, campaign: Campaign, document: PlanDocument) -> None:  # noqa: ARG001
    office, sides = county.accounts[Role.CAMPAIGN_OFFICE.value], (OWN, OTHER)
    propose_duties(campaign, by=office, at=AT)
    confirm_duties(proposed_duties(campaign), by=office, at=AT)
    action = plan_actions(campaign, on=local_day(AT))[0]
    targets = [target_by_uid(one.uid, reader=office) for one in action.targets[:2]]
    for side, target in zip(sides, targets, strict=True):
        unit = county.units[side]
        assign_target(target, Allotment(lead=unit, fills=unit), by=office, at=AT)
        describe_measures(target, side, by=office, at=AT)
        define_node(target, side, valid_from=DAY, by=office, at=AT)
    first, second = _leaders(county)
    name_leader(targets[0].action, first, by=office, at=AT)
    members = [county.units[side] for side in sides]
    head = open_post(
        county.units["office"], "force", kind=Post.Kind.HEAD, from_day=DAY, by=None, at=AT
    )
    forces = [
        make_force(target, ForceWords("force", heads=[head], units=[unit]), by=office, at=AT)
        for target, unit in zip(targets, members, strict=True)
    ]
    county.put("force", *(one.uid for one in forces))
    county.put("leader", first.uid, second.uid)
    _asks(county, campaign)
    county.put("action", action.uid, action.uid)
    county.put("target", *(one.uid for one in targets))
    county.put("task", *(one.uid for one in action.tasks[:2]))
    publish_pack("zhucheng_default", by=office, at=AT)
    opens = AT - timedelta(hours=1)
    plan_period("2020-06", by=office, at=AT - timedelta(days=2), opens_at=opens)
    for kind, uid in lay_beside_plan(campaign, by=office, at=AT).items():
        county.put(kind, uid, uid)
    do_due(lambda: AT)
    period = period_by_key("2020-06")
    reports, evidence = [], []
    for side, target in zip(sides, targets, strict=True):
        prefix = "" if side == OWN else "other_"
        by = county.accounts[f"{prefix}{Role.UNIT_REPORTER.value}"]
        report = report_of_target(target, period)
        if report is None:
            raise LookupError(f"no report of {target.pk}")
        draft = Draft(value=Decimal(1), words=side)
        report = save_draft(report, draft, version=report.version, by=by, at=AT)
        file = open_evidence(report, "list.txt", b"list", by=by, at=AT)
        add_evidence(report, doc_no="1", title=side, file=file, by=by, at=AT)
        reports.append(report.uid)
        evidence.append(evidence_rows(report)[0].uid)
    county.put("report", *reports)
    county.put("evidence", *evidence)
    tasks = [task_by_uid(one.uid, reader=office) for one in action.tasks[:2]]
    _register(county, campaign, tasks, period)
    bulletin = write_bulletin(period, by=office, at=AT)
    county.put("bulletin", bulletin.uid, bulletin.uid)


def _register(county: County, campaign: Campaign, tasks: list[Task], period: Period) -> None:
    office = county.accounts[Role.CAMPAIGN_OFFICE.value]
    sides = [
        Side(
            county.units[name],
            county.accounts[f"{prefix}{Role.UNIT_REPORTER.value}"],
            county.accounts[f"{prefix}{Role.UNIT_APPROVER.value}"],
        )
        for name, prefix in ((OWN, ""), (OTHER, "other_"))
    ]
    for side, task in zip(sides, tasks, strict=True):
        milestones_of(task, side, period, by=office, at=AT)
    listed = register_of(campaign, sides, by=office, at=AT)
    county.put("project_list", listed, listed)
    sent = sent_of(campaign, by=office, at=AT)
    county.put("sent", sent, sent)
    own, other = sides
    for kind, uid in own.made.items():
        county.put(kind, uid, other.made[kind])


def _leaders(county: County) -> tuple[Post, Post]:
    """A post of the county leader, and one of the principal: none reads the other's sheet."""
    posts = []
    for role in (Role.COUNTY_LEADER, Role.PRINCIPAL_LEADER):
        user = county.accounts[role.value]
        person = register_person(role.value, account=user, by=None, at=AT)
        post = open_post(
            county.units["leaders"],
            role.value,
            kind=Post.Kind.LEADER,
            from_day=DAY,
            by=None,
            at=AT,
        )
        hand_over_post(post, to=person, from_day=DAY, by=None, at=AT)
        posts.append(post)
    return posts[0], posts[1]


def _asks(county: County, campaign: Campaign) -> None:
    """The list is out for opinions; posts changed hands."""
    office = county.accounts[Role.CAMPAIGN_OFFICE.value]
    draft = draft_list(campaign, by=office, at=AT)
    sent = send_list(draft, version=draft.version, by=office, at=AT)
    county.put("list", sent.uid, sent.uid)
    asked = [
        opinion_rows(sent, at=AT, lines={}, unit=county.units[side].uid)[0].uid
        for side in (OWN, OTHER)
    ]
    county.put("opinion", *asked)
    made = {row.unit: row.uid for row in handover_rows(office, on=local_day(AT))}
    county.put("handover", *(made[county.units[side].short_name] for side in (OWN, OTHER)))
