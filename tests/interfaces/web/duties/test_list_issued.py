"""Five accounts take a plan from its upload to the issued list, and one change to the next."""

import json
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.flow.duties.models import DutyList, Opinion
from gongjian.flow.duties.usecases import name_leader
from gongjian.flow.plan.models import Action, Definition, PlanDocument, Target, Task
from gongjian.flow.plan.queries import candidate_rows
from gongjian.foundation.orgs.models import Person, Post, PostHolding
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.records.queries import audit_findings
from gongjian.foundation.records.usecases import note, set_up_installation
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import LOCAL
from small_county import BACKEND
from small_plan import AT, PLAN, a_person, some_units

pytestmark = pytest.mark.django_db
LATE = datetime(2020, 3, 25, 9, tzinfo=LOCAL)  # sent on Friday 20th, the hour is Tuesday 18:00
HEADS = {"reform": "市发改局", "approval": "市行政审批局", "civil": "市民政局"}
NUMBER = "诸攻坚办发〔2020〕3号"


@pytest.fixture
def units():
    set_up_installation("demo", place="示例县", at=AT, clock=AT)
    return some_units()


@pytest.fixture
def people(units):
    """A browser each: the office, the principal, the heads of three units."""
    accounts = {
        "office": a_person("office", "campaign_office", unit=units["攻坚办"]),
        "principal": a_person("principal", "principal_leader", unit=units["攻坚办"]),
        **{name: a_person(name, "unit_approver", unit=units[unit]) for name, unit in HEADS.items()},
    }
    browsers = {}
    for name, one in accounts.items():
        browsers[name] = Client()
        browsers[name].force_login(one, backend=BACKEND)
    return browsers


def test_a_plan_becomes_an_issued_list_and_a_change_its_next_version(people, units):
    office = people["office"]

    adopt(office)
    confirm(office)
    first = send_out(office)
    claim_and_object(people, units)
    post(office, reverse("clock"), to=LATE.strftime("%Y-%m-%dT%H:%M"))
    decide(office, first)
    fill_the_five(office, first, units)
    step(office, first, "settle")
    sign_and_issue(people, first)
    change_one_line(office)
    see_the_difference(office)

    assert [one for one in audit_findings() if one.code != "anchor-missing"] == []


def adopt(office):
    """Upload, read by the worker, every finding taken, adopted."""
    post(office, reverse("plan_begin"), name="重点工作攻坚年", year="2020")
    post(office, reverse("plan_upload"), files=SimpleUploadedFile("方案.txt", PLAN.encode()))
    do_due(lambda: AT)
    document = PlanDocument.objects.get()
    for row in candidate_rows(document):
        under = {} if row.kind == "action" or row.home else {"under": "1"}
        address = reverse("candidate_decide", args=[row.uid])
        post(office, address, act="accept", version=row.version, **under)
    post(office, reverse("plan_adopt", args=[document.uid]))
    document.refresh_from_db()
    assert document.state == PlanDocument.State.ADOPTED


def confirm(office):
    """The units the plan's words name are looked at and confirmed, as the page lists them."""
    page = office.get(reverse("duties"))
    post(office, reverse("duties_confirm"), duty=page.context["proposed"])
    assert office.get(reverse("duties")).context["proposed"] == []


def send_out(office):
    post(office, reverse("duty_list_draft"))
    draft = DutyList.objects.get()
    step(office, draft, "send")
    return draft


def claim_and_object(people, units):
    """发改 claims all after a second look; 审批 names 民政 as the better unit, which agrees."""
    reform = people["reform"]
    mine = reform.get(reverse("asks")).context["open"]
    looked = reform.post(reverse("asks_claim"), {"opinion": mine})
    assert len(looked.context["rows"]) == len(mine) > 1
    post(reform, reverse("asks_claim"), opinion=mine, sure="1")

    approval = people["approval"]
    (asked,) = approval.get(reverse("asks")).context["open"]
    address = reverse("opinion_object", args=[asked])
    assert approval.post(address, {"better": "", "reason": "没有这项职能"}).status_code == 409
    post(approval, address, better=units["市民政局"].uid, reason="属民政职能")

    civil = people["civil"]
    post(civil, reverse("asks_claim"), opinion=civil.get(reverse("asks")).context["open"])


