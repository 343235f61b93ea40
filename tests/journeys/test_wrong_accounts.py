"""Each step of the main job tried with the wrong account, and refused in words."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


@pytest.fixture
def uid(visit):
    """The report on 新立项项目, which waits for the office."""
    page = visit("office.review").page
    link = page.get_by_role("link", name=re.compile("新立项项目")).first
    return link.get_attribute("href").split("/")[3]


def post(page, path, **fields):
    """Send what no button of this page would send."""
    token = page.locator("meta[name=csrf-token]").get_attribute("content")
    headers = {"X-CSRFToken": token, "Referer": page.url}
    address = urlsplit(page.url)._replace(path=path, query="").geturl()
    return page.request.post(address, form=fields, headers=headers, max_redirects=0)


@pytest.mark.parametrize(
    ("username", "path", "sentence"),
    [
        ("invest.fill", "/plan/upload/", "这件事由攻坚办办理"),
        ("sysadmin", "/board/", "系统、安全、审计管理员看不到业务数据"),
        ("secadmin", "/plan/", "系统、安全、审计管理员看不到业务数据"),
        ("auditadmin", "/progress/", "系统、安全、审计管理员看不到业务数据"),
        ("office", "/log/", "日志只给审计管理员看"),
        ("sysadmin", "/log/", "日志只给审计管理员看"),
        ("office", "/accounts/", "账号名单只给系统、安全、审计管理员看"),
        ("invest.fill", "/clock/", "攻坚办"),
        ("principal", "/bulletins/", "这件事由攻坚办办理"),
    ],
)
def test_a_page_says_whose_work_it_is(visit, username, path, sentence):
    page = visit(username).go(path)

    expect(page.locator("main")).to_contain_text(sentence)


def test_a_draft_of_another_unit_is_not_there(visit):
    page = visit("invest.fill").page
    link = page.get_by_role("link", name=re.compile("到位资金")).first.get_attribute("href")

    other = visit("science.fill").go(link)

    expect(other.locator("main")).to_contain_text("没有这份进度，或者它还是别的单位的草稿")


@pytest.mark.parametrize(
    ("username", "act", "sentence"),
    [
        ("invest.fill", "accept", "采信由攻坚办审核人办理"),
        ("invest.check", "accept", "采信由攻坚办审核人办理"),
        ("office", "accept", "采信由攻坚办审核人办理"),
        ("office.review", "pass", "这项由市投资促进中心的审核人审核"),
        ("office.review", "confirm", "这项由牵头单位市投资促进中心核对"),
    ],
)
def test_a_step_taken_by_the_wrong_account_is_refused(visit, uid, username, act, sentence):
    page = visit(username).go(f"/progress/reports/{uid}/check/")

    answer = post(page, f"/progress/reports/{uid}/check/{act}/", version="1")

    assert answer.status in (403, 409)
    assert sentence in answer.text()
