import re

import pytest
from django.urls import reverse

from gongjian.flow.judgement.usecases import publish_pack
from interfaces.web.people import AT, a_demo, come_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo():
    a_demo()


def cells(page):
    rows = re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2].partition("</tbody>")[0])
    return [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in rows]


@pytest.mark.parametrize(
    ("role", "first"),
    [
        ("campaign_office", "desk"),
        ("unit_reporter", "desk"),
        ("county_leader", "desk"),
        ("sys_admin", "accounts"),
        ("sec_admin", "accounts"),
        ("audit_admin", "log"),
    ],
)
def test_home_is_the_first_page_a_role_may_open(client, role, first):
    come_in(client, person("somebody", role))

    answer = client.get(reverse("home"))

    assert answer.url == reverse(first)
    assert client.get(answer.url).status_code == 200


def test_home_tells_an_account_without_roles_whom_to_ask(client):
    come_in(client, person("new"))

    answer = client.get(reverse("home"))

    assert answer.status_code == 403
    assert "请联系安全管理员授予角色" in answer.content.decode()


def test_home_asks_a_stranger_to_log_in(client):
    assert client.get(reverse("home")).url == f"{reverse('login')}?next=/"


@pytest.mark.parametrize("name", ["rules", "keys", "complaint"])
def test_pages_of_the_foot_are_open_to_everybody(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_rules_print_the_thresholds_in_force(client):
    publish_pack("zhucheng_default", by=person("office", "campaign_office"), at=AT)

    page = client.get(reverse("rules")).content.decode()

    assert cells(page) == [
        ["R1", "节点逾期（天）", "≥ 1", "&gt; 15", "—", "—"],
        ["R2", "落后序时（百分点）", "≥ 10", "&gt; 30", "—", "3 月起"],
        ["R2b", "完成数与应完成数之比", "&lt; 0.8", "&lt; 0.6", "—", "应完成不少于 5%"],
        ["R3", "未按计划开工（月）", "≥ 1", "≥ 3", "—", "—"],
        ["R4", "开工后未入统（月）", "≥ 1", "≥ 2", "—", "—"],
        ["R5", "连续未报（期）", "≥ 1", "≥ 2", "—", "—"],
        ["R6", "连续黄灯且差距未缩小（期）", "—", "≥ 2", "—", "—"],
        ["R7", "核查不实", "—", "≥ 1", "—", "—"],
        ["R8", "重点问题超过承诺期限（工作日）", "≥ 1", "&gt; 10", "—", "—"],
    ]
    assert "第 1 版，自 2020-01-01 起" in page


def test_rules_say_that_none_are_published(client):
    page = client.get(reverse("rules")).content.decode()

    assert "还没有发布亮灯规则" in page
    assert "V3 攻坚办已采信" in page


def test_the_office_publishes_the_rules_once(client):
    come_in(client, person("office", "campaign_office"))
    assert "发布系统自带的诸城默认规则" in client.get(reverse("rules")).content.decode()

    assert client.post(reverse("pack_publish")).url == reverse("rules")

    again = client.post(reverse("pack_publish"))
    assert (again.status_code, "已经发布过" in again.content.decode()) == (409, True)
    assert "发布系统自带的诸城默认规则" not in client.get(reverse("rules")).content.decode()