def decide(office, first):
    """The objection is met, silences are kept in words; only then can the list be settled."""
    first.refresh_from_db()
    too_early = reverse("duty_list_step", args=[first.uid, "settle"])
    assert office.post(too_early, {"version": first.version}).status_code == 409
    objection = Opinion.objects.get(answer="objected")
    post(
        office,
        reverse("opinion_decide", args=[objection.uid]),
        outcome="moved",
        stays="",
        sentence="按职能改由民政",
        version=objection.version,
    )
    silent = office.get(reverse("duty_list", args=[first.uid])).context["silent"]
    assert silent
    address = reverse("opinions_silent", args=[first.uid])
    post(office, address, opinion=silent, sentence="到期未答复，按征求意见稿执行")


def fill_the_five(office, first, units):
    """The page lists what the 五定 lack; only once it lists nothing can the list be settled."""
    address = reverse("duty_list", args=[first.uid])
    gaps = office.get(address).context["gaps"]
    assert "牵头领导" in gaps[0][1]
    first.refresh_from_db()
    settle = reverse("duty_list_step", args=[first.uid, "settle"])
    refused = office.post(settle, {"version": first.version})
    assert refused.context["refused"].code == "list.gaps"
    made = [person := Person.objects.create(name="示例领导")]
    kind, day = Post.Kind.LEADER, AT.date()
    led = Post.objects.create(unit=units["攻坚办"], name="副市长", kind=kind, valid_from=day)
    made += [led, PostHolding.objects.create(person=person, post=led, valid_from=day)]
    by = account("office", on=LATE.date())
    for action in Action.objects.all():
        name_leader(action, led, by=by, at=LATE)
    for model, name in ((Target, "target"), (Task, "task")):
        for work in model.objects.all():
            work.deadline = work.deadline or date(2020, 12, 31)
            work.measures = "逐项推进"
            work.save()
            made.append(work)
            if not work.definitions.exists():
                terms = {name: work, "number": 1, "text": "按文件认定", "valid_from": day}
                made.append(Definition.objects.create(**terms))
    note("terms.set", *made, by=by, at=LATE)
    assert office.get(address).context["gaps"] == []


def sign_and_issue(people, first):
    """The office that drafted does not sign; the principal does, and the office issues."""
    office, principal = people["office"], people["principal"]
    first.refresh_from_db()
    approve = reverse("duty_list_step", args=[first.uid, "approve"])
    assert office.post(approve, {"version": first.version}).status_code == 409
    step(principal, first, "approve")
    step(office, first, "issue", doc_no="诸攻坚办发[2020] 3 号", day="2020-03-25")
    first.refresh_from_db()
    assert (first.state, first.doc_no) == ("issued", NUMBER)
    issued = json.loads(office.get(reverse("duties_file", args=["json"])).content)
    leads = {row["title"]: row["lead"]["short"] for row in issued["rows"]}
    task = next(title for title in leads if "拿地即开工" in title)
    assert leads[task] == "市民政局"
    assert "市财政局" in {row["silent"] for row in issued["rows"]}


def change_one_line(office):
    """After the issue a change wants its basis; what was typed stays until it has one."""
    drains = Target.objects.get(metric__contains="河道排口")
    address = reverse("target_assign", args=[drains.uid])
    page = office.get(address)
    typed = {
        "lead": "市水利局",
        "fills": "市水利局",
        "supporting": ["市财政局"],
        "seen": page.context["seen"],
    }
    refused = office.post(address, typed)
    assert refused.status_code == 409
    assert "市财政局" in refused.content.decode()
    post(office, address, **typed, basis="攻坚办纪要第2期")


def see_the_difference(office):
    """The next version asks about that line alone, old beside new."""
    post(office, reverse("duty_list_draft"))
    second = DutyList.objects.get(number=2)
    page = office.get(reverse("duty_list", args=[second.uid]))
    assert page.context["to_ask"] == 1
    assert '<del class="g-old">—</del> → <ins class="g-new">市财政局</ins>' in page.content.decode()
    step(office, second, "send")
    assert Opinion.objects.filter(line__list=second).count() == 2
    listed = office.get(reverse("duties"), {"state": "changed"}).content.decode()
    assert "V1 印发的是：配合单位 无" in listed


def step(browser, duties, name, **fields):
    duties.refresh_from_db()
    address = reverse("duty_list_step", args=[duties.uid, name])
    post(browser, address, version=duties.version, **fields)


def post(browser, address, **fields):
    """A form that is taken: whatever is refused fails the journey with its sentence."""
    answer = browser.post(address, fields)
    told = answer.context and answer.context.get("refused")
    assert answer.status_code == 302, (address, answer.status_code, str(told))
