"""`python -m bench.pages.filling TIER`: fills an empty home, prints what to ask for as JSON.

What use-cases do in one act they do here (the plan is uploaded and read, the periods are opened,
the lights are judged); the thousands of rows of the tree are written at once.
"""

import json
import random
import sys
from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import Any

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from bench.extract import WORDS, text_of  # noqa: E402
from bench.pages.sizes import PLANS, Size  # noqa: E402
from gongjian.flow.duties.models import Duty  # noqa: E402
from gongjian.flow.judgement.usecases import (  # noqa: E402
    judge_period,
    open_period,
    publish_pack,
)
from gongjian.flow.plan.models import (  # noqa: E402
    Action,
    Campaign,
    Candidate,
    Milestone,
    PlanDocument,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.usecases import (  # noqa: E402
    create_campaign,
    read_plan_document,
    upload_plan,
)
from gongjian.flow.progress.models import LatestAccepted, Period, Report  # noqa: E402
from gongjian.flow.progress.usecases import plan_period  # noqa: E402
from gongjian.foundation.acceptance.models import Level, State  # noqa: E402
from gongjian.foundation.orgs.models import Role, Unit, User  # noqa: E402
from gongjian.foundation.orgs.queries import account  # noqa: E402
from gongjian.foundation.orgs.usecases import (  # noqa: E402
    create_account,
    grant_role,
    register_units,
)
from gongjian.foundation.records.usecases import set_up_installation  # noqa: E402
from gongjian.foundation.search.usecases import rebuild_search  # noqa: E402
from gongjian.interfaces.cli.upgrade import bring_up_to_date  # noqa: E402
from gongjian.interfaces.jobs.search import SOURCES  # noqa: E402
from gongjian.interfaces.request import real_now  # noqa: E402
from gongjian.interfaces.web.middleware import SECOND_FACTOR  # noqa: E402
from gongjian.lib.days import local_day  # noqa: E402

SEED = 20260101
BYTES_A_FINDING = 90
PASSWORD = "Bench-Pages-2026"
PERSONS = ("filler", "checker", "office")  # three accounts stand behind every accepted figure


def fill(size: Size) -> dict[str, str]:
    """The addresses to ask for and the session to ask with."""
    bring_up_to_date(lambda _line: None)
    at, pick = real_now(), random.Random(SEED)
    set_up_installation("real", place="示例县", at=at)
    units = make_units(size.units, pick, at)
    people = {name: make_person(name, units[0], at) for name in PERSONS}
    office = people["office"]
    publish_pack("zhucheng_default", by=office, at=at)
    campaign = create_campaign("重点工作攻坚年", year=local_day(at).year, by=office, at=at)
    actions = make_actions(campaign, size.actions, pick)
    targets = _targets(actions, size.targets, pick, local_day(at))
    tasks = make_tasks(actions, size.tasks, pick)
    _duties(units, targets, tasks, office, at)
    _figures(people, pick, at)
    document = _under_review(campaign, size.findings, office, at)
    _crowd(size, units, actions, tasks, pick)
    rebuild_search(SOURCES)
    return {
        "search": "/search/?q=sd",
        "palette": "/search/?q=%E9%AB%98%E6%96%B0",  # 高新
        "review": f"/plan/documents/{document.uid}/",
        "tree": "/plan/",
        "cookie": make_session(office),
    }


def make_units(many: int, pick: random.Random, at: datetime) -> list[Unit]:
    places, offices = WORDS["place"].split(), WORDS["office"].split()
    names = [place + office for place in places for office in offices]
    pick.shuffle(names)
    rows = [
        Unit(code=f"U{n}", name=f"示例县{name}", short_name=name, kind=Unit.Kind.DEPARTMENT)
        for n, name in enumerate(names[:many])
    ]
    return register_units(rows, by=None, at=at)


def make_person(name: str, unit: Unit, at: datetime) -> User:
    made = create_account(
        name, display_name=f"{name}某", password=PASSWORD, unit=unit, must_change=False,
        by=None, at=at,
    )  # fmt: skip
    for role in (Role.CAMPAIGN_OFFICE, Role.OFFICE_REVIEWER):
        grant_role(made, role, by=None, at=at)
    return account(name, on=local_day(at))


def make_actions(campaign: Campaign, many: int, pick: random.Random) -> list[Action]:
    return Action.objects.bulk_create(
        Action(campaign=campaign, seq=seq, name=f"{thing(pick)}提升行动")
        for seq in range(1, many + 1)
    )


def _targets(actions: list[Action], many: int, pick: random.Random, day: date) -> list[Target]:
    end, begin = date(day.year, 12, 31), date(day.year, 1, 1)
    targets = Target.objects.bulk_create(
        Target(
            action=action, seq=number // len(actions) + 1, metric=thing(pick), comparator=">=",
            unit="个", deadline=end, sentence=f"{thing(pick)}达到{pick.randint(20, 900)}个。",
        )
        for number, action in enumerate(islice(cycle(actions), many))
    )  # fmt: skip
    TargetValue.objects.bulk_create(
        TargetValue(target=target, value=pick.randint(20, 900), valid_from=begin)
        for target in targets
    )
    TargetSource.objects.bulk_create(
        TargetSource(target=target, valid_from=begin) for target in targets
    )
    return targets


def make_tasks(actions: list[Action], many: int, pick: random.Random) -> list[Task]:
    year = actions[0].campaign.year
    return Task.objects.bulk_create(
        Task(
            action=action, seq=100 + number // len(actions), title=f"推进{thing(pick)}建设",
            deadline=date(year, pick.randint(1, 12), 28), sentence=f"{thing(pick)}要建成。",
        )
        for number, action in enumerate(islice(cycle(actions), many))
    )  # fmt: skip


def _duties(
    units: list[Unit], targets: list[Target], tasks: list[Task], office: User, at: datetime
) -> None:
    """Each target and task is led by one unit and answered by another."""
    begin = date(local_day(at).year, 1, 1)
    rows = []
    subjects: list[dict[str, Any]] = [
        *({"target": target, "fills": True} for target in targets),
        *({"task": task} for task in tasks),
    ]
    for number, subject in enumerate(subjects):
        lead, other = units[number % len(units)], units[(number + 1) % len(units)]
        common = {"valid_from": begin, "confirmed_by": office, "confirmed_at": at}
        rows.append(Duty(unit=lead, role=Duty.Role.LEAD, order=1, **subject, **common))
        subject.pop("fills", None)
        rows.append(Duty(unit=other, role=Duty.Role.RESPONSIBLE, order=2, **subject, **common))
    Duty.objects.bulk_create(rows)


def _figures(people: dict[str, User], pick: random.Random, at: datetime) -> None:
    """A period that is open, two of three targets accepted, all lit."""
    key = f"{local_day(at):%Y-%m}"
    day = timedelta(days=1)
    plan_period(key, by=None, at=at, opens_at=at - day, freezes_at=at + 9 * day)
    open_period(key, at=at)
    period = Period.objects.get(key=key)
    reports = Report.objects.filter(period=period).select_related("target").order_by("pk")
    accepted = [report for number, report in enumerate(reports) if number % 3]
    for report in accepted:
        report.state, report.level, report.value = State.ACCEPTED, Level.V3, pick.randint(5, 700)
        report.filled_by, report.checked_by, report.accepted_by = (people[n] for n in PERSONS)
        report.filled_at = report.checked_at = report.accepted_at = at
        report.words = "按计划推进。"
    Report.objects.bulk_update(
        accepted,
        ["state", "level", "value", "words", "filled_by", "filled_at", "checked_by", "checked_at",
         "accepted_by", "accepted_at"],
    )  # fmt: skip
    LatestAccepted.objects.bulk_create(
        LatestAccepted(target=report.target, period=period, report=report, value=report.value or 0)
        for report in accepted
    )
    judge_period(key, at=at)


def _under_review(campaign: Campaign, findings: int, office: User, at: datetime) -> PlanDocument:
    """A plan as the worker leaves it, cut to so many findings."""
    text = text_of(findings * BYTES_A_FINDING, SEED)
    document = upload_plan(campaign, "plan.txt", text.encode(), by=office, at=at)
    document = read_plan_document(str(document.uid), at=at)
    found = document.candidates.count()
    if found < findings:
        raise SystemExit(f"the generated plan holds {found} findings, not {findings}")
    rest = Candidate.objects.filter(document=document, seq__gt=findings)
    rest.update(under=None)
    rest.delete()
    return document


def _crowd(
    size: Size, units: list[Unit], actions: list[Action], tasks: list[Task], pick: random.Random
) -> None:
    """Accounts, then milestones, until so many things can be found."""
    User.objects.bulk_create(
        User(username=f"u{n}", display_name=pick.choice("赵钱孙李周吴郑王") + "某某",
             unit=units[n % len(units)], password="!")
        for n in range(size.units * 4)
    )  # fmt: skip
    there = User.objects.count() + len(units) + len(actions) + size.targets + len(tasks) + 1
    Milestone.objects.bulk_create(
        Milestone(
            action=task.action, task=task, seq=number + 1, text=f"{thing(pick)}完成验收",
            day=task.deadline, precision="month",
        )
        for number, task in enumerate(islice(cycle(tasks), size.searchable - there))
    )  # fmt: skip


def make_session(user: User) -> str:
    """A session as a log-in with a code leaves it."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "gongjian.interfaces.web.sessions.Accounts"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[SECOND_FACTOR] = True
    session.save()
    return str(session.session_key)


def thing(pick: random.Random) -> str:
    place, noun = pick.choice(WORDS["place"].split()), pick.choice(WORDS["noun"].split())
    return f"{place}{noun}"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(PLANS[sys.argv[1]])))
