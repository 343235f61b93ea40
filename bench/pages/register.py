"""`python -m bench.pages.register TIER`: fills an empty home with projects, prints what to ask for
as JSON. A page of projects that is to be measured adds its line to `PAGES`.
"""

import json
import random
import sys
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice

import django

django.setup()

from bench.pages.filling import (  # noqa: E402
    PERSONS,
    SEED,
    make_actions,
    make_person,
    make_session,
    make_tasks,
    make_units,
    thing,
)
from bench.pages.sizes import REGISTERS  # noqa: E402
from gongjian.flow.duties.models import Duty, Sponsorship  # noqa: E402
from gongjian.flow.plan.models import Campaign  # noqa: E402
from gongjian.flow.plan.usecases import create_campaign  # noqa: E402
from gongjian.flow.projects.models import (  # noqa: E402
    DateChange,
    InvestmentMonth,
    MonthPlan,
    PermitItem,
    Project,
    ProjectYear,
    StageEvent,
    StageEvidence,
)
from gongjian.flow.projects.usecases import rebuild_register  # noqa: E402
from gongjian.foundation.acceptance.models import Level, State  # noqa: E402
from gongjian.foundation.orgs.models import Person, Post, PostHolding, Unit, User  # noqa: E402
from gongjian.foundation.records.usecases import set_up_installation  # noqa: E402
from gongjian.interfaces.cli.upgrade import bring_up_to_date  # noqa: E402
from gongjian.interfaces.request import real_now  # noqa: E402
from gongjian.lib.days import local_day  # noqa: E402

PAGES = {  # name: address, {project} being one in the middle
    "list": "/projects/",
    "project": "/projects/{project}/",
    "gantt": "/projects/gantt/rows/?by=none&limit=50",
    "sheet": "/projects/sheet/",
}
UNITS, ACTIONS, TASKS, LEADERS = 60, 15, 200, 12
WAY = ("signed", "established", "preparing", "started", "under_construction", "completed")
PERMITS = 14
YI = Decimal(100_000_000)


