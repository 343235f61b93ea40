"""责任清单, its confirmation, and who answers for one target."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import duties_over, words_of
from gongjian.flow.duties.usecases import Allotment, adopt_plan, assign_target
from gongjian.flow.plan.models import Target
from gongjian.foundation.records.usecases import set_up_installation
from small_plan import AT, a_person, a_read_plan, accept_all, an_office, some_units

pytestmark = pytest.mark.django_db
BACKEND = "gongjian.interfaces.web.sessions.Accounts"


@pytest.fixture(autouse=True)
def demo():
    return set_up_installation("demo", place="示例县", at=AT, clock=AT)


@pytest.fixture
def office(client):
    user = an_office()
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def units():
    return some_units()


@pytest.fixture
def target(office, units):  # noqa: ARG001 - the words name units that must be known
    document = a_read_plan(office)
    accept_all(document, office)
    adopt_plan(document, by=office, at=AT)
    return Target.objects.get(metric="到位资金")


def page(answer):
    return answer.content.decode()


def waiting():
    return Duty.objects.filter(confirmed_at=None, valid_to=None)


def form(target, **other):
    shown = {"lead": "市发改局", "fills": "市发改局", "responsible": "市财政局", "supporting": ""}
    return shown | {"seen": [str(duty.uid) for duty in duties_over(target)]} | other


def test_the_list_shows_who_answers_and_what_waits(client, target):
    shown = page(client.get("/duties/"))

    assert f"确认 {waiting().count()} 条责任" in shown
    assert "待确认" in shown
    assert "市行政审批局" in shown
    assert reverse("work_assign", args=["target", target.uid]) in shown


def test_without_a_plan_the_list_says_what_fills_it(client, office):  # noqa: ARG001
    assert "还没有要分的责任" in page(client.get("/duties/"))


@pytest.mark.parametrize(
    ("query", "kept", "left_out"),
    [
        ({"q": "河道"}, "河道排口", "到位资金"),
        ({"unit": "市水利局"}, "河道排口", "到位资金"),
        ({"state": "proposed"}, "到位资金", "没有符合条件"),
    ],
)
def test_filters_keep_what_they_name(client, target, query, kept, left_out):  # noqa: ARG001
    shown = page(client.get("/duties/", query)).split("<table", 1)[1]

    assert kept in shown
    assert left_out not in shown


def test_confirming_confirms_what_was_on_the_page(client, target):  # noqa: ARG001
    seen = [str(uid) for uid in waiting().values_list("uid", flat=True)][:2]

    answer = client.post("/duties/confirm/", {"duty": seen, "key": uuid4()})

    assert (answer.status_code, answer.url) == (302, "/duties/?year=2020")
    assert Duty.objects.filter(confirmed_at__isnull=False).count() == 2


def test_a_double_click_confirms_once_and_complains_not(client, target):  # noqa: ARG001
    seen, key = [str(duty.uid) for duty in waiting()], uuid4()

    answers = [client.post("/duties/confirm/", {"duty": seen, "key": key}) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert waiting().count() == 0


def test_a_stale_page_confirms_nothing(client, office, target, units):
    seen = [str(duty.uid) for duty in waiting()]
    allotment = Allotment(lead=units["市民政局"], fills=units["市民政局"])
    assign_target(target, allotment, by=office, at=AT)
    before = waiting().count()

    answer = client.post("/duties/confirm/", {"duty": seen, "key": uuid4()})

    assert answer.status_code == 409
    assert "有的责任刚被改过" in page(answer)
    assert waiting().count() == before


def test_a_broken_form_confirms_nothing(client, target):  # noqa: ARG001
    answer = client.post("/duties/confirm/", {"duty": ["x"]})

    assert answer.status_code == 409
    assert "表单不完整" in page(answer)


def test_who_may_not_assign_reads_the_list_alone(client, target):
    client.force_login(a_person("lead", "lead_unit"), backend=BACKEND)

    shown = client.get("/duties/")
    confirm = client.post("/duties/confirm/", {"duty": []})
    assign = client.post(reverse("target_assign", args=[target.uid]), form(target))

    assert shown.status_code == 200
    assert reverse("duties_confirm") not in page(shown)
    assert [confirm.status_code, assign.status_code] == [409, 409]
    assert "这件事由攻坚办办理" in page(assign)


def test_the_order_is_changed_by_keys_and_saved_with_the_rest(client, target):
    address = reverse("target_assign", args=[target.uid])
    typed = form(target, responsible=["市财政局", "市水利局"])

    turned = client.post(address, typed | {"move": "responsible:1:up"})
    taken = client.post(address, typed | {"move": "responsible:0:off"})
    broken = client.post(address, typed | {"move": "responsible:9:up"})

    assert page(turned).index('value="市水利局"') < page(turned).index('value="市财政局"')
    assert 'name="responsible" value="市财政局"' not in page(taken)
    assert broken.status_code == 409
    assert words_of(duties_over(target)).responsible != "市水利局、市财政局"


def test_two_leads_are_one_too_many(client, target):
    answer = client.post(
        reverse("target_assign", args=[target.uid]), form(target, lead="市发改局、市水利局")
    )

    assert answer.status_code == 409
    assert "牵头单位只能有一个" in page(answer)


def test_in_bulk_nothing_changes_before_it_is_confirmed(client, target, units):
    before = words_of(duties_over(target))
    typed = {
        "row": [f"target:{target.uid}"],
        "role": "lead",
        "unit": str(units["市民政局"].uid),
        "old_lead": "supporting",
    }
    shown = page(client.post(reverse("duties_bulk"), typed))
    unchanged = words_of(duties_over(target))
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    done = client.post(reverse("duties_bulk"), typed | {"seen": [seen], "confirm": "1"})
    again = client.post(reverse("duties_bulk"), typed | {"seen": [seen], "confirm": "1"})

    assert f'<del class="g-old">{before.lead}</del>' in shown
    assert "不再牵头" in shown
    assert unchanged == before
    assert done.status_code == 302
    assert words_of(duties_over(target)).lead == "市民政局"
    assert again.status_code == 409


@pytest.mark.parametrize("form_of", ["xlsx", "docx", "json", "csv"])
def test_the_list_is_taken_away_as_a_draft_before_its_issue(client, target, form_of):  # noqa: ARG001
    answer = client.get(reverse("duties_file", args=[form_of]), {"draft": "1"})
    issued = client.get(reverse("duties_file", args=[form_of]), {"version": "1"})

    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    assert issued.status_code == 404


def test_pages_beside_the_list_open_without_anything_on_them(client, target):  # noqa: ARG001
    for name in ("duty_lists", "coverage", "forces", "handovers", "loads", "projects"):
        assert client.get(reverse(name)).status_code == 200, name


def test_assigning_says_who_leads_and_who_fills(client, target):
    address = reverse("target_assign", args=[target.uid])
    shown = page(client.get(address))

    answer = client.post(address, form(target, fills="市水利局", supporting="市民政局"))

    chosen = re.findall(r'name="(lead|fills)" value="[^"]+" checked><span>(\S+)', shown)
    assert chosen == [("lead", "市发改局"), ("fills", "市发改局")]
    assert answer.url == reverse("target", args=[target.uid])
    words = words_of(duties_over(target))
    assert (words.lead, words.fills, words.supporting) == ("市发改局", "市水利局", "市民政局")


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"lead": ""}, "请先选牵头单位"),
        ({"fills": ""}, "请选填报单位"),
        ({"responsible": "火星局"}, "没有“火星局”这个单位"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(client, target, other, sentence):
    typed = form(target, supporting="市民政局") | other

    answer = client.post(reverse("target_assign", args=[target.uid]), typed)

    assert answer.status_code == 409
    assert sentence in page(answer)
    assert 'name="supporting" value="市民政局"' in page(answer)
    assert words_of(duties_over(target)).supporting == ""


def test_two_at_once_see_both_and_the_second_may_save_again(client, office, target, units):
    typed = form(target, lead="市财政局", fills="市财政局", responsible="")
    allotment = Allotment(lead=units["市民政局"], fills=units["市民政局"])
    assign_target(target, allotment, by=office, at=AT)

    answer = client.post(reverse("target_assign", args=[target.uid]), typed)

    assert answer.status_code == 409
    assert "<td>市民政局</td><td>市财政局</td>" in page(answer)
    assert words_of(duties_over(target)).lead == "市民政局"
    client.post(
        reverse("target_assign", args=[target.uid]),
        form(target, lead="市财政局", fills="市财政局", responsible=""),
    )
    assert words_of(duties_over(target)).lead == "市财政局"


def test_the_list_asks_as_often_for_two_actions_as_for_four(
    client, office, target, django_assert_max_num_queries
):
    with django_assert_max_num_queries(60) as two:
        client.get("/duties/")
    text = target.document.text.replace("突破大项目", "幸福诸城").replace("生态文明", "平安诸城")
    second = a_read_plan(office, text, "second.txt", target.action.campaign)
    accept_all(second, office)
    adopt_plan(second, by=office, at=AT)

    with django_assert_max_num_queries(len(two)):
        client.get("/duties/")
