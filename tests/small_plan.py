"""A small plan with its people, built by the use-cases; for tests of the rooms and their pages."""

from datetime import datetime

from gongjian.flow.plan.queries import candidate_by_uid, candidate_rows, document_by_uid
from gongjian.flow.plan.usecases import (
    accept_candidate,
    create_campaign,
    edit_candidate,
    read_plan_document,
    upload_plan,
)
from gongjian.foundation.orgs.models import Role, Unit
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import create_account, grant_role, register_units
from gongjian.lib.days import LOCAL, local_day

AT = datetime(2020, 3, 20, 9, tzinfo=LOCAL)
PASSWORD = "Trial-2020-Green"
PLAN = """诸城市2020年重点工作攻坚年实施方案

一、重点攻坚行动
（一）突破大项目。
年内新签约项目150个以上，完成到位资金140亿元以上（牵头单位：市发改局；责任单位：市财政局）。
推行拿地即开工，6月底前印发办法（牵头单位：市行政审批局；完成时限：2020年9月底前）。
（二）生态文明建设。
整治河道排口62处（牵头单位：市水利局；完成时限：2020年10月底前）。
"""
SECOND = """关于补充目标的通知

2020年，引进高层次人才达到120人以上。
"""
UNITS = ("市发改局", "市财政局", "市行政审批局", "市水利局", "市民政局", "攻坚办")


def some_units():
    """{short name: unit}."""
    made = [
        Unit(code=f"U{n}", name=f"示例{name}", short_name=name, kind=Unit.Kind.DEPARTMENT, order=n)
        for n, name in enumerate(UNITS, start=1)
    ]
    return {unit.short_name: unit for unit in register_units(made, by=None, at=AT)}


def a_person(username, *roles, unit=None, must_change=False, at=AT):
    """An account with its roles, as today's requests see it."""
    made = create_account(
        username,
        display_name=f"{username}某",
        password=PASSWORD,
        unit=unit,
        must_change=must_change,
        by=None,
        at=at,
    )
    for role in roles:
        grant_role(made, Role(role), by=None, at=at)
    return account(username, on=local_day(at))


def an_office():
    return a_person("office", "campaign_office")


def an_uploaded_plan(office, text=PLAN, name="plan.txt", campaign=None):
    campaign = campaign or create_campaign("重点工作攻坚年", year=2020, by=office, at=AT)
    content = text.encode() if isinstance(text, str) else text
    return upload_plan(campaign, name, content, by=office, at=AT)


def a_read_plan(office, text=PLAN, name="plan.txt", campaign=None):
    """A plan under review."""
    document = an_uploaded_plan(office, text, name, campaign)
    read_plan_document(str(document.uid), at=AT)
    return document_by_uid(document.uid, reader=office)


def row_like(document, words):
    """The finding whose line begins with these words."""
    return next(row for row in candidate_rows(document) if row.headline.startswith(words))


def a_candidate(document, words, office):
    return candidate_by_uid(row_like(document, words).uid, reader=office)


def accept_all(document, office):
    """Every finding that waits is taken; one without an action goes under the first."""
    for row in candidate_rows(document):
        candidate = candidate_by_uid(row.uid, reader=office)
        if row.kind != "action" and not row.home:
            edit_candidate(candidate, {"under": "1"}, version=row.version, by=office, at=AT)
        elif row.state == "pending":
            accept_candidate(candidate, version=row.version, by=office, at=AT)