def fill(many: int) -> dict[str, str]:
    """The addresses to ask for and the session to ask with."""
    bring_up_to_date(lambda _line: None)
    at, pick = real_now(), random.Random(SEED)
    set_up_installation("real", place="示例县", at=at)
    units = make_units(UNITS, pick, at)
    places = units[: UNITS // 3]
    Unit.objects.filter(pk__in=[one.pk for one in places]).update(kind=Unit.Kind.TOWNSHIP)
    people = {name: make_person(name, units[-1], at) for name in PERSONS}
    campaign = create_campaign(
        "重点工作攻坚年", year=local_day(at).year, by=people["office"], at=at
    )
    actions = make_actions(campaign, ACTIONS, pick)
    make_tasks(actions, TASKS, pick)  # what the bare page shows
    projects = Project.objects.bulk_create(
        Project(
            campaign=campaign, action=action, name=f"{thing(pick)}{number}号项目",
            code=f"{campaign.year}-371121-{number % 89 + 10:02}-03-{number:06}",
            industry="C1499", category="industry", owner=f"示例{thing(pick)}有限公司",
            township=places[number % len(places)], scope=f"建设{thing(pick)}。",
            total_investment=YI * pick.randint(50, 900) / 100, registered_on=local_day(at),
            planned_start=date(campaign.year, number % 12 + 1, 28), planned_start_precision="month",
            planned_finish=date(campaign.year + 1, 6, 30), planned_finish_precision="month",
        )
        for number, action in enumerate(islice(cycle(actions), many))
    )  # fmt: skip
    _money(campaign, projects, people, pick, at)
    _stages(projects, people, pick, at)
    _answering(units, projects, people["office"], at)
    rebuild_register(at=at)
    shown = {name: path.format(project=projects[many // 2].uid) for name, path in PAGES.items()}
    return {**shown, "cookie": make_session(people["office"])}


def _money(
    campaign: Campaign,
    projects: list[Project],
    people: dict[str, User],
    pick: random.Random,
    at: datetime,
) -> None:
    """A year's plan by month, six months of it reported and accepted; some dates were moved."""
    ProjectYear.objects.bulk_create(
        ProjectYear(
            project=one, campaign=campaign, plan_class=pick.choice(("new", "continued")),
            plan_investment=YI * pick.randint(10, 90) / 100,
        )
        for one in projects
    )  # fmt: skip
    months = [f"{campaign.year}-{month:02}" for month in range(1, 13)]
    MonthPlan.objects.bulk_create(
        (
            MonthPlan(project=one, month=month, planned=YI / 25, set_at=at)
            for one in projects
            for month in months
        ),
        batch_size=5_000,
    )
    InvestmentMonth.objects.bulk_create(
        (
            InvestmentMonth(
                project=one, month=month, unit=one.township, done=YI / 30, words="主体施工。",
                **_accepted(people, at),
            )
            for one in projects
            for month in months[:6]
        ),
        batch_size=5_000,
    )  # fmt: skip
    DateChange.objects.bulk_create(
        DateChange(
            project=one, kind="planned_start", old=date(campaign.year, 1, 31),
            old_precision="month", new=one.planned_start, new_precision="month",
            day=local_day(at), reason="用地未批", by=people["office"], at=at,
        )
        for one in projects[::4]
    )  # fmt: skip


def _stages(
    projects: list[Project], people: dict[str, User], pick: random.Random, at: datetime
) -> None:
    """Each project is somewhere on its way, with proofs, and its permits are under way."""
    day = local_day(at) - timedelta(days=200)
    events = [
        StageEvent(
            project=one, stage=stage, day=day + timedelta(days=20 * place),
            unit=one.township, **_accepted(people, at),
        )
        for one in projects
        for place, stage in enumerate(WAY[: pick.randint(1, len(WAY))])
    ]  # fmt: skip
    StageEvent.objects.bulk_create(events, batch_size=5_000)
    StageEvidence.objects.bulk_create(
        (
            StageEvidence(event=event, proof="contract", title="合同", doc_no="1号", added_at=at)
            for event in events
        ),
        batch_size=5_000,
    )
    PermitItem.objects.bulk_create(
        (
            PermitItem(
                project=one, order=order, code=f"p{order}", name=f"手续{order}",
                department="示例局", plan_date=local_day(at), done_on=day if order < 9 else None,
            )
            for one in projects
            for order in range(1, PERMITS + 1)
        ),
        batch_size=5_000,
    )  # fmt: skip


def _accepted(people: dict[str, User], at: datetime) -> dict[str, object]:
    filled, checked, accepted = (people[name] for name in PERSONS)
    return {
        "state": State.ACCEPTED, "level": Level.V3, "filled_by": filled, "filled_at": at,
        "checked_by": checked, "checked_at": at, "accepted_by": accepted, "accepted_at": at,
    }  # fmt: skip


def _answering(units: list[Unit], projects: list[Project], office: User, at: datetime) -> None:
    """Each project has a lead unit with a head, two more units, and a leader who sponsors it."""
    begin = date(local_day(at).year, 1, 1)
    posts = Post.objects.bulk_create(
        Post(unit=units[-1], name=f"副县长{n}", kind=Post.Kind.LEADER, order=n, valid_from=begin)
        for n in range(LEADERS)
    )
    heads = Post.objects.bulk_create(
        Post(unit=unit, name="局长", kind=Post.Kind.HEAD, order=1, valid_from=begin)
        for unit in units[:-1]
    )
    persons = Person.objects.bulk_create(
        Person(name=f"示例{n}", mobile="13800000000") for n in range(len(posts) + len(heads))
    )
    PostHolding.objects.bulk_create(
        PostHolding(person=person, post=post, valid_from=begin)
        for person, post in zip(persons, [*posts, *heads], strict=True)
    )
    common = {"valid_from": begin, "confirmed_by": office, "confirmed_at": at}
    Duty.objects.bulk_create(
        (
            Duty(project=one, unit=units[(number + place) % (len(units) - 1)], role=role,
                 order=place + 1, **common)
            for number, one in enumerate(projects)
            for place, role in enumerate((Duty.Role.LEAD, Duty.Role.RESPONSIBLE))
        ),
        batch_size=5_000,
    )  # fmt: skip
    Sponsorship.objects.bulk_create(
        (
            Sponsorship(project=one, post=posts[number % LEADERS], role="sponsor",
                        basis="示例", valid_from=begin)
            for number, one in enumerate(projects)
        ),
        batch_size=5_000,
    )  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(REGISTERS[sys.argv[1]])))
